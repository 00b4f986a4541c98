"""Files of every photo format, written from drawn pictures, and helpers to check how they decode."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import datetime
from typing import Any

import cv2
import numpy as np
import pillow_heif
import pytest
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin

from tests.drawing import draw_scene, exif_bytes
from worker.analysis.files import DecodedPhoto, decode_photo
from worker.analysis.interface import DecodeError, DecodeLimits
from worker.analysis.stripping.boxes import box, full_box
from worker.analysis.stripping.heif_items import read_items

TAKEN_AT = datetime(2024, 6, 15, 12, 0, 5)  # noqa: DTZ001

SCENE = draw_scene(1, (320, 240))
PICTURE = Image.fromarray(SCENE)


def written(image: Image.Image, name: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, name, **options)
    return buffer.getvalue()


def heic_bytes(image: Image.Image, **options: Any) -> bytes:
    buffer = io.BytesIO()
    pillow_heif.from_pillow(image).save(buffer, **{"quality": -1, "chroma": 444, **options})
    return buffer.getvalue()


def opencv_bytes(suffix: str, pixels: NDArray[Any], *options: int) -> bytes:
    done, buffer = cv2.imencode(suffix, pixels[..., ::-1] if pixels.ndim == 3 else pixels, options)
    assert done
    return buffer.tobytes()


def error_of(photo: DecodedPhoto, expected: NDArray[Any]) -> NDArray[np.float64]:
    """Absolute differences from the expected picture. The shapes must be equal."""
    assert photo.image.shape == expected.shape
    return np.asarray(np.abs(photo.image - expected.astype(np.float64)))


def refused(data: bytes, limits: DecodeLimits | None = None) -> DecodeError:
    with pytest.raises(DecodeError) as raised:
        decode_photo(data, limits=limits)
    return raised.value


def png_bytes(width: int, height: int, *extra: tuple[bytes, bytes], rows: bytes = b"", bits: int = 1) -> bytes:
    """A PNG made chunk by chunk, with `extra` chunks before the pixels."""
    header = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    parts = [(b"IHDR", header), *extra, (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(kind, content) for kind, content in parts)


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def tiff_tags(orientation: int) -> TiffImagePlugin.ImageFileDirectory_v2:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[0x0112] = orientation
    return tags


def float_tiff(image: Image.Image, orientation: int) -> bytes:
    """A TIFF with floating-point colours, which Pillow cannot read. The orientation replaces its planes tag."""
    data = opencv_bytes(".tif", np.asarray(image).astype(np.float32) / 255, cv2.IMWRITE_TIFF_COMPRESSION, 1)
    place = data.rindex(struct.pack("<HHI", 0x011C, 3, 1))
    return data[:place] + struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0) + data[place + 12 :]


def turned_heic(image: Image.Image, orientation: int) -> bytes:
    """A HEIC with an orientation. libheif writes it into the container and also keeps it in EXIF."""
    heif = pillow_heif.from_pillow(image)
    heif.info["exif"] = exif_bytes(orientation=orientation)
    buffer = io.BytesIO()
    heif.save(buffer, quality=90, chroma=444)
    return buffer.getvalue()


def decode_or_code(data: bytes) -> DecodedPhoto | str:
    try:
        return decode_photo(data)
    except DecodeError as error:
        return error.code


def with_properties(data: bytes, *added: tuple[bytes, bytes]) -> bytes:
    """A HEIC or AVIF of the primary picture alone, with more properties, such as a turn."""
    items = read_items(data)
    item = items.by_number[items.primary]
    coded = b"".join(data[start:end] for start, end in item.pieces)
    properties = [*(items.properties[place - 1] for place, _ in item.properties), *added]
    places = bytes(0x80 | place for place in range(1, len(properties) + 1))
    association = full_box(b"ipma", 0, struct.pack(">IHB", 1, 1, len(places)) + places)
    boxes = box(b"ipco", b"".join(box(*each) for each in properties)) + association

    def meta(place: int) -> bytes:
        inner = full_box(b"hdlr", 0, bytes(4) + b"pict" + bytes(13)) + full_box(b"pitm", 0, b"\0\1")
        inner += full_box(b"iloc", 0, struct.pack(">HHHHHII", 0x4400, 1, 1, 0, 1, place, len(coded)))
        kind = full_box(b"infe", 2, struct.pack(">HH4sB", 1, 0, item.kind, 0))
        return full_box(b"meta", 0, inner + full_box(b"iinf", 0, b"\0\1" + kind) + box(b"iprp", boxes))

    head = box(b"ftyp", data[8 : int.from_bytes(data[:4], "big")])
    return head + meta(len(head) + len(meta(0)) + 8) + box(b"mdat", coded)
