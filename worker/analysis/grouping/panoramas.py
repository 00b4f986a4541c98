"""Tells a panorama from other shots in a row: the camera turns in one direction, by steps of about the same size."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from worker.analysis.grouping.registration import Overlap

FEWEST_SHOTS = 3

_LEAST_SHARED, _MOST_SHARED = 0.15, 0.8
_MOST_SIDEWAYS = 0.35  # of a step, across the direction of the sweep
_MOST_TURN = math.radians(25)
_MOST_UNEVEN = 2.5


def panoramas(overlaps: Sequence[Overlap | None]) -> Iterator[slice]:
    """The runs of shots that are panoramas, in order and without overlap.

    Args:
        overlaps: of each shot with the next, one fewer than shots; None if the two do not overlap.
    """
    steps: list[Overlap] = []
    for shot, step in enumerate([*overlaps, None]):
        if step is not None and is_step(step) and all(_follows(step, before) for before in steps):
            steps.append(step)
            continue
        if len(steps) + 1 >= FEWEST_SHOTS:
            yield slice(shot - len(steps), shot + 1)
            steps = []  # the last shot of a sweep does not belong to the next one
        else:
            steps = [step] if step is not None and is_step(step) else []


def is_step(step: Overlap | None) -> bool:
    """Whether two shots overlap as in a sweep: partly, and mostly horizontally or mostly vertically."""
    if step is None:
        return False
    along, sideways = sorted((abs(step.right), abs(step.down)), reverse=True)
    return _LEAST_SHARED <= step.share <= _MOST_SHARED and sideways <= _MOST_SIDEWAYS * along


def _follows(step: Overlap, before: Overlap) -> bool:
    """Whether two steps have about the same direction and length."""
    turn = math.atan2(step.down, step.right) - math.atan2(before.down, before.right)
    one, other = math.hypot(step.right, step.down), math.hypot(before.right, before.down)
    return abs(math.remainder(turn, 2 * math.pi)) <= _MOST_TURN and max(one, other) <= _MOST_UNEVEN * min(one, other)
