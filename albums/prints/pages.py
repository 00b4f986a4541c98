"""What a page consists of. All lengths are in millimetres from the upper left corner of the trimmed page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import msgspec

DPI = 300
"""Pixels of a printed inch, where the photo has as many."""

_MILLIMETRES_PER_INCH = 25.4
POINT = _MILLIMETRES_PER_INCH / 72
"""A typographic point."""


class Box(NamedTuple):
    """A rectangle: its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def area(self) -> float:
        """In square millimetres."""
        return self.width * self.height

    def inset(self, left: float, top: float, right: float, bottom: float) -> Box:
        """What remains within these margins."""
        return Box(self.x + left, self.y + top, self.width - left - right, self.height - top - bottom)

    def fitted(self, aspect: float) -> Box:
        """The largest box of this width per height inside, in the middle."""
        width = min(self.width, self.height * aspect)
        return self.centred(width, width / aspect)

    def filled(self, aspect: float) -> Box:
        """The smallest box of this width per height that covers this one, around its middle."""
        width = max(self.width, self.height * aspect)
        return self.centred(width, width / aspect)

    def scaled(self, factor: float) -> Box:
        """A smaller or larger box around the same middle."""
        return self.centred(self.width * factor, self.height * factor)

    def centred(self, width: float, height: float) -> Box:
        """A box of this size around the same middle."""
        return Box(self.x + (self.width - width) / 2, self.y + (self.height - height) / 2, width, height)


class PrintPhoto(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the layout knows of a photo. It is kept in the row of the export, so that later decisions change nothing."""

    id: str
    name: str
    width: int
    height: int
    day: str = ""
    """Its day in words, as a heading says it; empty if unknown."""
    minute: int | None = None
    """Of the album's timeline, to find the gaps between moments."""
    moment: str = ""
    """The same for photos of one group; empty for photos in none."""
    weight: float = 0.0
    """How much it is wanted; the highest of a spread gets a page."""
    faces: tuple[float, float, float, float] | None = None
    """What all its faces take: left, top, right and bottom, from 0 to 1."""
    caption: str = ""
    stars: int = 0
    is_pick: bool = False

    @property
    def aspect(self) -> float:
        """Width per height."""
        return self.width / self.height


@dataclass(frozen=True)
class Paper:
    """The trimmed size, what is cut off around it, and the margins."""

    width: float
    height: float
    bleed: float = 3.0
    margin: float = 14.0
    spine: float = 4.0
    """Added to the margin where the page is bound."""

    @property
    def trim(self) -> Box:
        """The page after it is cut."""
        return Box(0, 0, self.width, self.height)

    @property
    def sheet(self) -> Box:
        """The page before it is cut."""
        return self.trim.inset(-self.bleed, -self.bleed, -self.bleed, -self.bleed)

    def content(self, *, is_left: bool) -> Box:
        """The page within its margins. There is more room at the foot, for the number."""
        left, right = (0.0, self.spine) if is_left else (self.spine, 0.0)
        return self.trim.inset(self.margin + left, self.margin, self.margin + right, self.margin + 2)


@dataclass(frozen=True)
class Picture:
    """A photo on a page: what is seen of it, and where the whole photo would be."""

    photo: PrintPhoto
    frame: Box
    whole: Box

    @classmethod
    def uncut(cls, photo: PrintPhoto, box: Box) -> Picture:
        """The whole photo in this box."""
        return cls(photo, box, box)

    @property
    def dpi(self) -> float:
        """How many of its pixels one printed inch has."""
        return self.photo.width / self.whole.width * _MILLIMETRES_PER_INCH

    @property
    def pixels(self) -> tuple[int, int]:
        """How many are printed of its width and height: as many as there are, and at most 300 an inch."""
        scale = min(1.0, DPI / self.dpi)
        return max(1, round(self.photo.width * scale)), max(1, round(self.photo.height * scale))


@dataclass(frozen=True)
class Text:
    """A line of text. `y` is its base line. What does not fit `width` is cut, which three dots show."""

    x: float
    y: float
    text: str
    size: float
    """In points."""
    width: float
    align: Literal["left", "centre", "right"] = "left"
    is_grey: bool = False


@dataclass(frozen=True)
class Line:
    """A horizontal rule."""

    x: float
    y: float
    width: float
    weight: float = 0.25


@dataclass(frozen=True)
class Page:
    """One page, in the order in which its parts are drawn."""

    paper: Paper
    pictures: tuple[Picture, ...] = ()
    texts: tuple[Text, ...] = ()
    lines: tuple[Line, ...] = field(default=())


def fitting_size(text: str, size: float, width: float) -> float:
    """A size in points, at most this, at which the text is about as wide as that. Letters are half as wide as high."""
    estimated = max(1, len(text)) * 0.5 * size * POINT
    return size * max(0.5, min(1.0, width / estimated))
