from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.drawing import draw_scene
from tests.synthetic_embeddings import Features
from worker.analysis.embedding.descriptor import describe
from worker.analysis.grouping.capture_order import sort_by_time
from worker.analysis.grouping.duplicate_candidates import likely_duplicates

DISTANCE = 0.012


def pairs(vectors: NDArray[np.floating[Any]], distance: float = DISTANCE) -> set[tuple[int, int]]:
    capture_order = sort_by_time(vectors.astype(np.float32), np.full(len(vectors), np.nan))
    first, second = likely_duplicates(capture_order, distance)
    assert (first < second).all()
    rows = capture_order.order
    return {
        (min(rows[one], rows[other]), max(rows[one], rows[other]))
        for one, other in zip(first.tolist(), second.tolist(), strict=True)
    }


@pytest.mark.parametrize("features", [Features(2048, 0.55, 0.08), Features(300, 0.67, 0.13)])
def test_it_finds_copies_among_thousands_and_little_else(features: Features) -> None:
    vectors = features.scenes(3000, 1)
    copied = np.random.default_rng(2).choice(3000, 150, replace=False)
    copies = [features.shots(vectors[row], 1, 0.8 * DISTANCE / features.median, row)[0] for row in copied]
    found = pairs(np.concatenate([vectors, np.stack(copies)]))
    wanted = {(row, 3000 + number) for number, row in enumerate(copied.tolist())}
    assert wanted <= found
    assert len(found) < 3000


def test_it_finds_drawn_photos_that_were_saved_again() -> None:
    scenes = [draw_scene(seed, (96, 72)) for seed in range(30)]
    again = [np.asarray(scene[:, ::-1][:, ::-1] & 0xFC, np.uint8) for scene in scenes]  # coarser by two bits
    found = pairs(describe(scenes + again))
    assert {(seed, 30 + seed) for seed in range(30)} <= found


@pytest.mark.parametrize("photos", [1, 2, 700])
def test_equal_photos_are_connected(photos: int) -> None:
    found = pairs(np.ones((photos, 6)))
    linked = {0} if photos == 1 else {place for pair in found for place in pair}
    assert linked == set(range(photos))
    assert len(found) <= 60 * photos
