"""Lays out a contact sheet: small photos in rows, with names, stars and picks below; a rule above each moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from albums.chunks import chunked
from albums.prints.pages import POINT, Box, Line, Page, Picture, PrintPhoto, Text
from albums.prints.papers import CONTACT_SHEET
from albums.prints.wrapping import wrapped

PICK_MARK = "✓"
STAR = "★"

_GAP = 3.0
_HEADER = 11.0
_TITLE_SIZE, _SMALL_SIZE = 12.0, 8.0
_SHAPE = 1.4  # width per height of the room for each photo: landscapes fill it, portraits lose some
_RULE = 1.6  # between a rule and its photos


@dataclass(frozen=True)
class ContactSheet:
    """What a contact sheet is made from. Photos of one moment follow each other."""

    title: str
    photos: Sequence[PrintPhoto]
    columns: int = 5
    description_lines: int = 0
    """Below each photo, for its caption; 0 for a short one beside the stars."""


def contact_sheet_pages(sheet: ContactSheet) -> list[Page]:
    """All pages, each with as many rows as fit."""
    grid = _Grid(CONTACT_SHEET.content(is_left=False), sheet.columns, sheet.description_lines)
    pages = list(chunked(sheet.photos, grid.rows * grid.columns))
    return [_page(sheet, grid, photos, (number, len(pages))) for number, photos in enumerate(pages, start=1)]


class _Grid:
    """Where photos and their words are."""

    def __init__(self, content: Box, columns: int, description_lines: int) -> None:
        self.content = content
        self.columns = columns
        self.description_lines = description_lines
        self._width = (content.width - _GAP * (columns - 1)) / columns
        self._height = self._width / _SHAPE
        self.size = max(5.0, min(7.5, self._width * 0.18))
        self.line = self.size * POINT * 1.35
        least = _RULE + self._height + (2 + description_lines) * self.line + _GAP
        height = content.height - _HEADER + _GAP
        self.rows = max(1, int(height // least))
        self._pitch = height / self.rows  # so that the rows fill the page

    @property
    def step(self) -> float:
        """From one photo to the next in a row."""
        return self._width + _GAP

    def room(self, row: int, column: int) -> Box:
        """The room for one photo."""
        y = self.content.y + _HEADER + row * self._pitch + _RULE
        return Box(self.content.x + column * self.step, y, self._width, self._height)


def _page(sheet: ContactSheet, grid: _Grid, photos: Sequence[PrintPhoto], number_of: tuple[int, int]) -> Page:
    pictures: list[Picture] = []
    texts = list(_header(sheet, grid.content, *number_of))
    lines: list[Line] = []
    for row, in_row in enumerate(chunked(photos, grid.columns)):
        first = grid.room(row, 0)
        lines += _rules(in_row, first.x, first.y - _RULE, grid.step)
        for column, photo in enumerate(in_row):
            room = grid.room(row, column)
            fitted = room.fitted(photo.aspect)
            pictures.append(Picture.uncut(photo, fitted._replace(y=room.bottom - fitted.height)))
            texts += _words(photo, room, grid)
    return Page(CONTACT_SHEET, tuple(pictures), tuple(texts), tuple(lines))


def _words(photo: PrintPhoto, room: Box, grid: _Grid) -> Iterator[Text]:
    base = room.bottom + grid.line
    yield Text(room.x, base, photo.name, grid.size, room.width)
    marks = f"{PICK_MARK} " * photo.is_pick + STAR * photo.stars
    if marks:
        yield Text(room.x, base + grid.line, marks.strip(), grid.size, room.width)
    if grid.description_lines:
        lines = wrapped(photo.caption, grid.size, room.width, grid.description_lines)
        for place, line in enumerate(lines, start=2 if marks else 1):
            yield Text(room.x, base + place * grid.line, line, grid.size, room.width + _GAP / 2, is_grey=True)
    elif photo.caption:
        half = room.width / 2
        yield Text(room.right, base + grid.line, photo.caption, grid.size, half, align="right", is_grey=True)


def _header(sheet: ContactSheet, content: Box, number: int, count: int) -> Iterator[Text]:
    base = content.y + _TITLE_SIZE * POINT
    yield Text(content.x, base, sheet.title, _TITLE_SIZE, content.width - 30)
    yield Text(content.right, base, f"{number} / {count}", _SMALL_SIZE, 28, align="right", is_grey=True)


def _rules(photos: Sequence[PrintPhoto], left: float, y: float, step: float) -> Iterator[Line]:
    """A rule over the photos of each group, one over each part of it if it takes several rows."""
    start = 0
    for place in range(1, len(photos) + 1):
        if place == len(photos) or photos[place].moment != photos[start].moment or not photos[start].moment:
            if photos[start].moment:
                yield Line(left + start * step, y, (place - start) * step - _GAP)
            start = place
