"""Upkeep: find lost and abandoned work, delete what is no longer needed, and end what has expired."""

from __future__ import annotations

import logging
from datetime import timedelta

from kombu.exceptions import OperationalError

from albums import jobs, storage
from albums.services.recovery import (
    exports_expire,
    objects_delete,
    sessions_forget,
    uploads_abandon,
    work_recover,
)
from albums.services.workers import workers_forget
from albums.stages import LEARN
from albums.storage import StorageError

logger = logging.getLogger(__name__)

# Far longer than any task may run.
_STALE_UPLOAD = timedelta(days=2)


def delete_objects() -> None:
    """Delete the objects of deleted rows; what storage cannot do now, the next sweep does."""
    try:
        objects_delete()
    except StorageError as error:
        logger.warning("Deleted photos' objects stay for now, the storage failed: %s", error)


def delete_unfinished_objects() -> None:
    """Throw away what writers that were killed left half-written."""
    try:
        storage.get_storage().abort_stale_uploads(_STALE_UPLOAD)
    except StorageError as error:
        logger.warning("Half-written objects stay for now, the storage failed: %s", error)


def sweep() -> None:
    """Recover work, and delete what has expired."""
    try:
        enqueued = work_recover(jobs.waiting_messages)
    except OperationalError as error:
        logger.warning("The sweep could not ask the broker, and comes again: %s", error)
        return
    # Only the sweep enqueues learning, so that is no sign of lost work.
    recovered = [f"{count} to {name}" for name, count in enqueued.items() if count and name != LEARN.name]
    if recovered:
        logger.warning("The sweep enqueued work again: %s.", ", ".join(recovered))
    exports_expire()
    uploads_abandon()
    workers_forget()
    sessions_forget()
    delete_objects()
    delete_unfinished_objects()
