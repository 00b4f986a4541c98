"""Answers the questions of the grouping that only pictures can answer."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Protocol

from worker.analysis.grouping.exposure_series import Structure, find_structure
from worker.analysis.grouping.looks import Answers, Looks
from worker.analysis.grouping.pages import number_pages
from worker.analysis.grouping.photo_sets import PhotoSet, find_photo_sets
from worker.analysis.measures import Grey


class Judge(Protocol):
    """Compares pictures, given by their rows in the vectors of the album.

    Several threads may ask for photo sets, and for pages, at once.
    """

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
    """A judge that looks at pictures, and remembers what it saw.

    Args:
        load: returns the grey picture (h, w) of a row, upright and about 512 pixels wide; None if it is missing.
        seconds: when each row was taken.
        names: (n) by which answers are remembered, if `answers` outlive this album.
        answers: what was seen before. New answers are added.
    """

    def __init__(
        self,
        load: Callable[[int], Grey | None],
        seconds: Sequence[float],
        names: Sequence[Hashable] | None = None,
        answers: Answers | None = None,
    ) -> None:
        self.looks = Looks(load, names, answers)
        self._load = load
        self._seconds = seconds

    def photo_sets(self, run: Sequence[int]) -> Sequence[PhotoSet]:
        """As `Judge` says."""
        return find_photo_sets(self.looks, run, [self._seconds[row] for row in run])

    def are_one_shot(self, one: int, other: int) -> bool | None:
        """As `Judge` says."""
        return self.looks.are_one_shot(one, other)

    def structures(self, rows: Sequence[int]) -> Sequence[Structure | None]:
        """As `Judge` says."""
        return [None if image is None else find_structure(image) for image in map(self._load, rows)]

    def pages(self, group: Sequence[int]) -> Sequence[int] | None:
        """As `Judge` says."""

        def page(place: int) -> bool:
            return _known(self.looks.is_page(group[place]))

        def one_page(one: int, other: int) -> bool:
            return _known(self.looks.show_one_page(group[one], group[other]))

        try:
            return number_pages(len(group), page, one_page)
        except _PictureMissingError:
            return None


class _PictureMissingError(Exception):
    """A question cannot be answered, because a picture is missing."""


def _known(answer: bool | None) -> bool:
    if answer is None:
        raise _PictureMissingError
    return answer
