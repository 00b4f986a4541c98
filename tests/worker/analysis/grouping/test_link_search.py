from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from tests.synthetic_embeddings import Features, make_album
from worker.analysis.grouping import link_search
from worker.analysis.grouping.capture_order import CaptureOrder, sort_by_time
from worker.analysis.grouping.likeness import SPREAD, STRONGEST, Likeness
from worker.analysis.grouping.link_search import Links, find_links

FEATURES = Features(64, 0.5, 0.1)
DUPLICATE = 0.01


def likeness_of(capture_order: CaptureOrder, k1: float = 0.5) -> Likeness:
    photos = len(capture_order)
    scale = np.full(photos, 0.5, np.float32)
    return Likeness(capture_order, scale, DUPLICATE, k1)


def all_strengths(likeness: Likeness) -> NDArray[np.float32]:
    places = np.arange(len(likeness.capture_order))
    rows = likeness.capture_order.rows(places)
    one, other = places[:, None], places[None, :]
    return likeness.strengths(one, other, 1 - rows @ rows.T, likeness.penalties(one, other))


def partition(links: Links, photos: int, weakest: float) -> NDArray[np.intp]:
    strong = links.where(links.strength >= weakest)
    graph = coo_array((np.ones(len(strong.first)), (strong.first, strong.second)), shape=(photos, photos))
    labels = connected_components(graph, directed=False)[1]
    return np.asarray(np.unique(labels, return_index=True)[1][labels], np.intp)


def every_link(strengths: NDArray[np.float32]) -> Links:
    first, second = np.triu_indices(len(strengths), 1)
    return Links(first, second, strengths[first, second])


def two(times: list[float], distance: float) -> Likeness:
    vectors = np.asarray([[1, 0], [1 - distance, np.sqrt(1 - (1 - distance) ** 2)]], np.float32)
    return likeness_of(sort_by_time(vectors, np.asarray(times, np.float64)))


# --- Strength -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "strength"), [(0.001, 3.0), (60, 2.5), (180, 2.0), (1020, 3.0 - 0.5 * np.log2(18))]
)
def test_strength_falls_with_every_doubling_of_the_minutes(seconds: float, strength: float) -> None:
    likeness = two([0, seconds], 0.5 * (1 - 3 * SPREAD))  # three spreads below the median
    assert all_strengths(likeness)[0, 1] == pytest.approx(strength, abs=1e-3)


def test_photos_taken_between_count_as_time() -> None:
    times = np.concatenate([[0.0], np.full(79, 1.0), [2.0]])
    capture_order = sort_by_time(FEATURES.scenes(81, 1), times)
    penalties = likeness_of(capture_order).penalties(np.asarray([0, 0]), np.asarray([40, 80]))
    np.testing.assert_allclose(
        penalties, 0.5 * np.log2(1 + np.asarray([1 / 60 + 78 / 40, 2 / 60 + 79 / 40])), rtol=1e-5
    )


def test_an_unknown_time_costs_more_among_many_photos() -> None:
    few = likeness_of(sort_by_time(FEATURES.scenes(2, 1), np.asarray([0.0, np.nan])))
    many = likeness_of(sort_by_time(FEATURES.scenes(400, 1), np.asarray([0.0] + [np.nan] * 399)))
    pair = np.asarray([0]), np.asarray([1])
    assert few.penalties(*pair) == pytest.approx(0.5 * np.log2(1.5) + 0.25 * np.log2(1 + 2 / 400))
    assert many.penalties(*pair) == pytest.approx(0.5 * np.log2(6) + 0.25)  # five minutes, and a large album


def test_duplicates_have_the_strongest_link_whatever_their_times() -> None:
    assert all_strengths(two([0, 1e7], DUPLICATE / 2))[0, 1] == STRONGEST
    assert all_strengths(two([0, 1e7], DUPLICATE * 2))[0, 1] < 0


