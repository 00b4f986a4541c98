"""Opens the picture in a file of each format: first its header, then, when asked, its pixels.

The decoders are Pillow's, one for each format and chosen by us, so that no file can pick an exotic one, and
libheif's for HEIC. Nothing here changes their global settings, so threads do not disturb each other.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import cv2
import numpy as np
import pillow_heif
from PIL import Image, ImageFile
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.Jpeg2KImagePlugin import Jpeg2KImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from worker.analysis.files.colour import to_eight_bits
from worker.analysis.files.damage import completed_jpeg, is_cut_off, jpeg_has_end, missing_share_of_jpeg
from worker.analysis.files.formats import DecodeError, PhotoFormat
from worker.analysis.metadata import Directory, read_orientation, read_tiff

MAX_MISSING_SHARE = 0.02
"""A JPEG may lack its end marker and this share of its rows, as when a copy lost its last block."""

MAX_SCANS = 500
"""Scans of a progressive JPEG. Cameras write about ten; thousands take minutes and show nothing new."""

MAX_CHUNK_BYTES = 1 << 20

# OpenCV writes what it finds odd about a TIFF to standard error, where nobody can tell which photo it means.
# What matters it raises as well.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

# Everything the decoders raise on damaged files. Not Exception: a task's time limit arrives as one.
DECODER_ERRORS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    cv2.error,
    zlib.error,
    Image.DecompressionBombError,
)


@dataclass(frozen=True)
class Picture:
    """A picture whose header has been read.

    `load` decodes it; given the side it is needed at, it may return it smaller, but not below that side.
    """

    format: PhotoFormat
    size: tuple[int, int]
    """Width and height as stored, before `orientation` is applied."""
    load: Callable[[int], Image.Image]
    orientation: int = 1
    exif: bytes | None = None
    xmp: bytes | None = None
    profile: bytes | None = None
    full_scale: float | None = None
    """The value of white in the modes I and F, where the file says it."""


def open_picture(data: bytes, photo_format: PhotoFormat) -> Picture:
    """Read the header. Raises DecodeError, or what the decoders raise (DECODER_ERRORS)."""
    return _OPENERS[photo_format](data)


def _picture(photo_format: PhotoFormat, image: ImageFile.ImageFile) -> Picture:
    exif, xmp = _bytes(image.info.get("exif")), _bytes(image.info.get("xmp"))
    return Picture(
        format=photo_format,
        size=image.size,
        load=lambda _side: _loaded(image),
        orientation=read_orientation(exif, xmp),
        exif=exif,
        xmp=xmp,
        profile=_bytes(image.info.get("icc_profile")),
    )


def _loaded(image: Image.Image) -> Image.Image:
    image.load()
    return image


def _bytes(value: object) -> bytes | None:
    return value if isinstance(value, bytes) else None


# --- JPEG --------------------------------------------------------------------------------------------------


def _open_jpeg(data: bytes) -> Picture:
    image = JpegImageFile(io.BytesIO(data))
    if "progressive" in image.info and data.count(b"\xff\xda") > MAX_SCANS:
        raise DecodeError("corrupt", "This JPEG is built to keep a decoder busy. Save it anew and upload that.")
    pictures = read_tiff(_bytes(image.info.get("mp")) or b"").integer(0xB001)
    header = _picture("mpo" if pictures is not None and pictures > 1 else "jpeg", image)
    return replace(header, load=lambda side: _load_jpeg(data, image, side))


def _load_jpeg(data: bytes, image: JpegImageFile, side: int) -> Image.Image:
    """Decode at the smallest of libjpeg's scales (1, 1/2, 1/4, 1/8) that keeps `side` pixels."""
    scale = max((scale for scale in (2, 4, 8) if max(image.size) >= side * scale), default=1)
    size = max(1, image.width // scale), max(1, image.height // scale)
    image.draft(None, size)
    try:
        return _loaded(image)
    except OSError:
        if jpeg_has_end(data):
            raise
        missing = missing_share_of_jpeg(data)
        if missing > MAX_MISSING_SHARE:
            raise DecodeError(
                "truncated",
                f"This JPEG is cut off: about {missing:.0%} of the picture is missing. "
                "Copy it again from the camera or card.",
            ) from None
    image = JpegImageFile(io.BytesIO(completed_jpeg(data)))
    image.draft(None, size)
    return _loaded(image)


# --- PNG ---------------------------------------------------------------------------------------------------

_PNG_END = b"\0\0\0\0IEND\xaeB`\x82"


def _open_png(data: bytes) -> Picture:
    image = _png_image(data)
    picture = _picture("png", image)
    exif = picture.exif or _exif_chunk(data) or _hexadecimal_exif(image)
    return replace(
        picture,
        load=lambda _side: _loaded_png(data, image),
        full_scale=65535.0,
        exif=exif,
        orientation=read_orientation(exif, picture.xmp),
    )


def _png_image(data: bytes) -> PngImageFile:
    """Pillow refuses a whole picture for one bad or very large chunk of text or profile."""
    try:
        return _png(data)
    except DECODER_ERRORS:
        pass
    try:
        return _png(_with_chunks(data, b"iCCP", b"iTXt"))
    except DECODER_ERRORS:
        return _png(_with_chunks(data))


def _png(data: bytes) -> PngImageFile:
    image = PngImageFile(io.BytesIO(data))
    if image.mode == "RGB" and data[24:25] == b"\x10" and "transparency" in image.info:
        # Pillow keeps the upper bytes of 16-bit pixels, but not of the colour that stands for transparent.
        image.info["transparency"] = tuple(value >> 8 for value in image.info["transparency"])
    return image


def _loaded_png(data: bytes, image: PngImageFile) -> Image.Image:
    """Pillow reads what stands behind the pixels with them, and again refuses a whole picture for that."""
    try:
        return _loaded(image)
    except DECODER_ERRORS as error:
        try:
            return _loaded(_png(_with_chunks(data) + _PNG_END))
        except DECODER_ERRORS:
            raise error from None


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end of each chunk of a PNG (https://www.w3.org/TR/png-3/#5Chunk-layout)."""
    position = 8
    while position + 12 <= len(data):
        length = int.from_bytes(data[position : position + 4], "big")
        yield data[position + 4 : position + 8], position, position + 12 + length
        position += 12 + length


def _with_chunks(data: bytes, *kinds: bytes) -> bytes:
    """A PNG with only the chunks its pixels need, and of these optional kinds those that are sound and small."""
    kept = [data[:8]]
    for kind, start, end in _chunks(data):
        chunk = data[start:end]
        sound = zlib.crc32(chunk[4:-4]) == int.from_bytes(chunk[-4:], "big") and len(chunk) <= MAX_CHUNK_BYTES
        if kind[:1].isupper() or kind == b"tRNS" or (kind in kinds and sound):
            kept.append(chunk)
    return b"".join(kept)


def _exif_chunk(data: bytes) -> bytes | None:
    """EXIF wherever it stands; behind the pixels Pillow would find it only after decoding them."""
    return next((data[start + 8 : end - 4] for kind, start, end in _chunks(data) if kind == b"eXIf"), None)


def _hexadecimal_exif(image: PngImageFile) -> bytes | None:
    """EXIF as ImageMagick wrote it before PNG had a chunk for it: three lines of header, then hexadecimal."""
    text = image.info.get("Raw profile type exif")
    try:
        return bytes.fromhex("".join(str(text).split("\n")[3:])) if text else None
    except ValueError:
        return None


# --- HEIC --------------------------------------------------------------------------------------------------


def _open_heic(data: bytes) -> Picture:
    """libheif turns the pixels upright itself, by the container's own fields; EXIF's orientation is history."""
    heif = pillow_heif.open_heif(data, convert_hdr_to_8bit=True)

    def load(_side: int) -> Image.Image:
        pixels: bytes = heif.data
        return Image.frombuffer(heif.mode, heif.size, pixels, "raw", heif.mode, heif.stride, 1)

    return Picture(
        format="heic",
        size=heif.size,
        load=load,
        exif=_bytes(heif.info.get("exif")),
        xmp=_bytes(heif.info.get("xmp")),
        profile=_bytes(heif.info.get("icc_profile")),
    )


# --- TIFF --------------------------------------------------------------------------------------------------


def _open_tiff(data: bytes) -> Picture:
    """Pillow's reader, or OpenCV's where Pillow's has no mode for the pixels; both turn them upright themselves.

    Those without are floating point in colour, and some mixtures of depths and planes.
    """
    first = read_tiff(data)
    _check_counts(first)
    picture = partial(Picture, "tiff", exif=data, xmp=first.raw(0x02BC) or None, profile=first.raw(0x8773) or None)
    width, height = first.integer(0x0100), first.integer(0x0101)
    try:
        image = TiffImageFile(io.BytesIO(data))
    except DECODER_ERRORS as error:
        if not width or not height or width < 0 or height < 0:
            raise
        failure = error
        upright = (height, width) if read_orientation(data) >= 5 else (width, height)
        return picture(size=upright, load=lambda _side: _opencv_or_raise(data, failure))

    def load(_side: int) -> Image.Image:
        try:
            return _loaded(image)
        except DECODER_ERRORS as error:
            return _opencv_or_raise(data, error)

    depth = first.integer(0x0102) or 0
    full_scale = 2.0**depth - 1 if 9 <= depth <= 16 else None
    return picture(size=image.size, load=load, full_scale=full_scale)


def _check_counts(first: Directory) -> None:
    """Refuse tags that would unfold into gigabytes of numbers, which Pillow does not bound by itself."""
    for directory in (first, first.directory(0x8769), first.directory(0x8825)):
        for entry in directory.entries.values():
            if entry.kind not in (1, 2, 7) and entry.count > 1 << 20:
                raise DecodeError("corrupt", "This TIFF is damaged: its table of contents makes no sense.")


def _opencv_or_raise(data: bytes, failure: BaseException) -> Image.Image:
    image = None if is_cut_off(data, "tiff") else _load_with_opencv(data)
    if image is None:
        raise failure
    return image


def _load_with_opencv(data: bytes, bits: int | None = None) -> Image.Image | None:
    """Decode with OpenCV. `bits` is the depth that fills 16-bit numbers, where it is less than 16."""
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None:
        return None
    depths = {np.dtype(np.uint8): 8, np.dtype(np.uint16): bits or 16}
    depth = depths.get(pixels.dtype)
    pixels = to_eight_bits(pixels, 2.0**depth - 1 if depth else None)
    if pixels.ndim == 3:
        swap = cv2.COLOR_BGRA2RGBA if pixels.shape[2] == 4 else cv2.COLOR_BGR2RGB
        pixels = np.asarray(cv2.cvtColor(pixels, swap), np.uint8)
    return Image.fromarray(pixels)


# --- JPEG 2000 ---------------------------------------------------------------------------------------------


def _open_jpeg2000(data: bytes) -> Picture:
    image = Jpeg2KImageFile(io.BytesIO(data))
    picture = _picture("jpeg2000", image)
    bits = _codestream_bits(data)
    if bits <= 8 or image.mode not in ("RGB", "RGBA"):
        return picture
    # Pillow 13 rounds deep colours up past 255, which turns white into black.
    return replace(picture, load=lambda _side: _load_with_opencv(data, bits) or _loaded(image))


def _codestream_bits(data: bytes) -> int:
    """Bits of the first component: in the SIZ marker (ITU-T T.800, A.5.1), 38 bytes after its code."""
    depth = data.find(b"\xff\x4f\xff\x51") + 42
    return (data[depth] & 0x7F) + 1 if 42 <= depth < len(data) else 8


_OPENERS: dict[PhotoFormat, Callable[[bytes], Picture]] = {
    "jpeg": _open_jpeg,
    "mpo": _open_jpeg,
    "png": _open_png,
    "heic": _open_heic,
    "tiff": _open_tiff,
    "jpeg2000": _open_jpeg2000,
    "webp": lambda data: _picture("webp", WebPImageFile(io.BytesIO(data))),
    "avif": lambda data: _picture("avif", AvifImageFile(io.BytesIO(data))),
    "bmp": lambda data: _picture("bmp", BmpImageFile(io.BytesIO(data))),
    "gif": lambda data: _picture("gif", GifImageFile(io.BytesIO(data))),
}
