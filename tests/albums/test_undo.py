"""Undo and redo: after any number of steps, undo restores the album."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from albums import selectors
from albums.exceptions import AlbumsError, NothingToRedo, NothingToUndo
from albums.models import Album, AlbumChange, Cluster, Photo
from albums.services import changes
from albums.services.albums import album_delete
from albums.services.changes import album_redo, album_undo
from albums.services.photos import photos_delete
from albums.services.review import (
    album_regroup,
    clusters_accept,
    clusters_merge,
    clusters_release,
    clusters_split,
    photos_decide,
    photos_label,
    photos_star,
)
from albums.services.review_state import ManualGroup, Place, ReviewState
from tests.factories import make_album, make_cluster, make_photo
from web.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def album(alice: User) -> Album:
    album = make_album(alice)
    make_cluster(album, 4, clear_winner=True, margin=2.0)
    panorama, _ = make_cluster(album, 3, kind=Cluster.Kind.PANORAMA)
    panorama.photos.update(picked=True)
    make_cluster(album, 2, kind=Cluster.Kind.NEAR_DUPLICATE, margin=0.5)
    make_photo(album)
    make_photo(album)
    return album


def snapshot(album: Album) -> Any:
    """Everything a person sees of the groups and decisions, without the ids of groups, which may be new."""
    album.refresh_from_db()
    clusters = [
        (
            (cluster.position, cluster.kind, cluster.clear_winner, cluster.margin, cluster.photo_count),
            list(cluster.photos.order_by("rank").values_list("id", flat=True)),
        )
        for cluster in album.clusters.all()
    ]
    columns = ("id", "decision", "stars", "label", "picked", "rank", "manual_group", "manual_kind")
    return album.similarity, sorted(clusters), list(album.photos.order_by("id").values_list(*columns))


def photos_of_cluster(album: Album, number: int) -> list[Photo]:
    cluster = album.clusters.order_by("position", "id")[number]
    return list(cluster.photos.order_by("rank"))


Step = Callable[[Album, User], Any]
STEPS: dict[str, Step] = {
    "decision": lambda album, person: photos_decide(
        album, [photo.id for photo in photos_of_cluster(album, 0)[1:3]], Photo.Decision.KEEP, by=person
    ),
    "accept": lambda album, person: clusters_accept(album, [album.clusters.order_by("position")[0].id], by=person),
    "split": lambda album, person: clusters_split(
        album, [photo.id for photo in photos_of_cluster(album, 0)[:2]], by=person
    ),
    "merge": lambda album, person: clusters_merge(
        album,
        cluster_ids=[album.clusters.order_by("position")[1].id],
        photo_ids=[photos_of_cluster(album, 0)[0].id, album.photos.filter(cluster=None).order_by("id")[0].id],
        by=person,
    ),
    "stars": lambda album, person: photos_star(
        album, [photo.id for photo in photos_of_cluster(album, 0)[1:3]], 4, by=person
    ),
    "label": lambda album, person: photos_label(album, [photos_of_cluster(album, 0)[0].id], "blue", by=person),
    "similarity": lambda album, person: album_regroup(album, similarity=0.9, by=person),
}


@pytest.mark.parametrize("kind", STEPS)
def test_a_step_is_undone_and_redone(album: Album, alice: User, kind: str) -> None:
    before = snapshot(album)
    STEPS[kind](album, alice)
    after = snapshot(album)
    assert after != before

    undone = album_undo(album, alice)
    assert snapshot(album) == before
    assert undone.change.kind == kind
    redone = album_redo(album, alice)
    assert snapshot(album) == after
    assert redone.change.id == undone.change.id
    album_undo(album, alice)
    assert snapshot(album) == before


def test_a_release_is_undone_even_when_photos_have_moved_since(album: Album, alice: User) -> None:
    photos = photos_of_cluster(album, 0)
    clusters_split(album, [photos[0].id, photos[1].id], by=alice)
    split = snapshot(album)
    clusters_release(album, everything=True, by=alice)
    # The grouping puts all four together again.
    whole = album.clusters.get(photos=photos[2])
    Photo.objects.filter(id__in=[photo.id for photo in photos]).update(cluster=whole)
    album.clusters.exclude(id=whole.id).filter(photos=None).delete()
    Cluster.objects.filter(id=whole.id).update(photo_count=4)

    album_undo(album, alice)

    assert snapshot(album) == split


def test_any_steps_are_undone_one_by_one_and_redone(album: Album, alice: User) -> None:
    for seed in range(12):
        _walk(album, alice, random.Random(seed))


def _walk(album: Album, person: User, chance: random.Random) -> None:
    seen = [snapshot(album)]
    for _ in range(8):
        ids = list(album.photos.order_by("name").values_list("id", flat=True))
        chosen = chance.sample(ids, chance.randint(1, 5))
        kind = chance.choice(["decide", "split", "merge", "release", "star", "label"])
        kept = AlbumChange.objects.filter(album=album, undone_at=None).count()
        try:
            _take(kind, album, chosen, person, chance)
        except AlbumsError:
            continue
        if AlbumChange.objects.filter(album=album, undone_at=None).count() > kept:
            seen.append(snapshot(album))
    for expected in reversed(seen[:-1]):
        album_undo(album, person)
        assert snapshot(album) == expected
    for expected in seen[1:]:
        album_redo(album, person)
        assert snapshot(album) == expected


def _take(kind: str, album: Album, chosen: list[Any], person: User, chance: random.Random) -> None:
    if kind == "decide":
        photos_decide(album, chosen, chance.choice(Photo.Decision.values), by=person)
    elif kind == "star":
        photos_star(album, chosen, chance.randint(0, 5), by=person)
    elif kind == "label":
        photos_label(album, chosen, chance.choice(["", *Photo.Label.values]), by=person)
    elif kind == "split":
        clusters_split(album, chosen, singles=chance.random() < 0.3, by=person)
    elif kind == "merge":
        clusters_merge(album, photo_ids=chosen, by=person)
    else:
        clusters_release(album, photo_ids=chosen, by=person)


def test_a_step_without_a_change_is_not_remembered(album: Album, alice: User) -> None:
    photo = photos_of_cluster(album, 0)[0]
    photos_decide(album, [photo.id], Photo.Decision.AUTO, by=alice)
    clusters_release(album, everything=True, by=alice)
    album_regroup(album, similarity=album.similarity, by=alice)
    album_regroup(album, by=alice)
    with pytest.raises(NothingToUndo):
        album_undo(album, alice)


def test_a_new_step_clears_redo(album: Album, alice: User) -> None:
    STEPS["decision"](album, alice)
    album_undo(album, alice)
    STEPS["similarity"](album, alice)
    with pytest.raises(NothingToRedo):
        album_redo(album, alice)
    assert [change.kind for change in selectors.changes_of(album, alice)] == ["similarity"]


def test_each_person_undoes_their_own_steps_in_each_album(album: Album, alice: User, bob: User) -> None:
    STEPS["decision"](album, alice)
    other = make_album(alice)
    for target, person in ((album, bob), (other, alice)):
        with pytest.raises(NothingToUndo):
            album_undo(target, person)
    assert album_undo(album, alice).change.photo_count == 2


def test_deleted_photos_are_skipped(album: Album, alice: User) -> None:
    photos = photos_of_cluster(album, 0)
    clusters_split(album, [photos[0].id, photos[1].id], by=alice)
    photos_delete(album, [photos[0].id, photos[3].id])

    album_undo(album, alice)

    cluster = album.clusters.get(photos=photos[1])
    assert list(cluster.photos.order_by("rank")) == [photos[1], photos[2]]
    assert cluster.photo_count == 2
    assert not album.photos.filter(manual_group__isnull=False).exists()


def test_new_photos_stay(album: Album, alice: User) -> None:
    photos = photos_of_cluster(album, 0)
    clusters_split(album, [photos[0].id, photos[1].id], by=alice)
    rest = album.clusters.get(photos=photos[2])
    late = make_photo(album, cluster=rest, rank=2), make_photo(album, cluster=rest, rank=3)
    Cluster.objects.filter(id=rest.id).update(photo_count=4)

    album_undo(album, alice)

    assert list(album.clusters.get(photos=photos[0]).photos.order_by("rank")) == photos
    stayed = album.clusters.get(photos=late[0])
    assert (list(stayed.photos.order_by("rank")), stayed.photo_count) == (list(late), 2)


def test_only_the_newest_changes_are_kept(album: Album, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "CHANGES_KEPT", 3)
    photo = photos_of_cluster(album, 0)[0]
    for decision in ("keep", "reject", "auto", "keep", "reject"):
        photos_decide(album, [photo.id], decision, by=alice)
    assert AlbumChange.objects.count() == 3
    for _ in range(3):
        album_undo(album, alice)
    photo.refresh_from_db()
    assert photo.decision == "reject"
    with pytest.raises(NothingToUndo):
        album_undo(album, alice)


def test_changes_of_many_photos_are_kept_for_fewer_steps(
    album: Album, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each names all its photos. 200 steps with 50,000 photos would be most of a gigabyte, which no quota counts."""
    monkeypatch.setattr(changes, "PHOTOS_KEPT", 5)
    photos = [photo.id for photo in photos_of_cluster(album, 0)[:3]]
    for decision in ("keep", "reject", "auto"):
        photos_decide(album, photos, decision, by=alice)
    assert AlbumChange.objects.count() == 1
    photos_decide(album, photos[:1], "keep", by=alice)
    assert list(AlbumChange.objects.order_by("id").values_list("photo_count", flat=True)) == [3, 1]


def test_changes_are_deleted_with_their_album(album: Album, alice: User) -> None:
    STEPS["decision"](album, alice)
    album_delete(album)
    assert not AlbumChange.objects.exists()


def test_a_state_survives_storage_as_json(album: Album) -> None:
    one, two, three = (photo.id for photo in photos_of_cluster(album, 0)[:3])
    state = ReviewState(
        decisions={one: "keep", two: "reject", three: "keep"},
        manual_groups={one: ManualGroup(three, "bracket"), two: ManualGroup()},
        places=[Place([two, one], "panorama", True, -0.5, 7), Place([three])],
        similarity=0.25,
        stars={one: 3, two: 0, three: 3},
        labels={one: "red", two: ""},
    )
    assert ReviewState.from_json(state.to_json()) == state
