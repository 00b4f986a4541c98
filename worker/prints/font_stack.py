"""All fonts of a document: measures text, and finds for each letter the font that has it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

import pydyf

from albums.prints.wrapping import ELLIPSIS, is_eastern
from worker.prints.fonts import EasternFont, Font, LatinFont

_INSTEAD = "?"
_VARIANTS = ("\ufe00", "\ufe0f")


class FontStack:
    """The fonts of one document. It remembers which characters it drew, and which it could not draw.

    Letters stand one after the other, from left to right. So scripts that join or stack letters, or go from right to
    left, are not drawn: their letters are in neither font.
    """

    def __init__(self) -> None:
        self._latin, self._eastern = LatinFont(), EasternFont()
        self.missing: set[str] = set()

    @property
    def both(self) -> tuple[Font, ...]:
        """That of Latin, Greek and Cyrillic letters, and that of the East, whether they were used or not."""
        return self._latin, self._eastern

    def drawable(self, text: str) -> str:
        """The text with a question mark for each character that no font has, and without those that only join."""
        composed = unicodedata.normalize("NFC", text)
        if any(map(is_eastern, composed)):
            self._eastern.read(composed)
        return "".join(self._drawn(letter) for letter in composed)

    def _drawn(self, letter: str) -> str:
        if self._font_of(letter):
            return letter
        if unicodedata.category(letter) == "Cf" or _VARIANTS[0] <= letter <= _VARIANTS[1]:
            return ""
        if letter.isprintable():
            self.missing.add(letter)
        return _INSTEAD

    def _font_of(self, letter: str) -> Font | None:
        """The font that has it. That of the East takes time to open, and is asked only for what may be in it."""
        if self._latin.code(letter) is not None:
            return self._latin
        return self._eastern if is_eastern(letter) and self._eastern.code(letter) is not None else None

    def width(self, text: str, size: float) -> float:
        """The width of drawable text, in the unit of the size."""
        return sum(self._advance(letter) for letter in text) * size / 1000

    def _advance(self, letter: str) -> int:
        font = self._font_of(letter)
        code = font.code(letter) if font else None
        return font.advance(code) if font and code is not None else 0

    def shortened(self, text: str, size: float, width: float) -> str:
        """As much of the text as fits the width, with three dots if that is not all."""
        if self.width(text, size) <= width:
            return text
        while text and self.width(text + ELLIPSIS, size) > width:
            text = text[:-1]
        return text.rstrip() + ELLIPSIS

    def encoded(self, text: str) -> Iterator[tuple[Font, bytes]]:
        """Drawable text as PDF strings, each with its font. Its letters count as used."""
        for font, letters in groupby(text, key=self._font_of):
            if font:
                yield font, font.encoded("".join(letters))

    def close(self) -> None:
        """Close the files of the fonts."""
        for font in self.both:
            font.close()

    def add_to(self, document: pydyf.PDF) -> None:
        """Embed the fonts that were used."""
        for font in self.both:
            if font.used:
                font.add_to(document)
