"""Errors only an operator can fix cost photos no attempt and slow the worker down."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from celery import Task
from django.conf import settings

from albums import storage
from albums.models import Photo
from tests.drawing import draw_scene, jpeg_bytes
from tests.factories import make_album, make_photo
from web.accounts.models import User
from worker import runtime, tasks
from worker.analysis.interface import EncoderError, FaceModelError
from worker.backoff import RefusalBackoff
from worker.sandbox import SandboxUnavailable
from worker.stages import prepare

pytestmark = pytest.mark.django_db(transaction=True)
State = Photo.State


@pytest.fixture
def photo(alice: User) -> Photo:
    """An uploaded photo."""
    content = jpeg_bytes(draw_scene(1, (320, 240)))
    sha256 = hashlib.sha256(content).hexdigest()
    photo = make_photo(make_album(alice), state=State.UPLOADED, byte_size=len(content), sha256=sha256)
    storage.get_storage().write_bytes(storage.original_key(photo.album_id, photo.id), content, "image/jpeg")
    return photo


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses of the worker's tasks in seconds, without really sleeping."""
    slept: list[float] = []
    backoff = RefusalBackoff(sleep=slept.append)
    for module in (tasks, prepare):
        monkeypatch.setattr(module, "refusal_backoff", backoff)
    return slept


@contextmanager
def no_face_model(folder: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(settings, "FACE_DETECTOR", "yunet")
        broken.setattr(settings, "FACE_MODEL", str(folder / "none.onnx"))
        yield


@contextmanager
def no_sandbox(folder: Path) -> Iterator[None]:
    (folder / "sitecustomize.py").write_text("import os\nos._exit(3)\n", encoding="utf-8")
    runtime.sandbox().close()
    with pytest.MonkeyPatch.context() as broken:
        broken.setenv("PYTHONPATH", str(folder))
        yield


@contextmanager
def no_weights(folder: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(settings, "EMBEDDING_MODEL", "resnet50")
        broken.setattr(settings, "RESNET50_WEIGHTS", str(folder / "none.h5"))
        broken.setattr(runtime, "_process_encoder_choice", runtime.encoder_choice)  # which is not cached
        yield


def _run(task: Task[Any, Any], photo: Photo) -> Any:
    """Run the task for the photo and return its result."""
    outcome = task.apply(args=([str(photo.id)],))
    photo.refresh_from_db()
    return outcome.result


@pytest.mark.parametrize(
    ("fault", "error", "task", "waiting", "done"),
    [
        (no_face_model, FaceModelError, tasks.prepare_photos, State.UPLOADED, State.PREPARED),
        (no_sandbox, SandboxUnavailable, tasks.prepare_photos, State.UPLOADED, State.PREPARED),
        (no_weights, EncoderError, tasks.embed_photos, State.PREPARED, State.ANALYZED),
    ],
    ids=["face model", "sandbox", "weights"],
)
def test_errors_for_the_operator_cost_photos_no_attempt(
    photo: Photo,
    pauses: list[float],
    tmp_path: Path,
    fault: Any,
    error: type[Exception],
    task: Task[Any, Any],
    waiting: str,
    done: str,
) -> None:
    if waiting == State.PREPARED:
        assert _run(tasks.prepare_photos, photo) is None
    with fault(tmp_path):
        for _ in range(settings.MAX_ATTEMPTS + 1):
            assert isinstance(_run(task, photo), error)
            assert (photo.state, photo.attempts, photo.claim) == (waiting, 0, None)
    assert pauses == [1, 2, 4, 8]

    assert _run(task, photo) is None

    assert (photo.state, photo.error_code) == (done, "")
    assert pauses == [1, 2, 4, 8]
