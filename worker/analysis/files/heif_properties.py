"""The properties of the primary picture of HEIC and AVIF (ISO/IEC 14496-12 and 23008-12).

Nothing here raises on a broken file, which has fewer properties then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from worker.analysis.files.boxes import boxes_in

Properties = Sequence[tuple[bytes, bytes]]
"""Kind and content of each."""

_MOST_PROPERTIES = 10_000


def primary_properties(data: bytes) -> Properties:
    """The properties of the primary picture, in the order that the file gives them."""
    primary = -1
    properties: list[tuple[bytes, bytes]] = []
    places: dict[int, list[int]] = {}
    meta = next((content for kind, content in contents(data) if kind == b"meta"), b"")
    for kind, content in contents(meta[4:]):
        if kind == b"pitm":
            primary = int.from_bytes(content[4 : 6 if content[:1] == b"\0" else 8], "big")
        elif kind == b"iprp":
            for inner, inside in contents(content):
                if inner == b"ipco":
                    properties += contents(inside)
                elif inner == b"ipma":
                    places.update(associations(inside))
    mine = places.get(primary, [])[:_MOST_PROPERTIES]
    return [properties[place - 1] for place in mine if 0 < place <= len(properties)]


def associations(content: bytes) -> Iterator[tuple[int, list[int]]]:
    """Each picture with the places of its properties, from 1; from the content of `ipma`."""
    number_width = 2 if content[:1] == b"\0" else 4
    width = 2 if content[3:4] and content[3] & 1 else 1
    position = 8
    while position + number_width < len(content):
        number = int.from_bytes(content[position : position + number_width], "big")
        start = position + number_width + 1
        position = start + content[start - 1] * width
        yield number, [value & ((1 << 8 * width - 1) - 1) for value in numbers(content[start:position], width)]


def numbers(content: bytes, width: int) -> list[int]:
    """The numbers of `width` bytes that follow each other."""
    return [int.from_bytes(content[place : place + width], "big") for place in range(0, len(content), width)]


def in_meta(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Type and content of each box in the boxes `meta` of a file."""
    for kind, start, end in boxes_in(data, 0, len(data)):
        if kind == b"meta":
            yield from contents(data[start + 4 : end])


def contents(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Type and content of each box."""
    return ((kind, data[start:end]) for kind, start, end in boxes_in(data, 0, len(data)))
