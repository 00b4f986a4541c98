"""Upkeep: recover lost work, delete what is no longer needed, and expire what is too old."""

from __future__ import annotations

import logging
from datetime import timedelta

from kombu.exceptions import OperationalError

from albums import jobs, storage
from albums.event_counts import Event, count_event
from albums.services.multipart import multipart_upload_ids, multipart_uploads_abandon
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
    """Delete some objects of deleted rows, and send a message for the rest, which comes after other people's work.

    If storage fails, the next sweep tries again.
    """
    try:
        if objects_delete():
            jobs.delete_objects()
    except StorageError as error:
        logger.warning("Storage failed; the objects of deleted photos stay for now: %s", error)


def delete_unfinished_objects() -> None:
    """Delete the parts of uploads that nobody waits for, and the unfinished objects of killed writers."""
    try:
        multipart_uploads_abandon()
    except StorageError as error:
        logger.warning("Storage failed; the parts of unfinished uploads stay for now: %s", error)
    try:
        storage.get_storage().abort_stale_uploads(_STALE_UPLOAD, keep=multipart_upload_ids())
    except StorageError as error:
        logger.warning("Storage failed; unfinished objects stay for now: %s", error)


def sweep() -> None:
    """Recover work, and delete what has expired."""
    count_event(Event.SWEEP)
    try:
        with jobs.counting_messages() as queue_length:
            enqueued = work_recover(queue_length)
    except OperationalError as error:
        logger.warning("The sweep cannot reach the broker and will try again: %s", error)
        return
    # Only the sweep enqueues learning, so that is no sign of lost work.
    recovered = [f"{count} to {name}" for name, count in enqueued.items() if count and name != LEARN.name]
    if recovered:
        logger.warning("The sweep sent lost work to the queues again: %s.", ", ".join(recovered))
    exports_expire()
    uploads_abandon()
    workers_forget()
    sessions_forget()
    delete_objects()
    delete_unfinished_objects()
