"""Breaks a text into lines, without a font: the preview has none, and must show the lines that are printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from albums.prints.pages import POINT

ELLIPSIS = "…"

_WIDTHS: Final[Mapping[str, float]] = {
    letter: width
    for width, letters in (
        (0.24, " \N{NO-BREAK SPACE}"),
        (0.32, "!',-./:;ijl|‘’·"),  # noqa: RUF001
        (0.38, '()[]{}\\"`ftIJ'),
        (0.52, "0123456789acegrsvxyz$_?*–“”«»åäáàâãçéèêëñìíîïýÿ"),  # noqa: RUF001
        (1.05, "mwMW%@&…—æœÆŒ"),
    )
    for letter in letters
}
"""The largest of these letters in Source Serif 4, in shares of the size."""
_LOWER, _OTHER, _WIDE = 0.62, 0.82, 1.05
_LATIN = "\u0250"

# Chinese, Japanese and Korean have a break after each character, but not before what closes.
_EAST = (
    "\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
)
_IS_EASTERN = re.compile(f"[{_EAST}]")
_CLOSING = "、。，．：；？！）」』】〉》〕ー々〜…"  # noqa: RUF001
_PIECES = re.compile(rf" *(?:[{_EAST}][{_CLOSING}]*|[^ {_EAST}]+)")


def is_eastern(letter: str) -> bool:
    """Whether it is Chinese, Japanese or Korean, or a sign that goes with these."""
    return _IS_EASTERN.match(letter) is not None


def wrapped(text: str, size: float, width: float, most: int) -> list[str]:
    """At most `most` lines of this width in millimetres; three dots end the last one if the text goes on."""
    lines: list[str] = []
    for line in _lines(text, width / (size * POINT)):
        if len(lines) == most:
            lines[-1] = _shortened(lines[-1] + ELLIPSIS, width / (size * POINT))
            break
        lines.append(line)
    return lines


def _lines(text: str, width: float) -> Iterator[str]:
    """All lines; the width is in sizes of a letter."""
    for paragraph in filter(None, text.split("\n")):
        line, taken = "", 0.0
        for piece, needed in _pieces(paragraph, width):
            if line and taken + needed > width:
                yield line.rstrip()
                line, taken = "", 0.0
            line += piece if line else piece.lstrip()
            taken += needed
        yield line.rstrip()


def _pieces(paragraph: str, width: float) -> Iterator[tuple[str, float]]:
    """What is not broken, with its width: words, or their letters where they are wider than a line."""
    for piece, needed in _measured(paragraph):
        if needed <= width:
            yield piece, needed
        else:
            yield from ((letter, _width(letter)) for letter in piece)


# As many as a book has photos. Each may be 800 Chinese letters, which take 125 KB.
@lru_cache(maxsize=600)
def _measured(paragraph: str) -> tuple[tuple[str, float], ...]:
    return tuple((piece, _width(piece)) for piece in _PIECES.findall(paragraph))


def _shortened(text: str, width: float) -> str:
    """The text with its last letter, without as many of those before it as it takes."""
    kept, last = text[:-1], text[-1]
    while kept and _width(kept + last) > width:
        kept = kept[:-1]
    return kept.rstrip(" ,.;:") + last


def _width(text: str) -> float:
    return sum(_WIDTHS.get(letter) or _unlisted(letter) for letter in text)


def _unlisted(letter: str) -> float:
    kind = unicodedata.category(letter)
    if kind in ("Mn", "Me", "Cf"):
        return 0.0
    if letter >= _LATIN:
        return _WIDE
    return _LOWER if kind == "Ll" else _OTHER
