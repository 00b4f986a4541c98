"""The front door of the pipeline: bytes of any photo to one upright sRGB array, or a reason why not.

A photo is decoded once, no larger than needed; sharpness, faces, previews and thumbnails are all taken from the
array this gives. What a file is, is judged by its content.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from albums.analysis import CaptureInformation
from worker.analysis.files.colour import ColourSpace, Pixels, lab_to_srgb, to_eight_bits, to_srgb
from worker.analysis.files.damage import is_cut_off
from worker.analysis.files.formats import CONTENT_TYPES, DISPLAY_NAMES, DecodeError, PhotoFormat, identify
from worker.analysis.files.pictures import DECODER_ERRORS, Picture, open_picture
from worker.analysis.metadata import read_capture_information

__all__ = ["DecodeError", "DecodeLimits", "DecodedPhoto", "decode_photo", "encode_jpeg", "resize_to_fit"]

ENOUGH = 15 / 16
"""The share of the wanted side at which a photo counts as large enough.

The most common photo is 4,032 pixels wide; at half its size, which costs half the time, it has 2,016 of 2,048.
"""


@dataclass(frozen=True)
class DecodeLimits:
    """What a file may cost before it is turned away."""

    max_bytes: int = 200 << 20
    max_pixels: int = 100_000_000


@dataclass(frozen=True)
class DecodedPhoto:
    """A photo as people see it, and what is known of it."""

    image: Pixels
    """(height, width, 3) uint8 sRGB, upright, transparency over white; its longest side is at most the target."""
    format: PhotoFormat
    content_type: str
    """What it really is, by its content."""
    width: int
    """Of the upright photo at full size, in pixels."""
    height: int
    capture: CaptureInformation


def decode_photo(data: bytes, *, limits: DecodeLimits | None = None, target_side: int = 2048) -> DecodedPhoto:
    """Decode a photo of any supported format, reduced to fit `target_side`.

    The longest side of the array is at most `target_side`, and at least 15/16 of it where the photo is that
    large; photos are never enlarged. Of several pictures in a file the first counts, except in HEIC, where the
    one marked as primary does. Safe to call from several threads.

    Raises DecodeError with one of its codes and a sentence for people, and nothing else but what is no fault of
    the file, such as MemoryError.
    """
    limits = limits or DecodeLimits()
    _ignore_pillow_warnings()
    _check_bytes(data, limits)
    photo_format = identify(data)
    try:
        picture = open_picture(data, photo_format)
        _check_pixels(picture.size, limits)
        pixels = _upright_srgb(picture, target_side)
    except DECODER_ERRORS as error:
        if _is_out_of_memory(error):
            raise MemoryError(str(error)) from error
        raise _explained(data, photo_format, error) from error
    width, height = picture.size if picture.orientation < 5 else picture.size[::-1]
    return DecodedPhoto(
        image=pixels,
        format=picture.format,
        content_type=CONTENT_TYPES[picture.format],
        width=width,
        height=height,
        capture=read_capture_information(picture.exif, picture.xmp),
    )


def resize_to_fit(image: Pixels, longest_side: int, *, nearly: bool = False) -> Pixels:
    """Shrink (height, width) or (height, width, channels) to fit a square; never enlarges.

    Returns the same array where it already fits. First by the largest whole factor, averaging, which OpenCV does
    fifteen times as fast as by other factors and which may cut a row or column less than that factor wide; then
    by what is left. With `nearly`, a whole factor that leaves 15/16 of the side is enough.
    """
    longest = max(image.shape[:2])
    if longest <= longest_side:
        return image
    factor = longest // longest_side
    if nearly:
        next_factor = -(-longest // longest_side)
        factor = next_factor if longest // next_factor >= longest_side * ENOUGH else factor
    if factor > 1 and min(image.shape[:2]) >= factor:
        image = _averaged(image, factor)
    height, width = image.shape[:2]
    if max(height, width) <= longest_side:
        return image
    scale = longest_side / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    # Bilinear samples weigh two pixels a side, so up to this factor they leave nothing out, in a seventh of the
    # time of averaging.
    method = cv2.INTER_LINEAR if scale > 1 / 1.6 else cv2.INTER_AREA
    return np.asarray(cv2.resize(image, size, interpolation=method), np.uint8)


def encode_jpeg(image: Pixels, *, quality: int) -> bytes:
    """A baseline JPEG of an sRGB array (height, width, 3); `quality` is 1 to 100."""
    written, buffer = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not written:
        raise ValueError(f"an array of shape {image.shape} cannot be written as JPEG")
    return buffer.tobytes()


# --- Limits and reasons ------------------------------------------------------------------------------------


def _ignore_pillow_warnings() -> None:
    """Keep Pillow's warnings about broken metadata out of the log: they concern the file, not the operator.

    The filter is put first once and left there. Undoing it after each call, as catch_warnings does, is not safe
    with threads.
    """
    ours = ("ignore", None, Warning, re.compile(r"PIL\."), 0)
    if not warnings.filters or warnings.filters[0] != ours:
        warnings.filterwarnings("ignore", module=r"PIL\.")


def _check_bytes(data: bytes, limits: DecodeLimits) -> None:
    if not data:
        raise DecodeError("empty_file", "The file is empty. Copy the photo again from its source.")
    if len(data) > limits.max_bytes:
        raise DecodeError(
            "too_many_bytes",
            f"The file has {len(data) / 1e6:,.0f} MB; the limit is {limits.max_bytes / 1e6:,.0f} MB. "
            "Save a smaller version and upload that.",
        )


def _check_pixels(size: tuple[int, int], limits: DecodeLimits) -> None:
    width, height = size
    if width * height > limits.max_pixels:
        raise _too_many_pixels(f"The photo has {width:,} by {height:,} pixels", limits.max_pixels)


def _too_many_pixels(finding: str, limit: int) -> DecodeError:
    return DecodeError(
        "too_many_pixels",
        f"{finding}; the limit is {limit / 1e6:,.0f} megapixels. Save a smaller version and upload that.",
    )


def _is_out_of_memory(error: BaseException) -> bool:
    """What the decoders say instead of MemoryError: OpenCV by its code, libheif and libavif by their words."""
    if isinstance(error, cv2.error):
        return bool(error.code == cv2.Error.StsNoMem)
    words = str(error).lower()
    # libheif says so, too, of sizes that it does not even try.
    return "security limit" not in words and re.search("memory allocation|out of memory", words) is not None


def _explained(data: bytes, photo_format: PhotoFormat, error: BaseException) -> DecodeError:
    """What went wrong in a decoder, in words for people."""
    name = DISPLAY_NAMES[photo_format]
    if isinstance(error, Image.DecompressionBombError):
        return DecodeError("too_many_pixels", f"This {name} has too many pixels. Save a smaller version.")
    if is_cut_off(data, photo_format):
        return DecodeError("truncated", f"This {name} is cut off. Copy it again from the camera or card.")
    if re.search(r"unsupported|not supported|cannot handle|unknown pixel mode", str(error), re.IGNORECASE):
        return DecodeError(
            "unsupported_format",
            f"This {name} uses a variant of the format that cannot be read here. Save it as JPEG and upload that.",
        )
    return DecodeError(
        "corrupt", f"This {name} is damaged and cannot be decoded. Copy it again from its source, or leave it out."
    )


# --- Pixels ------------------------------------------------------------------------------------------------


def _upright_srgb(picture: Picture, target_side: int) -> Pixels:
    enough = max(1, int(target_side * ENOUGH))
    image = _eight_bits(picture.load(enough), picture.full_scale, enough)
    factor = max(image.size) // enough
    if factor > 1 and min(image.size) >= factor:
        image = _reduced(image, factor)
    if image.mode == "RGBA":
        image = _over_white(image)
    space: ColourSpace = "CMYK" if image.mode == "CMYK" else "L" if image.mode == "L" else "RGB"
    pixels = resize_to_fit(np.asarray(image), target_side)
    return _upright(to_srgb(pixels, space, picture.profile), picture.orientation)


def _eight_bits(image: Image.Image, full_scale: float | None, enough: int) -> Image.Image:
    """Any of Pillow's modes as L, RGB, RGBA or CMYK."""
    if image.mode[0] in "IF":
        return _deep_grey(image, full_scale, enough)
    if image.mode in ("L", "RGB", "RGBA", "CMYK") and "transparency" not in image.info:
        return image
    if image.mode == "LAB":
        return lab_to_srgb(image)
    if image.has_transparency_data or image.mode in ("RGBa", "La"):
        return image.convert("RGBA")
    return image.convert("L" if image.mode == "1" else "RGB")


