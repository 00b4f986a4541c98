"""The Celery tasks, one for each name in `albums.jobs.Job`. Each calls one stage.

A worker's main process only passes messages on, and a child without work does little more. So a stage that needs NumPy,
OpenCV or Pillow is imported by its task. The others are imported here, before the fork, and children share them.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from celery import Task

from albums.jobs import Job
from albums.log_context import log_context
from albums.storage import StorageError
from worker.analysis.interface import EncoderError
from worker.backoff import refusal_backoff, sweep_interval
from worker.celery import app
from worker.sandbox import SandboxUnavailable
from worker.stages import frames, prepare, upkeep


@app.task(name=Job.PREPARE_PHOTOS.value, bind=True, throws=prepare.NOT_THE_PHOTO)
def prepare_photos(self: Task[Any, Any], photo_ids: list[str]) -> None:
    """Decode and measure a chunk of photos."""
    with log_context(task_id=_message_id(self)):
        prepare.prepare_photos([UUID(photo_id) for photo_id in photo_ids], task_id=_message_id(self))


@app.task(name=Job.EMBED_PHOTOS.value, bind=True, throws=(StorageError, EncoderError))
def embed_photos(self: Task[Any, Any], photo_ids: list[str]) -> None:
    """Compute the vectors of a chunk of photos."""
    from worker.stages import embed

    with log_context(task_id=_message_id(self)), refusal_backoff.pause_on_refusal():
        embed.embed_photos([UUID(photo_id) for photo_id in photo_ids], task_id=_message_id(self))


@app.task(name=Job.GROUP_ALBUM.value, bind=True)
def group_album(self: Task[Any, Any], album_id: str) -> None:
    """Group and rank the photos of an album."""
    from worker.stages import group

    with log_context(task_id=_message_id(self), album_id=album_id):
        group.group_album(UUID(album_id), task_id=_message_id(self))


@app.task(name=Job.FIND_FRAMES.value, bind=True, throws=prepare.NOT_THE_PHOTO)
def find_frames(self: Task[Any, Any], video_id: str) -> None:
    """Take photos out of a video."""
    with log_context(task_id=_message_id(self), photo_id=video_id), refusal_backoff.pause_on_refusal():
        frames.find_frames(UUID(video_id), task_id=_message_id(self))


@app.task(name=Job.BUILD_EXPORT.value, bind=True, throws=(StorageError, SandboxUnavailable))
def build_export(self: Task[Any, Any], export_id: str) -> None:
    """Write the zip of an export."""
    from worker.stages import export

    with log_context(task_id=_message_id(self), export_id=export_id), refusal_backoff.pause_on_refusal():
        export.build_export(UUID(export_id), task_id=_message_id(self))


@app.task(name=Job.LEARN_PERSONAL_RANKER.value, bind=True)
def learn_personal_ranker(self: Task[Any, Any], owner_id: str) -> None:
    """Fit an account's personal ranker to its decisions."""
    from worker.stages import learn

    with log_context(task_id=_message_id(self)):
        learn.learn_personal_ranker(owner_id, task_id=_message_id(self))


@app.task(name=Job.DELETE_OBJECTS.value)
def delete_objects() -> None:
    """Delete the objects of deleted rows."""
    upkeep.delete_objects()


@app.task(name=Job.SWEEP.value)
def sweep() -> None:
    """Enqueue lost work again and clean up, unless this process has just done so."""
    sweep_interval.run(upkeep.sweep)


def _message_id(task: Task[Any, Any]) -> str:
    """The id of the message. A redelivered message keeps its id, so it can take over its own claims."""
    return str(task.request.id or "")
