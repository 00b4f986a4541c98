"""Which groups a filter matches, and that counts equal the lists."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from albums import selectors
from albums.exceptions import GroupsChanged
from albums.filters import ClusterFilter
from albums.models import Album, Cluster, Photo
from albums.services.review import clusters_accept, clusters_split, photos_decide, photos_label, photos_star
from albums.timeline import timeline_clusters, timeline_singles
from tests.factories import make_album, make_cluster, make_photo
from web.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def found(album: Album, **conditions: Any) -> list[Cluster]:
    return list(selectors.clusters_of(album, ClusterFilter(**conditions)))


def decide(album: Album, photos: list[Photo], *decisions: str) -> None:
    for photo, decision in zip(photos, decisions, strict=True):
        photos_decide(album, [photo.id], decision)


@pytest.mark.parametrize(
    ("decisions", "undecided"),
    [
        (("auto", "auto", "auto"), True),
        (("keep", "auto", "auto"), False),
        (("auto", "keep", "reject"), False),
        (("reject", "auto", "auto"), True),
        (("reject", "reject", "reject"), False),
    ],
)
def test_a_group_is_decided_when_one_is_kept_or_all_are_rejected(
    album: Album, decisions: tuple[str, ...], undecided: bool
) -> None:
    cluster, photos = make_cluster(album, 3)
    decide(album, photos, *decisions)
    assert found(album, undecided=True) == ([cluster] if undecided else [])
    assert found(album, undecided=False) == ([] if undecided else [cluster])


def test_no_clear_winner_means_groups_of_which_one_is_best(album: Album) -> None:
    close, _ = make_cluster(album, 2)
    twins, _ = make_cluster(album, 2, kind=Cluster.Kind.NEAR_DUPLICATE)
    clear, _ = make_cluster(album, 2, clear_winner=True)
    whole, _ = make_cluster(album, 2, kind=Cluster.Kind.PANORAMA)
    assert found(album, no_clear_winner=True) == [close, twins]
    assert found(album, no_clear_winner=False) == [clear, whole]
    assert list(selectors.clusters_of(album, uncertain_first=True)) == [close, twins, clear, whole]
    assert found(album, kind="near_duplicate") == [twins]


def test_people_and_manual_groups_are_found(album: Album) -> None:
    with_face, photos = make_cluster(album, 2)
    Photo.objects.filter(id=photos[1].id).update(face_count=2)
    manual, photos = make_cluster(album, 2)
    Photo.objects.filter(id__in=[photo.id for photo in photos]).update(manual_group=uuid4())
    assert (found(album, people=True), found(album, people=False)) == ([with_face], [manual])
    assert (found(album, manual=True), found(album, manual=False)) == ([manual], [with_face])
    assert found(album, people=True, manual=True) == []


def test_photos_and_groups_are_found_by_stars_and_label(album: Album) -> None:
    best, photos = make_cluster(album, 2)
    red, others = make_cluster(album, 2)
    make_cluster(album, 2)
    single = make_photo(album)
    photos_star(album, [photos[1].id], 4)
    photos_star(album, [others[0].id, single.id], 2)
    photos_label(album, [others[1].id, single.id], "red")

    assert (found(album, stars=1), found(album, stars=3), found(album, stars=5)) == ([best, red], [best], [])
    assert (found(album, label="red"), found(album, label="blue")) == ([red], [])
    assert found(album, label="red", stars=2) == []  # of one photo
    listed = [selectors.photos_of(album, stars=2), selectors.photos_of(album, label="red", stars=2)]
    assert [list(photos) for photos in listed] == [[photos[1], others[0], single], [single]]
    assert [photo.stars for photo in timeline_singles(album, stars=2, label="red")] == [2]
    assert timeline_singles(album, stars=3) == []
    [group] = timeline_clusters(album, ClusterFilter(stars=3))
    assert [(photo.stars, photo.label) for photo in group.photos] == [(0, ""), (4, "")]
    counts = selectors.review_counts(album)
    assert counts.stars == [selectors.photos_of(album, stars=least).count() for least in Photo.STARS] == [3, 3, 1, 1, 0]
    assert counts.labels == {label: selectors.photos_of(album, label=label).count() for label in Photo.Label.values}


def test_counts_are_those_of_the_lists(album: Album, bob: User) -> None:
    for kind in Cluster.Kind:
        make_cluster(album, 2, kind=kind, clear_winner=kind == Cluster.Kind.MOMENT)
    _, photos = make_cluster(album, 3)
    decide(album, photos, "keep", "reject", "auto")
    Photo.objects.filter(id=photos[0].id).update(face_count=1)
    make_photo(album)
    for decision in Photo.Decision:
        make_photo(album, shelf="black", decision=decision, picked=decision == Photo.Decision.KEEP)
    make_photo(album, state=Photo.State.FAILED)
    make_photo(album, state=Photo.State.PENDING)
    make_cluster(make_album(bob), 2)

    counts = selectors.review_counts(album)

    for name in ("undecided", "no_clear_winner", "people", "manual"):
        assert getattr(counts, name) == len(found(album, **{name: True})), name
    assert counts.kinds == {kind.value: len(found(album, kind=kind.value)) for kind in Cluster.Kind}
    assert (counts.clusters, counts.undecided, counts.people, counts.manual) == (6, 5, 1, 0)
    assert counts.undecided_no_clear_winner == len(found(album, no_clear_winner=True, undecided=True)) == 1
    assert (counts.photos, counts.singles, counts.shelved, counts.failed) == (18, 3, 1, 1)
    assert (counts.picked, counts.kept, counts.rejected) == (album.photos.filter(picked=True).count(), 2, 2)
    assert selectors.shelved_counts(album) == {"black": 1}
    assert (counts.stars, sum(counts.labels.values())) == ([0] * 5, 0)


def test_an_album_without_groups_counts_nothing(album: Album) -> None:
    counts = selectors.review_counts(album)
    assert (counts.clusters, counts.undecided, counts.photos) == (0, 0, 0)


def test_accepting_keeps_the_picks_of_undecided_groups(album: Album) -> None:
    _, (best, *_) = make_cluster(album, 3)
    _, photos = make_cluster(album, 3)
    decide(album, photos, "auto", "keep", "auto")
    _, rejected = make_cluster(album, 2)
    decide(album, rejected, "reject", "reject")
    whole, set_photos = make_cluster(album, 2, kind=Cluster.Kind.PANORAMA)
    Photo.objects.filter(cluster=whole).update(picked=True)
    picked = set(album.photos.filter(picked=True))

    accepted = clusters_accept(album, ClusterFilter())

    kept = {photo.id for photo in accepted.photos}
    assert kept == {best.id, *(photo.id for photo in set_photos)}
    assert set(album.photos.filter(picked=True)) == picked
    assert found(album, undecided=True) == []
    assert clusters_accept(album, ClusterFilter()).photos == []


def test_accepting_takes_the_groups_named_or_found(album: Album) -> None:
    first, _ = make_cluster(album, 2)
    make_cluster(album, 2, clear_winner=True)
    clusters_accept(album, ClusterFilter(no_clear_winner=False))
    assert found(album, undecided=True) == [first]
    with pytest.raises(GroupsChanged):
        clusters_accept(album, [first.id, uuid4()])
    clusters_accept(album, [first.id])
    assert found(album, undecided=True) == []


def test_accepted_groups_survive_another_grouping(album: Album) -> None:
    _, (best, second, _) = make_cluster(album, 3)
    clusters_accept(album, ClusterFilter())
    clusters_split(album, [second.id])
    best.refresh_from_db()
    second.refresh_from_db()
    assert (best.decision, best.picked) == ("keep", True)
    assert (second.decision, second.picked) == ("auto", True)
