"""Decodes the bytes of any photo to one upright sRGB array, or says why it cannot. Of a video it decodes a poster.

A photo is decoded once, no larger than needed. Sharpness, faces, previews and thumbnails all use this array. The
content decides the format, never the file's name.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass

import cv2
import msgspec
from PIL import Image

from albums.analysis import CaptureInformation
from worker.analysis.files.colour import Pixels
from worker.analysis.files.damage import is_cut_off
from worker.analysis.files.formats import CONTENT_TYPES, DISPLAY_NAMES, NOT_SHOWN_BY_BROWSERS, PhotoFormat, identify
from worker.analysis.files.motion import has_film
from worker.analysis.files.opening import open_picture
from worker.analysis.files.picture import DECODER_ERRORS, Picture
from worker.analysis.files.pixels import upright_srgb
from worker.analysis.files.video import open_video
from worker.analysis.interface import DecodeError, DecodeLimits


@dataclass(frozen=True)
class LargeJpeg:
    """A photo at full size as a JPEG within its file, with all its metadata, and how EXIF says that it is turned."""

    data: bytes
    orientation: int


@dataclass(frozen=True)
class DecodedPhoto:
    """A photo as people see it, with its full size and what the camera wrote about it."""

    image: Pixels
    """(height, width, 3) uint8 sRGB, upright, transparency over white; its longest side is at most the target."""
    format: PhotoFormat
    content_type: str
    """The true media type, by the content."""
    width: int
    """Of the upright photo at full size, in pixels."""
    height: int
    capture: CaptureInformation
    exif: bytes | None = None
    """The block in the file, if there is one."""
    large: LargeJpeg | None = None
    """Where no browser shows the file itself, but has this in it."""
    full_size: Pixels | None = None
    """The same as `image`, but not reduced, where no browser shows the file nor anything in it."""


def decode_photo(
    data: bytes, *, limits: DecodeLimits | None = None, target_side: int = 2048, skipped: int = 0
) -> DecodedPhoto:
    """Decode a photo of any supported format, reduced to fit `target_side`.

    The longest side of the array is at most `target_side` pixels, and at least 15/16 of it if the photo is that large.
    A panorama is reduced by its height (`resizing.side_to_judge`). Photos are never enlarged. If a file holds several
    pictures, the first counts; in HEIC, the primary one. Safe to call from several threads. Of a large video, `skipped`
    bytes may be missing behind HEAD_BYTES.

    Raises:
        DecodeError: the file cannot be used; it has a code and a message for the customer.
        MemoryError: a decoder ran out of memory.
    """
    limits = limits or DecodeLimits()
    _ignore_pillow_warnings()
    if not data:
        raise DecodeError("empty_file", "The file is empty. Copy the photo again from its source.")
    _check_bytes(len(data) + skipped, max(limits.max_bytes, limits.max_video_bytes))
    photo_format = identify(data)
    _check_bytes(len(data) + skipped, limits.max_video_bytes if photo_format == "video" else limits.max_bytes)
    try:
        picture = open_video(data, skipped) if skipped else open_picture(data, photo_format)
        _check_pixels(picture, limits)
        _check_length(picture.seconds, limits)
        if picture.decoded:
            picture = picture.decoded()
        picture, pixels = _pixels(picture, target_side)
    except DECODER_ERRORS as error:
        if _is_out_of_memory(error):
            raise MemoryError(str(error)) from error
        raise _explained(data, photo_format, error) from error
    width, height = picture.size if picture.orientation < 5 else picture.size[::-1]
    capture = picture.capture() if picture.capture else picture.said()
    if picture.tables is not None:
        tables = picture.tables
        capture = msgspec.structs.replace(capture, jpeg_step=tables.step, jpeg_standard=tables.standard)
    if has_film(data, photo_format):
        capture = msgspec.structs.replace(capture, has_film=True)
    return DecodedPhoto(
        image=pixels,
        format=picture.format,
        content_type=picture.content_type or CONTENT_TYPES[picture.format],
        width=width,
        height=height,
        capture=capture,
        exif=picture.exif,
        large=LargeJpeg(picture.large, picture.orientation) if picture.large else None,
        full_size=_full_size(picture, limits, target_side),
    )


def _full_size(picture: Picture, limits: DecodeLimits, target_side: int) -> Pixels | None:
    """The pixels for browsers that cannot decode them; None where they can, or the picture is not larger or too large.

    It is an extra: a photo without it is shown smaller.
    """
    width, height = picture.size
    if picture.format not in NOT_SHOWN_BY_BROWSERS or picture.large or width * height > limits.max_full_size_pixels:
        return None
    if max(width, height) <= target_side:
        return None
    try:
        pixels = upright_srgb(picture, max(width, height))
    except (*DECODER_ERRORS, MemoryError):
        return None
    return pixels if max(pixels.shape) > target_side else None  # the picture in a RAW file may be smaller than it


def _pixels(picture: Picture, target_side: int) -> tuple[Picture, Pixels]:
    """Decode a picture, or the one that is there for the case that it cannot be decoded; and which of them."""
    try:
        return picture, upright_srgb(picture, target_side)
    except DECODER_ERRORS:
        if picture.instead is None:
            raise
        return picture.instead, upright_srgb(picture.instead, target_side)


# --- Limits and reasons ------------------------------------------------------------------------------------


def _ignore_pillow_warnings() -> None:
    """Keep Pillow's warnings about broken metadata out of the log: they are no concern of the operator.

    The filter stays in place. To remove it after each call, as catch_warnings does, is not safe with threads.
    """
    ours = ("ignore", None, Warning, re.compile(r"PIL\."), 0)
    if not warnings.filters or warnings.filters[0] != ours:
        warnings.filterwarnings("ignore", module=r"PIL\.")


def _check_bytes(size: int, limit: int) -> None:
    if size > limit:
        raise DecodeError(
            "too_many_bytes",
            f"The file has {size / 1e6:,.0f} MB; the limit is {limit / 1e6:,.0f} MB. "
            "Save a smaller version and upload that.",
        )


def _check_length(seconds: float | None, limits: DecodeLimits) -> None:
    if seconds is not None and seconds > limits.max_video_seconds:
        raise DecodeError(
            "too_long",
            f"The video has {seconds / 60:,.0f} minutes; the limit is {limits.max_video_seconds / 60:,.0f} minutes. "
            "Cut it, and upload the part that you want.",
        )


def _check_pixels(picture: Picture, limits: DecodeLimits) -> None:
    width, height = picture.size
    most = min(picture.most_pixels, limits.max_pixels)
    if width * height <= most:
        return
    limit = f"the limit is {most / 1e6:,.0f} megapixels"
    remedy = "Save a smaller version and upload that."
    if picture.most_pixels < limits.max_pixels:
        limit = f"the limit for {picture.variant or DISPLAY_NAMES[picture.format]} is {most / 1e6:,.0f} megapixels"
        if width * height <= limits.max_pixels:
            remedy = "Save it as JPEG, not progressive, and upload that."
    raise DecodeError("too_many_pixels", f"The photo has {width:,} by {height:,} pixels; {limit}. {remedy}")


def _is_out_of_memory(error: BaseException) -> bool:
    """Whether a decoder ran out of memory: OpenCV has a code for it, libheif and libavif only a text."""
    if isinstance(error, cv2.error):
        return bool(error.code == cv2.Error.StsNoMem)
    words = str(error).lower()
    # libheif uses the same text for sizes that it refuses by its own limits.
    return "security limit" not in words and re.search("memory allocation|out of memory", words) is not None


def _explained(data: bytes, photo_format: PhotoFormat, error: BaseException) -> DecodeError:
    """A decoder's error as one that customers understand."""
    name = DISPLAY_NAMES[photo_format]
    if isinstance(error, Image.DecompressionBombError):
        return DecodeError(
            "too_many_pixels", f"This {name} has too many pixels. Save a smaller version and upload that."
        )
    if is_cut_off(data, photo_format):
        return DecodeError("truncated", f"This {name} is cut off. Copy it again from the camera or card.")
    if re.search(r"unsupported|not supported|cannot handle|unknown pixel mode", str(error), re.IGNORECASE):
        return DecodeError(
            "unsupported_format",
            f"This {name} uses a variant of the format that we cannot read. Save it as JPEG and upload that.",
        )
    return DecodeError(
        "corrupt", f"This {name} is damaged and we cannot open it. Copy it again from its source, or leave it out."
    )


# --- Pixels ------------------------------------------------------------------------------------------------
