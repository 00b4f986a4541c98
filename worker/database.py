"""What a worker does when the database fails in the middle of its work."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, OperationalError, connections

logger = logging.getLogger(__name__)

# Shorter than the grace period that docker-compose.yml gives a stopping worker. If the database stays away longer, the
# sweep finds the work when its lease expires, and the attempt counts.
_PATIENCE_SECONDS = 90.0
_FIRST_PAUSE_SECONDS = 0.5
_MAX_PAUSE_SECONDS = 5.0


@contextmanager
def release_on_database_failure(release: Callable[[], object]) -> Iterator[None]:
    """Release the claimed work once the database answers again, without counting the attempt, and re-raise.

    A broken connection or a deadlock says nothing about a photo. Three of them must not fail it, and it need not wait
    for its lease to expire.

    Raises:
        OperationalError, InterfaceError: as the block raised it.

    """
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        logger.warning("The database failed. The work in hand will be tried again, and no attempt counts: %s", error)
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
                # Not logger.exception: the first error is raised and logged with its traceback.
                logger.error("The database is still away. Another worker takes the work when its lease ends: %s", error)  # noqa: TRY400
                return
        else:
            return
        time.sleep(pause)
        pause = min(2 * pause, _MAX_PAUSE_SECONDS)
