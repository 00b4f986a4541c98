"""A group of the same photos keeps its ranks; any other is ranked again."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import numpy as np
import pytest

from albums.models import Album, Cluster
from albums.services.changes import album_undo
from albums.services.review import clusters_merge, clusters_split
from tests.factories import make_album, make_photo
from web.accounts.models import User
from worker.analysis import faces, ranking
from worker.analysis.ranking import rank_group
from worker.stages import group_ranks
from worker.stages.code_version import code_version
from worker.stages.group import group_album

pytestmark = pytest.mark.django_db(transaction=True)
COLUMNS = ("rank", "quality", "exposure", "reasons", "person_numbers", "close_ups", "shelf", "picked")


@pytest.fixture
def album(alice: User) -> Album:
    """Two groups of three, which a person made, so that no vectors are needed."""
    album = make_album(alice)
    dice = np.random.default_rng(0)
    for group in ("0" * 31 + "1", "0" * 31 + "2"):
        for _ in range(3):
            make_photo(album, manual_group=group, gradient_map=dice.integers(0, 255, 769).astype(np.uint8).tobytes())
    return album


def regrouped(album: Album) -> tuple[list[dict[str, Any]], int]:
    """The columns that the grouping writes, and how many photos were ranked in groups."""
    ranked: list[int] = []

    def counted(features: Any, **options: Any) -> Any:
        ranked.append(len(features))
        return rank_group(features, **options)

    Album.objects.filter(id=album.id).update(grouping=Album.Grouping.QUEUED)
    with patch.object(group_ranks, "rank_group", counted):
        group_album(album.id, task_id="group")
    return list(album.photos.order_by("name").values("name", *COLUMNS)), sum(ranked)


def test_a_group_of_the_same_photos_is_ranked_once(album: Album) -> None:
    before, ranked = regrouped(album)
    assert ranked == 6
    with patch("albums.services.clusters.photos_write") as written:
        assert regrouped(album) == (before, 0)
    assert all(not call.args[0] for call in written.call_args_list)


def test_a_group_with_a_photo_more_or_less_is_ranked_again(album: Album) -> None:
    regrouped(album)
    clusters = list(Cluster.objects.filter(album=album).order_by("position"))
    [first, *_] = clusters[0].photos.order_by("name")
    first.delete()
    assert regrouped(album)[1] == 2
    make_photo(album, manual_group=clusters[1].photos.all()[0].manual_group)
    assert regrouped(album)[1] == 4


def test_a_split_that_was_undone_leaves_the_ranks_of_before(album: Album) -> None:
    before, _ = regrouped(album)
    cluster = Cluster.objects.filter(album=album).order_by("position")[0]
    [first, *_] = cluster.photos.order_by("rank")
    clusters_split(album, [first.id], by=album.owner)
    regrouped(album)
    album_undo(album, album.owner)
    assert regrouped(album)[0] == before
    both = list(Cluster.objects.filter(album=album).values_list("id", flat=True))
    clusters_merge(album, cluster_ids=both, by=album.owner)
    assert regrouped(album)[1] == 6
    album_undo(album, album.owner)
    assert regrouped(album)[0] == before


def test_a_group_split_and_merged_again_is_ranked_again(album: Album) -> None:
    before, _ = regrouped(album)
    cluster = Cluster.objects.filter(album=album).order_by("position")[0]
    [last] = cluster.photos.order_by("-rank")[:1]
    clusters_split(album, [last.id], by=album.owner)
    clusters_merge(album, cluster_ids=[cluster.id], photo_ids=[last.id], by=album.owner)
    assert regrouped(album) == (before, 3)


def test_another_kind_ranker_or_code_ranks_again(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    regrouped(album)
    album.photos.update(manual_kind=Cluster.Kind.BRACKET)
    assert regrouped(album)[1] == 6
    shipped = ranking.shipped_ranker()
    monkeypatch.setattr("worker.stages.group._personal_ranker", lambda *_: shipped)
    assert regrouped(album)[1] == 6
    assert regrouped(album)[1] == 0
    monkeypatch.setattr(group_ranks, "code_version", lambda *_: "other")
    assert regrouped(album)[1] == 6


def test_the_version_of_code_changes_with_its_files() -> None:
    assert code_version(ranking) == code_version(ranking) != code_version(faces)
    assert code_version(ranking, faces) != code_version(ranking)
    assert len(code_version(ranking)) == 32
