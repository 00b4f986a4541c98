from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.synthetic_embeddings import Features, make_album
from worker.analysis.grouping import chains
from worker.analysis.grouping.capture_order import sort_by_time
from worker.analysis.grouping.chains import cut_chains, find_families
from worker.analysis.grouping.likeness import Likeness
from worker.analysis.grouping.link_search import find_links

LOOSEST = 1.0
FEATURES = Features(64, 0.5, 0.1)


def parts_of(vectors: NDArray[np.float32], times: NDArray[np.float64], least_average: float = 1.0) -> list[list[int]]:
    """The parts of two or more photos, in order; the photos are given in order of time."""
    capture_order = sort_by_time(vectors, times)
    scale = np.full(len(times), 0.5, np.float32)
    likeness = Likeness(capture_order, scale, 0.01, 0.5)
    labels = cut_chains(find_families(likeness, find_links(likeness, LOOSEST), LOOSEST), len(times), least_average)
    rows = np.empty_like(labels)
    rows[capture_order.order] = labels
    return [np.flatnonzero(rows == label).tolist() for label in np.unique(rows) if (rows == label).sum() > 1]


def pan(photos: int, turn: float) -> NDArray[np.float32]:
    """A panning camera: each photo resembles the next, but not those a quarter of a circle away."""
    angles = np.arange(photos) * np.pi / 180 * turn
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_it_cuts_a_chain_whose_ends_have_nothing_in_common() -> None:
    parts = parts_of(pan(27, 10), np.arange(27.0))
    assert len(parts) > 2
    assert all(part == list(range(part[0], part[-1] + 1)) for part in parts)


def test_it_leaves_a_moment_that_only_moves_a_little() -> None:
    assert parts_of(pan(12, 3), np.arange(12.0)) == [list(range(12))]


def test_it_cuts_two_moments_that_one_photo_connects() -> None:
    scenes = FEATURES.scenes(8, 1)
    first, second = scenes[0], scenes[np.argmin(scenes @ scenes[0])]
    bridge = (first + second) / np.linalg.norm(first + second)
    left, right = FEATURES.shots(first, 6, 0.1, 1), FEATURES.shots(second, 6, 0.1, 2)
    parts = parts_of(np.concatenate([left, bridge[None], right]), np.arange(13.0))
    assert sorted(len(part) for part in parts) in ([6, 6], [6, 7])
    assert not any(0 in part and 12 in part for part in parts)


def test_it_cuts_what_goes_on_for_too_long() -> None:
    """Photos of similar views through a whole day: two that are far apart in time would never be linked."""
    day = FEATURES.shots(FEATURES.scenes(1, 1)[0], 200, 0.35, 1)
    parts = parts_of(day, np.linspace(0, 120_000, 200))
    assert len(parts) > 1


def test_a_copy_that_was_saved_days_later_stays_with_its_twin_and_the_rest() -> None:
    shots = FEATURES.shots(FEATURES.scenes(1, 1)[0], 4, 0.2, 1)
    vectors = np.concatenate([shots, shots[1:2]])
    parts = parts_of(vectors, np.asarray([0.0, 1.0, 2.0, 3.0, 9e5]))
    assert parts == [[0, 1, 2, 3, 4]]


@pytest.mark.parametrize("least", [(0.2, 0.8), (0.8, 1.5), (1.5, 3.0)])
def test_a_higher_average_only_cuts_further(least: tuple[float, float]) -> None:
    album = make_album(FEATURES, [3, 1, 8, 1, 2, 5] * 10, seed=2, likeness=0.4, seconds_between_moments=5.0)
    wide, narrow = (parts_of(album.vectors, album.times, average) for average in least)
    assert len([photo for part in narrow for photo in part]) > 0
    for part in narrow:
        assert any(set(part) <= set(whole) for whole in wide)


@pytest.mark.parametrize("untimed", [False, True])
def test_a_long_series_is_processed_in_pieces(monkeypatch: pytest.MonkeyPatch, untimed: bool) -> None:
    monkeypatch.setattr(chains, "_LARGEST_FAMILY", 20)
    scenes = FEATURES.scenes(12, 4)
    vectors = np.concatenate([FEATURES.shots(scene, 6, 0.1, number) for number, scene in enumerate(scenes)])
    bridges = np.stack([(one + other) / 2 for one, other in pairwise(scenes)])
    times = np.concatenate([np.arange(72) // 6 * 60.0 + np.arange(72) % 6, np.arange(11) * 60 + 30.0])
    vectors = np.concatenate([vectors, bridges]).astype(np.float32)
    order = np.argsort(times)
    moments = np.concatenate([np.arange(72) // 6, np.full(11, -1)])[order]
    times = times[order]
    if untimed:
        times = np.full_like(times, np.nan)
    for part in parts_of(vectors[order], times):
        assert len({moment for moment in moments[part].tolist() if moment >= 0}) <= 2
    assert len(parts_of(vectors[order], times)) >= 6


def test_a_crowd_of_duplicates_stays_one_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chains, "_LARGEST_FAMILY", 20)
    assert parts_of(np.ones((90, 4), np.float32), np.arange(90.0)) == [list(range(90))]


def test_cuts_are_made_at_the_longest_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chains, "_LARGEST_FAMILY", 20)
    shots = FEATURES.shots(FEATURES.scenes(1, 1)[0], 45, 0.1, 1)
    times = np.arange(45) * 2.0 + np.repeat([0.0, 30.0, 60.0], 15)
    assert parts_of(shots, times) == [list(range(15)), list(range(15, 30)), list(range(30, 45))]
