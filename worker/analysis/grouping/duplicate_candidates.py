"""Finding photos that may be the same file twice in a large album, without comparing all with all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from worker.analysis.grouping.capture_order import CaptureOrder

_DIMENSIONS = 24
_SAMPLE = 512
_BLOCK = 4096
_GRIDS = 12
_CELL_RADII = 5.0
_NEIGHBOURS = 4


def likely_duplicates(capture_order: CaptureOrder, distance: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of places that may lie within a small cosine distance of each other, whatever their times.

    Photos are projected on the few directions in which the album spreads most, and sorted into the cells of
    several grids that are shifted against each other (locality-sensitive hashing, Datar et al. 2004). What shares
    a cell of any grid and is near in the projection is a candidate. Some candidates are none, so the distance is
    to be measured; in a crowd of like photos each is paired with a few of them only.

    Returns:
        Two arrays of places, (m,), the first below the second in each pair.
    """
    points = _project(capture_order)
    # A projection only brings points nearer. Saving again moves a photo a little in all directions, so in the
    # few that are looked at it moves by half of the whole way at most.
    radius = float(np.sqrt(2 * distance)) / 2
    random = np.random.default_rng(0)
    width = _CELL_RADII * radius
    candidates = [np.empty((0, 2), np.intp)]
    for _ in range(_GRIDS):
        shifts = np.asarray(random.random(points.shape[1]), np.float32)
        cells = np.floor(points / np.float32(width) + shifts).astype(np.int64)
        keys = (cells * random.integers(1, 2**62, points.shape[1])).sum(axis=1)  # wraps around, as hashes do
        along = points @ np.asarray(random.standard_normal(points.shape[1]), np.float32)
        candidates.append(_near_in_cell(points, keys, np.lexsort((along, keys)), radius))
    pairs = np.unique(np.concatenate(candidates), axis=0)
    return pairs[:, 0], pairs[:, 1]


def _near_in_cell(
    points: NDArray[np.float32], keys: NDArray[np.int64], order: NDArray[np.intp], radius: float
) -> NDArray[np.intp]:
    """Pairs of points with the same key, a few steps apart at most in an order by key, that are near; (m, 2)."""
    found = [np.empty((0, 2), np.intp)]
    for step in range(1, min(_NEIGHBOURS, len(order) - 1) + 1):
        one, other = order[:-step], order[step:]
        together = keys[one] == keys[other]
        one, other = one[together], other[together]
        near = ((points[one] - points[other]) ** 2).sum(axis=1) <= radius**2
        found.append(np.sort(np.stack([one[near], other[near]], axis=1), axis=1))
    return np.concatenate(found)


def _project(capture_order: CaptureOrder) -> NDArray[np.float32]:
    """Coordinates of all photos, (n, k), along the directions in which a sample of them spreads most."""
    photos = len(capture_order)
    sample = capture_order.rows(np.unique(np.linspace(0, photos - 1, _SAMPLE).round().astype(np.intp)))
    middle = sample.mean(axis=0)
    sample -= middle
    # The eigenvectors of the small matrix of products give those of the large one of covariances.
    powers, weights = np.linalg.eigh(sample @ sample.T)
    strongest = np.argsort(-powers, kind="stable")[:_DIMENSIONS]
    strongest = strongest[powers[strongest] > 1e-4]
    directions = (sample.T @ weights[:, strongest]) / np.sqrt(powers[strongest])
    points = np.empty((photos, len(strongest)), np.float32)
    for start in range(0, photos, _BLOCK):
        points[start : start + _BLOCK] = (capture_order.rows(slice(start, start + _BLOCK)) - middle) @ directions
    return points
