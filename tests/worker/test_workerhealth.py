"""The health check of a container with a worker."""

from __future__ import annotations

import socket
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError

from albums import storage
from albums.models import Photo, WorkerReport
from tests.factories import make_album, make_photo
from web.accounts.models import User
from worker.management.commands import workerhealth

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _answering(monkeypatch: pytest.MonkeyPatch) -> None:
    storage.get_storage().create_if_missing()
    monkeypatch.setattr(workerhealth, "_answers", lambda name: name == f"celery@{socket.gethostname()}")


def _report(*, seconds: float, queues: str = "images") -> None:
    """A worker of this host that started so long ago."""
    report = WorkerReport.objects.create(name=f"celery@{socket.gethostname()}", queues=queues)
    WorkerReport.objects.filter(pk=report.pk).update(started_at=timezone.now() - timedelta(seconds=seconds))


def _make_stalled(owner: User) -> None:
    photo = make_photo(make_album(owner), state=Photo.State.UPLOADED)
    Photo.objects.filter(pk=photo.pk).update(created_at=timezone.now() - timedelta(hours=1))


def test_a_worker_that_reports_and_answers_is_healthy() -> None:
    _report(seconds=4000)
    call_command("workerhealth")


def test_a_worker_without_heartbeats_is_not() -> None:
    with pytest.raises(CommandError, match="has not reported for 30 s"):
        call_command("workerhealth")


def test_a_worker_that_takes_no_messages_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    _report(seconds=4000)
    monkeypatch.setattr(workerhealth, "_answers", lambda _name: False)
    with pytest.raises(CommandError, match="does not answer"):
        call_command("workerhealth")


def test_a_worker_whose_queue_is_stalled_is_not(alice: User) -> None:
    _make_stalled(alice)
    _report(seconds=4000)
    with pytest.raises(CommandError, match="No progress for 300 s on: images"):
        call_command("workerhealth")


@pytest.mark.parametrize(("seconds", "queues"), [(10, "images"), (4000, "embeddings,albums")], ids=["new", "of others"])
def test_a_stalled_queue_says_nothing_about_this_worker(alice: User, seconds: float, queues: str) -> None:
    _make_stalled(alice)
    _report(seconds=seconds, queues=queues)
    call_command("workerhealth")


@pytest.mark.parametrize("error", [OperationalError("no database"), BrokerError("no broker")])
def test_a_new_worker_would_not_help_without_the_services(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    _report(seconds=4000)

    def fail(_name: str) -> bool:
        raise error

    monkeypatch.setattr(workerhealth, "_answers", fail)
    call_command("workerhealth")
    assert "Unknown: no" in capsys.readouterr().out


def test_nor_without_the_storage(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    _make_stalled(alice)
    _report(seconds=4000)
    monkeypatch.setattr(type(storage.get_storage()), "check", lambda _self: "The storage does not answer.")
    call_command("workerhealth")
