"""What a worker does when the database fails it in the middle of a piece of work."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, OperationalError, connections

logger = logging.getLogger(__name__)

# Within the grace that docker-compose.yml grants a worker which is asked to stop. What comes back later still is found
# by the sweep, when its lease is over; the attempt counts then.
_PATIENCE_SECONDS = 90.0
_FIRST_PAUSE_SECONDS = 0.5
_MAX_PAUSE_SECONDS = 5.0


@contextmanager
def release_on_database_failure(release: Callable[[], object]) -> Iterator[None]:
    """Give the claimed work back, uncounted, once the database answers again; the error goes on.

    That a connection broke, or that two transactions had waited for each other, says nothing against a photo: three
    such failures must not condemn it, and it need not wait for the end of its lease.

    Raises:
        OperationalError, InterfaceError: what happened inside.

    """
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        logger.warning("The database failed, and the work in hand is given back: %s", error)
        _retry_until_database_answers(release)
        raise


def _retry_until_database_answers(step: Callable[[], object]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    pause = _FIRST_PAUSE_SECONDS
    while True:
        try:
            for connection in connections.all(initialized_only=True):
                if not connection.in_atomic_block:
                    connection.close_if_unusable_or_obsolete()
            step()
        except DatabaseError as error:
            if time.monotonic() + pause > deadline:
                logger.error("What was in hand stays claimed until its lease is over: %s", error)  # noqa: TRY400 - the first error is raised
                return
        else:
            return
        time.sleep(pause)
        pause = min(2 * pause, _MAX_PAUSE_SECONDS)
