"""Reads what a person wrote about a photo: its description, or else its title.

Of several, the first of these that says something counts: XMP's dc:description, which programs for photos write;
IPTC's caption; EXIF's ImageDescription; Windows' comment; PNG's own text; then the titles in the same order; at last
EXIF's UserComment, which phones fill with data for themselves.

Lists of people in other fields, keywords and headlines are no description. Neither is the comment of a JPEG: programs
write their own names there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from worker.analysis.metadata.tiff_directory import Directory
from worker.analysis.metadata.words import clean_words

_IMAGE_DESCRIPTION, _USER_COMMENT, _IPTC = 0x010E, 0x9286, 0x83BB
_WINDOWS_TITLE, _WINDOWS_COMMENT = 0x9C9B, 0x9C9C
_CHARACTER_SET, _TITLE, _CAPTION = (1, 90), (2, 5), (2, 120)
_MOST_BYTES = 1 << 16
_MOST_PROPERTIES = 8  # of one name in a packet
_MOST_DATASETS = 4096
_UTF_8 = b"\x1b%G"
_CODES = {b"ASCII\0\0\0": "utf-8", b"JIS\0\0\0\0\0": "iso2022_jp"}
_UNICODE = b"UNICODE\0"
# The quantifiers are possessive, so that no packet can make these searches slow.
_ITEM = re.compile(rb"<rdf:li\b([^<>]{0,400}+)>([^<]*+)</rdf:li")
_DEFAULT = re.compile(rb"xml:lang\s*+=\s*+[\"']x-default[\"']")
_COMMENT_OF_A_PERSON = re.compile(r"[^{}<>=;_|\\]*")


def read_description(
    first: Directory, shot: Directory, packet: bytes, *, iptc: bytes | None = None, texts: Mapping[str, str] | None
) -> str | None:
    """What somebody wrote about the photo, in at most DESCRIPTION_LENGTH characters. Never raises.

    Args:
        first: the first directory of EXIF, or of a TIFF.
        shot: that of the shot.
        packet: of XMP.
        iptc: the datasets of IPTC-IIM, where they are not in `first`.
        texts: of PNG, by their keywords.
    """
    datasets = _datasets(iptc or first.raw(_IPTC))
    texts = texts or {}
    found = (
        _in_xmp(packet, b"dc:description"),
        [_decoded(datasets.get(_CAPTION, b""), datasets)],
        [_plain(first.raw(_IMAGE_DESCRIPTION))],
        [_of_windows(first.raw(_WINDOWS_COMMENT))],
        [texts.get("Description", "")],
        _in_xmp(packet, b"dc:title"),
        [_decoded(datasets.get(_TITLE, b""), datasets)],
        [_of_windows(first.raw(_WINDOWS_TITLE))],
        [texts.get("Title", "")],
        [_user_comment(shot)],
    )
    return next(filter(None, (clean_words(text) for texts in found for text in texts)), None)


def _in_xmp(packet: bytes, name: bytes) -> Iterator[str]:
    """The texts of a property: first the one that is for readers of any language, then those in the order of the file.

    XMP is searched, not parsed (`xmp.py` says why).
    """
    found: list[bytes] = []
    start, end = packet.find(b"<" + name), 0
    while start >= 0 and len(found) < _MOST_PROPERTIES:
        end = packet.find(b"</" + name, start)
        if end < 0:
            break
        found.append(packet[start + len(name) + 1 : min(end, start + _MOST_BYTES)])
        start = packet.find(b"<" + name, end)
    for element in found:
        items = _ITEM.findall(element) or [(b"", element.partition(b">")[2])]
        for _, text in sorted(items, key=lambda item: not _DEFAULT.search(item[0])):
            yield _unescaped(text)
    for attribute in re.findall(rb"\b" + re.escape(name) + rb"\s*+=\s*+(\"[^\"<]*+\"|'[^'<]*+')", packet):
        yield _unescaped(attribute[1:-1])


def _unescaped(text: bytes) -> str:
    if b"<" in text:
        return ""
    try:
        return html.unescape(text[:_MOST_BYTES].decode("utf-8", "replace"))
    except ValueError:  # a character with a number of thousands of digits
        return ""


def _datasets(block: bytes) -> dict[tuple[int, int], bytes]:
    """The first dataset of each kind in a block of IPTC-IIM.

    https://www.iptc.org/std/IIM/4.2/specification/IIMV4.2.pdf
    """
    found: dict[tuple[int, int], bytes] = {}
    place = 0
    for _ in range(_MOST_DATASETS):
        head = block[place : place + 5]
        size = int.from_bytes(head[3:], "big")
        if len(head) < 5 or head[0] != 0x1C or size >= 0x8000:  # longer ones are no texts
            break
        found.setdefault((head[1], head[2]), block[place + 5 : place + 5 + size])
        place += 5 + size
    return found


def _decoded(text: bytes, datasets: Mapping[tuple[int, int], bytes]) -> str:
    """A text of IPTC. Many programs write UTF-8 without saying so."""
    return text.decode("utf-8", "replace") if datasets.get(_CHARACTER_SET) == _UTF_8 else _plain(text)


def _plain(text: bytes) -> str:
    """A text whose character set nobody says: UTF-8 if it can be, else that of Windows in the west."""
    text = text[:_MOST_BYTES].split(b"\0", 1)[0]
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("cp1252", "replace")


def _of_windows(text: bytes) -> str:
    return text[:_MOST_BYTES].decode("utf-16-le", "replace").partition("\0")[0]


def _user_comment(shot: Directory) -> str:
    """The comment if a person may have written it: of two words or more, and no data."""
    raw = shot.raw(_USER_COMMENT)[:_MOST_BYTES]
    code, text = raw[:8], raw[8:]
    if code == _UNICODE:
        comment = _in_either_order(text, is_little=shot.layout.order == "<")
    elif code in _CODES:
        comment = text.decode(_CODES[code], "replace")
    else:
        return ""
    comment = comment.partition("\0")[0].strip()
    return comment if " " in comment and _COMMENT_OF_A_PERSON.fullmatch(comment) else ""


def _in_either_order(text: bytes, *, is_little: bool) -> str:
    """UTF-16 in the order of its mark. Without one, programs write it in that of the file or not."""
    if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return text.decode("utf-16", "replace")
    orders = ("utf-16-le", "utf-16-be") if is_little else ("utf-16-be", "utf-16-le")
    return max((text.decode(order, "replace") for order in orders), key=_latin_letters)


def _latin_letters(text: str) -> int:
    return sum(" " <= letter < "\u0250" for letter in text)
