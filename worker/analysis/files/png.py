"""Opens PNG, also with damaged metadata or a damaged end: Pillow alone would refuse the whole picture."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import replace

from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from worker.analysis.files.cicp import Cicp
from worker.analysis.files.colour import Pixels
from worker.analysis.files.picture import (
    DECODER_ERRORS,
    MOST_PIXELS,
    MOST_WHOLE_PIXELS,
    DeepPixels,
    Picture,
    load_deep_with_opencv,
    loaded,
    picture_of,
)
from worker.analysis.metadata import read_orientation

MAX_CHUNK_BYTES = 1 << 20  # of text or a profile

_TEXTS = ("Description", "Title")  # https://www.w3.org/TR/png-3/#11keywords
_PNG_END = b"\0\0\0\0IEND\xaeB`\x82"


def open_png(data: bytes) -> Picture:
    """Open a PNG. Raises one of DECODER_ERRORS."""
    image = _png_image(data)
    picture = picture_of("png", image)
    exif = picture.exif or _chunk(data, b"eXIf") or _hexadecimal_exif(image)
    cicp = _cicp(data)

    def load(_side: int) -> Image.Image | Pixels | DeepPixels:
        deep = _deep_png(data) if cicp and cicp.is_hdr else None
        return _loaded_png(data, image) if deep is None else deep

    return replace(
        picture,
        load=load,
        full_scale=65535.0,
        most_pixels=MOST_WHOLE_PIXELS if cicp and cicp.is_hdr else MOST_PIXELS,
        variant="HDR PNG",
        exif=exif,
        texts={word: text for word in _TEXTS if isinstance(text := image.info.get(word), str)},
        orientation=read_orientation(exif, picture.xmp),
        profile=None if cicp else picture.profile,
        cicp=cicp,
    )


def _png_image(data: bytes) -> PngImageFile:
    """Read the header; if Pillow refuses, without damaged or very large text and profiles, then without any."""
    try:
        return _parse(data)
    except DECODER_ERRORS:
        pass
    try:
        return _parse(_with_chunks(data, b"iCCP", b"iTXt"))
    except DECODER_ERRORS:
        return _parse(_with_chunks(data))


def _parse(data: bytes) -> PngImageFile:
    image = PngImageFile(io.BytesIO(data))
    if image.mode == "RGB" and data[24:25] == b"\x10" and "transparency" in image.info:
        # Pillow keeps the upper bytes of 16-bit pixels, but both bytes of the colour that means transparent.
        image.info["transparency"] = tuple(value >> 8 for value in image.info["transparency"])
    return image


def _loaded_png(data: bytes, image: PngImageFile) -> Image.Image:
    """Decode the pixels; if Pillow refuses because of what comes after them, decode the pixels alone."""
    try:
        return loaded(image)
    except DECODER_ERRORS as error:
        try:
            return loaded(_parse(_with_chunks(data) + _PNG_END))
        except DECODER_ERRORS:
            raise error from None


def _deep_png(data: bytes) -> Pixels | DeepPixels | None:
    """The pixels in all of their bits, of an undamaged picture. OpenCV reads for seconds where a chunk is too long."""
    ends = [end for _, _, end in png_chunks(data)]
    return load_deep_with_opencv(_with_chunks(data)) if ends and ends[-1] <= len(data) else None


def png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end of each chunk of a PNG (https://www.w3.org/TR/png-3/#5Chunk-layout)."""
    position = 8
    while position + 12 <= len(data):
        length = int.from_bytes(data[position : position + 4], "big")
        yield data[position + 4 : position + 8], position, position + 12 + length
        position += 12 + length


def _with_chunks(data: bytes, *kinds: bytes) -> bytes:
    """The PNG with only the chunks that its pixels need, and undamaged small chunks of the given kinds."""
    kept = [data[:8]]
    for kind, start, end in png_chunks(data):
        chunk = data[start:end]
        sound = zlib.crc32(chunk[4:-4]) == int.from_bytes(chunk[-4:], "big") and len(chunk) <= MAX_CHUNK_BYTES
        if kind[:1].isupper() or kind == b"tRNS" or (kind in kinds and sound):
            kept.append(chunk)
    return b"".join(kept)


def _chunk(data: bytes, wanted: bytes) -> bytes | None:
    """The content of the first such chunk anywhere; Pillow finds EXIF after the pixels only once they are decoded."""
    return next((data[start + 8 : end - 4] for kind, start, end in png_chunks(data) if kind == wanted), None)


def _cicp(data: bytes) -> Cicp | None:
    """The colours by their numbers, which count more than a profile (PNG-3, section 4.3)."""
    content = _chunk(data, b"cICP")
    return Cicp(content[0], content[1]) if content and len(content) == 4 else None


def _hexadecimal_exif(image: PngImageFile) -> bytes | None:
    """EXIF as ImageMagick wrote it before PNG had a chunk for it: three header lines, then hexadecimal digits."""
    text = image.info.get("Raw profile type exif")
    try:
        return bytes.fromhex("".join(str(text).split("\n")[3:])) if text else None
    except ValueError:
        return None
