"""Albums of synthetic embeddings with chosen statistics, for tests that only need vectors and times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worker.analysis.grouping import ModelReference


@dataclass(frozen=True)
class Features:
    """The statistics of a model's embeddings: how far apart unrelated photos are."""

    dimensions: int
    median: float
    spread: float

    @property
    def reference(self) -> ModelReference:
        """The median, in the form that the grouping expects."""
        return ModelReference(self.median)

    def scenes(self, count: int, seed: int) -> NDArray[np.float32]:
        """`count` unrelated directions, (count, dimensions).

        They share one direction, which sets the median of their distances. They differ in as many other directions as
        the spread needs: the more directions, the less their distances vary.
        """
        own = min(round((self.median / self.spread) ** 2), self.dimensions - 1)
        basis = np.linalg.qr(np.random.default_rng(0).standard_normal((self.dimensions, own + 1)))[0].T
        different = np.random.default_rng((seed, 1)).standard_normal((count, own))
        different *= np.sqrt(self.median) / np.linalg.norm(different, axis=1, keepdims=True)
        return np.asarray(np.sqrt(1 - self.median) * basis[0] + different @ basis[1:], np.float32)

    def shots(self, scene: NDArray[np.float32], count: int, likeness: float, seed: int) -> NDArray[np.float32]:
        """`count` shots of a scene, (count, dimensions), `likeness` times as far apart as unrelated photos."""
        random = np.random.default_rng((seed, 2))
        noise = random.standard_normal((count, self.dimensions))
        noise *= np.sqrt(likeness * self.median) / np.linalg.norm(noise, axis=1, keepdims=True)
        shots = np.sqrt(1 - likeness * self.median) * scene + noise
        return np.asarray(shots / np.linalg.norm(shots, axis=1, keepdims=True), np.float32)


@dataclass(frozen=True)
class Album:
    """Vectors (n, d), times (n,) in seconds, and the moment of each photo."""

    vectors: NDArray[np.float32]
    times: NDArray[np.float64]
    moments: list[int]


def make_album(
    features: Features,
    sizes: Sequence[int],
    *,
    seed: int = 0,
    likeness: float = 0.12,
    seconds_between_shots: float = 3.0,
    seconds_between_moments: float = 300.0,
) -> Album:
    """Moments of the given sizes, one after the other. The pauses vary around the given ones."""
    random = np.random.default_rng((seed, 3))
    vectors, times, moments = [], [], []
    clock = 0.0
    for moment, (scene, size) in enumerate(zip(features.scenes(len(sizes), seed), sizes, strict=True)):
        vectors.append(features.shots(scene, size, likeness, seed * 100_003 + moment))
        for _ in range(size):
            times.append(clock)
            moments.append(moment)
            clock += seconds_between_shots * random.uniform(0.3, 1.7)
        clock += seconds_between_moments * random.lognormal(0.0, 0.7)
    return Album(np.concatenate(vectors), np.asarray(times), moments)
