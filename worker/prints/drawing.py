"""Draws one page. Pages measure in millimetres from the upper left corner, PDF in points from the lower left."""

from __future__ import annotations

import math

import pydyf

from albums.prints import Box, Page, Picture, Text
from albums.prints.contact_sheet import STAR
from albums.prints.pages import POINT
from worker.prints.font_stack import FontStack

_INK, _GREY, _RULE = 0.13, 0.42, 0.62
_STAR_WIDTH = 0.95  # of the size of the text


class PageDrawing:
    """The content of one page."""

    def __init__(self, page: Page, fonts: FontStack) -> None:
        self.page = page
        self._fonts = fonts
        self.content = pydyf.Stream(compress=True)

    def points(self, box: Box) -> tuple[float, ...]:
        """A box as PDF has it: left, bottom, width and height, in points within the media box."""
        sheet = self.page.paper.sheet
        left, bottom = box.x - sheet.x, sheet.bottom - box.bottom
        return _rounded(left / POINT, bottom / POINT, box.width / POINT, box.height / POINT)

    def draw(self) -> pydyf.Stream:
        """Everything on the page; pictures have the names I0, I1, ..."""
        for place, picture in enumerate(self.page.pictures):
            self._picture(picture, f"I{place}")
        for line in self.page.lines:
            self._colour(_RULE)
            self.content.rectangle(*self.points(Box(line.x, line.y, line.width, line.weight)))
            self.content.fill()
        for text in self.page.texts:
            self._text(text)
        return self.content

    def _picture(self, picture: Picture, name: str) -> None:
        left, bottom, width, height = self.points(picture.whole)
        self.content.push_state()
        if picture.frame != picture.whole:
            self.content.rectangle(*self.points(picture.frame))
            self.content.clip()
            self.content.end()
        self.content.set_matrix(width, 0, 0, height, left, bottom)
        self.content.draw_x_object(name)
        self.content.pop_state()

    def _text(self, text: Text) -> None:
        words = text.text.strip(STAR)
        stars = len(text.text) - len(words)
        drawn = self._fonts.shortened(self._fonts.drawable(words), text.size, text.width / POINT)
        width = self._fonts.width(drawn, text.size)
        x, y, *_ = self.points(Box(text.x, text.y, 0, 0))
        start = x - {"left": 0.0, "centre": width / 2, "right": width}[text.align]
        self._colour(_GREY if text.is_grey else _INK)
        if drawn:
            self.content.begin_text()
            self.content.move_text_to(*_rounded(start, y))
            for font, encoded in self._fonts.encoded(drawn):
                self.content.set_font_size(font.resource, text.size)
                self.content.stream.append(encoded + b" Tj")
            self.content.end_text()
        for place in range(stars):
            self._star(start + width + (place + 0.5) * _STAR_WIDTH * text.size, y + 0.33 * text.size, 0.44 * text.size)

    def _star(self, x: float, y: float, radius: float) -> None:
        """A star with five points, which the font does not have."""
        for corner in range(10):
            angle = math.pi / 2 + corner * math.pi / 5
            length = radius if corner % 2 == 0 else radius * 0.42
            place = _rounded(x + length * math.cos(angle), y + length * math.sin(angle))
            (self.content.line_to if corner else self.content.move_to)(*place)
        self.content.close()
        self.content.fill()

    def _colour(self, grey: float) -> None:
        self.content.stream.append(f"{grey} g")


def _rounded(*values: float) -> tuple[float, ...]:
    return tuple(round(value, 3) for value in values)
