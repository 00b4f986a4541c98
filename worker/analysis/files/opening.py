"""Opens a file of each format: reads the header at once, and the pixels when asked.

We choose the decoder for each format (libheif for HEIC, LibRaw for raw files, libjxl for JPEG XL, FFmpeg for videos,
Pillow's for the others), so that no file can select an exotic one. Nothing here changes the global settings of Pillow
or libheif, so threads do not disturb each other.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pillow_heif
from PIL import Image
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.Jpeg2KImagePlugin import Jpeg2KImageFile
from PIL.WebPImagePlugin import WebPImageFile

from worker.analysis.files.cicp import Cicp, cicp_of_heif
from worker.analysis.files.colour import Pixels
from worker.analysis.files.formats import PhotoFormat
from worker.analysis.files.heif_properties import Properties, primary_properties
from worker.analysis.files.heif_still import check_still, clean_aperture, has_halved_colours, stated_size
from worker.analysis.files.heif_tiles import check_tiles
from worker.analysis.files.jpeg import open_jpeg
from worker.analysis.files.jpeg_xl import open_jpeg_xl
from worker.analysis.files.picture import (
    DECODER_ERRORS,
    MOST_PIXELS,
    DeepPixels,
    Picture,
    as_bytes,
    load_deep_with_opencv,
    load_with_opencv,
    loaded,
    picture_of,
)
from worker.analysis.files.pixels import factor_for, reduced, rows_of_buffer
from worker.analysis.files.png import open_png
from worker.analysis.files.raw import open_raw
from worker.analysis.files.tiff import open_tiff
from worker.analysis.files.video import open_video
from worker.analysis.metadata import read_orientation

_MOST_DEEP_PIXELS = 50_000_000
_MOST_FULL_HEIC_PIXELS = 150_000_000
"""libheif takes up to nine bytes for each, and half of that where the colours are halved."""


def open_picture(data: bytes, photo_format: PhotoFormat) -> Picture:
    """Read the header. Raises DecodeError, or one of DECODER_ERRORS."""
    return _OPENERS[photo_format](data)


def _open_heic(data: bytes) -> Picture:
    """Open HEIC. libheif turns the pixels upright itself by fields of the container, so EXIF's orientation is moot."""
    check_still(data)
    heif = pillow_heif.open_heif(data, convert_hdr_to_8bit=True)
    check_tiles(data, heif.size)
    profile = as_bytes(heif.info.get("icc_profile"))
    cicp = None if profile else _cicp_of_libheif(heif.info.get("nclx_profile"))
    is_deep = cicp is not None and cicp.is_hdr and heif.info.get("bit_depth", 8) > 8 and _is_small(heif.size)
    if is_deep:
        heif = pillow_heif.open_heif(data, convert_hdr_to_8bit=False)
    depth = heif.info.get("bit_depth", 8)

    def load(side: int) -> Image.Image | DeepPixels:
        if is_deep:
            return np.asarray(heif, np.uint16)
        pixels: bytes = heif.data
        factor = factor_for(heif.size, side)
        if factor == 1:
            return Image.frombuffer(heif.mode, heif.size, pixels, "raw", heif.mode, heif.stride, 1)
        return reduced(rows_of_buffer(pixels, heif.mode, heif.size, heif.stride, 64 * factor), heif.size, factor)

    return Picture(
        format="heic",
        size=heif.size,
        load=load,
        exif=as_bytes(heif.info.get("exif")),
        xmp=as_bytes(heif.info.get("xmp")),
        profile=profile,
        cicp=cicp,
        full_scale=float((1 << 16) - (1 << 16 - depth)),  # libheif's values are in the upper bits
        most_pixels=MOST_PIXELS if heif.mode == "RGB" and has_halved_colours(data) else _MOST_FULL_HEIC_PIXELS,
        variant="HEIC with alpha, deep or full colours",
    )


