"""Strips a file of any format that the service accepts."""

from __future__ import annotations

import struct
from collections.abc import Callable

from worker.analysis.files import PhotoFormat, identify
from worker.analysis.interface import DecodeError, NotStripped
from worker.analysis.stripping.bmp import strip_bmp
from worker.analysis.stripping.gif import strip_gif
from worker.analysis.stripping.heif import strip_heif
from worker.analysis.stripping.jpeg import strip_jpeg
from worker.analysis.stripping.jpeg2000 import strip_jpeg2000
from worker.analysis.stripping.png import strip_png
from worker.analysis.stripping.tiff import strip_tiff
from worker.analysis.stripping.webp import strip_webp


def _refuse_jpeg_xl(_data: bytes) -> bytes:
    """Refuse: a codestream is coded as a whole, with its profile and the names of its layers."""
    raise NotStripped("unknown_format")


def _refuse_raw(_data: bytes) -> bytes:
    """Refuse: the maker notes of raw files hold serial numbers and places, and converters need what is beside them."""
    raise NotStripped("raw")


def _refuse_video(_data: bytes) -> bytes:
    """Refuse: cameras and phones write places also into tracks beside picture and sound, each in its own way."""
    raise NotStripped("video")


_STRIPPERS: dict[PhotoFormat, Callable[[bytes], bytes]] = {
    "jpeg": strip_jpeg,
    "mpo": strip_jpeg,
    "png": strip_png,
    "webp": strip_webp,
    "heic": strip_heif,
    "avif": strip_heif,
    "tiff": strip_tiff,
    "bmp": strip_bmp,
    "gif": strip_gif,
    "jpeg2000": strip_jpeg2000,
    "jpeg_xl": _refuse_jpeg_xl,
    "raw": _refuse_raw,
    "video": _refuse_video,
}


def strip(data: bytes) -> bytes:
    """The photo's file with nothing but the picture and what is known to be harmless.

    Raises:
        NotStripped: it may hold more than that.
    """
    try:
        return _STRIPPERS[identify(data)](data)
    except DecodeError as error:
        raise NotStripped("unknown_format") from error
    except (struct.error, IndexError, ValueError, OverflowError, StopIteration) as error:
        raise NotStripped("damaged") from error
