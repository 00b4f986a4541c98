"""What operators see and can do: moving and stalled queues, metrics for Prometheus, actions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from pytest_django.fixtures import DjangoAssertNumQueries

from albums import operations, storage
from albums.event_counts import Event, count_event, event_counts
from albums.jobs import Queue
from albums.models import Album, Embedding, Export, PersonalRanker, Photo, WorkerReport
from albums.services.photos import photo_claim_preparing, photo_mark_failed, photos_retry
from tests.factories import make_album, make_photo
from web import health, metrics
from web.accounts.models import User

pytestmark = pytest.mark.django_db
State = Photo.State


def _ago(seconds: float) -> datetime:
    return timezone.now() - timedelta(seconds=seconds)


@pytest.fixture(autouse=True)
def _clear_caches() -> Iterator[None]:
    health._recent_progress.cache_clear()
    yield
    health._recent_progress.cache_clear()


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def _photo(album: Album, state: str, age: float, **columns: Any) -> Photo:
    photo = make_photo(album, state=state, **columns)
    Photo.objects.filter(id=photo.id).update(created_at=_ago(age))
    return photo


def _stalled() -> set[Queue]:
    return {row.queue for row in operations.queue_progress() if row.is_stalled}


def test_an_idle_service_is_not_stalled() -> None:
    assert _stalled() == set()
    assert [(row.waiting, row.working, row.oldest_seconds) for row in operations.queue_progress()] == [(0, 0, None)] * 3


@pytest.mark.parametrize(
    ("state", "queue"),
    [(State.UPLOADED, Queue.IMAGES), (State.PREPARED, Queue.EMBEDDINGS)],
    ids=["images", "embeddings"],
)
def test_a_queue_whose_worker_does_nothing_is_stalled(album: Album, state: str, queue: Queue) -> None:
    """The worker sends heartbeats and the sweep has just enqueued the photo again, but there is no progress."""
    WorkerReport.objects.create(name="worker@here", queues="images,embeddings,albums")
    _photo(album, state, 4000, enqueued_at=timezone.now() if state == State.UPLOADED else _ago(3000))

    assert _stalled() == {queue}


def test_new_work_is_not_stalled(album: Album) -> None:
    _photo(album, State.UPLOADED, 20)

    assert _stalled() == set()


def test_a_long_queue_that_moves_is_not_stalled(album: Album) -> None:
    for _ in range(3):
        _photo(album, State.UPLOADED, 40_000)
    _photo(album, State.PREPARING, 40_000, heartbeat_at=_ago(20))
    assert _stalled() == set()

    Photo.objects.filter(state=State.PREPARING).update(state=State.ANALYZED, enqueued_at=_ago(30))
    assert _stalled() == set()

    Photo.objects.filter(state=State.ANALYZED).update(enqueued_at=_ago(4000))
    assert _stalled() == {Queue.IMAGES}


def test_new_vectors_count_as_progress(album: Album) -> None:
    _photo(album, State.PREPARED, 40_000, enqueued_at=_ago(40_000))
    done = make_photo(album)
    vector = Embedding.objects.create(photo=done, model="descriptor", version="1", vector=b"", created_at=_ago(30))
    assert _stalled() == set()

    Embedding.objects.filter(id=vector.id).update(created_at=_ago(4000))
    assert _stalled() == {Queue.EMBEDDINGS}


@pytest.mark.parametrize("grouping", [Album.Grouping.QUEUED, Album.Grouping.STALE])
def test_a_grouping_that_does_not_start_is_stalled(album: Album, grouping: str) -> None:
    Album.objects.filter(id=album.id).update(grouping=grouping, updated_at=_ago(4000))
    assert _stalled() == {Queue.ALBUMS}

    other = make_album(album.owner)
    Album.objects.filter(id=other.id).update(grouped_at=_ago(10))
    assert _stalled() == set()


def test_an_album_with_unfinished_photos_does_not_wait_for_grouping(album: Album) -> None:
    Album.objects.filter(id=album.id).update(grouping=Album.Grouping.STALE, updated_at=_ago(4000))
    _photo(album, State.UPLOADED, 10)

    assert _stalled() == set()


def test_an_export_that_does_not_start_is_stalled(album: Album) -> None:
    export = Export.objects.create(album=album, file_name="a.zip")
    Export.objects.filter(id=export.id).update(created_at=_ago(4000))
    assert _stalled() == {Queue.ALBUMS}

    Export.objects.filter(id=export.id).update(state=Export.State.BUILDING, heartbeat_at=_ago(1))
    assert _stalled() == set()


_UNLEARNED: dict[str, dict[str, Any]] = {
    "due": {"learning": "idle", "changed_first_at": 4000, "changed_at": 4000},
    "due while deciding": {"learning": "idle", "changed_first_at": 4000, "changed_at": 5},
    "queued": {"learning": "queued", "changed_first_at": 4000, "changed_at": 4000, "enqueued_at": 1},
    "abandoned": {"learning": "running", "heartbeat_at": 4000},
    "abandoned and changed": {"learning": "running", "heartbeat_at": 4000, "changed_first_at": 5, "changed_at": 5},
}


@pytest.mark.parametrize("columns", _UNLEARNED.values(), ids=_UNLEARNED)
def test_a_personal_ranker_that_does_not_learn_is_stalled(alice: User, bob: User, columns: dict[str, Any]) -> None:
    times = {name: _ago(value) for name, value in columns.items() if name != "learning"}
    PersonalRanker.objects.create(owner=alice, learning=columns["learning"], **times)
    assert _stalled() == {Queue.ALBUMS}
    [albums] = [row for row in operations.queue_progress() if row.queue == Queue.ALBUMS]
    assert (albums.waiting, albums.working) == ((0, 1) if columns["learning"] == "running" else (1, 0))

    PersonalRanker.objects.create(owner=bob, learned_at=_ago(10))
    assert _stalled() == set()


@pytest.mark.parametrize(
    "columns",
    [
        {"changed_first_at": 10, "changed_at": 10},
        {"changed_first_at": 500, "changed_at": 10},
        {"changed_first_at": 4000, "changed_at": 4000, "is_enabled": False},
        {"learned_at": 4000},
    ],
    ids=["just decided", "still deciding", "switched off", "learned"],
)
def test_decisions_that_are_not_due_for_learning_are_no_work(alice: User, columns: dict[str, Any]) -> None:
    values = {name: value if name == "is_enabled" else _ago(value) for name, value in columns.items()}
    PersonalRanker.objects.create(owner=alice, **values)
    assert [(row.waiting, row.working, row.oldest_seconds) for row in operations.queue_progress()] == [(0, 0, None)] * 3


def test_the_age_of_a_personal_ranker_counts_from_when_it_became_due(alice: User) -> None:
    PersonalRanker.objects.create(owner=alice, changed_first_at=_ago(640), changed_at=_ago(5))
    [oldest] = [row.oldest_seconds for row in operations.queue_progress() if row.queue == Queue.ALBUMS]
    assert oldest == pytest.approx(40, abs=5)


def test_health_names_the_stalled_queue(client: Client, album: Album, caplog: pytest.LogCaptureFixture) -> None:
    assert client.get("/health/progress/").json()["status"] == "ok"
    _photo(album, State.UPLOADED, 4000)
    health._recent_progress.cache_clear()

    response = client.get("/health/progress/")

    assert response.status_code == 503
    assert response.json() == {"status": "stalled", "queues": {"images": "stalled", "embeddings": "ok", "albums": "ok"}}
    assert "images" in caplog.text


# --- Metrics ----------------------------------------------------------------------------------------------------------

_LINE = re.compile(r'(photoalbum_\w+)(?:\{(\w+="(?:[^"\\\n]|\\.)*")\})? (-?[0-9.e+-]+)')


def _figures(client: Client, **headers: str) -> dict[str, float]:
    response = client.get("/metrics", headers=headers)
    assert response["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    figures = {}
    for line in response.content.decode().splitlines():
        if not line.startswith("# "):
            match = _LINE.fullmatch(line)
            assert match, line
            figures[f"{match[1]}{{{match[2]}}}" if match[2] else match[1]] = float(match[3])
    return figures


def test_metrics_count_rows(client: Client, album: Album) -> None:
    for state in (State.ANALYZED, State.ANALYZED, State.UPLOADED):
        make_photo(album, state=state, enqueued_at=timezone.now())
    make_photo(album, state=State.FAILED, error_code='odd "code')
    Export.objects.create(album=album, file_name="a.zip", state=Export.State.READY)
    WorkerReport.objects.create(name="worker@here", queues="images", concurrency=4)

    figures = _figures(client)

    assert figures['photoalbum_photos{state="analyzed"}'] == 2
    assert figures['photoalbum_photos{state="preparing"}'] == 0
    assert figures[r'photoalbum_photos_failed{code="odd \"code"}'] == 1
    assert figures['photoalbum_exports{state="ready"}'] == 1
    assert figures['photoalbum_queue_waiting{queue="images"}'] == 1
    assert figures['photoalbum_queue_stalled{queue="images"}'] == 0
    assert figures["photoalbum_worker_processes"] == 4
    assert figures["photoalbum_photos_analyzed_last_hour"] == 2
    assert figures["photoalbum_accounts"] == 1
    # No broker listens at the address in the tests' settings.
    assert not [name for name in figures if name.startswith("photoalbum_queue_messages")]


def test_metrics_count_what_workers_met_and_the_disk(client: Client) -> None:
    cache.delete_many([f"events-{event.value}" for event in Event])
    for event in (Event.SWEEP, Event.SWEEP, Event.SANDBOX_DIED):
        count_event(event)
    storage.get_storage().create_if_missing()

    figures = _figures(client)

    assert figures["photoalbum_sweeps_total"] == 2
    assert figures['photoalbum_worker_errors_total{kind="sandbox_died"}'] == 1
    assert figures['photoalbum_worker_errors_total{kind="storage_refused"}'] == 0
    assert figures["photoalbum_storage_free_bytes"] > 0


def test_a_server_that_goes_away_while_an_event_is_counted_costs_only_the_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cache, "add", lambda *_: True)  # in the server, while `incr` finds the memory of the process
    count_event(Event.SANDBOX_DIED)
    assert event_counts()[Event.SANDBOX_DIED] == 0


@pytest.mark.parametrize("photos", [2, 30])
def test_metrics_take_as_many_queries_for_any_number_of_rows(
    client: Client, album: Album, photos: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(photos):
        make_photo(album)

    with django_assert_num_queries(19):
        client.get("/metrics")


def test_a_count_that_takes_long_is_made_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    timeouts: list[float] = []
    monkeypatch.setattr("web.metrics.time.monotonic", lambda: now)
    monkeypatch.setattr(cache, "set", lambda _key, _value, timeout: timeouts.append(timeout))

    def count(seconds: float) -> int:
        nonlocal now
        now += seconds
        return 7

    assert [metrics._counted("photos", partial(count, seconds)) for seconds in (0.01, 3.0)] == [7, 7]
    assert timeouts == [5, 300]


def test_metrics_are_for_this_machine_or_for_the_token(settings: Settings, charlie: User) -> None:
    here, elsewhere = Client(REMOTE_ADDR="127.0.0.1"), Client(REMOTE_ADDR="203.0.113.5")
    elsewhere.force_login(charlie)

    assert here.get("/metrics").status_code == 200
    assert elsewhere.get("/metrics").status_code == 404
    settings.BEHIND_PROXY = True  # every request seems to come from this machine
    assert here.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "4fd7c0"
    assert here.get("/metrics").status_code == 404
    assert elsewhere.get("/metrics", headers={"Authorization": "Bearer 4fd7c1"}).status_code == 404
    assert elsewhere.get("/metrics", headers={"Authorization": "Bearer 4fd7c0"}).status_code == 200


# --- The operators' page ----------------------------------------------------------------------------------------------


def test_operators_see_queues_failures_and_workers(charlie_client: Client, album: Album) -> None:
    _photo(album, State.UPLOADED, 4000)
    make_photo(album, state=State.FAILED, error_code="not_an_image")
    make_photo(album, enqueued_at=_ago(600))
    WorkerReport.objects.create(name="worker@here", queues="images", concurrency=4)

    page = charlie_client.get("/admin/queues/").content.decode()

    assert "stalled" in page
    assert "not_an_image" in page
    assert "worker@here" in page
    assert "The broker at REDIS_URL does not answer" in page
    assert "/admin/queues/" in charlie_client.get("/admin/").content.decode()


def test_operators_retry_photos_that_failed_for_one_reason(charlie_client: Client, album: Album, bob: User) -> None:
    broken = [make_photo(of, state=State.FAILED, error_code="crashed") for of in (album, make_album(bob))]
    other = make_photo(album, state=State.FAILED, error_code="not_an_image")

    response = charlie_client.post("/admin/queues/", {"code": "crashed"}, follow=True)

    assert b"2 photos that failed as crashed are analyzed again" in response.content
    assert {Photo.objects.get(id=photo.id).state for photo in broken} == {State.UPLOADED}
    assert Photo.objects.get(id=other.id).state == State.FAILED


def test_operators_stop_an_album_and_it_can_go_on(charlie_client: Client, album: Album) -> None:
    working = make_photo(album, state=State.UPLOADED)
    claimed = photo_claim_preparing(working.id, task_id="message")
    assert claimed is not None
    waiting, done = make_photo(album, state=State.UPLOADED), make_photo(album)

    charlie_client.post("/admin/albums/album/", {"action": "stop_analysis", "_selected_action": [str(album.pk)]})

    assert set(Photo.objects.filter(state=State.FAILED, error_code="stopped")) == {working, waiting}
    assert Photo.objects.get(id=done.id).state == State.ANALYZED
    # The worker that builds it finds that its claim is gone.
    assert not photo_mark_failed(working.id, claimed[1], code="x", message="x")
    assert photos_retry(album) == 2


def test_operators_stop_an_export(charlie_client: Client, album: Album) -> None:
    building = Export.objects.create(album=album, file_name="a.zip", state=Export.State.BUILDING)
    ready = Export.objects.create(album=album, file_name="b.zip", state=Export.State.READY)
    ids = [str(building.pk), str(ready.pk)]

    charlie_client.post("/admin/albums/export/", {"action": "stop_building", "_selected_action": ids})

    building.refresh_from_db()
    ready.refresh_from_db()
    assert (building.state, ready.state) == (Export.State.FAILED, Export.State.READY)
    assert building.error_code == "stopped"
    assert "operator" in building.error_message
