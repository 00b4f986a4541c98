"""Logistic regression on differences, with a Gaussian prior and odds that are known beforehand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_STEPS = 50
_TOLERANCE = 1e-9

Matrix = NDArray[np.float64]


def most_probable(coordinates: Matrix, odds: Matrix, weights: Matrix) -> Matrix:
    """The weights of the coordinates, (m,), that are most probable when the first of each pair was the better one.

    Newton's method with step halving minimises the negative logarithm of the posterior, which is convex.

    Args:
        coordinates: the first minus the second of each pair, (pairs, m). The prior of each weight is a Gaussian around
            0 with a standard deviation of 1.
        odds: log odds of each pair that are known without the coordinates, (pairs,).
        weights: how much each pair counts, (pairs,).
    """

    def loss(at: Matrix) -> float:
        return float(weights @ np.logaddexp(0, -(odds + coordinates @ at)) + at @ at / 2)

    at = np.zeros(coordinates.shape[1])
    now = loss(at)
    for _ in range(_STEPS):
        wrong = 1 / (1 + np.exp(np.clip(odds + coordinates @ at, -500, 500)))
        gradient = at - coordinates.T @ (weights * wrong)
        curvature = (coordinates.T * (weights * wrong * (1 - wrong))) @ coordinates + np.eye(len(at))
        step = np.linalg.solve(curvature, gradient)
        if gradient @ step < _TOLERANCE:
            break
        length = 1.0
        while (then := loss(at - length * step)) > now and length > _TOLERANCE:
            length /= 2
        at, now = at - length * step, then
    return at
