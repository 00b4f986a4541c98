"""What the sweep finds in the rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from albums import jobs, storage
from albums.models import Album, Export, ObjectDeletion, Photo, WorkerReport
from albums.services.albums import album_delete, objects_forget
from albums.services.photos import photo_claim_preparing
from albums.services.recovery import (
    exports_expire,
    objects_delete,
    uploads_abandon,
    work_recover,
)
from albums.services.workers import worker_begin, worker_end, worker_seen, workers_forget
from albums.storage.errors import StorageUnavailable
from tests.factories import make_album, make_photo
from web.accounts.models import User

pytestmark = pytest.mark.django_db
State = Photo.State
CaptureCallbacks = Callable[..., Any]


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def _seconds_ago(seconds: float) -> Any:
    return timezone.now() - timedelta(seconds=seconds)


def _empty(_: jobs.Queue) -> int:
    return 0


def _busy(_: jobs.Queue) -> int:
    return 9


def test_it_enqueues_a_photo_whose_message_was_lost(
    album: Album, sent: list[Any], django_capture_on_commit_callbacks: CaptureCallbacks
) -> None:
    photo = make_photo(album, state=State.UPLOADED, enqueued_at=_seconds_ago(settings.REQUEUE_AFTER_SECONDS + 1))
    with django_capture_on_commit_callbacks(execute=True):
        assert sum(work_recover(_empty).values()) == 1
        assert sum(work_recover(_empty).values()) == 0  # it was just enqueued
    assert sent == [("prepare_photos", [[str(photo.id)]])]


def test_it_leaves_photos_in_a_long_queue_alone(album: Album) -> None:
    make_photo(album, state=State.UPLOADED, enqueued_at=_seconds_ago(settings.REQUEUE_AFTER_SECONDS + 1))
    make_photo(album, state=State.UPLOADED, enqueued_at=timezone.now())
    assert sum(work_recover(_busy).values()) == 0


def test_it_enqueues_prepared_photos_for_their_vectors(
    album: Album, sent: list[Any], django_capture_on_commit_callbacks: CaptureCallbacks
) -> None:
    photo = make_photo(album, state=State.PREPARED, enqueued_at=None)
    with django_capture_on_commit_callbacks(execute=True):
        work_recover(_empty)
    assert sent == [("embed_photos", [[str(photo.id)]])]


@pytest.mark.parametrize(("working", "waiting"), [(State.PREPARING, State.UPLOADED), (State.EMBEDDING, State.PREPARED)])
def test_it_releases_photos_of_a_silent_worker(album: Album, working: str, waiting: str) -> None:
    silent = make_photo(album, state=working, attempts=1, heartbeat_at=_seconds_ago(settings.CLAIM_LEASE_SECONDS + 1))
    alive = make_photo(album, state=working, attempts=1, heartbeat_at=timezone.now())
    work_recover(_busy)
    silent.refresh_from_db()
    alive.refresh_from_db()
    assert (silent.state, silent.attempts, silent.claim) == (waiting, 1, None)
    assert alive.state == working


@pytest.mark.parametrize(
    ("grouping", "columns"),
    [
        (Album.Grouping.STALE, {}),
        (Album.Grouping.QUEUED, {"enqueued_at": None}),
        (Album.Grouping.RUNNING, {"heartbeat_at": timezone.now() - timedelta(days=1)}),
    ],
)
def test_it_groups_an_album_that_was_forgotten(
    album: Album,
    grouping: str,
    columns: dict[str, Any],
    sent: list[Any],
    django_capture_on_commit_callbacks: CaptureCallbacks,
) -> None:
    Album.objects.filter(id=album.id).update(grouping=grouping, **columns)
    with django_capture_on_commit_callbacks(execute=True):
        assert sum(work_recover(_empty).values()) == 1
    assert sent == [("group_album", [str(album.id)])]
    album.refresh_from_db()
    assert album.grouping == Album.Grouping.QUEUED


def test_it_leaves_an_album_with_unfinished_photos_stale(album: Album) -> None:
    Album.objects.filter(id=album.id).update(grouping=Album.Grouping.STALE)
    make_photo(album, state=State.PREPARED)
    assert work_recover(_empty)["group"] == 0


def test_it_builds_a_zip_whose_worker_is_silent(
    album: Album, sent: list[Any], django_capture_on_commit_callbacks: CaptureCallbacks
) -> None:
    export = Export.objects.create(
        album=album, file_name="a.zip", state=Export.State.BUILDING, heartbeat_at=_seconds_ago(10_000)
    )
    with django_capture_on_commit_callbacks(execute=True):
        work_recover(_empty)
    assert sent == [("build_export", [str(export.id)])]


def test_it_expires_zips_and_deletes_them(album: Album) -> None:
    old = Export.objects.create(
        album=album,
        file_name="a.zip",
        state=Export.State.READY,
        expires_at=_seconds_ago(1),
        entries=[["id", "name"]],
        marks={"name": {}},
        gallery_page={"photos": []},
        print_plan={"photos": []},
    )
    new = Export.objects.create(
        album=album, file_name="b.zip", state=Export.State.READY, expires_at=timezone.now() + timedelta(days=1)
    )
    key = storage.export_key(album.id, old.id)
    storage.get_storage().write_bytes(key, b"zip", "application/zip")
    assert exports_expire() == 1
    objects_delete()
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state) == (Export.State.EXPIRED, Export.State.READY)
    assert [getattr(old, name) or None for name in Export.LONG] == [None] * len(Export.LONG), "of deleted photos, too"
    assert storage.get_storage().size(key) is None


def test_it_forgets_uploads_that_never_arrived(album: Album) -> None:
    old, new = (make_photo(album, state=State.PENDING) for _ in range(2))
    Photo.objects.filter(id=old.id).update(created_at=_seconds_ago(8 * 86400))
    assert uploads_abandon() == 1
    assert Photo.objects.get() == new


def test_it_deletes_objects_again_when_no_presigned_upload_is_valid(album: Album) -> None:
    photo = make_photo(album)
    key = storage.original_key(album.id, photo.id)
    store = storage.get_storage()
    store.write_bytes(key, b"bytes", "image/jpeg")
    album_delete(album)
    objects_delete()
    assert store.size(key) is None
    store.write_bytes(key, b"late", "image/jpeg")  # by a presigned upload that is still good
    objects_delete()
    assert store.size(key) == 4
    ObjectDeletion.objects.update(final_after=_seconds_ago(1))
    objects_delete()
    assert store.size(key) is None
    assert not ObjectDeletion.objects.exists()


def test_it_deletes_objects_once_more_for_an_upload_that_ended_late(album: Album) -> None:
    photo = make_photo(album)
    key = storage.original_key(album.id, photo.id)
    album_delete(album)
    objects_delete()
    store = storage.get_storage()
    for hours, last_attempt, is_kept in ((2, 0, False), (20, 2, True), (26, 2, False)):
        store.write_bytes(key, b"late", "image/jpeg")
        requested_at = _seconds_ago(hours * 3600)
        ObjectDeletion.objects.update(
            requested_at=requested_at,
            attempted_at=requested_at + timedelta(hours=last_attempt),
            final_after=requested_at + timedelta(hours=25),
        )
        objects_delete()
        assert (store.size(key) is not None) == is_kept
    assert not ObjectDeletion.objects.exists()


class _CountingStorage:
    """A storage that notes which prefixes are deleted."""

    def __init__(self) -> None:
        self.prefixes: list[str] = []

    def delete_prefix(self, prefix: str) -> int:
        self.prefixes.append(prefix)
        return 0


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> _CountingStorage:
    counting = _CountingStorage()
    monkeypatch.setattr("albums.storage.get_storage", lambda: counting)
    return counting


def test_one_message_deletes_a_part_and_each_object_once(
    db: None, counting: _CountingStorage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Four requests with 1,000 deletions each kept all workers busy for 12 s: every message deleted all of them."""
    objects_forget({f"albums/x/{number:04d}/": 0 for number in range(250)})
    with django_assert_max_num_queries(5):
        assert objects_delete()
    assert len(counting.prefixes) == 100

    while objects_delete():
        pass

    assert len(counting.prefixes) == len(set(counting.prefixes)) == 250