def _cicp_of_libheif(nclx: object) -> Cicp | None:
    """The code points that libheif finds in the container or in the coded pixels."""
    if not isinstance(nclx, dict):
        return None
    return Cicp(int(nclx["color_primaries"]), int(nclx["transfer_characteristics"]))


def _is_small(size: tuple[int, int]) -> bool:
    """Whether there is memory for two bytes a colour. Of larger pictures, 8 bits are averaged."""
    return size[0] * size[1] <= _MOST_DEEP_PIXELS


def _open_avif(data: bytes) -> Picture:
    """Open AVIF. Pillow tells by EXIF's orientation how the container turns the pixels; XMP's is moot.

    Before they are turned, they are cropped to the clean aperture, which Pillow and OpenCV ignore.
    """
    properties = primary_properties(data)
    try:
        image = AvifImageFile(io.BytesIO(data))
    except DECODER_ERRORS as error:
        failure = error
        size = stated_size(properties)
        if size is None:
            raise
        return Picture("avif", size=size, load=lambda _side: _raise(failure))
    picture = picture_of("avif", image)
    cicp = cicp_of_heif(properties)
    box = left, top, right, bottom = clean_aperture(properties, image.size)

    def load(_side: int) -> Image.Image | Pixels | DeepPixels:
        is_deep = cicp is not None and cicp.is_hdr and _is_small(image.size)
        deep = load_deep_with_opencv(data) if is_deep else None
        if deep is not None:
            return deep[top:bottom, left:right]
        return loaded(image) if box == (0, 0, *image.size) else loaded(image).crop(box)

    return replace(
        picture,
        size=(right - left, bottom - top),
        load=load,
        orientation=read_orientation(picture.exif),
        cicp=cicp,
        full_scale=2.0 ** _avif_bits(properties) - 1,
    )


def _raise(error: BaseException) -> Image.Image:
    raise error


def _avif_bits(properties: Properties) -> int:
    """Bits of each colour, 8, 10 or 12, by the properties `pixi` or `av1C` of a picture."""
    for kind, content in properties:
        if kind == b"pixi" and len(content) > 5:
            return content[5]
        if kind == b"av1C" and len(content) > 2 and content[2] & 0x40:
            return 12 if content[2] & 0x20 else 10
    return 8


def _open_webp(data: bytes) -> Picture:
    image = WebPImageFile(io.BytesIO(data))
    picture = picture_of("webp", image)
    if image.is_animated:
        return picture
    # Pillow decodes a still picture as an animation, with twice the memory.
    return replace(picture, load=lambda _side: load_with_opencv(data) or loaded(image))


def _open_jpeg2000(data: bytes) -> Picture:
    image = Jpeg2KImageFile(io.BytesIO(data))
    picture = picture_of("jpeg2000", image)
    bits = _codestream_bits(data)
    if bits <= 8 or image.mode not in ("RGB", "RGBA"):
        return picture
    # Pillow 13 rounds deep colours up past 255, which turns white into black.
    return replace(picture, load=lambda _side: load_with_opencv(data, bits) or loaded(image))


def _codestream_bits(data: bytes) -> int:
    """Bits of the first component; 38 bytes after the code of the SIZ marker (ITU-T T.800, A.5.1)."""
    depth = data.find(b"\xff\x4f\xff\x51") + 42
    return (data[depth] & 0x7F) + 1 if 42 <= depth < len(data) else 8


_OPENERS: dict[PhotoFormat, Callable[[bytes], Picture]] = {
    "jpeg": open_jpeg,
    "mpo": open_jpeg,
    "png": open_png,
    "heic": _open_heic,
    "tiff": open_tiff,
    "jpeg2000": _open_jpeg2000,
    "jpeg_xl": open_jpeg_xl,
    "webp": _open_webp,
    "avif": _open_avif,
    "bmp": lambda data: picture_of("bmp", BmpImageFile(io.BytesIO(data))),
    "raw": open_raw,
    "video": open_video,
    "gif": lambda data: picture_of("gif", GifImageFile(io.BytesIO(data))),
}
