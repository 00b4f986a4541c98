"""Removes the location from a photo's file of any format."""

from __future__ import annotations

from worker.analysis.files.formats import DecodeError, identify
from worker.analysis.metadata import blank_location

_HEAD_BYTES = 65_536  # enough to identify the format


def strip_location(data: bytearray) -> bool:
    """Blank the location and the serial numbers in a photo's file; changes `data` itself.

    Returns:
        False if the location may still be in the file, because it is not a photo or its metadata cannot be read.
    """
    try:
        photo_format = identify(bytes(data[:_HEAD_BYTES]))
    except DecodeError:
        return False
    return blank_location(data, photo_format)
