"""Health checks for load balancers and the front end."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone

from albums import selectors, storage
from albums.models import WorkerReport
from web import health

HEALTHY = selectors.ServiceHealth(database="", broker="", storage="", workers=2, embedding_model="resnet50", warning="")


@pytest.fixture(autouse=True)
def _clear_caches() -> Iterator[None]:
    health._recent_health.cache_clear()
    yield
    health._recent_health.cache_clear()


def test_it_is_alive_without_a_database(client: Client) -> None:
    response = client.get("/health/")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-cache" in response["Cache-Control"]


def test_it_is_ready_when_everything_answers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "service_health", lambda: HEALTHY)

    response = client.get("/health/ready/")

    assert response.status_code == 200
    assert response.json() == {
        "status": "ready",
        "database": "ok",
        "broker": "ok",
        "storage": "ok",
        "workers": 2,
        "embedding_model": "resnet50",
        "warning": "",
    }


@pytest.mark.django_db
def test_it_names_what_is_down_and_warns_of_missing_weights(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """Without a fake: no broker listens at the address in the tests' settings."""
    storage.get_storage().create_if_missing()
    WorkerReport.objects.create(
        name="worker@here", embedding_model="descriptor", warning="No weights.", seen_at=timezone.now()
    )

    response = client.get("/health/ready/")

    assert response.status_code == 503
    shown = response.json()
    assert (shown["status"], shown["database"], shown["broker"], shown["storage"]) == (
        "unready",
        "ok",
        "unavailable",
        "ok",
    )
    assert (shown["workers"], shown["embedding_model"], shown["warning"]) == (1, "descriptor", "No weights.")
    assert "127.0.0.1" not in response.content.decode()
    assert "REDIS_URL" in caplog.text


def test_frequent_requests_check_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [HEALTHY]
    monkeypatch.setattr(selectors, "service_health", answers.pop)
    monkeypatch.setattr(time, "monotonic", lambda: 1000.0)

    assert {client.get("/health/ready/").status_code for _ in range(5)} == {200}


@pytest.mark.parametrize("path", ["/health/", "/health/ready/"])
def test_it_allows_only_reading(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
