"""Stars and colour labels: a person's own, beside the decision, and with the photo whatever becomes of its group."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from albums.models import Album, Photo
from albums.picks import Wanted
from albums.services.changes import album_redo, album_undo
from albums.services.photos import photos_retry
from albums.services.review import album_regroup, album_want, clusters_split, photos_decide, photos_label, photos_star
from tests.albums.test_companions import group
from tests.factories import make_album, make_cluster, make_member, make_photo
from web.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def marks(album: Album) -> list[tuple[int, str]]:
    """By name."""
    return list(album.photos.order_by("name").values_list("stars", "label"))


def test_they_change_neither_decisions_nor_picks(album: Album) -> None:
    _, photos = make_cluster(album, 3)
    album_want(album, Wanted(count=1))
    single = make_photo(album)
    columns = ("id", "decision", "decided_at", "picked", "left_out", "rank")
    before = list(album.photos.order_by("id").values_list(*columns))

    given = photos_star(album, [photos[2].id, single.id], 5)
    photos_label(album, [photos[1].id], "green")

    assert {photo.id for photo in given} == {photos[2].id, single.id}
    assert marks(album) == [(0, ""), (0, "green"), (5, ""), (5, "")]
    assert list(album.photos.order_by("id").values_list(*columns)) == before


def test_undo_gives_each_photo_back_what_it_had(album: Album, alice: User) -> None:
    photos = [make_photo(album) for _ in range(3)]
    photos_star(album, [photos[0].id], 1, by=alice)
    change = photos_star(album, [photo.id for photo in photos], 3, by=alice)
    assert len(change) == 3
    undone = album_undo(album, alice)
    assert (undone.change.photo_count, undone.change.detail) == (3, {"stars": 3})
    assert [stars for stars, _ in marks(album)] == [1, 0, 0]
    album_redo(album, alice)
    assert [stars for stars, _ in marks(album)] == [3, 3, 3]


def test_what_a_photo_has_already_is_no_step(album: Album, alice: User) -> None:
    photo = make_photo(album)
    photos_star(album, [photo.id], 2, by=alice)
    photos_star(album, [photo.id], 2, by=alice)
    photos_label(album, [photo.id], "", by=alice)
    assert album.changes.count() == 1


def test_two_people_undo_their_own(album: Album, alice: User, bob: User) -> None:
    one, other = make_photo(album), make_photo(album)
    make_member(album, bob)
    photos_star(album, [one.id], 4, by=alice)
    photos_label(album, [one.id, other.id], "red", by=bob)
    album_undo(album, alice)
    assert marks(album) == [(0, "red"), (0, "red")]
    album_undo(album, bob)
    assert marks(album) == [(0, ""), (0, "")]


def test_photos_of_other_albums_stay_as_they_are(album: Album, bob: User) -> None:
    theirs = make_photo(make_album(bob))
    assert photos_star(album, [theirs.id], 5) == []
    assert photos_label(album, [theirs.id], "red") == []
    theirs.refresh_from_db()
    assert (theirs.stars, theirs.label) == (0, "")


def test_groups_change_and_they_stay(album: Album, alice: User) -> None:
    _, photos = make_cluster(album, 4)
    photos_star(album, [photos[0].id], 3)
    photos_label(album, [photos[1].id], "purple")
    expected = [(3, ""), (0, "purple"), (0, ""), (0, "")]
    clusters_split(album, [photos[0].id, photos[1].id], by=alice)
    assert marks(album) == expected
    group(album, [photos], [], {})
    album_regroup(album, similarity=0.9)
    photos_decide(album, [photos[0].id], Photo.Decision.REJECT)
    assert marks(album) == expected
    Photo.objects.filter(id=photos[0].id).update(state=Photo.State.FAILED)
    assert photos_retry(album, [photos[0].id]) == 1
    assert marks(album) == expected


@pytest.mark.parametrize("wrong", [{"stars": 6}, {"stars": -1}, {"label": "orange"}])
def test_the_database_knows_no_others(album: Album, wrong: dict[str, Any]) -> None:
    make_photo(album)
    with pytest.raises(IntegrityError), transaction.atomic():
        album.photos.update(**wrong)


def test_marking_reads_the_photo_and_not_its_group(
    album: Album, alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """The savepoint and its end, the lock, the photos, the write, the steps that can be redone no more, the new step,
    and those that are forgotten.
    """
    _, photos = make_cluster(album, 5)
    album_want(album, Wanted(count=1))
    with django_assert_num_queries(8):
        photos_star(album, [photo.id for photo in photos[1:]], 3, by=alice)
    for replay in (album_undo, album_redo):
        # The savepoint and its end, the lock, the step, its time (which undoing reads again), whether anybody else
        # edits the album, the photos, the write.
        with django_assert_num_queries(9 if replay is album_undo else 8):
            replay(album, alice)


# --- The other files of a shot ----------------------------------------------------------------------------------------


def make_sidecar(album: Album, name: str, **said: Any) -> Photo:
    said = {"content_type": "application/rdf+xml", **said}
    return make_photo(album, name=name, kind=Photo.Kind.SIDECAR, picked=False, sidecar=said)


def test_the_files_of_a_shot_have_one_value(album: Album) -> None:
    jpeg, raw = make_photo(album, name="DSC1.JPG"), make_photo(album, name="DSC1.NEF")
    photos_star(album, [raw.id], 4)
    photos_label(album, [jpeg.id], "blue")
    group(album, [], [jpeg], {raw: jpeg})
    assert marks(album) == [(4, "blue"), (0, "")]
    photos_star(album, [raw.id], 2)
    assert marks(album) == [(2, "blue"), (0, "")]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"rating": 4, "label": "Green"}, (4, "green")),
        ({"label": "Röd"}, (0, "red")),
        ({"rating": -1, "label": "to print"}, (0, "")),
        ({}, (0, "")),
    ],
)
def test_a_photo_begins_with_what_its_sidecar_says(
    album: Album, said: dict[str, Any], expected: tuple[int, str]
) -> None:
    photo = make_photo(album)
    sidecar = make_sidecar(album, f"{photo.name}.xmp", **said)
    group(album, [], [photo], {sidecar: photo})
    photo.refresh_from_db()
    assert (photo.stars, photo.label) == expected
    assert (photo.decision, photo.marked_at) == ("auto", None)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, (4, "green")),
        ({"rating": 2}, (2, "green")),
        ({"rating": 0, "label": "to print"}, (0, "")),
        ({"rating": -1}, (0, "green")),
    ],
    ids=["nothing", "a rating", "none", "a rejection"],
)
def test_what_is_inside_a_photo_counts_where_its_sidecar_says_nothing(
    album: Album, said: dict[str, Any], expected: tuple[int, str]
) -> None:
    photo = make_photo(album, embedded_marks={"rating": 4, "label": "Green"})
    group(album, [], [photo], {})
    assert marks(album) == [(4, "green")]
    sidecar = make_sidecar(album, "z.xmp", **said)
    group(album, [], [photo], {sidecar: photo})
    assert marks(album)[0] == expected


def test_what_is_inside_any_file_of_a_shot_counts_but_not_against_a_person(album: Album) -> None:
    jpeg = make_photo(album, name="DSC1.JPG", embedded_marks={"rating": 2})
    raw = make_photo(album, name="DSC1.NEF", embedded_marks={"rating": 3})
    cleared = make_photo(album, name="DSC2.JPG", embedded_marks={"rating": 5, "label": "Red"})
    photos_star(album, [cleared.id], 1)
    photos_star(album, [cleared.id], 0)
    group(album, [], [jpeg, cleared], {raw: jpeg})
    assert marks(album) == [(3, ""), (0, ""), (0, "")]


def test_a_sidecar_changes_nothing_that_a_person_gave_or_took_back(album: Album) -> None:
    photo, cleared = make_photo(album), make_photo(album)
    photos_star(album, [photo.id, cleared.id], 2)
    photos_star(album, [cleared.id], 0)
    sidecars = {make_sidecar(album, f"z {each.name}.xmp", rating=5, label="Red"): each for each in (photo, cleared)}
    group(album, [], [photo, cleared], sidecars)
    assert marks(album)[:2] == [(2, ""), (0, "")]


def test_what_a_sidecar_said_is_not_said_again(album: Album) -> None:
    photo = make_photo(album)
    sidecar = make_sidecar(album, "z.xmp", rating=5)
    group(album, [], [photo], {sidecar: photo})
    group(album, [], [photo], {sidecar: photo})
    assert marks(album) == [(5, ""), (0, "")]
    photos_star(album, [photo.id], 0)
    group(album, [], [photo], {sidecar: photo})
    group(album, [], [photo], {})
    group(album, [], [photo], {sidecar: photo})
    assert marks(album) == [(0, ""), (0, "")]
