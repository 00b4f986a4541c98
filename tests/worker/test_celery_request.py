"""What the worker does with a message whose child was killed."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from billiard.einfo import ExceptionInfo
from billiard.exceptions import WorkerLostError
from celery.utils.imports import symbol_by_name
from kombu.message import Message

from albums.models import Photo
from albums.services.photos import photo_claim_preparing
from albums.services.workers import worker_begin
from tests.factories import make_album, make_photo
from web.accounts.models import User
from worker import tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> UUID:
    """Registers this process as a live worker run."""
    run = uuid4()
    monkeypatch.setenv("PHOTOALBUM_WORKER_RUN", str(run))
    # Keep the connection of the test open.
    monkeypatch.setattr("worker.runtime.close_old_connections", lambda: None)
    monkeypatch.setattr("worker.runtime.connections.close_all", lambda: None)
    worker_begin(run, name="celery@here", queues="images", embedding_model="descriptor", warning="")
    return run


def _request(message_id: str, rejected: list[bool]) -> Any:
    """The worker's request for a message, of the class that the task names."""
    task = tasks.prepare_photos
    headers = {"id": message_id, "task": task.name, "lang": "py"}
    message = Message("[[], {}, {}]", headers=headers, content_type="application/json", content_encoding="utf-8")
    held: Any = symbol_by_name(task.Request)
    return held(message, task=task, app=task.app, on_reject=lambda _logger, _errors, requeue: rejected.append(requeue))


@pytest.mark.parametrize(("message_id", "state"), [("one", Photo.State.UPLOADED), ("two", Photo.State.PREPARING)])
def test_it_releases_the_killed_childs_claims_of_this_message(
    run: UUID, alice: User, message_id: str, state: str
) -> None:
    photo = make_photo(make_album(alice), state=Photo.State.UPLOADED)
    photo_claim_preparing(photo.id, task_id="one", worker=run)
    rejected: list[bool] = []
    with pytest.raises(WorkerLostError) as death:
        raise WorkerLostError("killed")
    _request(message_id, rejected).on_failure(ExceptionInfo((death.type, death.value, death.tb)))
    assert rejected == [True]
    photo.refresh_from_db()
    assert (photo.state, photo.attempts) == (state, 1)
