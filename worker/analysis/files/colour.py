"""Converts pixels of any colour space and depth to 8-bit sRGB."""

from __future__ import annotations

import functools
import io
import struct
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from worker.analysis.files.matrix_profiles import MatrixConversion, matrix_conversion

Pixels = NDArray[np.uint8]
ColourSpace = Literal["L", "RGB", "CMYK"]

_PROFILE_SPACES: dict[ColourSpace, str] = {"L": "GRAY", "RGB": "RGB ", "CMYK": "CMYK"}
_MAX_PROFILE_BYTES = 4 << 20  # printing profiles have about 2 MiB
_SMALL = 1 << 19  # pixels; up to this, converting them is faster than building a table
_BAND = 64  # rows that are scaled at once, because numbers of 32 bits take four times the memory
_TABLE_BITS = 7
_MOST_LEVELS = 2
_PROFILE_ERRORS = (ImageCms.PyCMSError, OSError, ValueError, TypeError)


def to_srgb(pixels: Pixels, space: ColourSpace, profile: bytes | None) -> Pixels:
    """Convert pixels, (height, width) for L and (height, width, 3 or 4) for others, to sRGB, (height, width, 3).

    Ignores a profile that is broken, too large or for another colour space. In CMYK, 0 means no ink. Safe to call from
    several threads.
    """
    transform = _transform(profile or b"", space)
    if transform is None:
        return _without_profile(pixels, space)
    if space == "RGB" and pixels.shape[0] * pixels.shape[1] > _SMALL:
        by_matrix = _by_matrix(profile or b"")
        return by_matrix.apply(pixels) if by_matrix else _by_table(pixels, _table(profile or b""))
    return np.array(ImageCms.applyTransform(Image.fromarray(pixels, mode=space), transform))


def _without_profile(pixels: Pixels, space: ColourSpace) -> Pixels:
    if space == "L":
        return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_GRAY2RGB), np.uint8)
    if space == "CMYK":
        return np.array(Image.fromarray(pixels, mode="CMYK").convert("RGB"))
    return pixels


@functools.lru_cache(maxsize=8)
def _transform(profile: bytes, space: ColourSpace) -> ImageCms.ImageCmsTransform | None:
    """The transform from this profile to sRGB; None if there is nothing to convert."""
    try:
        if not 128 <= len(profile) <= _MAX_PROFILE_BYTES:
            return None
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space != _PROFILE_SPACES[space]:
            return None
        transform = ImageCms.buildTransform(
            source,
            ImageCms.createProfile("sRGB"),
            space,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        return None if space == "RGB" and _changes_nothing(transform) else transform
    except _PROFILE_ERRORS:
        return None


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Whether a transform is sRGB to sRGB. We try it out, because sRGB profiles have many names."""
    cube = _cube(9)
    return int(np.abs(_converted(cube, transform).astype(int) - cube).max()) <= 3


def _cube(count: int) -> Pixels:
    """All colours of this many even steps, (count², count, 3)."""
    levels = np.linspace(0, 255, count).round().astype(np.uint8)
    return np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), axis=-1).reshape(count**2, count, 3)


def _converted(pixels: Pixels, transform: ImageCms.ImageCmsTransform) -> Pixels:
    return np.array(ImageCms.applyTransform(Image.fromarray(pixels), transform))


# A transform takes as long as decoding the photo, and most phones write Display P3. So profiles of a matrix and curves
# are applied by OpenCV, if that gives what LittleCMS does.


@functools.lru_cache(maxsize=4)
def _by_matrix(profile: bytes) -> MatrixConversion | None:
    """The conversion by matrix and curves; None if the profile has none or LittleCMS differs by over two levels."""
    transform = _transform(profile, "RGB")
    try:
        conversion = matrix_conversion(profile)
    except (*_PROFILE_ERRORS, struct.error, ArithmeticError, LookupError):
        return None
    if transform is None or conversion is None:
        return None
    cube = _cube(18)
    differences = np.abs(conversion.apply(cube).astype(int) - _converted(cube, transform))
    return conversion if int(differences.max()) <= _MOST_LEVELS else None


# For other profiles, a table of the even levels takes a third of the time of LittleCMS; an odd level gives one more
# than the even level below it. The result is exact where all three levels are even. Elsewhere it is off by at most one
# level, except in the darkest saturated colours.


@functools.lru_cache(maxsize=4)
def _table(profile: bytes) -> NDArray[np.uint32]:
    """The sRGB values of 128³ colours of the profile: 8 MiB, indexed by 7 bits each of red, green and blue."""
    transform = _transform(profile, "RGB")
    if transform is None:
        raise ValueError("a profile that needs no conversion has no table")
    levels = np.arange(0, 256, 2, dtype=np.uint8)
    cube = np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), axis=-1).reshape(-1, 128, 3)
    converted = np.asarray(ImageCms.applyTransform(Image.fromarray(cube), transform))
    padded = cv2.cvtColor(converted, cv2.COLOR_RGB2RGBA)
    return np.ascontiguousarray(padded).view(np.uint32).ravel()


def _by_table(pixels: Pixels, table: NDArray[np.uint32]) -> Pixels:
    index = (pixels[..., 0] >> 1).astype(np.uint32) << 2 * _TABLE_BITS
    index |= (pixels[..., 1] >> 1).astype(np.uint32) << _TABLE_BITS
    index |= pixels[..., 2] >> 1
    even = table.take(index).view(np.uint8).reshape(*pixels.shape[:2], 4)
    return np.asarray(cv2.add(cv2.cvtColor(even, cv2.COLOR_RGBA2RGB), pixels & 1), np.uint8)


def lab_to_srgb(image: Image.Image) -> Image.Image:
    """Convert an image in Pillow's mode LAB (CIELAB, D50), which TIFF may contain, to RGB."""
    converted = ImageCms.profileToProfile(
        image, ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), outputMode="RGB"
    )
    if converted is None:  # only when converting in place
        raise ValueError("the conversion returned no image")
    return converted


def to_eight_bits(values: NDArray[Any], full_scale: float | None = None) -> Pixels:
    """Scale integers or floats of any depth to 0..255, so that `full_scale` becomes 255.

    If the file does not state its full scale, use the smallest usual one (1 for floats, 255, 65,535) that is not below
    the largest value, or else the largest value. NaN and infinite values become black.
    """
    if np.issubdtype(values.dtype, np.floating):
        values = np.nan_to_num(values.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    if full_scale is None:
        largest = float(values.max(initial=0))
        usual = (1.0, 255.0, 65535.0) if np.issubdtype(values.dtype, np.floating) else (255.0, 65535.0)
        full_scale = next((scale for scale in usual if largest <= scale), largest)
    if values.dtype == np.uint8 and full_scale == 255:
        return values
    eight_bits = np.empty(values.shape, np.uint8)
    for top in range(0, len(values), _BAND):
        # Clip before scaling: values far below zero would overflow.
        scaled = np.clip(values[top : top + _BAND].astype(np.float32), 0, full_scale) * (255.0 / full_scale)
        eight_bits[top : top + _BAND] = np.round(scaled)
    return eight_bits
