"""What people add to the clock of a camera, and how it is undone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from albums.clocks import Camera, clocks_of, shifted, shifts_of
from albums.exceptions import NoCameraTime
from albums.models import Album, AlbumChange, Photo
from albums.services.changes import album_redo, album_undo
from albums.services.clocks import camera_set_by_photo, camera_shift
from tests.factories import NOON, make_album, make_member, make_photo
from web.accounts.models import User

pytestmark = pytest.mark.django_db
HOUR = 3600
MINE, TWIN, OTHER = Camera("Canon R6", "1"), Camera("Canon R6", "2"), Camera("Phone")


@pytest.fixture
def album(alice: User) -> Album:
    """Two photos by one camera, one each by its twin and by a phone, and one that a messenger sent."""
    album = make_album(alice)
    for minutes, camera in enumerate((MINE, MINE, TWIN, OTHER)):
        capture = {"camera_serial": camera.serial} if camera.serial else {}
        make_photo(album, taken_at=NOON + timedelta(minutes=minutes), camera=camera.name, capture=capture)
    make_photo(album, taken_at=NOON, time_source=Photo.TimeSource.NAME)
    return album


def test_the_clocks_of_an_album_are_listed(album: Album) -> None:
    found = [(clock.camera, clock.photo_count, clock.first_at, clock.last_at) for clock in clocks_of(album)]
    assert found == [
        (MINE, 2, NOON, NOON + timedelta(minutes=1)),
        (TWIN, 1, NOON + timedelta(minutes=2), NOON + timedelta(minutes=2)),
        (OTHER, 1, NOON + timedelta(minutes=3), NOON + timedelta(minutes=3)),
    ]


def test_a_shift_moves_the_photos_of_one_camera_and_keeps_what_the_camera_said(album: Album) -> None:
    camera_shift(album, MINE, HOUR)
    album.refresh_from_db()
    assert album.grouping != Album.Grouping.CURRENT, "the groups follow"
    moved = {photo.name: shifted(photo, shifts_of(album)) for photo in album.photos.all()}
    for photo in album.photos.all():
        assert photo.taken_at is not None
        assert moved[photo.name] == photo.taken_at + timedelta(hours=Camera.of(photo) == MINE)
    later = make_photo(album, taken_at=NOON, camera=MINE.name, capture={"camera_serial": "1"})
    assert shifted(later, shifts_of(album)) == NOON + timedelta(hours=1)


def test_one_photo_says_when_its_camera_was_right(album: Album) -> None:
    photo = album.photos.filter(camera=OTHER.name).get()
    assert photo.taken_at is not None
    camera_set_by_photo(album, photo, photo.taken_at - timedelta(days=1, seconds=3))
    album.refresh_from_db()
    assert shifts_of(album) == {OTHER: -86_403}


def test_steps_are_undone_and_redone(album: Album, alice: User) -> None:
    camera_shift(album, MINE, HOUR, by=alice)
    camera_shift(album, MINE, 0, by=alice)
    camera_shift(album, OTHER, None, by=alice)  # changes nothing
    assert AlbumChange.objects.filter(album=album).count() == 2
    seen = []
    for step in (album_undo, album_undo, album_redo, album_redo):
        Album.objects.update(grouping=Album.Grouping.CURRENT)
        change = step(album, alice).change
        album.refresh_from_db()
        assert (change.kind, change.photo_count) == (AlbumChange.Kind.CLOCK, 2)
        assert album.grouping != Album.Grouping.CURRENT
        seen.append(shifts_of(album))
    assert seen == [{MINE: HOUR}, {}, {MINE: HOUR}, {MINE: 0}]


def test_undo_leaves_other_cameras_as_they_are(album: Album, alice: User, bob: User) -> None:
    make_member(album, bob)
    camera_shift(album, MINE, HOUR, by=alice)
    camera_shift(album, OTHER, -HOUR, by=bob)
    album_undo(album, alice)
    album.refresh_from_db()
    assert shifts_of(album) == {OTHER: -HOUR}


def test_a_clock_that_dated_nothing_is_refused(album: Album) -> None:
    with pytest.raises(NoCameraTime):
        camera_shift(album, Camera("Nikon"), HOUR)
    with pytest.raises(NoCameraTime):
        camera_set_by_photo(album, album.photos.get(time_source=Photo.TimeSource.NAME), NOON)
