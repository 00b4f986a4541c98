"""One sort key for the order of capture: total, the same for every order of upload, and alike in SQL and Python."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from importlib import import_module
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from albums.capture_order import CAPTURE_ORDER, capture_order, natural_key, order_key_of
from albums.models import Album, Photo
from albums.selectors import photos_of
from tests.factories import NOON, make_album, make_photo
from web.accounts.models import User
from web.api.pagination import _SortKey

NAMES = st.text(
    st.sampled_from("aAbÄßé_- .()0129٣\N{FAMILY}\N{ZERO WIDTH JOINER}"), min_size=1, max_size=12
) | st.from_regex(r"IMG_[0-9]{1,5}( \([0-9]\))?\.(jpg|JPG|dng)", fullmatch=True)
TIMES = st.none() | st.integers(-3, 3).map(lambda halves: NOON + timedelta(seconds=halves / 2))
NUMBERS = st.none() | st.integers(1, 2**32 - 1)


@pytest.mark.parametrize(
    "names",
    [
        ["BURST2.jpg", "BURST10.jpg"],
        ["IMG_1.jpg", "IMG_1 (2).jpg", "IMG_1 (10).jpg", "IMG_10.jpg"],
        ["IMG_9999.JPG", "IMG_10000.jpg"],
        ["img_0007.jpg", "IMG_0008.JPG", "img_0009.jpg"],
        ["DSC_0001.JPG", "DSC_0001.NEF", "DSC_0002.JPG"],
        ["00000IMG_00002_BURST20240608115328123.jpg", "00000IMG_00010_BURST20240608115328123.jpg"],
        ["2", "10", "a"],
        ["a2b3", "a2b10", "a10b1"],
        ["1" + "0" * 200, "2" + "0" * 200],
    ],
)
def test_names_sort_as_people_count(names: list[str]) -> None:
    keys = [natural_key(name) for name in names]
    assert all(one < other for one, other in pairwise(keys))


@given(st.integers(0, 10**12), st.integers(0, 10**12), NAMES, NAMES)
def test_numbers_in_names_sort_by_value(one: int, other: int, before: str, after: str) -> None:
    before, after = before.rstrip("0123456789") + "_", "_" + after.lstrip("0123456789")
    keys = [natural_key(f"{before}{number}{after}") for number in (one, other)]
    assert (keys[0] < keys[1]) == (one < other)


def test_the_cameras_count_comes_before_names() -> None:
    """A camera begins again at 0001 after 9999, in the middle of a burst."""

    def key(name: str, number: int, camera: str = "D") -> bytes:
        return order_key_of(name, "ab" * 32, camera=camera, shot_number=number)

    assert key("DSC_9999.JPG", 19999) < key("DSC_0001.JPG", 20000)
    assert key("b.jpg", 9) < key("a.jpg", 10)
    in_a_row = sorted([key("x", 1, "A"), key("x", 1, "B"), key("x", 2, "A"), key("x", 2, "B")])
    assert in_a_row in (
        [key("x", 1, "A"), key("x", 2, "A"), key("x", 1, "B"), key("x", 2, "B")],
        [key("x", 1, "B"), key("x", 2, "B"), key("x", 1, "A"), key("x", 2, "A")],
    )


@pytest.mark.django_db
def test_time_comes_before_names_and_photos_without_one_last(alice: User) -> None:
    album = make_album(alice)
    wanted = [
        ("DSC_9999.jpg", NOON),
        ("DSC_0001.jpg", NOON + timedelta(seconds=1)),  # after the numbers began again
        ("DSC_0003.jpg", NOON + timedelta(seconds=2, milliseconds=250)),
        ("DSC_0002.jpg", NOON + timedelta(seconds=2, milliseconds=500)),
        ("scan2.jpg", None),
        ("scan10.jpg", None),
    ]
    for name, moment in reversed(wanted):
        make_photo(album, name=name, taken_at=moment)
    assert [(photo.name, photo.timeline_at) for photo in photos_of(album)] == wanted


class TestOrder(TestCase):
    """The same photos in a database and in Python."""

    @given(st.lists(st.tuples(TIMES, NAMES, NUMBERS, st.sampled_from(["", "A", "B"])), max_size=8), st.randoms())
    @settings(deadline=None)
    def test_sql_and_python_agree_and_the_order_of_upload_does_not_matter(self, shots: list[Any], random: Any) -> None:
        owner = User.objects.create_user("order@example.org", "a good password")
        orders = []
        for _ in range(2):
            album = make_album(owner)
            for moment, name, number, camera in random.sample(shots, len(shots)):
                content = repr((moment, name, number, camera, shots.count((moment, name, number, camera))))
                _add(album, moment, name, number, camera, hashlib.sha256(content.encode()).hexdigest())
            in_sql = list(album.photos.order_by(*CAPTURE_ORDER))
            assert in_sql == sorted(album.photos.all(), key=capture_order)
            assert all(capture_order(one) < capture_order(other) for one, other in pairwise(in_sql)), "a total order"
            assert _by_cursor(album) == [photo.id for photo in in_sql]
            orders.append([photo.sha256 for photo in in_sql])
        assert orders[0] == orders[1]


def _add(album: Album, moment: datetime | None, name: str, number: int | None, camera: str, sha256: str) -> None:
    if not album.photos.filter(sha256=sha256).exists():
        capture = {"shot_number": number} if number else {}
        make_photo(album, taken_at=moment, name=name, camera=camera, capture=capture, sha256=sha256)


def _by_cursor(album: Album) -> list[UUID]:
    """The ids, each found behind the cursor of the one before, as pages are."""
    photos = Photo.objects.filter(album=album).order_by(*CAPTURE_ORDER)
    key = _SortKey.of(photos)
    found: list[UUID] = []
    following = photos.first()
    while following is not None:
        found.append(following.id)
        following = photos.filter(key.after(key.cursor(following))).first()
    return found


@pytest.mark.django_db
def test_rows_from_before_get_a_place(alice: User) -> None:
    album = make_album(alice)
    late, early = (
        make_photo(album, name="IMG_10.jpg", taken_at=NOON),
        make_photo(album, name="IMG_9.jpg", taken_at=NOON),
    )
    album.photos.update(timeline_at=None, order_key=b"")
    migration = import_module("albums.migrations.0027_fill_timeline")
    migration.fill(apps, None)
    assert [(photo.id, photo.timeline_at) for photo in photos_of(album)] == [(early.id, NOON), (late.id, NOON)]


@pytest.mark.django_db
def test_a_fill_that_was_cut_off_goes_on_in_small_steps(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is filled already is not written again, and no statement locks all photos."""
    album = make_album(alice)
    done = make_photo(album, timeline_at=NOON)
    for _ in range(3):
        make_photo(album, timeline_at=None)
    album.photos.exclude(id=done.id).update(order_key=b"")
    Photo.objects.filter(id=done.id).update(order_key=b"made by a worker")
    migration = import_module("albums.migrations.0027_fill_timeline")
    monkeypatch.setattr(migration, "_AT_ONCE", 2)
    with CaptureQueriesContext(connection) as queries:
        migration.fill(apps, None)
    assert all(photo.order_key and photo.timeline_at for photo in Photo.objects.all())
    done.refresh_from_db()
    assert (bytes(done.order_key), done.timeline_at) == (b"made by a worker", NOON)
    updates = [query["sql"] for query in queries if query["sql"].startswith("UPDATE") and "taken_at" in query["sql"]]
    assert len(updates) == 2
