"""JPEG XL files of drawn pictures, with boxes and colours that no encoder here writes."""

from __future__ import annotations

from typing import Any, cast

import brotli
import numpy as np
from numpy.typing import NDArray
from pillow_jxl import Encoder

from worker.analysis.files import boxes_in
from worker.analysis.files.jpeg_xl_header import BitReader, read_size
from worker.analysis.stripping.boxes import box

_SIGNATURE = b"\0\0\0\x0cJXL \r\n\x87\n"
_TYPE = b"\0\0\0\x14ftypjxl \0\0\0\0jxl "
_MODES = {1: "L", 3: "RGB", 4: "RGBA"}


def jxl_bytes(image: NDArray[Any], *, lossless: bool = True) -> bytes:
    """A bare codestream of (height, width) of 8 or 16 bits or floats, or (height, width, 3 or 4) of 8 bits."""
    deep = {np.dtype(np.uint16): "I;16", np.dtype(np.float32): "F"}
    mode = deep.get(image.dtype) or _MODES[image.shape[2] if image.ndim == 3 else 1]
    encode = _encoder(mode, lossless=lossless)
    options = dict.fromkeys(("exif", "jumb", "xmp"))
    data = encode(image.tobytes(), image.shape[1], image.shape[0], jpeg_encode=False, compress=False, **options)
    return codestream_of(data)


def jxl_of_jpeg(jpeg: bytes) -> bytes:
    """A container from which the JPEG can be had again, as libjxl makes it."""
    return cast("bytes", _encoder("RGB", lossless=False)(jpeg, 1, 1, jpeg_encode=True))


def container(codestream: bytes, *boxes: tuple[bytes, bytes]) -> bytes:
    """A file with these boxes before the codestream."""
    return _SIGNATURE + _TYPE + b"".join(box(*each) for each in (*boxes, (b"jxlc", codestream)))


def compressed(kind: bytes, content: bytes) -> tuple[bytes, bytes]:
    """A box whose content is compressed by Brotli."""
    return b"brob", kind + brotli.compress(content)


def codestream_of(data: bytes) -> bytes:
    """The codestream of a file, in one piece."""
    if data.startswith(b"\xff\x0a"):
        return data
    skipped = {b"jxlc": 0, b"jxlp": 4}
    parts = [(start + skipped[kind], end) for kind, start, end in boxes_in(data, 0, len(data)) if kind in skipped]
    return b"".join(data[start:end] for start, end in parts)


def without(data: bytes, wanted: bytes) -> bytes:
    """The container without boxes of this kind."""
    return b"".join(data[start - 8 : end] for kind, start, end in boxes_in(data, 0, len(data)) if kind != wanted)


def with_colours(codestream: bytes, primaries: int, transfer: int) -> bytes:
    """A lossless RGB codestream of 8 bits with other colours in its header (ISO/IEC 18181-1, section D.3)."""
    reader = BitReader(codestream[2:128])
    read_size(reader)
    reader.read(1 + 1 + 1 + 2 + 1 + 2 + 1)  # not all as usual, no extras, 8 bits, no other channels, not XYB
    start = reader.position
    assert reader.read(1) == 1  # sRGB
    bits = [(value >> place & 1) for value, count in _colours(primaries, transfer) for place in range(count)]
    before = int.from_bytes(codestream[2:128], "little") & (1 << start) - 1
    value = before | sum(bit << start + place for place, bit in enumerate(bits))
    header = value.to_bytes(-(-(start + len(bits)) // 8), "little")
    return codestream[:2] + header + codestream[2 + -(-(start + 1 + 2 + 1) // 8) :]


def _colours(primaries: int, transfer: int) -> list[tuple[int, int]]:
    """Value and bits: RGB, D65, these two, relative intent, no extensions, the usual transform."""
    start = [(0, 1), (0, 1), *_enumerated(0), *_enumerated(1)]
    return [*start, *_enumerated(primaries), (0, 1), *_enumerated(transfer), *_enumerated(1), (0, 2), (1, 1)]


def _enumerated(value: int) -> list[tuple[int, int]]:
    if value < 2:
        return [(value, 2)]
    return [(2, 2), (value - 2, 4)] if value < 18 else [(3, 2), (value - 18, 6)]


def _encoder(mode: str, *, lossless: bool) -> Any:
    encoder = cast("Any", Encoder)  # its types lack arguments
    return encoder(
        mode=mode,
        lossless=lossless,
        quality=100 if lossless else 95,
        decoding_speed=0,
        effort=1,
        use_container=False,
        use_original_profile=lossless,
        num_threads=0,
    )
