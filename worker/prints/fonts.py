"""The fonts of one document, each with the letters that were drawn of it, and how they get into the PDF.

A letter's code in the PDF is the number that the font has for it, which a subset keeps: a glyph's in TrueType, a CID in
Noto's CFF (PDF 32000-1, 9.7.4).
"""

from __future__ import annotations

import io
import struct
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Collection, Mapping
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pydyf

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_NOT_DRAWN = (
    *("fvar", "gvar", "avar", "HVAR", "MVAR", "STAT"),  # so that the font is its default
    *("GSUB", "GPOS", "GDEF", "BASE"),  # ligatures and kerning
)


class Font(ABC):
    """One font of one document."""

    resource: str
    name: str
    _program: str
    _kind: str

    def __init__(self) -> None:
        self.dictionary = pydyf.Dictionary()
        self.used: dict[int, str] = {}
        self._files = ExitStack()
        self.close = self._files.close

    @abstractmethod
    def code(self, letter: str) -> int | None:
        """The number of a letter; None if the font does not have it."""

    @abstractmethod
    def advance(self, code: int) -> int:
        """The width of a letter, in thousandths of the size."""

    @abstractmethod
    def _embedded(self) -> tuple[bytes, dict[str, Any], Mapping[str, Any]]:
        """The font with the used letters alone, the keys of its stream, and its tables."""

    def _opened(self, file: Path, number: int = -1) -> TTFont:
        # Not at the top: it takes longer than all else that printing needs, and only a worker that prints uses it.
        from fontTools.ttLib import TTFont

        return self._files.enter_context(TTFont(file, fontNumber=number, lazy=True, recalcTimestamp=False))

    def encoded(self, text: str) -> bytes:
        """Letters that the font has, as a PDF string. They count as used."""
        codes = [(code, letter) for letter in text if (code := self.code(letter)) is not None]
        self.used |= dict(codes)
        return b"<" + b"".join(b"%04X" % code for code, _ in codes) + b">"

    def add_to(self, document: pydyf.PDF) -> None:
        """Embed the used letters, and fill the dictionary of the font, which pages refer to."""
        data, keys, tables = self._embedded()
        head, hhea = tables["head"], tables["hhea"]
        file = pydyf.Stream([data], keys, compress=True)
        unicode_map = pydyf.Stream([_unicode_map(self.used)], compress=True)
        document.add_object(file)
        document.add_object(unicode_map)
        descriptor = pydyf.Dictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": self.name,
                "Flags": 4,
                "FontBBox": pydyf.Array((head.xMin, head.yMin, head.xMax, head.yMax)),
                "ItalicAngle": 0,
                "Ascent": hhea.ascent,
                "Descent": hhea.descent,
                "CapHeight": tables["OS/2"].sCapHeight,
                "StemV": 80,
                self._program: file.reference,
            }
        )
        document.add_object(descriptor)
        widths = pydyf.Array()
        for code in sorted(self.used):
            widths += [code, pydyf.Array([self.advance(code)])]
        descendant = pydyf.Dictionary(
            {
                "Type": "/Font",
                "Subtype": self._kind,
                "BaseFont": self.name,
                "CIDSystemInfo": pydyf.Dictionary({"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0}),
                "DW": 0,
                "W": widths,
                "FontDescriptor": descriptor.reference,
            }
        )
        if self._kind == "/CIDFontType2":
            descendant["CIDToGIDMap"] = "/Identity"
        document.add_object(descendant)
        self.dictionary |= {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": self.name,
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([descendant.reference]),
            "ToUnicode": unicode_map.reference,
        }


class LatinFont(Font):
    """Source Serif 4 in its regular weight, for text of 20 points. It has Latin, Greek and Cyrillic letters."""

    resource, name = "F", "/PHOTOS+SourceSerif4"
    _program, _kind = "FontFile2", "/CIDFontType2"

    @cached_property
    def _ttfont(self) -> TTFont:
        import fontpkg_source_serif_4

        return self._opened(fontpkg_source_serif_4.ROOT / "files" / "SourceSerif4[opsz,wght].ttf")

    @cached_property
    def _codes(self) -> dict[int, int]:
        numbers = self._ttfont.getReverseGlyphMap()
        return {character: numbers[name] for character, name in self._ttfont.getBestCmap().items()}

    @cached_property
    def _advances(self) -> list[int]:
        metrics = self._ttfont["hmtx"].metrics
        return [round(metrics[name][0]) for name in self._ttfont.getGlyphOrder()]

    def code(self, letter: str) -> int | None:
        """The number of its glyph."""
        return self._codes.get(ord(letter))

    def advance(self, code: int) -> int:
        """In thousandths of the size."""
        return self._advances[code]

    def _embedded(self) -> tuple[bytes, dict[str, Any], Mapping[str, Any]]:
        self.advance(0)  # before the font has only some of its glyphs
        tables = _subset(self._ttfont, self.used)
        written = io.BytesIO()
        self._ttfont.save(written)
        data = written.getvalue()
        return data, {"Length1": len(data)}, tables


class EasternFont(Font):
    """Noto Sans CJK. Its fonts share their glyphs, and differ in which of them are for a character.

    Chinese and Japanese write some characters differently. What has kana is Japanese, what has hangul Korean; else it
    is most probably Chinese, in simplified characters. Glyphs and CIDs have the same numbers.

    Tables are read as bytes, because fontTools would make objects of all 65,535 glyphs.
    """

    resource, name = "E", "/PHOTOS+NotoSansCJK"
    _program, _kind = "FontFile3", "/CIDFontType0"
    _JAPANESE, _KOREAN, _CHINESE = range(3)

    def __init__(self) -> None:
        super().__init__()
        self._language = self._CHINESE
        self._characters: dict[int, bytes] = {}

    def read(self, text: str) -> None:
        """Take the glyphs of its language for what follows."""
        if any("\u3041" <= letter <= "\u30ff" for letter in text):
            self._language = self._JAPANESE
        else:
            has_hangul = any("\u1100" <= letter <= "\u11ff" or "\uac00" <= letter <= "\ud7a3" for letter in text)
            self._language = self._KOREAN if has_hangul else self._CHINESE

    @cached_property
    def _ttfont(self) -> TTFont:
        return self._of(self._JAPANESE)

    def _of(self, language: int) -> TTFont:
        import noto_cjk_sans_otc

        return self._opened(Path(str(noto_cjk_sans_otc.FONT_PATH)), language)

    def code(self, letter: str) -> int | None:
        """The CID."""
        if self._language not in self._characters:
            self._characters[self._language] = _groups(self._of(self._language).reader["cmap"])
        groups = self._characters[self._language]
        places = range(len(groups) // _GROUP.size)
        place = (
            bisect_right(places, ord(letter), key=lambda each: _GROUP.unpack_from(groups, each * _GROUP.size)[0]) - 1
        )
        first, last, code = _GROUP.unpack_from(groups, place * _GROUP.size) if place >= 0 else (0, -1, 0)
        return int(code) + ord(letter) - int(first) if ord(letter) <= last else None

    def advance(self, code: int) -> int:
        """In thousandths of the size."""
        place = min(code, len(self._metrics) // 4 - 1)  # the last is that of all others
        return int.from_bytes(self._metrics[4 * place : 4 * place + 2], "big")

    @cached_property
    def _metrics(self) -> bytes:
        metrics: bytes = self._ttfont.reader["hmtx"]
        return metrics[: 4 * self._ttfont["hhea"].numberOfHMetrics]

    def _embedded(self) -> tuple[bytes, dict[str, Any], Mapping[str, Any]]:
        self.advance(1)  # before the font has no such table any more
        tables = _subset(self._ttfont, self.used, only=("CFF ", "head", "maxp"))
        return self._ttfont["CFF "].compile(self._ttfont), {"Subtype": "/CIDFontType0C"}, tables


_GROUP = struct.Struct(">III")


def _groups(table: bytes) -> bytes:
    """For characters in sequence the first, the last, and the glyph of the first: format 12 of OpenType's `cmap`."""
    (count,) = struct.unpack_from(">H", table, 2)
    for number in range(count):
        (start,) = struct.unpack_from(">I", table, 8 + 8 * number)
        (form,) = struct.unpack_from(">H", table, start)
        if form == 12:
            (groups,) = struct.unpack_from(">I", table, start + 12)
            return table[start + 16 : start + 16 + groups * _GROUP.size]
    raise ValueError("The font has no table of characters of format 12.")


def _subset(font: TTFont, glyphs: Collection[int], *, only: Collection[str] = ()) -> Mapping[str, Any]:
    """Leave only these glyphs in the font, under their numbers, and of its tables these or those that are drawn.

    Returns the tables with the sizes of the whole font.
    """
    from fontTools.subset import Options, Subsetter

    tables = {name: font[name] for name in ("head", "hhea", "OS/2")}
    options = Options()
    options.retain_gids = not only
    options.notdef_outline = True
    options.hinting = False
    options.name_IDs = []
    there = set(font.keys()) - {"GlyphOrder"}
    for table in there - set(only) if only else there & set(_NOT_DRAWN):
        del font[table]  # before they are read, which takes longer than everything else
    subsetter = Subsetter(options)
    subsetter.populate(gids=sorted(glyphs))
    subsetter.subset(font)
    return tables


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
