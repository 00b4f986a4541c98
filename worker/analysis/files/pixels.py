"""Turns a picture of any mode, depth and orientation into one upright sRGB array."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from worker.analysis.files.cicp import Cicp, cicp_of_profile, sdr_conversion
from worker.analysis.files.colour import ColourSpace, Pixels, lab_to_srgb, to_eight_bits, to_srgb
from worker.analysis.files.picture import DeepPixels, Picture
from worker.analysis.files.resizing import ENOUGH, averaged, resize_to_fit
from worker.analysis.files.tone_mapping import to_sdr

_RGB: ColourSpace = "RGB"


def upright_srgb(picture: Picture, target_side: int) -> Pixels:
    """Decode a picture to (height, width, 3), transparency over white, no side longer than `target_side`."""
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
    values = resize_to_fit(loaded if isinstance(loaded, np.ndarray) else _plain(loaded), target_side)
    full_scale = 255.0 if values.dtype == np.uint8 else full_scale or 65535.0
    signal = np.rint(np.clip(values * np.float32(65535 / full_scale), 0, 65535)).astype(np.uint16)
    shown = to_sdr(np.ascontiguousarray(signal[..., :3]), cicp)
    if signal.shape[2] == 3:
        return shown
    alpha = signal[..., 3:] / np.float32(65535)
    return np.asarray(np.rint(shown * alpha + 255 * (1 - alpha)), np.uint8)


def _plain(image: Image.Image) -> Pixels:
    """Pillow's image of any mode as (height, width, 3 or 4)."""
    return np.asarray(image.convert("RGBA" if image.has_transparency_data else "RGB"))


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
