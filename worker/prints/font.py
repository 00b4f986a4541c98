"""The font of the pages: measures text, and embeds only the letters that were used.

Source Serif 4 in its regular weight, under the Open Font License. It has Latin, Greek and Cyrillic letters.
"""

from __future__ import annotations

import io
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import fontpkg_source_serif_4
import pydyf

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_FILE = fontpkg_source_serif_4.ROOT / "files" / "SourceSerif4[opsz,wght].ttf"
_INSTEAD = "?"
_NAME = "/PHOTOS+SourceSerif4"
_NOT_EMBEDDED = ["fvar", "gvar", "avar", "HVAR", "MVAR", "STAT", "GSUB", "GPOS", "GDEF"]
"""Variations, so that the font is its default: weight 400, for text of 20 points; ligatures and kerning."""


@cache
def _letters() -> tuple[dict[int, str], dict[str, int], dict[str, int]]:
    """The glyph of each character, the number of each glyph, and its width in thousandths of the size."""
    # Not at the top: it takes longer than all else that this module needs, and only a worker that prints uses it.
    from fontTools.ttLib import TTFont

    with TTFont(_FILE, lazy=True) as font:
        characters: dict[int, str] = dict(font.getBestCmap())
        numbers = dict(font.getReverseGlyphMap())
        widths = {name: round(advance) for name, (advance, _) in font["hmtx"].metrics.items()}
    return characters, numbers, widths


class Font:
    """One font of one document. It remembers which characters it drew, and which it could not draw."""

    def __init__(self) -> None:
        self._characters, self._numbers, self._widths = _letters()
        self._used: dict[int, str] = {}
        self.missing: set[str] = set()

    def drawable(self, text: str) -> str:
        """The text with a question mark for each character that the font does not have."""
        composed = unicodedata.normalize("NFC", text)
        found = [character for character in composed if ord(character) in self._characters]
        if len(found) == len(composed):
            return composed
        self.missing |= {letter for letter in composed if ord(letter) not in self._characters and letter.isprintable()}
        return "".join(letter if ord(letter) in self._characters else _INSTEAD for letter in composed)

    def width(self, text: str, size: float) -> float:
        """The width of drawable text, in the unit of the size."""
        return sum(self._widths[self._characters[ord(letter)]] for letter in text) * size / 1000

    def shortened(self, text: str, size: float, width: float) -> str:
        """As much of the text as fits the width, with three dots if that is not all."""
        if self.width(text, size) <= width:
            return text
        while text and self.width(text + "…", size) > width:
            text = text[:-1]
        return text.rstrip() + "…"

    def encoded(self, text: str) -> bytes:
        """Drawable text as a PDF string, which counts as using its letters."""
        names = [self._characters[ord(letter)] for letter in text]
        self._used |= {self._numbers[name]: letter for name, letter in zip(names, text, strict=True)}
        return b"<" + b"".join(b"%04X" % self._numbers[name] for name in names) + b">"

    def objects(self, reference: pydyf.Dictionary) -> list[pydyf.Object]:
        """The objects that embed the used letters. Fills the dictionary of the font, which pages refer to.

        The caller numbers the objects by adding them to the document, one by one, as they are yielded.
        """
        from fontTools.ttLib import TTFont

        with TTFont(_FILE, recalcTimestamp=False) as font:
            metrics = font["OS/2"], font["hhea"], font["head"]
            ascent, descent, cap_height = metrics[1].ascent, metrics[1].descent, metrics[0].sCapHeight
            bounds = (metrics[2].xMin, metrics[2].yMin, metrics[2].xMax, metrics[2].yMax)
            data = _subset(font, set(self._used))
        file = pydyf.Stream([data], pydyf.Dictionary({"Length1": len(data)}), compress=True)
        descriptor = pydyf.Dictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": _NAME,
                "Flags": 4,
                "FontBBox": pydyf.Array(bounds),
                "ItalicAngle": 0,
                "Ascent": ascent,
                "Descent": descent,
                "CapHeight": cap_height,
                "StemV": 80,
            }
        )
        unicode_map = pydyf.Stream([_unicode_map(self._used)], compress=True)
        names = {number: name for name, number in self._numbers.items()}
        widths = pydyf.Array()
        for number in sorted(self._used):
            widths += [number, pydyf.Array([self._widths[names[number]]])]
        descendant = pydyf.Dictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": _NAME,
                "CIDToGIDMap": "/Identity",
                "CIDSystemInfo": pydyf.Dictionary({"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0}),
                "DW": 0,
                "W": widths,
            }
        )
        reference |= {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": _NAME,
            "Encoding": "/Identity-H",
        }
        self._links = (file, descriptor, unicode_map, descendant, reference)
        return [file, descriptor, unicode_map, descendant]

    def link(self) -> None:
        """Let the objects refer to each other, once they have numbers."""
        file, descriptor, unicode_map, descendant, reference = self._links
        descriptor["FontFile2"] = file.reference
        descendant["FontDescriptor"] = descriptor.reference
        reference["DescendantFonts"] = pydyf.Array([descendant.reference])
        reference["ToUnicode"] = unicode_map.reference


def _subset(font: TTFont, numbers: set[int]) -> bytes:
    from fontTools.subset import Options, Subsetter

    options = Options()
    options.retain_gids = True
    options.notdef_outline = True
    options.hinting = False
    options.name_IDs = []
    for table in set(_NOT_EMBEDDED) & set(font.keys()):
        del font[table]  # before they are read, which takes longer than everything else
    subsetter = Subsetter(options)
    subsetter.populate(gids=sorted(numbers))
    subsetter.subset(font)
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def _unicode_map(used: dict[int, str]) -> bytes:
    """A ToUnicode map, by which text can be searched and copied: PDF 32000-1, 9.10.3."""
    pairs = [f"<{number:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for number, letter in sorted(used.items())]
    parts = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]  # at most 100 in one list
    lists = [f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
            *lists,
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    ).encode("ascii")