def test_it_reaches_no_farther_than_equal_photos_could_be_linked() -> None:
    likeness = two([0, 10], 0.2)
    seconds, photos = likeness.reach(1 / SPREAD - 1.5)  # equal photos are 1 / SPREAD spreads below the median
    assert seconds == pytest.approx(60 * 7)  # half of log2(1 + 7) is the 1.5 that is left
    assert photos == pytest.approx(40 * 7)
    assert likeness.reach(0.0)[0] == 3600
    assert likeness.farthest(2.0) == pytest.approx(0.5 * (1 - 2 * SPREAD))


# --- Finding links ------------------------------------------------------------------------------------------


@given(st.integers(2, 40), st.integers(0, 2**32 - 1), st.floats(0, 1), st.sampled_from([0.0, 1.5, 2.25, 4.0]))
def test_the_links_connect_the_same_photos_as_all_pairs_do(
    photos: int, seed: int, missing: float, weakest: float
) -> None:
    random = np.random.default_rng(seed)
    scenes = FEATURES.scenes(4, 1)[random.integers(4, size=photos)]
    vectors = scenes + random.normal(0, 0.07, scenes.shape) * random.choice([0, 0.5, 1], (photos, 1))
    times = np.where(random.random(photos) < missing, np.nan, random.choice([0, 30, 900, 3000], photos))
    capture_order = sort_by_time(vectors.astype(np.float32), times)
    likeness = likeness_of(capture_order)
    strengths = all_strengths(likeness)
    apart = np.abs(capture_order.times[:, None] - capture_order.times) > 3600
    strengths[apart & (strengths < STRONGEST)] = -99
    links = find_links(likeness, weakest)
    assert len(links.first) < photos
    for level in (weakest, weakest + 0.7, weakest + 2, STRONGEST):
        expected = partition(every_link(strengths), photos, level)
        np.testing.assert_array_equal(partition(links, photos, level), expected)


@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_small_blocks_find_the_same_links_as_one_large_block(monkeypatch: pytest.MonkeyPatch, missing: float) -> None:
    album = make_album(FEATURES, [1, 4, 2, 9, 1, 30, 3] * 5, seed=3, seconds_between_moments=40.0)
    random = np.random.default_rng(3)
    times = np.where(random.random(len(album.times)) < missing, np.nan, album.times)
    likeness = likeness_of(sort_by_time(album.vectors, times))
    whole = find_links(likeness, 1.0)
    monkeypatch.setattr(link_search, "_ROWS", 16)
    monkeypatch.setattr(link_search, "_COLUMNS", 24)
    blocks = find_links(likeness, 1.0)
    for level in (1.0, 2.0, 3.0, 4.0):
        photos = len(album.times)
        np.testing.assert_array_equal(partition(blocks, photos, level), partition(whole, photos, level))


def test_a_crowd_of_duplicates_is_joined_by_few_links() -> None:
    random = np.random.default_rng(5)
    scene, other = FEATURES.scenes(2, 6)
    crowd = np.stack([scene, other])[np.arange(400) % 2]
    vectors = np.concatenate([crowd + random.normal(0, 0.005, crowd.shape), FEATURES.shots(scene, 5, 0.2, 1)])
    likeness = likeness_of(sort_by_time(vectors.astype(np.float32), np.arange(405.0)))
    links = find_links(likeness, 1.0)
    assert len(links.first) == 403
    expected = every_link(all_strengths(likeness))
    for level in (1.0, 3.0, 4.5, STRONGEST):
        np.testing.assert_array_equal(partition(links, 405, level), partition(expected, 405, level))


def test_links_end_after_an_hour_even_if_time_costs_nothing() -> None:
    vectors = np.repeat(FEATURES.shots(FEATURES.scenes(1, 1)[0], 1, 0.1, 1), 3, axis=0)
    vectors += np.random.default_rng(0).normal(0, 0.03, vectors.shape)
    capture_order = sort_by_time(vectors.astype(np.float32), np.asarray([0.0, 3000.0, 9000.0]))
    links = find_links(likeness_of(capture_order, k1=0.0), 1.0)
    assert sorted(zip(links.first.tolist(), links.second.tolist(), strict=True)) == [(0, 1)]
