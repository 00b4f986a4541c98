"""A picture whose header has been read, and what the openers of all formats share."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile

from albums.analysis import CaptureInformation
from worker.analysis.files.cicp import Cicp
from worker.analysis.files.colour import Pixels, to_eight_bits
from worker.analysis.files.formats import PhotoFormat
from worker.analysis.files.quantisation import JpegTables
from worker.analysis.metadata import read_capture_information, read_orientation

# OpenCV writes warnings about odd TIFF files to standard error, where nobody can tell which photo they are about.
# Serious problems are raised as well.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

DeepPixels = NDArray[np.uint16]

# Everything the decoders raise on damaged files. Not Exception: Celery's time limit is an Exception too.
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


MOST_WHOLE_PIXELS = 100_000_000
"""Of a picture that is decoded whole, at up to four bytes for each of its pixels, more than once."""
MOST_PIXELS = 1 << 31
"""Of a picture that is reduced while it is decoded, or kept once only: its memory sets no limit of its own."""


@dataclass(frozen=True)
class Picture:
    """A picture whose header has been read.

    `load` decodes the pixels. It gets the longest side in pixels that the caller needs, and may return a smaller
    picture if its longest side is at least that. An array is (height, width, 3), in the colours of `profile`. A deep
    one, which only HDR has, may have transparency as its fourth channel.
    """

    format: PhotoFormat
    size: tuple[int, int]
    """Width and height as stored, before `orientation` is applied."""
    load: Callable[[int], Image.Image | Pixels | DeepPixels]
    orientation: int = 1
    exif: bytes | None = None
    xmp: bytes | None = None
    iptc: bytes | None = None
    """The datasets of IPTC-IIM, where `exif` does not have them."""
    texts: Mapping[str, str] | None = None
    """Of PNG, by their keywords."""
    profile: bytes | None = None
    cicp: Cicp | None = None
    """The colours where no `profile` says them, or these count more."""
    tables: JpegTables | None = None
    """Of a JPEG."""
    full_scale: float | None = None
    """The largest value, of white, in Pillow's modes I and F and in deep arrays, if the file states it."""
    content_type: str | None = None
    """The media type, where the format alone does not tell it."""
    capture: Callable[[], CaptureInformation] | None = None
    """How the photo was taken, where more than `exif` and `xmp` says so. To be called after `load`."""
    decoded: Callable[[], Picture] | None = None
    """Where profile and size are known only after decoding: the picture that counts, to be asked once the size of this
    one is accepted."""
    instead: Picture | None = None
    """What to show if `load` fails."""
    most_pixels: int = MOST_WHOLE_PIXELS
    """How many fit into the memory of the sandbox."""
    variant: str | None = None
    """What people call it, where its format alone does not tell why `most_pixels` is what it is."""
    seconds: float | None = None
    """The length of a video, where it is known."""
    large: bytes | None = None
    """The same picture as a JPEG within the file, where no browser shows the file itself."""

    def said(self) -> CaptureInformation:
        """What its metadata say."""
        return read_capture_information(self.exif, self.xmp, iptc=self.iptc, texts=self.texts)


def picture_of(photo_format: PhotoFormat, image: ImageFile.ImageFile) -> Picture:
    """The picture in an image that Pillow has opened."""
    exif, xmp = as_bytes(image.info.get("exif")), as_bytes(image.info.get("xmp"))
    return Picture(
        format=photo_format,
        size=image.size,
        load=lambda _side: loaded(image),
        orientation=read_orientation(exif, xmp),
        exif=exif,
        xmp=xmp,
        profile=as_bytes(image.info.get("icc_profile")),
    )


def loaded(image: Image.Image) -> Image.Image:
    """The same image after decoding its pixels."""
    image.load()
    return image


def as_bytes(value: object) -> bytes | None:
    """The value if it is bytes; metadata from Pillow and libheif may be of any type."""
    return value if isinstance(value, bytes) else None


def load_with_opencv(data: bytes, bits: int | None = None) -> Image.Image | None:
    """Decode with OpenCV; None if it cannot. `bits` is the true depth of 16-bit numbers that use fewer bits."""
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


def load_deep_with_opencv(data: bytes) -> Pixels | DeepPixels | None:
    """Decode with OpenCV to (height, width, 3 or 4) of 8 or 16 bits, not scaled; None if it cannot."""
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None or pixels.dtype not in (np.uint8, np.uint16):
        return None
    channels = pixels.shape[2] if pixels.ndim == 3 else 1
    swap = {1: cv2.COLOR_GRAY2RGB, 3: cv2.COLOR_BGR2RGB, 4: cv2.COLOR_BGRA2RGBA}[channels]
    shown = cv2.cvtColor(pixels, swap)
    return np.asarray(shown, np.uint8) if shown.dtype == np.uint8 else np.asarray(shown, np.uint16)
