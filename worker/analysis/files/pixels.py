"""Turns a picture of any mode, depth and orientation into one upright sRGB array."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from worker.analysis.files.colour import ColourSpace, Pixels, lab_to_srgb, to_eight_bits, to_srgb
from worker.analysis.files.picture import Picture
from worker.analysis.files.resizing import ENOUGH, averaged, resize_to_fit

_RGB: ColourSpace = "RGB"


def upright_srgb(picture: Picture, target_side: int) -> Pixels:
    """Decode a picture to (height, width, 3), transparency over white, no side longer than `target_side`."""
    enough = max(1, int(target_side * ENOUGH))
    loaded = picture.load(enough)
    pixels, space = (loaded, _RGB) if isinstance(loaded, np.ndarray) else _opaque(loaded, picture.full_scale, enough)
    pixels = resize_to_fit(pixels, target_side)
    return _upright(to_srgb(pixels, space, picture.profile), picture.orientation)


def _opaque(image: Image.Image, full_scale: float | None, enough: int) -> tuple[Pixels, ColourSpace]:
    """The pixels of Pillow's image over white, reduced by a whole factor, and their colour space."""
    image = _eight_bits(image, full_scale, enough)
    factor = max(image.size) // enough
    if factor > 1 and min(image.size) >= factor:
        image = _reduced(image, factor)
    if image.mode == "RGBA":
        image = _over_white(image)
    space: ColourSpace = "CMYK" if image.mode == "CMYK" else "L" if image.mode == "L" else "RGB"
    return np.asarray(image), space


def _eight_bits(image: Image.Image, full_scale: float | None, enough: int) -> Image.Image:
    """The image in mode L, RGB, RGBA or CMYK, from any of Pillow's modes."""
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
    """One channel of 16 or 32 bits, scaled to mode L; Pillow's own conversion would clip."""
    values = np.asarray(image)
    opaque = np.uint8(255) * (values != image.info["transparency"]) if "transparency" in image.info else None
    factor = max(image.size) // enough
    if opaque is None and factor > 1 and min(image.size) >= factor:
        wide = values if values.dtype == np.uint16 else np.nan_to_num(values.astype(np.float32))
        values = averaged(wide, factor)
    grey = Image.fromarray(to_eight_bits(values, full_scale if image.mode.startswith("I;16") else None))
    if opaque is None:
        return grey
    return Image.merge("LA", (grey, Image.fromarray(opaque.astype(np.uint8)))).convert("RGBA")


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """The mean of each square block. With alpha, in bands, because Pillow copies the image twice to weight it."""
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
