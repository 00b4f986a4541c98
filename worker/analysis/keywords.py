"""Writes the moment that a photo belongs to as a keyword of XMP.

`dc:subject` has keywords, and `lr:hierarchicalSubject` their places in a tree. Lightroom and darktable read both.
digiKam reads the first list that has any, of `digiKam:TagsList`, `MicrosoftPhoto:LastKeywordXMP`,
`lr:hierarchicalSubject` and `dc:subject`. So the moment is added to each list that there is. A tree is begun only where
there are no keywords, because digiKam would not see the flat ones beside it.
"""

from __future__ import annotations

import re

import exiv2

_FLAT, _TREE = "Xmp.dc.subject", "Xmp.lr.hierarchicalSubject"
KEYWORD_LISTS = {
    _FLAT: "",
    _TREE: "Moments|",
    "Xmp.digiKam.TagsList": "Moments/",
    "Xmp.MicrosoftPhoto.LastKeywordXMP": "Moments/",
}
"""The lists of keywords, and what stands before the moment in each."""
_MOMENT = re.compile(r"(?:Moments[|/])?Moment \d[\d .()-]*")


def keywords_write(xmp: exiv2.XmpData, moment: str) -> None:
    """Let the keywords have this moment in place of any that was written before. All others stay."""
    has_keywords = any(others for _, others in other_keywords(xmp))
    for name, before in KEYWORD_LISTS.items():
        written = _keywords(xmp, name)
        wanted = [keyword for keyword in written if not _MOMENT.fullmatch(keyword)]
        if moment and (name == _FLAT or wanted or (name == _TREE and not has_keywords)):
            wanted.append(before + moment)
        if wanted != written:
            _write(xmp, name, wanted)


def other_keywords(xmp: exiv2.XmpData) -> list[tuple[str, str]]:
    """The keywords of each list that are no moments, in one text."""
    lists = ((name, [each for each in _keywords(xmp, name) if not _MOMENT.fullmatch(each)]) for name in KEYWORD_LISTS)
    return [(name, "\n".join(others)) for name, others in lists]


def _keywords(xmp: exiv2.XmpData, name: str) -> list[str]:
    if name not in xmp:
        return []
    value = xmp[name].value()
    # Some programs write a single keyword without a list.
    return [value[place] for place in range(len(value))] if isinstance(value, exiv2.XmpArrayValue) else [str(value)]


def _write(xmp: exiv2.XmpData, name: str, keywords: list[str]) -> None:
    if name in xmp:
        del xmp[name]
    if keywords:
        kind = exiv2.TypeId.xmpSeq if name == "Xmp.digiKam.TagsList" else exiv2.TypeId.xmpBag
        value = exiv2.XmpArrayValue(kind)
        for keyword in keywords:
            value.append(keyword)
        xmp[name] = value