def test_what_was_deleted_before_the_storage_failed_is_not_deleted_again(db: None, counting: _CountingStorage) -> None:
    objects_forget({"albums/a/": 0, "albums/b/": 0})
    succeed = counting.delete_prefix

    def fail_at_b(prefix: str) -> int:
        if prefix == "albums/b/":
            raise StorageUnavailable("down")
        return succeed(prefix)

    counting.delete_prefix = fail_at_b  # type: ignore[method-assign]
    with pytest.raises(StorageUnavailable):
        objects_delete()
    counting.delete_prefix = succeed  # type: ignore[method-assign]

    assert not objects_delete()
    assert counting.prefixes == ["albums/a/", "albums/b/"]


def test_many_deletions_send_one_message(
    db: None,
    counting: _CountingStorage,
    sent: list[tuple[str, list[Any]]],
    django_capture_on_commit_callbacks: CaptureCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(4):
            objects_forget({f"albums/{number}/": 0})
    assert sent == [("delete_objects", [])]

    objects_delete()
    with django_capture_on_commit_callbacks(execute=True):
        objects_forget({"albums/later/": 0})
    assert sent == [("delete_objects", [])] * 2


def test_announcing_and_dismissing_deletes_nothing_at_once(
    album: Album,
    counting: _CountingStorage,
    sent: list[tuple[str, list[Any]]],
    django_capture_on_commit_callbacks: CaptureCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        objects_forget({"albums/a/": 10}, are_empty=True)
    assert sent == []
    assert not objects_delete()

    ObjectDeletion.objects.update(requested_at=_seconds_ago(2 * 3600), attempted_at=_seconds_ago(2 * 3600))
    objects_delete()
    assert counting.prefixes == ["albums/a/"]


def test_a_sweep_with_a_fast_clock_deletes_nothing_too_early(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    pending = make_photo(album, state=State.PENDING)
    deleted = ObjectDeletion.objects.create(prefix="albums/x/", final_after=timezone.now() + timedelta(hours=1))
    export = Export.objects.create(
        album=album, file_name="a.zip", state=Export.State.READY, expires_at=timezone.now() + timedelta(days=7)
    )
    later = timezone.now() + timedelta(days=30)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert exports_expire() == uploads_abandon() == 0
    objects_delete()
    assert Photo.objects.get() == pending
    assert ObjectDeletion.objects.get() == deleted
    export.refresh_from_db()
    assert export.state == Export.State.READY


def _begin(run: UUID, name: str = "celery@here") -> None:
    worker_begin(run, name=name, queues="images", embedding_model="descriptor", warning="No weights.")


def test_it_releases_claims_of_a_finished_run_at_once(album: Album) -> None:
    living, killed = uuid4(), uuid4()
    _begin(living, "celery@living")
    _begin(killed, "celery@killed")
    kept, freed = (make_photo(album, state=State.UPLOADED) for _ in range(2))
    photo_claim_preparing(kept.id, task_id="one", worker=living)
    photo_claim_preparing(freed.id, task_id="two", worker=killed)
    WorkerReport.objects.filter(id=killed).update(seen_at=_seconds_ago(settings.WORKER_SILENT_SECONDS + 1))
    work_recover(_busy)
    kept.refresh_from_db()
    freed.refresh_from_db()
    assert (kept.state, freed.state, freed.worker) == (State.PREPARING, State.UPLOADED, None)


def test_a_new_run_releases_claims_of_the_previous_run_with_its_name(album: Album) -> None:
    killed = uuid4()
    _begin(killed)
    photo = make_photo(album, state=State.UPLOADED)
    photo_claim_preparing(photo.id, task_id="one", worker=killed)
    _begin(uuid4())
    work_recover(_busy)
    photo.refresh_from_db()
    assert photo.state == State.UPLOADED


def test_a_run_counts_as_alive_until_it_ends() -> None:
    run = uuid4()
    assert not worker_seen(run)
    _begin(run)
    WorkerReport.objects.update(seen_at=_seconds_ago(1000))
    assert worker_seen(run)
    report = WorkerReport.objects.get()
    assert (report.id, report.warning, report.seen_at > _seconds_ago(60)) == (run, "No weights.", True)
    worker_end(run)
    assert not WorkerReport.objects.exists()


def test_runs_that_ended_long_ago_are_forgotten() -> None:
    _begin(uuid4())
    assert workers_forget() == 0
    WorkerReport.objects.update(seen_at=_seconds_ago(2 * 86400))
    assert workers_forget() == 1
