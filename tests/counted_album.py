"""What an album costs: database statements, storage requests and bytes, counted while the stages work on it.

The stages run in this process, in the order of their messages. One photo is examined, and its examination stands for
those of all photos, so that thousands can be counted. The counts do not depend on the machine.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from unittest import mock
from uuid import UUID, uuid4

import cv2
import numpy as np
from django.db import connection
from msgspec.structs import replace

from albums import jobs, storage
from albums.analysis import Examination
from albums.models import Album
from albums.services.exports import export_create
from albums.services.uploads import UploadRequest, uploads_complete, uploads_create
from tests.drawing import jpeg_bytes
from worker import runtime
from worker.analysis.examination import examine_photo
from worker.analysis.interface import DecodeLimits
from worker.analysis.models import HAAR
from worker.stages import embed, export, group, prepare

_SHOTS, _THUMBNAIL = 4, (512, 384)
_BEGAN = datetime(2024, 6, 15, 10, 30)  # noqa: DTZ001 - as cameras write it
_ANNOUNCED_AT_ONCE, _COMPLETED_AT_ONCE = 100, 50


@dataclass
class Cost:
    """What one step cost so far."""

    messages: int = 0
    statements: int = 0
    requests: int = 0
    bytes_read: int = 0
    bytes_written: int = 0


class _Requests:
    """Wraps the storage and counts what it is asked for."""

    def __init__(self, store: storage.Storage, cost: Callable[[], Cost]) -> None:
        self._store = store
        self._cost = cost

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def read_bytes(self, key: str) -> bytes:
        data = self._store.read_bytes(key)
        self._cost().requests += 1
        self._cost().bytes_read += len(data)
        return data

    @contextmanager
    def open_read(self, key: str) -> Iterator[Iterator[bytes]]:
        self._cost().requests += 1
        with self._store.open_read(key) as chunks:
            yield map(self._read, chunks)

    def _read(self, chunk: bytes) -> bytes:
        self._cost().bytes_read += len(chunk)
        return chunk

    def write_bytes(self, key: str, data: bytes, content_type: str) -> None:
        self._cost().requests += 1
        self._cost().bytes_written += len(data)
        self._store.write_bytes(key, data, content_type)

    @contextmanager
    def open_writer(self, key: str, *arguments: Any, **options: Any) -> Iterator[storage.StorageWriter]:
        self._cost().requests += 1
        with self._store.open_writer(key, *arguments, **options) as writer:
            yield writer
        self._cost().bytes_written += self._store.size(key) or 0

    def sizes(self, keys: list[str]) -> dict[str, int | None]:
        self._cost().requests += len(keys)
        return self._store.sizes(keys)


class _Sandbox:
    """Examines one photo. The answers for all others are that, with a thumbnail and a time of four shots of a scene."""

    def __init__(self, photo: bytes) -> None:
        pictures: list[bytes] = []
        self._examination: Examination = examine_photo(
            photo, limits=DecodeLimits(), face_model=HAAR, pictures_ready=lambda *made: pictures.extend(made)
        )
        self._preview = pictures[0]
        self._numbers = count()

    def start(self) -> None:
        pass

    def examine(self, _data: bytes, *, pictures_ready: Callable[..., object], **_options: Any) -> Examination:
        scene, shot = divmod(next(self._numbers), _SHOTS)
        pictures_ready(self._preview, _thumbnail(scene, shot))
        capture = self._examination.capture
        taken_at = _BEGAN + timedelta(minutes=20 * scene, seconds=2 * shot)
        return replace(self._examination, capture=replace(capture, taken_at=taken_at, source="exif"))


def _thumbnail(scene: int, shot: int) -> bytes:
    """A JPEG of coloured fields, a little to the side in each shot."""
    fields = np.random.default_rng(scene).integers(0, 256, (6, 8, 3), np.uint8)
    picture = cv2.resize(fields, _THUMBNAIL, interpolation=cv2.INTER_CUBIC)
    return jpeg_bytes(np.roll(np.asarray(picture, np.uint8), 4 * shot, axis=1))


def count_album(album: Album, photo: bytes, photos: int) -> dict[str, Cost]:
    """Upload copies of a photo to the empty album, and make its groups and its zip. Returns the cost of each step."""
    costs: dict[str, Cost] = {}
    step = "upload"
    messages: deque[tuple[jobs.Job, list[Any]]] = deque()

    def cost() -> Cost:
        return costs.setdefault(step, Cost())

    def count_statement(execute: Callable[..., Any], *arguments: Any) -> Any:
        cost().statements += 1
        return execute(*arguments)

    store = _Requests(storage.get_storage(), cost)
    sandbox = _Sandbox(photo)
    stages: dict[jobs.Job, Callable[[Any, str], None]] = {
        jobs.Job.PREPARE_PHOTOS: lambda ids, task: prepare.prepare_photos(_uuids(ids), task_id=task),
        jobs.Job.EMBED_PHOTOS: lambda ids, task: embed.embed_photos(_uuids(ids), task_id=task),
        jobs.Job.GROUP_ALBUM: lambda key, task: group.group_album(UUID(key), task_id=task),
        jobs.Job.BUILD_EXPORT: lambda key, task: export.build_export(UUID(key), task_id=task),
    }
    with (
        mock.patch.object(storage, "get_storage", return_value=store),
        mock.patch.object(runtime, "sandbox", return_value=sandbox),
        mock.patch.object(jobs, "_send", lambda job, arguments: messages.append((job, arguments))),
        connection.execute_wrapper(count_statement),
    ):
        _upload(album, photo, photos, store)
        while True:
            while messages:
                job, [argument] = messages.popleft()
                step = job.value
                cost().messages += 1
                stages[job](argument, str(uuid4()))
            if jobs.Job.BUILD_EXPORT.value in costs:
                return costs
            step = jobs.Job.BUILD_EXPORT.value
            export_create(album)


def _upload(album: Album, photo: bytes, photos: int, store: Any) -> None:
    """Announce and complete as many photos at once as the page does. Bytes after a JPEG's end do not count."""
    contents = [photo + number.to_bytes(4, "big") for number in range(photos)]
    for first in range(0, photos, _ANNOUNCED_AT_ONCE):
        batch = contents[first : first + _ANNOUNCED_AT_ONCE]
        requests = [
            UploadRequest(f"{number:05d}.jpg", len(data), hashlib.sha256(data).hexdigest(), "image/jpeg")
            for number, data in enumerate(batch, first)
        ]
        results = uploads_create(album, requests)
        ids = [result.photo.id for result in results if result.photo]
        for photo_id, data in zip(ids, batch, strict=True):
            store.write_bytes(storage.original_key(album.id, photo_id), data, "image/jpeg")
        for start in range(0, len(ids), _COMPLETED_AT_ONCE):
            uploads_complete(album, ids[start : start + _COMPLETED_AT_ONCE])


def _uuids(texts: list[str]) -> list[UUID]:
    return [UUID(text) for text in texts]
