"""Turns a picture of any mode, depth and orientation into one upright sRGB array."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from worker.analysis.files.cicp import Cicp, cicp_of_profile, sdr_conversion
from worker.analysis.files.colour import ColourSpace, Pixels, lab_to_srgb, to_eight_bits, to_srgb
from worker.analysis.files.picture import DeepPixels, Picture
from worker.analysis.files.resizing import ENOUGH, averaged, resize_to_fit, side_to_judge
from worker.analysis.files.tone_mapping import to_sdr

_RGB: ColourSpace = "RGB"


def upright_srgb(picture: Picture, target_side: int) -> Pixels:
    """Decode a picture to (height, width, 3), transparency over white.

    No side is longer than `target_side`, that of a panorama as `side_to_judge` says.
    """
    target_side = side_to_judge(*picture.size, target_side)
    enough = max(1, int(target_side * ENOUGH))
    loaded = picture.load(enough)
    cicp = picture.cicp or cicp_of_profile(picture.profile)
    if cicp and cicp.is_hdr:
        return _upright(_tone_mapped(loaded, cicp, picture.full_scale, target_side), picture.orientation)
    if isinstance(loaded, np.ndarray):
        pixels, space = np.asarray(loaded, np.uint8), _RGB
    else:
        pixels, space = _opaque(loaded, picture.full_scale, enough)
    pixels = resize_to_fit(pixels, target_side)
    conversion = sdr_conversion(picture.cicp) if picture.cicp and space == _RGB else None
    shown = conversion.apply(pixels) if conversion else to_srgb(pixels, space, picture.profile)
    return _upright(shown, picture.orientation)


def _tone_mapped(
    loaded: Image.Image | Pixels | DeepPixels, cicp: Cicp, full_scale: float | None, target_side: int
) -> Pixels:
    """A picture of PQ or HLG as sRGB over white. It is reduced first, so that the rest takes as long for any size."""
    values = loaded if isinstance(loaded, np.ndarray) else _plain(loaded, max(1, int(target_side * ENOUGH)))
    values = resize_to_fit(values, target_side)
    full_scale = 255.0 if values.dtype == np.uint8 else full_scale or 65535.0
    signal = np.rint(np.clip(values * np.float32(65535 / full_scale), 0, 65535)).astype(np.uint16)
    shown = to_sdr(np.ascontiguousarray(signal[..., :3]), cicp)
    if signal.shape[2] == 3:
        return shown
    alpha = signal[..., 3:] / np.float32(65535)
    return np.asarray(np.rint(shown * alpha + 255 * (1 - alpha)), np.uint8)


def _plain(image: Image.Image, enough: int) -> Pixels:
    """Pillow's image of any mode as (height, width, 3 or 4), reduced by a whole factor."""
    factor = factor_for(image.size, enough)
    if factor > 1 and image.mode[0] not in "IF":
        image = reduced(_bands(image, 64 * factor), image.size, factor)
    return np.asarray(image.convert("RGBA" if image.has_transparency_data else "RGB"))


def _opaque(image: Image.Image, full_scale: float | None, enough: int) -> tuple[Pixels, ColourSpace]:
    """The pixels of Pillow's image over white, reduced by a whole factor, and their colour space."""
    factor = factor_for(image.size, enough)
    if image.mode[0] in "IF" and "transparency" not in image.info:
        image = _deep_grey(image, full_scale, factor)
    elif factor == 1:
        image = _eight_bits(image, full_scale)
    elif _is_plain(image) and image.mode != "RGBA":
        image = image.reduce(factor)
    else:
        # Pillow copies the whole image to convert it, and twice to weight it with its alpha.
        image = reduced(_bands(image, 64 * factor), image.size, factor, full_scale)
    if image.mode == "RGBA":
        image = _over_white(image)
    space: ColourSpace = "CMYK" if image.mode == "CMYK" else "L" if image.mode == "L" else "RGB"
    return np.asarray(image), space


def factor_for(size: tuple[int, int], enough: int) -> int:
    """The largest whole factor by which a picture can be reduced without its longest side falling below `enough`."""
    factor = max(size) // enough
    return factor if factor > 1 and min(size) >= factor else 1


