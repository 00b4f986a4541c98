"""Sends messages to the queue by task name, after commit. Only this file of the domain knows the queue.

A message that cannot be sent is logged. The sweep finds the work in the rows and sends it later, so an upload
succeeds while the broker is down.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from celery import Celery
from django.conf import settings
from kombu.exceptions import OperationalError

from albums.after_commit import after_commit
from albums.chunks import chunked
from albums.circuit_breaker import CircuitBreaker

logger = logging.getLogger(__name__)

# A large upload sends many messages. It must not wait for a timeout with each of them.
_breaker = CircuitBreaker()


class Queue(StrEnum):
    """The queues that workers listen on, by what the work needs: processors, a model, or the database."""

    IMAGES = "images"
    EMBEDDINGS = "embeddings"
    ALBUMS = "albums"


class Job(StrEnum):
    """Every task name. The worker has exactly one handler for each; a test checks that."""

    PREPARE_PHOTOS = "prepare_photos"
    EMBED_PHOTOS = "embed_photos"
    GROUP_ALBUM = "group_album"
    FIND_FRAMES = "find_frames"
    BUILD_EXPORT = "build_export"
    LEARN_PERSONAL_RANKER = "learn_personal_ranker"
    DELETE_OBJECTS = "delete_objects"
    SWEEP = "sweep"


QUEUE_OF: dict[Job, Queue] = {
    Job.PREPARE_PHOTOS: Queue.IMAGES,
    Job.EMBED_PHOTOS: Queue.EMBEDDINGS,
    Job.GROUP_ALBUM: Queue.ALBUMS,
    Job.FIND_FRAMES: Queue.IMAGES,
    Job.BUILD_EXPORT: Queue.ALBUMS,
    Job.LEARN_PERSONAL_RANKER: Queue.ALBUMS,
    Job.DELETE_OBJECTS: Queue.ALBUMS,
    Job.SWEEP: Queue.ALBUMS,
}


def prepare_photos(photo_ids: Iterable[UUID]) -> None:
    """After commit, enqueue the preparation of the photos, in chunks."""
    for chunk in chunked(photo_ids, settings.PHOTOS_PER_TASK):
        _send_after_commit(Job.PREPARE_PHOTOS, [[str(photo_id) for photo_id in chunk]])


def embed_photos(photo_ids: Iterable[UUID]) -> None:
    """After commit, enqueue the embedding of the photos, in chunks."""
    for chunk in chunked(photo_ids, settings.PHOTOS_PER_TASK):
        _send_after_commit(Job.EMBED_PHOTOS, [[str(photo_id) for photo_id in chunk]])


def group_album(album_id: UUID) -> None:
    """After commit, enqueue the grouping of the album."""
    _send_after_commit(Job.GROUP_ALBUM, [str(album_id)])


def find_frames(video_id: UUID) -> None:
    """After commit, enqueue the search for photos in the video."""
    _send_after_commit(Job.FIND_FRAMES, [str(video_id)])


def build_export(export_id: UUID) -> None:
    """After commit, enqueue the building of the zip."""
    _send_after_commit(Job.BUILD_EXPORT, [str(export_id)])


def learn_personal_ranker(owner_id: Any) -> None:
    """After commit, enqueue the learning from the account's decisions."""
    _send_after_commit(Job.LEARN_PERSONAL_RANKER, [str(owner_id)])


def delete_objects() -> None:
    """After commit, enqueue the deletion of the objects of deleted rows."""
    _send_after_commit(Job.DELETE_OBJECTS, [])


@contextmanager
def counting_messages() -> Iterator[Callable[[Queue], int]]:
    """Gives a function that counts the messages waiting in a queue, less those that workers have taken.

    All counts share one connection, which the first one makes. They raise OperationalError when the broker cannot be
    reached.
    """
    with _producer_app().connection_for_read() as connection:

        def count(queue: Queue) -> int:
            channel: Any = connection.default_channel  # kombu's types leave the method out
            return int(channel.queue_declare(queue=queue.value).message_count)

        yield count


def check_broker() -> str:
    """Return an empty string when the broker answers, or a message for the operator."""
    try:
        with _producer_app().connection_for_read() as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=2)
    except (OperationalError, OSError) as error:
        return f"The broker at REDIS_URL does not answer: {error}"
    return ""


def ask_workers(command: str, names: Sequence[str]) -> dict[str, Any] | None:
    """What these workers answer to a control command in three seconds, by name. None while the broker is away."""
    try:
        answers = _producer_app().control.broadcast(command, destination=list(names), reply=True, timeout=3) or []
    except (OperationalError, OSError):
        return None
    return {name: answer for each in answers for name, answer in each.items()}


def use_broker(url: str) -> None:
    """Send to another broker than the configured one, for example that of a new supervisor."""
    _producer_app().conf.update(broker_url=url)


@cache
def _producer_app() -> Celery:
    """A Celery app that only sends; the worker's own app has the tasks."""
    # Do not use the current app: in a worker it is the one with the tasks.
    app = Celery("albums", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    # kombu tries three times, with pauses that add up to six seconds, before it reports that a broker is down. A web
    # request cannot wait that long (https://github.com/celery/celery/issues/4296).
    app.conf.broker_transport_options = {
        **app.conf.broker_transport_options,
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
        "interval_max": 0,
    }
    return app


def _send_after_commit(job: Job, arguments: list[Any]) -> None:
    after_commit(_send, job, arguments)


def _send(job: Job, arguments: list[Any]) -> None:
    if _breaker.is_open:
        return
    try:
        _producer_app().send_task(job.value, args=arguments, queue=QUEUE_OF[job].value, retry=False)
    except (OperationalError, OSError) as error:
        _breaker.record_failure()
        logger.warning("Could not enqueue %s; the sweep will do it later: %s", job.value, error)
