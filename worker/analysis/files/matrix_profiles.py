"""Converts colours by profiles of the simplest kind, a matrix and a curve for each channel (ICC.1:2022, annex F.3).

Phones, cameras and photo programs write such profiles, as of Display P3 and Adobe RGB. OpenCV applies them in a sixth
of the time of LittleCMS, and half that of a table of colours.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ImageCms

_MOST_TAGS = 100  # real profiles have about twenty
_FULL = 65535  # of linear light in 16 bits: near black, a level of sRGB is twenty of its steps
_ROWS = 64  # at once, so that a band stays in the processor's cache
# What each kind of parametric curve gives for (gamma, a, b, c, d, e, f), in the order of the tag (table 68).
_PARAMETERS = (1, 3, 4, 5, 7)


@dataclass(frozen=True)
class MatrixConversion:
    """A conversion to sRGB.

    Attributes:
        light: of each level, uint16, (256,), or (1, 256, 3) if the channels differ.
        matrix: from these primaries to those of sRGB, (3, 3).
    """

    light: NDArray[np.uint16]
    matrix: NDArray[np.float32]

    def apply(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Convert (height, width, 3); colours outside of sRGB become the nearest level of each channel."""
        converted = np.empty_like(pixels)
        levels = levels_of_light()
        for top in range(0, len(pixels), _ROWS):
            light = cv2.transform(cv2.LUT(pixels[top : top + _ROWS], self.light), self.matrix)
            converted[top : top + _ROWS] = cv2.LUT(light, levels)
        return converted


def matrix_conversion(profile: bytes) -> MatrixConversion | None:
    """The conversion from an RGB profile, or None if it has no matrix, or curves that we cannot read.

    Raises one of ImageCms.PyCMSError, OSError, ValueError, ArithmeticError, LookupError or struct.error for a damaged
    profile.
    """
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile)).profile
    target = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).profile
    tags = dict(profile_tags(profile))
    if not source.is_matrix_shaper or b"A2B0" in tags or b"A2B1" in tags:
        return None
    curves = [_curve(tags[name]) for name in (b"rTRC", b"gTRC", b"bTRC")]
    matrix = np.linalg.solve(_primaries(target), _primaries(source))
    light = np.rint(np.clip(np.stack(curves, axis=-1), 0, 1) * _FULL)
    if not np.isfinite(light).all() or not np.isfinite(matrix).all():
        raise ValueError("a profile that gives no numbers")
    light = light.astype(np.uint16)
    alike = bool((light == light[:, :1]).all())
    return MatrixConversion(np.ascontiguousarray(light[:, 0]) if alike else light[None], matrix.astype(np.float32))


def _primaries(profile: Any) -> NDArray[np.float64]:
    """The XYZ of red, green and blue of one of ImageCms's profiles, in columns; under D50, the white of profiles."""
    colours = (profile.red_colorant, profile.green_colorant, profile.blue_colorant)
    if any(colour is None for colour in colours):
        raise ValueError("a colour of the matrix is missing")
    return np.array([colour[0] for colour in colours if colour is not None]).T


def profile_tags(profile: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each tag of an ICC profile, as far as the profile has its table (ICC.1:2022, section 7.3)."""
    count = int.from_bytes(profile[128:132], "big")
    for place in range(132, min(132 + 12 * min(count, _MOST_TAGS), len(profile) - 11), 12):
        name, start, size = struct.unpack_from(">4sII", profile, place)
        yield name, profile[start : start + size]


def _curve(tag: bytes) -> NDArray[np.float64]:
    """The light, 0 to 1, of each of the 256 levels."""
    level = np.arange(256) / 255
    if tag[:4] == b"curv":
        (count,) = struct.unpack_from(">I", tag, 8)
        values = np.frombuffer(tag, ">u2", count, 12)
        if count == 0:
            return level
        if count == 1:
            return np.asarray(level ** (values[0] / 256))
        return np.interp(level, np.linspace(0, 1, count), values / _FULL)
    if tag[:4] == b"para":
        (kind,) = struct.unpack_from(">H", tag, 8)
        return _parametric(level, kind, np.frombuffer(tag, ">i4", _PARAMETERS[kind], 12) / 65536)
    raise ValueError("a curve of an unknown type")


def _parametric(level: NDArray[np.float64], kind: int, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """(a * level + b) ** gamma + e from `d` on, below it c * level + f."""
    gamma, a, b, c, d, e, f = np.pad(values, (0, 7 - len(values))).tolist()
    if kind == 0:
        a = 1.0
    elif kind == 1:
        d = -b / a
    elif kind == 2:
        c, d, e, f = 0.0, -b / a, c, c
    with np.errstate(all="ignore"):
        return np.asarray(np.where(level >= d, np.maximum(a * level + b, 0) ** gamma + e, c * level + f))


@cache
def levels_of_light() -> NDArray[np.uint8]:
    """The level of sRGB for each of 65,536 steps of light (IEC 61966-2-1)."""
    light = np.arange(_FULL + 1) / _FULL
    coded = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(255 * coded), np.uint8)
