"""Answers the questions of the grouping that only pictures can answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from worker.analysis.grouping.copies import are_one_shot
from worker.analysis.grouping.exposure_series import Structure, find_structure
from worker.analysis.grouping.pages import number_pages
from worker.analysis.grouping.photo_sets import PhotoSet, find_photo_sets
from worker.analysis.measures import Grey


class Judge(Protocol):
    """Compares pictures, given by their rows in the vectors of the album."""

    def photo_sets(self, run: Sequence[int]) -> Sequence[PhotoSet]:
        """The focus stacks and panoramas in a run of shots, in order of capture (`find_photo_sets`)."""
        ...

    def are_one_shot(self, one: int, other: int) -> bool | None:
        """Whether two photos are one shot saved twice (`copies`); None if a picture is missing."""
        ...

    def structures(self, rows: Sequence[int]) -> Sequence[Structure | None]:
        """What pictures show, whatever their exposure (`exposure_series`); None for each that is missing."""
        ...

    def pages(self, group: Sequence[int]) -> Sequence[int] | None:
        """Numbers of the pages that the photos of a group show (`pages`); None if a picture is missing."""
        ...


class PictureJudge:
    """A judge that loads the pictures again for every question.

    Args:
        load: returns the grey picture (h, w) of a row, upright and about 512 pixels wide; None if it is missing.
        seconds: when each row was taken.
    """

    def __init__(self, load: Callable[[int], Grey | None], seconds: Sequence[float]) -> None:
        self._load = load
        self._seconds = seconds

    def photo_sets(self, run: Sequence[int]) -> Sequence[PhotoSet]:
        """As `Judge` says."""
        return find_photo_sets([self._load(row) for row in run], [self._seconds[row] for row in run])

    def are_one_shot(self, one: int, other: int) -> bool | None:
        """As `Judge` says."""
        left, right = self._load(one), self._load(other)
        return None if left is None or right is None else are_one_shot(left, right)

    def structures(self, rows: Sequence[int]) -> Sequence[Structure | None]:
        """As `Judge` says."""
        return [None if image is None else find_structure(image) for image in map(self._load, rows)]

    def pages(self, group: Sequence[int]) -> Sequence[int] | None:
        """As `Judge` says."""
        images = [image for image in map(self._load, group) if image is not None]
        return number_pages(images) if len(images) == len(group) else None
