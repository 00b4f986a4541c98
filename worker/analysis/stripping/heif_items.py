"""Reads the items of HEIC and AVIF: what they are, where they are, and how they belong together (ISO/IEC 23008-12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from worker.analysis.interface import NotStripped
from worker.analysis.stripping.boxes import Numbers, boxes
from worker.analysis.stripping.byte_ranges import Range, merge, total

_MAX_PIECES = 50_000  # of all items, and of the references and properties between them
_PICTURES = b"pict"
_XMP = b"application/rdf+xml"


@dataclass(frozen=True)
class Item:
    """One picture, or one block of metadata.

    Attributes:
        properties: numbers of properties from 1, each with whether a decoder must understand it.
    """

    number: int
    kind: bytes
    is_hidden: bool
    is_xmp: bool
    pieces: list[Range] = field(default_factory=list)
    properties: list[tuple[int, bool]] = field(default_factory=list)


@dataclass(frozen=True)
class Items:
    """The content of a `meta` box.

    Attributes:
        references: what kind, from which item, to which items.
        properties: type and content of each.
    """

    primary: int
    by_number: dict[int, Item]
    references: list[tuple[bytes, int, list[int]]]
    properties: list[tuple[bytes, bytes]]

    @cached_property
    def _sources(self) -> dict[tuple[bytes, int], list[int]]:
        sources: dict[tuple[bytes, int], list[int]] = {}
        for kind, source, targets in self.references:
            for target in targets:
                sources.setdefault((kind, target), []).append(source)
        return sources

    def referring(self, kind: bytes, number: int) -> list[Item]:
        """The items with a reference of this kind to an item."""
        sources = self._sources.get((kind, number), ())
        return [self.by_number[source] for source in sources if source in self.by_number]


def read_items(data: bytes) -> Items:
    """The items of a file, with pieces that lie within the boxes for data. Raises NotStripped."""
    outer = list(boxes(data, 0, len(data)))
    [(start, end)] = [(start, end) for kind, start, end in outer if kind == b"meta"] or [(0, 0)]
    if data[start] != 0:  # the version
        raise NotStripped("unknown_part")
    inner = {kind: (first, last) for kind, first, last in boxes(data, start + 4, end)}
    contents = {kind: data[first:last] for kind, (first, last) in inner.items() if kind != b"idat"}
    if contents.get(b"hdlr", b"")[8:12] != _PICTURES or not {b"pitm", b"iinf", b"iloc", b"iprp"} <= contents.keys():
        raise NotStripped("damaged")
    items = {item.number: item for item in _information(contents[b"iinf"])}
    within = inner.get(b"idat", (0, 0))
    places = [within, *((first, last) for kind, first, last in outer if kind == b"mdat")]
    for number, pieces in _locations(contents[b"iloc"], within[0], len(data)):
        if number in items:
            items[number].pieces.extend(pieces)
    everywhere = [*places, *(piece for item in items.values() for piece in item.pieces)]
    if total(merge(everywhere)) != total(merge(places)):
        raise NotStripped("damaged")
    properties = _properties(contents[b"iprp"], items)
    primary = Numbers(contents[b"pitm"][4:]).next(2 if contents[b"pitm"][0] == 0 else 4)
    if primary not in items:
        raise NotStripped("damaged")
    return Items(primary, items, list(_references(contents.get(b"iref", bytes(4)))), properties)


def _information(content: bytes) -> Iterator[Item]:
    for kind, start, end in boxes(content, 6 if content[0] == 0 else 8, len(content)):
        version = content[start]
        if kind != b"infe" or version not in {2, 3}:
            raise NotStripped("unknown_part")
        entry = Numbers(content[start + 4 : end])
        number = entry.next(2 if version == 2 else 4)
        if entry.next(2):  # it is encrypted
            raise NotStripped("unknown_part")
        item_kind = entry.next(4).to_bytes(4, "big")
        is_xmp = item_kind == b"mime" and _XMP in entry.rest().split(b"\0")
        yield Item(number, item_kind, bool(content[start + 3] & 1), is_xmp)


def _locations(content: bytes, within: int, size: int) -> Iterator[tuple[int, list[Range]]]:
    """The pieces of each item; `within` is where the content of `idat` starts, `size` is that of the file."""
    version = content[0]
    sizes = int.from_bytes(content[4:6], "big")
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version in {1, 2} else 0
    numbers = Numbers(content[6:])
    pieces = 0
    for _ in range(numbers.next(4 if version == 2 else 2)):
        number = numbers.next(4 if version == 2 else 2)
        method = numbers.next(2) & 15 if version in {1, 2} else 0
        if numbers.next(2) or method > 1:  # the data is in another file, or in another item
            raise NotStripped("unknown_part")
        base = numbers.next(base_size) + (within if method == 1 else 0)
        count = numbers.next(2)
        pieces += 1 + count
        if pieces > _MAX_PIECES:
            raise NotStripped("too_much")
        spans: list[Range] = []
        for _ in range(count):
            numbers.next(index_size)
            first, length = base + numbers.next(offset_size), numbers.next(length_size)
            spans.append((first, first + length if length else size))
        yield number, spans


def _references(content: bytes) -> Iterator[tuple[bytes, int, list[int]]]:
    width = 2 if content[0] == 0 else 4
    targets = 0
    for kind, start, end in boxes(content, 4, len(content)):
        reference = Numbers(content[start:end])
        source, count = reference.next(width), reference.next(2)
        targets += count
        if targets > _MAX_PIECES:
            raise NotStripped("too_much")
        yield kind, source, [reference.next(width) for _ in range(count)]


def _properties(content: bytes, items: dict[int, Item]) -> list[tuple[bytes, bytes]]:
    """All properties; tells the items which are theirs."""
    properties: list[tuple[bytes, bytes]] = []
    for kind, start, end in boxes(content, 0, len(content)):
        if kind == b"ipco":
            properties += [(inner, content[first:last]) for inner, first, last in boxes(content, start, end)]
        elif kind == b"ipma":
            _associate(content[start:end], items)
    return properties


def _associate(content: bytes, items: dict[int, Item]) -> None:
    version, is_wide = content[0], content[3] & 1
    numbers = Numbers(content[4:])
    for _ in range(numbers.next(4)):
        item = items.get(numbers.next(2 if version < 1 else 4))
        for _ in range(numbers.next(1)):
            value = numbers.next(2 if is_wide else 1)
            top = 0x8000 if is_wide else 0x80
            if item is not None and len(item.properties) < _MAX_PIECES:
                item.properties.append((value & (top - 1), bool(value & top)))
