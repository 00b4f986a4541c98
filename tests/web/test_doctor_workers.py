"""`manage.py doctor` about workers: that each queue has some, that they answer, and that they are alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings

from albums import jobs
from albums.models import Photo, WorkerReport
from albums.process_info import process_info
from tests.factories import make_album, make_photo
from tests.web.findings import sentences
from web.accounts.models import User
from web.doctor.finding import Level
from web.doctor.workers import check_workers


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets what the only worker answers: `process_info()` with these values changed, or nothing."""

    def answer(**changes: Any) -> None:
        message = replace(process_info(), **changes).as_message()
        monkeypatch.setattr(jobs, "ask_workers", lambda *_: {"celery@here": message})

    monkeypatch.setattr(jobs, "ask_workers", lambda *_: {})
    return answer


def _worker(queues: str = "images,embeddings,albums", model: str = "resnet50", **columns: str) -> None:
    WorkerReport.objects.create(queues=queues, embedding_model=model, **{"name": "celery@here", **columns})


@pytest.mark.django_db
def test_workers_that_work(answers: Callable[..., None]) -> None:
    _worker()
    answers()
    assert {each.level for each in check_workers()} == {Level.OK}


@pytest.mark.django_db
def test_a_queue_without_workers(answers: Callable[..., None]) -> None:
    _worker("images,embeddings")
    answers()
    assert "Nobody works on the queue albums. Start a worker with `-Q albums`." in sentences(check_workers())


@pytest.mark.django_db
def test_a_queue_without_progress(answers: Callable[..., None], alice: User) -> None:
    _worker()
    answers()
    photo = make_photo(make_album(alice), state=Photo.State.UPLOADED)
    Photo.objects.filter(pk=photo.pk).update(created_at="2020-01-01T00:00Z")
    assert "The queue images has 1 waiting and makes no progress." in sentences(check_workers())


@pytest.mark.django_db
@pytest.mark.usefixtures("answers")
def test_a_worker_that_does_not_answer() -> None:
    _worker()
    assert "celery@here lives and does not answer its messages. Start it again." in sentences(check_workers())


@pytest.mark.django_db
def test_workers_are_not_blamed_for_the_broker(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    _worker()
    assert sentences(check_workers()) == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "level", "said"),
    [
        ({"code": "another"}, Level.WARNING, "runs other code"),
        ({"settings": {}}, Level.ERROR, "has another CLAIM_LEASE_SECONDS"),
        ({"time": 1e9}, Level.ERROR, "That of the worker celery@here is"),
    ],
)
def test_a_worker_of_another_kind(
    answers: Callable[..., None], changes: dict[str, Any], level: Level, said: str
) -> None:
    _worker()
    answers(**changes)
    assert said in sentences(check_workers(), level)


@pytest.mark.django_db
def test_workers_with_different_networks(answers: Callable[..., None]) -> None:
    _worker(warning="No weights.")
    _worker(model="descriptor", name="celery@there")
    answers()
    assert "different networks: descriptor, resnet50. Give all of them the same" in sentences(check_workers())
    assert "No weights. Run `manage.py download_models`" in sentences(check_workers(), Level.WARNING)
