"""Sorts the photos of an album by capture time, in an order that does not depend on that of the input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float16] | NDArray[np.float32]

_BLOCK = 4096


@dataclass(frozen=True)
class CaptureOrder:
    """Photos by capture time, those without a time last. A "place" is an index in this order.

    Attributes:
        vectors: (n, d) float16 or float32, the input itself; not a copy, because an album may have 100,000 of them.
        order: (n,) the row of `vectors` at each place.
        times: (n,) seconds by place; NaN for photos without a time.
        timed: how many photos have a time; these are the places before `timed`.
        earliest, latest: (timed,) the first and the last place with the same time as each place.
        lengths: (n,) of the vectors, by row.
    """

    vectors: Vectors
    order: NDArray[np.intp]
    times: NDArray[np.float64]
    timed: int
    earliest: NDArray[np.intp]
    latest: NDArray[np.intp]
    lengths: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.order)

    def rows(self, places: slice | NDArray[np.intp]) -> NDArray[np.float32]:
        """The vectors at some places, as float32 of length one; float16 cannot hold length one exactly."""
        order = self.order[places]
        rows = self.vectors[order].astype(np.float32)
        rows /= self.lengths[order, None]
        return rows


def sort_by_time(
    vectors: Vectors, times: NDArray[np.float64], order_keys: Sequence[bytes] | None = None
) -> CaptureOrder:
    """Check an album and sort it.

    Photos with equal times are sorted by their keys, as the camera took them, and without keys by the content of their
    vectors. So the same album always gives the same order, and bit for bit the same arithmetic, in whatever order it is
    passed in.

    Raises:
        ValueError: the arrays do not fit together, or a vector is zero or not finite.
    """
    if vectors.ndim != 2 or times.shape != (len(vectors),):
        raise ValueError(f"an album needs vectors of shape (n, d) and n times, not {vectors.shape} and {times.shape}")
    lengths = _lengths(vectors)
    known = _meaningful(times)
    order = np.argsort(known, kind="stable")
    _order_ties(order, known, vectors, order_keys)
    ordered = known[order]
    timed = int(np.isfinite(ordered).sum())
    return CaptureOrder(
        vectors=vectors,
        order=order,
        times=ordered,
        timed=timed,
        earliest=np.searchsorted(ordered[:timed], ordered[:timed], side="left"),
        latest=np.searchsorted(ordered[:timed], ordered[:timed], side="right") - 1,
        lengths=lengths,
    )


def _meaningful(times: NDArray[np.float64]) -> NDArray[np.float64]:
    """The times, but NaN for all if all are equal, for example after copying a folder."""
    finite = np.isfinite(times)
    if np.unique(times[finite]).size == 1 < np.count_nonzero(finite):
        finite = np.zeros_like(finite)
    return np.where(finite, times, np.nan)


def _lengths(vectors: Vectors) -> NDArray[np.float32]:
    lengths = np.empty(len(vectors), np.float32)
    for start in range(0, len(vectors), _BLOCK):
        block = lengths[start : start + _BLOCK]
        block[:] = np.linalg.norm(vectors[start : start + _BLOCK].astype(np.float32), axis=1)
        wrong = np.flatnonzero(~(np.isfinite(block) & (block > 0)))
        if len(wrong):
            place = start + int(wrong[0])
            raise ValueError(f"vector {place} is zero or not finite. Embed that photo again, or leave it out.")
    return lengths


def _order_ties(
    order: NDArray[np.intp], times: NDArray[np.float64], vectors: Vectors, order_keys: Sequence[bytes] | None
) -> None:
    """Sort each run of equal times by key, else by a digest of the vectors; all photos without a time are one run."""
    ordered = times[order]
    same = (ordered[1:] == ordered[:-1]) | (np.isnan(ordered[1:]) & np.isnan(ordered[:-1]))
    edges = np.flatnonzero(np.diff(np.concatenate(([0], same, [0]))))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        run = order[first : last + 1]
        digests = [blake2b(vectors[row].tobytes(), digest_size=16).digest() for row in run]
        keys = [(order_keys[row] if order_keys else b"", digest) for row, digest in zip(run, digests, strict=True)]
        order[first : last + 1] = run[sorted(range(len(run)), key=keys.__getitem__)]
