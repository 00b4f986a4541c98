"""Where faces may be: by the Haar cascades that come with OpenCV (Viola and Jones 2001), or by the YuNet network.

A full search with a cascade costs more than everything else that is measured together, so it is done in two steps: a
coarse search in a small copy that misses little and is often wrong, then a close look at each finding, at a good size,
by two other cascades. The second step costs little, since there are few findings, and removes nearly all that are none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from worker.analysis.measures import Grey


class FaceModelError(Exception):
    """The face model cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Box:
    """Pixels of the photo, with what its finder says of it."""

    x: float
    y: float
    width: float
    height: float
    confidence: float = 0.0
    frontal: bool = True
    eyes: tuple[tuple[float, float], ...] = ()

    def overlap(self, other: Box) -> float:
        """Intersection over union, 0 to 1."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        shared = max(0.0, across) * max(0.0, down)
        return shared / (self.width * self.height + other.width * other.height - shared)

    def has_middle_of(self, other: Box) -> bool:
        """Whether the middle of the other box lies in this one."""
        across = other.x + other.width / 2 - self.x
        down = other.y + other.height / 2 - self.y
        return 0 <= across <= self.width and 0 <= down <= self.height


class Finder(Protocol):
    """Finds faces in photos, for one thread."""

    def find(self, image: NDArray[np.uint8], grey: Grey) -> list[Box]:
        """Boxes in pixels, in no order, perhaps overlapping."""


# --- Haar cascades ----------------------------------------------------------------------------------------------------


# --- YuNet ------------------------------------------------------------------------------------------------------------