def reduced(
    bands: Iterable[Image.Image], size: tuple[int, int], factor: int, full_scale: float | None = None
) -> Image.Image:
    """The mean of each square block of `factor` pixels a side, in mode L, RGB, RGBA or CMYK.

    Args:
        bands: the picture from top to bottom. All but the last have a height that `factor` divides.
        size: of the picture.
        full_scale: the value of white in Pillow's modes I and F.
    """
    whole: Image.Image | None = None
    top = 0
    for band in bands:
        part = _eight_bits(band, full_scale).reduce(factor)
        if whole is None:
            whole = Image.new(part.mode, (-(-size[0] // factor), -(-size[1] // factor)))
        whole.paste(part, (0, top))
        top += part.height
    if whole is None:
        raise ValueError("a picture without rows")
    return whole


def _bands(image: Image.Image, height: int) -> Iterator[Image.Image]:
    for top in range(0, image.height, height):
        yield image.crop((0, top, image.width, min(top + height, image.height)))


def rows_of_buffer(pixels: bytes, mode: str, size: tuple[int, int], stride: int, height: int) -> Iterator[Image.Image]:
    """Bands of this height of pixels in memory, whose rows start `stride` bytes apart."""
    rows = memoryview(pixels)
    for top in range(0, size[1], height):
        bottom = min(top + height, size[1])
        part = cast("bytes", rows[top * stride : bottom * stride])  # no copy
        yield Image.frombuffer(mode, (size[0], bottom - top), part, "raw", mode, stride, 1)


def _is_plain(image: Image.Image) -> bool:
    return image.mode in ("L", "RGB", "RGBA", "CMYK") and "transparency" not in image.info


def _eight_bits(image: Image.Image, full_scale: float | None) -> Image.Image:
    """The image in mode L, RGB, RGBA or CMYK, from any of Pillow's modes."""
    if image.mode[0] in "IF":
        return _deep_grey(image, full_scale, 1)
    if _is_plain(image):
        return image
    if image.mode == "LAB":
        return lab_to_srgb(image)
    if image.has_transparency_data or image.mode in ("RGBa", "La"):
        return image.convert("RGBA")
    return image.convert("L" if image.mode == "1" else "RGB")


def _deep_grey(image: Image.Image, full_scale: float | None, factor: int) -> Image.Image:
    """One channel of 16 or 32 bits, scaled to mode L; Pillow's own conversion would clip."""
    parts = [np.asarray(band) for band in _bands(image, 64 * factor if factor > 1 else image.height)]
    values = np.concatenate([averaged(_wide(part), factor) for part in parts]) if factor > 1 else parts[0]
    grey = Image.fromarray(to_eight_bits(values, full_scale if image.mode.startswith("I;16") else None))
    if "transparency" not in image.info:
        return grey
    opaque = np.uint8(255) * (values != image.info["transparency"])
    return Image.merge("LA", (grey, Image.fromarray(opaque.astype(np.uint8)))).convert("RGBA")


def _wide(values: NDArray[Any]) -> NDArray[Any]:
    """Numbers that OpenCV averages."""
    return values if values.dtype == np.uint16 else np.nan_to_num(values.astype(np.float32))


def _over_white(image: Image.Image) -> Image.Image:
    alpha = image.getchannel("A")
    if alpha.getextrema() == (255, 255):
        return image.convert("RGB")
    canvas = Image.new("RGB", image.size, (255, 255, 255))
    canvas.paste(image.convert("RGB"), mask=alpha)
    return canvas


def _upright(pixels: Pixels, orientation: int) -> Pixels:
    """Apply EXIF's orientation: 2 mirrored, 3 upside down, 4 both; 5 to 8 mean the same for the transposed picture."""
    if orientation == 6:
        return np.asarray(cv2.rotate(pixels, cv2.ROTATE_90_CLOCKWISE), np.uint8)
    if orientation == 8:
        return np.asarray(cv2.rotate(pixels, cv2.ROTATE_90_COUNTERCLOCKWISE), np.uint8)
    if orientation in (5, 7):
        pixels = np.asarray(cv2.transpose(pixels), np.uint8)
    flip = {2: 1, 3: -1, 4: 0, 7: -1}.get(orientation)
    return pixels if flip is None else np.asarray(cv2.flip(pixels, flip), np.uint8)
