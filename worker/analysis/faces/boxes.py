"""What all finders of faces have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from worker.analysis.measures import Grey


@dataclass(frozen=True)
class Box:
    """A face in pixels of the photo, as its finder sees it.

    Attributes:
        x, y, width, height: in pixels; x and y of the upper left corner.
        confidence: 0 to 1.
        frontal: whether the face looks at the camera.
        eyes: the points of both eyes, if the finder knows them.
        eyes_open, eyes_judged: as in `Face`, if the finder judges eyes.
        turn: degrees to the side, if the finder knows them; positive to the right of the photo.
    """

    x: float
    y: float
    width: float
    height: float
    confidence: float = 0.0
    frontal: bool = True
    eyes: tuple[tuple[float, float], ...] = ()
    eyes_open: float | None = None
    eyes_judged: int = 0
    turn: float | None = None

    def overlap(self, other: Box) -> float:
        """Intersection over union, 0 to 1."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        shared = max(0.0, across) * max(0.0, down)
        return shared / (self.width * self.height + other.width * other.height - shared)

    def has_centre_of(self, other: Box) -> bool:
        """Whether the centre of the other box lies in this one."""
        across = other.x + other.width / 2 - self.x
        down = other.y + other.height / 2 - self.y
        return 0 <= across <= self.width and 0 <= down <= self.height


class Finder(Protocol):
    """Finds faces in photos. Keeps state, so each thread needs its own."""

    def find(self, image: NDArray[np.uint8], grey: Grey) -> list[Box]:
        """Boxes in any order; they may overlap. `image` (h, w, 3) and `grey` (h, w) are the same upright photo."""
