"""What the boxes of HEIC and AVIF say about the still picture: whether there is one, its size and its clean aperture.

ISO/IEC 14496-12, section 12.1.4; ISO/IEC 23008-12, section 6.5; ISO/IEC 23000-22 (MIAF), section 7.3.6.7.
"""

from __future__ import annotations

import struct
from fractions import Fraction

from worker.analysis.files.boxes import boxes_in
from worker.analysis.files.heif_properties import Properties, contents, in_meta
from worker.analysis.interface import DecodeError


def check_still(data: bytes) -> None:
    """Check that a HEIC has a still picture, which may be one of several.

    Raises:
        DecodeError: it has only a sequence of pictures, which is a film.
    """
    kinds = {kind for kind, _, _ in boxes_in(data, 0, len(data))}
    if b"moov" in kinds and b"meta" not in kinds:
        raise DecodeError(
            "unsupported_format",
            "This HEIC is a sequence of pictures, like a film, without a still photo. "
            "Save one of its pictures as JPEG and upload that.",
        )


def stated_size(properties: Properties) -> tuple[int, int] | None:
    """Width and height that the file states for the coded picture; None if it does not."""
    sizes = [content for kind, content in properties if kind == b"ispe" and len(content) >= 12]
    return struct.unpack_from(">II", sizes[0], 4) if sizes else None


def has_halved_colours(data: bytes) -> bool:
    """Whether all pictures of a HEIC have 8 bits, and their colours half the size across and down, as phones write it.

    By the configuration of the decoder (ISO/IEC 14496-15, section 8.3.3.1).
    """
    boxes = list(in_meta(data))
    for outer in (b"iprp", b"ipco"):
        boxes = [found for kind, content in boxes if kind == outer for found in contents(content)]
    coded = [content for kind, content in boxes if kind == b"hvcC" and len(content) > 18]
    return bool(coded) and all(content[16] & 3 <= 1 and content[17] & 7 == content[18] & 7 == 0 for content in coded)


def clean_aperture(properties: Properties, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The part of the coded picture that is to be shown: left, top, right and bottom, before it is turned.

    The whole picture if the file states no part, or one that is not within it.
    """
    whole = (0, 0, *size)
    content = next((content for kind, content in properties if kind == b"clap" and len(content) >= 32), b"")
    numbers = struct.unpack(">IIIIiIiI", content[:32]) if content else ()
    if not numbers or 0 in numbers[1::2]:
        return whole
    width, height, across, down = (Fraction(*numbers[place : place + 2]) for place in (0, 2, 4, 6))
    left, top = across + (size[0] - width) / 2, down + (size[1] - height) / 2
    box = (round(left), round(top), round(left + width), round(top + height))
    is_within = 0 <= box[0] < box[2] <= size[0] and 0 <= box[1] < box[3] <= size[1]
    return box if is_within else whole
