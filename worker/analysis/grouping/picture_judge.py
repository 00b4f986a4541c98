"""What the grouping asks of pictures, where vectors and times do not tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from worker.analysis.grouping.copies import are_one_shot
from worker.analysis.grouping.photo_sets import PhotoSet, find_photo_sets
from worker.analysis.measures import Grey


class Judge(Protocol):
    """Looks at pictures, which are named by their rows among the vectors of the album."""

    def photo_sets(self, run: Sequence[int]) -> Sequence[PhotoSet]:
        """The focus stacks and panoramas in a run of shots, in order of capture (`find_photo_sets`)."""
        ...

    def are_one_shot(self, one: int, other: int) -> bool | None:
        """Whether two photos are one shot saved twice (`copies`); None where they cannot be looked at."""
        ...


class PictureJudge:
    """A judge that looks each time it is asked.

    Args:
        look: the grey picture (h, w) of a row, upright and about 512 pixels wide; None where it is gone.
        seconds: when each row was taken.
    """

    def __init__(self, look: Callable[[int], Grey | None], seconds: Sequence[float]) -> None:
        self._look = look
        self._seconds = seconds

    def photo_sets(self, run: Sequence[int]) -> Sequence[PhotoSet]:
        """As `Judge` says."""
        return find_photo_sets([self._look(row) for row in run], [self._seconds[row] for row in run])

    def are_one_shot(self, one: int, other: int) -> bool | None:
        """As `Judge` says."""
        left, right = self._look(one), self._look(other)
        return None if left is None or right is None else are_one_shot(left, right)
