"""What happens to claimed work when the database fails."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import OperationalError

from albums.models import Album, Photo
from albums.services.photos import photo_claim_preparing, photos_release_uncounted
from web.accounts.models import User
from worker import database
from worker.database import release_on_database_failure

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_FIRST_PAUSE_SECONDS", 0.001)
    monkeypatch.setattr(database, "_PATIENCE_SECONDS", 0.05)


@pytest.fixture
def photo(alice: User) -> Photo:
    album = Album.objects.create(owner=alice, name="Party")
    return Photo.objects.create(album=album, name="a.jpg", byte_size=1, sha256="0" * 64, state=Photo.State.UPLOADED)


def test_it_releases_the_photo_uncounted_and_raises_the_error(photo: Photo) -> None:
    claimed = photo_claim_preparing(photo.id, task_id="a")
    assert claimed is not None
    release = partial(photos_release_uncounted, [photo.id], claimed[1])
    with pytest.raises(OperationalError, match="terminated"), release_on_database_failure(release):
        raise OperationalError("terminated by the administrator")
    photo.refresh_from_db()
    assert (photo.state, photo.attempts, photo.claim, photo.claimed_by) == (Photo.State.UPLOADED, 0, None, "")
    assert photo.enqueued_at is not None  # the sweep enqueues it again


def test_it_waits_until_the_database_answers_again() -> None:
    away = [OperationalError("starting up"), OperationalError("starting up")]
    released = []

    def release() -> None:
        if away:
            raise away.pop()
        released.append(True)

    with pytest.raises(OperationalError, match="the connection"), release_on_database_failure(release):
        raise OperationalError("the connection is lost")
    assert released == [True]


def test_it_leaves_the_claim_when_the_database_stays_away(caplog: pytest.LogCaptureFixture) -> None:
    def release() -> None:
        raise OperationalError("starting up")

    with pytest.raises(OperationalError, match="the connection"), release_on_database_failure(release):
        raise OperationalError("the connection is lost")
    assert "Another worker takes the work when its lease ends" in caplog.text


def test_other_errors_keep_their_claim(photo: Photo) -> None:
    refused = partial(pytest.fail, "released")
    with pytest.raises(ValueError, match="wrong"), release_on_database_failure(refused):
        raise ValueError("wrong")