def _deep_grey(image: Image.Image, full_scale: float | None, enough: int) -> Image.Image:
    """One channel of 16 or 32 bits as L. Scaled, where Pillow's own conversion would clip."""
    values = np.asarray(image)
    opaque = np.uint8(255) * (values != image.info["transparency"]) if "transparency" in image.info else None
    factor = max(image.size) // enough
    if opaque is None and factor > 1 and min(image.size) >= factor:
        wide = values if values.dtype == np.uint16 else np.nan_to_num(values.astype(np.float32))
        values = _averaged(wide, factor)
    grey = Image.fromarray(to_eight_bits(values, full_scale if image.mode.startswith("I;16") else None))
    if opaque is None:
        return grey
    return Image.merge("LA", (grey, Image.fromarray(opaque.astype(np.uint8)))).convert("RGBA")


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """The mean of each square block; in bands where there is alpha, as Pillow copies what it weighs by it twice."""
    if image.mode != "RGBA":
        return image.reduce(factor)
    band = 64 * factor
    reduced = Image.new("RGBA", (-(-image.width // factor), -(-image.height // factor)))
    for top in range(0, image.height, band):
        part = image.crop((0, top, image.width, min(top + band, image.height)))
        reduced.paste(part.reduce(factor), (0, top // factor))
    return reduced


def _over_white(image: Image.Image) -> Image.Image:
    alpha = image.getchannel("A")
    if alpha.getextrema() == (255, 255):
        return image.convert("RGB")
    canvas = Image.new("RGB", image.size, (255, 255, 255))
    canvas.paste(image.convert("RGB"), mask=alpha)
    return canvas


def _averaged(image: NDArray[Any], factor: int) -> NDArray[Any]:
    """Each square block of `factor` pixels a side as its mean; what does not fill a block at the edges is cut."""
    height, width = image.shape[0] // factor, image.shape[1] // factor
    return cv2.resize(image[: height * factor, : width * factor], (width, height), interpolation=cv2.INTER_AREA)


def _upright(pixels: Pixels, orientation: int) -> Pixels:
    """Apply EXIF's orientation: 2 mirrored, 3 upside down, 4 both; 5 to 8 the same of the transposed picture."""
    if orientation == 6:
        return np.asarray(cv2.rotate(pixels, cv2.ROTATE_90_CLOCKWISE), np.uint8)
    if orientation == 8:
        return np.asarray(cv2.rotate(pixels, cv2.ROTATE_90_COUNTERCLOCKWISE), np.uint8)
    if orientation in (5, 7):
        pixels = np.asarray(cv2.transpose(pixels), np.uint8)
    flip = {2: 1, 3: -1, 4: 0, 7: -1}.get(orientation)
    return pixels if flip is None else np.asarray(cv2.flip(pixels, flip), np.uint8)
