"""The gain map of an Ultra HDR photo: a small JPEG after the photo, by which bright screens brighten parts of it.

XMP in the gain map says by how much, and XMP in the photo that there is one
(https://developer.android.com/media/platform/hdr-image-format). An index says where it lies (CIPA DC-007, MPF). All of
that is written again from the numbers alone. ISO 21496-1 says the same in another segment (`iso_gain_map.py`). A gain
map that is described in another way, as by Apple in JPEG, is left out.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from itertools import takewhile

from worker.analysis.files import jpeg_segments
from worker.analysis.metadata import read_tiff, xmp_number, xmp_text

_INDEX = b"MPF\0"
_VERSION, _NUMBER_OF_PICTURES, _PICTURES = 0xB000, 0xB001, 0xB002
_PRIMARY = 0x030000
_NEEDED = ("GainMapMax", "HDRCapacityMax")
_NUMBERS = ("GainMapMin", "Gamma", "OffsetSDR", "OffsetHDR", "HDRCapacityMin", *_NEEDED)
_LIST_ITEM = re.compile(rb"<rdf:li>\s*+(-?+\d{1,9}+(?:\.\d{0,20}+)?+(?:[eE][-+]?+\d\d?+)?+)\s*+</rdf:li>")

_PACKET = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/"'
    ' xmlns:Container="http://ns.google.com/photos/1.0/container/"'
    ' xmlns:Item="http://ns.google.com/photos/1.0/container/item/" hdrgm:Version="1.0"{}>{}</rdf:Description>'
    "</rdf:RDF></x:xmpmeta>"
)
_ITEM = '<rdf:li rdf:parseType="Resource"><Container:Item Item:Mime="image/jpeg" Item:Semantic={}/></rdf:li>'


def pictures_after(data: bytes) -> Iterator[bytes]:
    """The JPEGs after the first picture of a file, as its index lists them."""
    before_pixels = takewhile(lambda part: part.marker != 0xDA, jpeg_segments(data))
    index = next((part for part in before_pixels if part.marker == 0xE2 and part.content[:4] == _INDEX), None)
    if index is None:
        return
    directory = read_tiff(index.content[4:])
    start = index.start + 8  # offsets count from the header of the directory
    listed = directory.raw(_PICTURES)
    unread = len(data)  # pictures that lie over each other would take longer than the file is long
    for place in range(0, len(listed) - 15, 16):
        size, offset = struct.unpack_from(directory.layout.order + "II", listed, place + 4)
        unread -= size
        if unread < 0:
            return
        picture = data[start + offset : start + offset + size]
        if offset and picture.startswith(b"\xff\xd8\xff"):
            yield picture


def gain_map_packet(packet: bytes) -> bytes | None:
    """New XMP for a gain map from what its own says; None if it is not that of a gain map."""
    values = {name: _numbers(packet, f"hdrgm:{name}") for name in _NUMBERS}
    if not all(values[name] for name in _NEEDED):
        return None
    attributes = [f' hdrgm:{name}="{numbers[0]:.9g}"' for name, numbers in values.items() if len(numbers) == 1]
    if xmp_text(packet, "hdrgm:BaseRenditionIsHDR") == "True":
        attributes.append(' hdrgm:BaseRenditionIsHDR="True"')
    lists = [_list(f"hdrgm:{name}", numbers) for name, numbers in values.items() if len(numbers) == 3]
    return _PACKET.format("".join(attributes), "".join(lists)).encode()


def _list(name: str, numbers: list[float]) -> str:
    items = "".join(f"<rdf:li>{number:.9g}</rdf:li>" for number in numbers)
    return f"<{name}><rdf:Seq>{items}</rdf:Seq></{name}>"


def photo_packet(gain_map_size: int) -> bytes:
    """New XMP for the photo, which says that a gain map of this size in bytes follows it."""
    items = _ITEM.format('"Primary"') + _ITEM.format(f'"GainMap" Item:Length="{gain_map_size}"')
    directory = f"<Container:Directory><rdf:Seq>{items}</rdf:Seq></Container:Directory>"
    return _PACKET.format("", directory).encode()


def index_content(before: int, after: int, gain_map_size: int) -> bytes:
    """The content of the index segment, from the bytes of the photo before and after that segment."""
    size = 4 + 8 + 2 + 3 * 12 + 4 + 2 * 16
    photo_size = before + 4 + size + after
    return b"".join(
        [
            _INDEX,
            b"MM\0*\0\0\0\x08\0\3",
            struct.pack(">HHI4s", _VERSION, 7, 4, b"0100"),
            struct.pack(">HHII", _NUMBER_OF_PICTURES, 4, 1, 2),
            struct.pack(">HHII", _PICTURES, 7, 2 * 16, 8 + 2 + 3 * 12 + 4),
            bytes(4),
            struct.pack(">IIIHH", _PRIMARY, photo_size, 0, 0, 0),
            struct.pack(">IIIHH", 0, gain_map_size, photo_size - before - 8, 0, 0),
        ]
    )


def _numbers(packet: bytes, name: str) -> list[float]:
    """One number for all colours, or one for each; nothing if it says anything else."""
    tag = name.encode()
    element = packet.partition(b"<" + tag + b">")[2].partition(b"</" + tag + b">")[0]
    if b"<rdf:li>" in element:
        listed = [float(match[1]) for match in _LIST_ITEM.finditer(element[:400])]
        return listed if len(listed) in {1, 3} else []
    number = xmp_number(packet, name)
    return [] if number is None else [number]
