"""Strips HEIC and AVIF (ISO/IEC 23008-12, AV1 Image File Format): writes a new file around the coded pixels.

The primary picture stays, with what it is made of: tiles, transparency, and the gain map for bright screens. Previews,
depth maps and other pictures go, as do films and every box that we do not know.
"""

from __future__ import annotations

import struct

from worker.analysis.interface import NotStripped
from worker.analysis.stripping.boxes import box, boxes, full_box
from worker.analysis.stripping.byte_ranges import check_apart
from worker.analysis.stripping.colour_profile import MAX_BYTES, harmless_profile
from worker.analysis.stripping.harmless import Harmless
from worker.analysis.stripping.heif_items import Item, Items, read_items

_SEQUENCES = {b"avis", b"msf1", b"hevc", b"hevx"}
_CODED = {b"hvc1", b"av01"}
_PICTURES = _CODED | {b"grid", b"iovl", b"iden", b"tmap"}
_TRANSPARENCY = (b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", b"urn:mpeg:hevc:2015:auxid:1")
_GAIN_MAPS = (
    b"urn:com:apple:photo:2020:aux:hdrgainmap",
    b"urn:com:samsung:photo:2024:aux:hdrgainmap",
    b"urn:iso:std:iso:ts:21496:-1",
)
_MAX_ITEMS = 20_000
_MOST_DESCRIPTION_BYTES = 512  # of items that say how others are put together

# The properties that stay, and the most bytes each may have.
_MOST_BYTES = {
    b"ispe": 12,
    b"pixi": 21,
    b"irot": 1,
    b"imir": 1,
    b"clap": 32,
    b"pasp": 8,
    b"rloc": 12,
    b"hvcC": 4096,
    b"av1C": 256,
    b"a1op": 1,
    b"a1lx": 13,
    b"lsel": 2,
    b"clli": 4,
    b"mdcv": 24,
    b"cclv": 33,
    b"amve": 8,
}


def strip_heif(data: bytes) -> bytes:
    """Write a new file with the primary picture and new EXIF. Raises NotStripped."""
    kind, start, end = next(boxes(data, 0, len(data)))
    brands = data[start:end]
    if kind != b"ftyp" or len(brands) > 256:
        raise NotStripped("damaged")
    if brands[:4] in _SEQUENCES and any(kind == b"moov" for kind, _, _ in boxes(data, 0, len(data))):
        raise NotStripped("unknown_part")
    items = read_items(data)
    numbers = _kept(items)
    kept = [items.by_number[number] for number in sorted(numbers)]
    check_apart(_spans(kept), _spans([item for item in items.by_number.values() if item.number not in numbers]))
    used = {number for item in kept for number, _ in item.properties}
    properties = [
        _property(*each) if number in used else (b"free", b"") for number, each in enumerate(items.properties, start=1)
    ]
    for item in kept:
        if not _spans([item]):
            raise NotStripped("damaged")
        is_long = item.kind not in _CODED and sum(end - start for start, end in item.pieces) > _MOST_DESCRIPTION_BYTES
        if is_long or item.kind not in _PICTURES or not all(_is_sound(properties, *each) for each in item.properties):
            raise NotStripped("unknown_part")
    content = {item.number: _content(data, item) for item in kept}
    _check_grids(items, kept, content)
    block = _exif(data, items).block()
    if block:
        number = max(numbers) + 1
        kept.append(Item(number, b"Exif", is_hidden=True, is_xmp=False))
        content[number] = bytes(4) + block
    head = box(b"ftyp", brands)
    size = len(_meta(items, kept, content, properties, 0))
    meta = _meta(items, kept, content, properties, len(head) + size + 8)
    return head + meta + box(b"mdat", b"".join(content.values()))


def _kept(items: Items) -> set[int]:
    """The primary picture, and all that is needed to show it."""
    kept: set[int] = set()
    waiting = [items.primary]
    parts: dict[int, list[int]] = {}
    for kind, source, targets in items.references:
        if kind == b"dimg":
            parts.setdefault(source, []).extend(targets)
        elif kind in {b"thmb", b"auxl"} and source == items.primary:
            raise NotStripped("damaged")  # decoders show the picture that it is a preview of
    toned = [item for item in items.referring(b"dimg", items.primary) if item.kind == b"tmap"]
    maps = [item for item in items.referring(b"auxl", items.primary) if _auxiliary(items, item) in _GAIN_MAPS]
    waiting += [item.number for item in toned + maps]
    while waiting:
        number = waiting.pop()
        if number in kept:
            continue
        if number not in items.by_number:
            raise NotStripped("damaged")
        kept.add(number)
        waiting += parts.get(number, [])
        transparency = (item for item in items.referring(b"auxl", number) if _auxiliary(items, item) in _TRANSPARENCY)
        waiting += [item.number for item in transparency]
    return kept


def _auxiliary(items: Items, item: Item) -> bytes | None:
    """What an auxiliary picture is for."""
    mine = [items.properties[number - 1] for number, _ in item.properties if 0 < number <= len(items.properties)]
    return next((content[4:].split(b"\0")[0] for kind, content in mine if kind == b"auxC"), None)


def _check_grids(items: Items, kept: list[Item], content: dict[int, bytes]) -> None:
    """Check that grids have all their tiles. Without one, some decoders show the preview instead, which goes."""
    tiles = {source: len(targets) for kind, source, targets in items.references if kind == b"dimg"}
    for item in kept:
        if item.kind == b"grid":
            _, _, rows, columns = content[item.number][:4]
            if tiles.get(item.number) != (rows + 1) * (columns + 1):
                raise NotStripped("damaged")


def _spans(items: list[Item]) -> list[tuple[int, int]]:
    return [piece for item in items for piece in item.pieces if piece[0] < piece[1]]


def _content(data: bytes, item: Item) -> bytes:
    return b"".join(data[start:end] for start, end in item.pieces)


def _exif(data: bytes, items: Items) -> Harmless:
    """What is harmless in the EXIF and XMP of the primary picture, or else in any."""
    describing = [*items.referring(b"cdsc", items.primary), *items.by_number.values()]
    exif = next((_content(data, item) for item in describing if item.kind == b"Exif"), None)
    xmp = next((_content(data, item) for item in describing if item.is_xmp), None)
    return Harmless.of(exif and exif[4 : 4 + MAX_BYTES], xmp and xmp[:MAX_BYTES])


def _property(kind: bytes, content: bytes) -> tuple[bytes, bytes]:
    """The property as it stays; `free` in place of what goes, because items name properties by their place."""
    if len(content) <= _MOST_BYTES.get(kind, -1) or (kind == b"colr" and content[:4] == b"nclx" and len(content) == 11):
        return kind, content
    if kind == b"colr" and content[:4] in {b"prof", b"rICC"} and (profile := harmless_profile(content[4:])):
        return kind, content[:4] + profile
    if kind == b"auxC" and (use := content[4:].split(b"\0")[0]) in (*_TRANSPARENCY, *_GAIN_MAPS):
        return kind, bytes(4) + use + b"\0"
    return b"free", b""


def _is_sound(properties: list[tuple[bytes, bytes]], number: int, is_essential: bool) -> bool:
    """Whether an item can do without this property, or has it."""
    return not is_essential or number == 0 or (number <= len(properties) and properties[number - 1][0] != b"free")


def _meta(
    items: Items, kept: list[Item], content: dict[int, bytes], properties: list[tuple[bytes, bytes]], place: int
) -> bytes:
    """The new `meta` box; `place` is where the content of the first item will be in the file."""
    if len(kept) > _MAX_ITEMS or max(content) > 0xFFFFFFFF:
        raise NotStripped("too_much")
    is_wide = max(content) > 0xFFFF
    letter = "I" if is_wide else "H"
    entries: list[bytes] = []
    places: list[bytes] = []
    for item in kept:
        entry = struct.pack(f">{letter}H4sB", item.number, 0, item.kind, 0)
        entries.append(full_box(b"infe", 3 if is_wide else 2, entry, flags=int(item.is_hidden)))
        places.append(struct.pack(f">{letter}HHII", item.number, 0, 1, place, len(content[item.number])))
        place += len(content[item.number])
    locations = struct.pack(f">H{letter}", 0x4400, len(kept)) + b"".join(places)
    return full_box(
        b"meta",
        0,
        full_box(b"hdlr", 0, bytes(4) + b"pict" + bytes(13))
        + full_box(b"pitm", int(is_wide), struct.pack(f">{letter}", items.primary))
        + full_box(b"iloc", 2 if is_wide else 0, locations)
        + full_box(b"iinf", 0, struct.pack(">H", len(kept)) + b"".join(entries))
        + full_box(b"iref", int(is_wide), _references(items, kept, letter))
        + _property_boxes(kept, properties, letter)
        + _alternatives(items, kept),
    )


def _references(items: Items, kept: list[Item], letter: str) -> bytes:
    numbers = {item.number for item in kept}
    references = [
        (kind, source, targets)
        for kind, source, targets in items.references
        if kind in {b"dimg", b"auxl", b"prem"} and source in numbers and numbers.issuperset(targets)
    ]
    references += [(b"cdsc", item.number, [items.primary]) for item in kept if item.kind == b"Exif"]
    return b"".join(
        box(kind, struct.pack(f">{letter}H{len(targets)}{letter}", source, len(targets), *targets))
        for kind, source, targets in references
    )


def _property_boxes(kept: list[Item], properties: list[tuple[bytes, bytes]], letter: str) -> bytes:
    used = [item for item in kept if item.properties]
    associations = [struct.pack(">I", len(used))]
    for item in used:
        associations.append(struct.pack(f">{letter}B", item.number, len(item.properties)))
        associations += [struct.pack(">H", number | is_needed << 15) for number, is_needed in item.properties]
    container = box(b"ipco", b"".join(box(*each) for each in properties))
    return box(b"iprp", container + full_box(b"ipma", int(letter == "I"), b"".join(associations), flags=1))


def _alternatives(items: Items, kept: list[Item]) -> bytes:
    """Says that the picture with its gain map may be shown instead of the primary one."""
    maps = [item.number for item in kept if item.kind == b"tmap"]
    if not maps:
        return b""
    group = [max(item.number for item in kept) + 1, 1 + len(maps), *maps, items.primary]
    return box(b"grpl", full_box(b"altr", 0, struct.pack(f">{len(group)}I", *group)))
