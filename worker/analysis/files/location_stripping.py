"""Takes the place out of a file of any kind."""

from __future__ import annotations

from worker.analysis.files.formats import DecodeError, identify
from worker.analysis.metadata import blank_location

_HEAD_BYTES = 65_536  # enough to tell what a file is


def strip_location(data: bytearray) -> bool:
    """Blank the place and the serial numbers in a photo's file, in place.

    Returns:
        False when the place may still be in it, because the file is no photo or its metadata cannot be read.
    """
    try:
        photo_format = identify(bytes(data[:_HEAD_BYTES]))
    except DecodeError:
        return False
    return blank_location(data, photo_format)
