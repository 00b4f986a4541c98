"""Times in the rows come from the database's clock, regardless of the clock of this web host or worker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Self

import pytest
from django.conf import settings
from django.utils import timezone

from albums import operations
from albums.models import Album, AlbumChange, Embedding, Export, ObjectDeletion, Photo, WorkerReport
from albums.services.albums import album_create, album_rename, objects_forget
from albums.services.changes import album_undo
from albums.services.clusters import NewGroups, album_claim_grouping, clusters_replace
from albums.services.exports import export_claim, export_create, export_mark_ready, export_stop
from albums.services.photos import photos_claim_embedding, photos_mark_analyzed
from albums.services.review import album_regroup
from tests.factories import make_album, make_photo
from web.accounts.models import User

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


@pytest.fixture(autouse=True, params=[HOUR, -HOUR], ids=["ahead", "behind"])
def _wrong_clock(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead: timedelta = request.param

    class WrongDatetime(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp(datetime.now(tz).timestamp(), tz) + ahead

    # Fields keep a reference to `timezone.now`, so the test replaces what it calls.
    monkeypatch.setattr(timezone, "datetime", WrongDatetime)


def _now() -> datetime:
    return datetime.now(UTC)


def _is_now(*moments: datetime | None) -> bool:
    """The right time, to the minute."""
    return all(moment is not None and abs(_now() - moment) < timedelta(minutes=1) for moment in moments)


def test_new_rows(alice: User) -> None:
    album = album_create(owner=alice, name="Midsummer")
    make_photo(album)
    album.refresh_from_db()
    assert _is_now(album.updated_at)
    assert _is_now(Photo.objects.get().created_at)
    worker = WorkerReport.objects.create(name="worker@here")
    assert _is_now(worker.started_at, worker.seen_at)


def test_changes_of_albums(album: Album, alice: User) -> None:
    long_ago = _now() - 24 * HOUR
    for change in (lambda: album_rename(album, name="June"), lambda: album_regroup(album, similarity=0.9, by=alice)):
        Album.objects.update(updated_at=long_ago)
        change()
        assert _is_now(Album.objects.get().updated_at)
    assert _is_now(album_undo(album, alice).change.undone_at)
    assert _is_now(AlbumChange.objects.get().undone_at)
    assert Album.objects.get().name == "June"


def test_vectors(album: Album) -> None:
    photo = make_photo(album, state=Photo.State.PREPARED)
    for version in ("1", "2"):
        Photo.objects.update(state=Photo.State.PREPARED)
        Embedding.objects.update(created_at=_now() - 24 * HOUR)
        _, claim = photos_claim_embedding([photo.id], task_id=version)
        photos_mark_analyzed(claim, {photo.id: b"\0\0"}, model="test", version=version)
        vector = Embedding.objects.get()
        assert vector.version == version
        assert _is_now(vector.created_at)


def test_groups(album: Album) -> None:
    Album.objects.update(grouping=Album.Grouping.QUEUED)
    claimed = album_claim_grouping(album.id, task_id="group")
    assert claimed is not None
    assert clusters_replace(album.id, claimed[1], NewGroups())
    assert _is_now(Album.objects.get().grouped_at)


def test_exports(album: Album) -> None:
    make_photo(album)
    export = export_create(album)
    claimed = export_claim(export.id, task_id="export")
    assert claimed is not None
    assert export_mark_ready(export.id, claimed[1], byte_size=1, photos_written=1)
    export.refresh_from_db()
    assert export.expires_at is not None
    assert _is_now(export.finished_at)
    assert _is_now(export.expires_at - timedelta(days=settings.EXPORT_DAYS))

    stopped = export_create(album)
    export_stop(stopped)
    assert _is_now(Export.objects.get(id=stopped.id).finished_at)


def test_deletions() -> None:
    objects_forget({"albums/x/": 0, "albums/y/": 0})
    for deletion in ObjectDeletion.objects.all():
        assert _is_now(deletion.requested_at)
        assert _is_now(deletion.final_after - timedelta(days=1, seconds=settings.PRESIGNED_UPLOAD_SECONDS))
    assert operations.deletions_overdue() == 0


def test_figures_for_operators(album: Album) -> None:
    now = _now()
    make_photo(album, enqueued_at=now - timedelta(minutes=50))
    make_photo(album, state=Photo.State.UPLOADED)
    Photo.objects.update(created_at=now - timedelta(minutes=30))
    ObjectDeletion.objects.create(prefix="x/", requested_at=now - timedelta(minutes=50), final_after=now)
    ObjectDeletion.objects.create(prefix="y/", requested_at=now - timedelta(minutes=70), final_after=now)

    assert operations.photos_analyzed_within(timedelta(minutes=60)) == 1
    assert operations.photos_analyzed_within(timedelta(minutes=40)) == 0
    assert operations.deletions_overdue() == 1
    [images, *_] = operations.queue_progress()
    assert images.oldest_seconds == pytest.approx(1800, abs=60)
