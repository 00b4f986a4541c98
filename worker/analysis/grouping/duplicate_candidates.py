"""Finds photos that may be the same file twice in a large album, without comparing all pairs."""

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
    """Pairs of places that are probably within a small cosine distance of each other, whatever their times.

    Projects the photos onto the few directions in which the album varies most, and sorts them into the cells of several
    shifted grids (locality-sensitive hashing, Datar et al. 2004). Photos that share a cell of any grid and are close in
    the projection are candidates. Some candidates are wrong, so the caller must measure their distance. In a crowd of
    similar photos each is paired with only a few others.

    Returns:
        Two arrays of places, (m,); the first of each pair is smaller than the second.
    """
    points = _project(capture_order)
    # A projection never increases distances. Saving a photo again moves its vector a little in all directions, so in
    # the few directions of the projection it moves by at most half of the whole distance.
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
    """Pairs of points, (m, 2), that are close, have the same key, and are at most a few steps apart in `order`."""
    found = [np.empty((0, 2), np.intp)]
    for step in range(1, min(_NEIGHBOURS, len(order) - 1) + 1):
        one, other = order[:-step], order[step:]
        together = keys[one] == keys[other]
        one, other = one[together], other[together]
        near = ((points[one] - points[other]) ** 2).sum(axis=1) <= radius**2
        found.append(np.sort(np.stack([one[near], other[near]], axis=1), axis=1))
    return np.concatenate(found)


def _project(capture_order: CaptureOrder) -> NDArray[np.float32]:
    """The coordinates of all photos, (n, k), along the directions in which a sample of them varies most."""
    photos = len(capture_order)
    sample = capture_order.rows(np.unique(np.linspace(0, photos - 1, _SAMPLE).round().astype(np.intp)))
    middle = sample.mean(axis=0)
    sample -= middle
    # The eigenvectors of the small matrix of products yield those of the large covariance matrix.
    powers, weights = np.linalg.eigh(sample @ sample.T)
    strongest = np.argsort(-powers, kind="stable")[:_DIMENSIONS]
    strongest = strongest[powers[strongest] > 1e-4]
    directions = (sample.T @ weights[:, strongest]) / np.sqrt(powers[strongest])
    points = np.empty((photos, len(strongest)), np.float32)
    for start in range(0, photos, _BLOCK):
        points[start : start + _BLOCK] = (capture_order.rows(slice(start, start + _BLOCK)) - middle) @ directions
    return points
