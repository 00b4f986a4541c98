"""Looks at the pictures of an album where a question needs it, and remembers the answers.

An answer is about one picture, about two, or about the shots of one view. So it stays true when other photos come or
go, at every similarity, and whatever was asked before.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, MutableMapping, Sequence
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.grouping.copies import are_one_shot
from worker.analysis.grouping.focus_stacks import focus_stacks
from worker.analysis.grouping.pages import find_strokes, is_page, show_one_page
from worker.analysis.grouping.registration import Features, Overlap, find_features, overlap, same_view
from worker.analysis.measures import Grey

Answers = MutableMapping[tuple[Hashable, ...], Any]
"""By the question and the names of its pictures: None, truth, numbers, or lists of numbers. All can be stored."""

_PICTURES, _FEATURES = 128, 64  # kept in memory, of 0.2 and 0.5 MB


class Looks:
    """What the pictures of an album show.

    Args:
        load: returns the grey picture (h, w) of a row, upright and about 512 pixels wide; None if it is missing.
        names: (n) by which answers about the rows are remembered; the rows themselves if there are none.
        answers: what was seen before. New answers are added, except those where a picture is missing.
    """

    def __init__(
        self,
        load: Callable[[int], Grey | None],
        names: Sequence[Hashable] | None = None,
        answers: Answers | None = None,
    ) -> None:
        self.answers: Answers = {} if answers is None else answers
        self._known = len(self.answers)
        self._names = names
        self._picture = lru_cache(_PICTURES)(load)
        self._features = lru_cache(_FEATURES)(self._find_features)
        self._strokes = lru_cache(_FEATURES)(self._find_strokes)

    @property
    def made(self) -> int:
        """How many looks at pictures were needed, because nobody had asked these questions before."""
        return len(self.answers) - self._known

    def is_page(self, row: int) -> bool | None:
        """Whether a picture shows a page (`pages`); None if it is missing."""
        return self._is_true("page", (row,), is_page)

    def show_one_page(self, one: int, other: int) -> bool | None:
        """Whether two pictures of pages show the same one (`pages`); None if one is missing."""
        return self._is_true(
            "one_page", (one, other), lambda *_: show_one_page(self._strokes(one), self._strokes(other))
        )

    def are_one_shot(self, one: int, other: int) -> bool | None:
        """Whether two pictures are one shot saved twice (`copies`); None if one is missing."""
        return self._is_true("one_shot", (one, other), are_one_shot)

    def same_view(self, one: int, other: int) -> NDArray[np.float64] | None:
        """The map from one picture to another of the same view (`registration`); None if there is none."""

        def rows_of_map(left: Grey, right: Grey) -> list[float] | None:
            found = same_view(left, right)
            return None if found is None else found[:2].ravel().tolist()

        found = self._ask("view", (one, other), rows_of_map)
        return None if found is None else np.vstack([np.reshape(found, (2, 3)), [0, 0, 1]])

    def overlap(self, one: int, other: int) -> Overlap | None:
        """How two pictures overlap (`registration`); None if they do not, or if one is missing."""

        def shares(*_: Grey) -> list[float] | None:
            found = overlap(self._features(one), self._features(other))
            return None if found is None else [found.share, found.right, found.down]

        found = self._ask("overlap", (one, other), shares)
        return None if found is None else Overlap(*found)

    def focus_stacks(self, rows: Sequence[int], maps: Sequence[NDArray[np.float64]]) -> list[slice]:
        """The focus stacks in shots of one view (`focus_stacks`), by the maps from each to the next."""

        def bounds(*images: Grey) -> list[list[int]]:
            return [[found.start, found.stop] for found in focus_stacks(images, maps)]

        return [slice(start, stop) for start, stop in self._ask("stacks", rows, bounds) or []]

    def _is_true(self, question: str, rows: Sequence[int], answer: Callable[..., bool]) -> bool | None:
        known: bool | None = self._ask(question, rows, answer)
        return known

    def _ask(self, question: str, rows: Sequence[int], answer: Callable[..., Any]) -> Any:
        key = (question, *(row if self._names is None else self._names[row] for row in rows))
        if key in self.answers:
            return self.answers[key]
        images = [self._picture(row) for row in rows]
        if any(image is None for image in images):
            return None
        answered = self.answers[key] = answer(*images)
        return answered

    def _find_features(self, row: int) -> Features:
        return find_features(self._present(row))

    def _find_strokes(self, row: int) -> Features:
        return find_strokes(self._present(row))

    def _present(self, row: int) -> Grey:
        image = self._picture(row)
        if image is None:
            raise LookupError(f"The picture of row {row} is gone.")
        return image


def grey_of_thumbnail(jpeg: bytes) -> Grey | None:
    """The grey picture of a thumbnail that we made; None if it is damaged."""
    image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE) if jpeg else None
    return None if image is None else np.asarray(image, np.uint8)
