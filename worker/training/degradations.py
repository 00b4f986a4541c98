"""Degrade a photo in one way by a known amount, to train and test the ranking.

Each degradation imitates a flaw of cameras or people, in the order in which it happens: blur, wrong exposure and noise
in linear light, compression last. Lengths are shares of the photo's longest side, so a grade looks the same at every
size.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Light = NDArray[np.float32]
Eye = tuple[float, float, float]
"""The x and y of an eye's centre and the width of its face, in pixels."""

GRADES = 4
"""Grade 1 is visible when comparing at full size; this highest grade is visible on a thumbnail."""

_DEFOCUS_RADIUS = (0.0008, 0.0016, 0.0032, 0.0064)  # of the longest side: 1.6 to 13 pixels of 2,048
_SHAKE_LENGTH = (0.0025, 0.005, 0.010, 0.020)
_NOISE_DEVIATION = (5.0, 9.0, 16.0, 28.0)  # grey levels, in the middle of the scale
_TOO_DARK_STOPS = (1.0, 1.8, 2.8, 4.2)
_TOO_BRIGHT_STOPS = (1.0, 1.6, 2.3, 3.2)
_COMPRESSION_QUALITY = (35, 22, 14, 8)
_TILT_DEGREES = (1.5, 3.0, 5.0, 8.0)
_SHOULDER = 0.8  # in linear light; above it, cameras flatten the curve before it clips
_MAX_CONTRAST = 0.5  # of the S in a camera's tone curve
_MAX_RANGE = 2.0  # stops of light that the scene has above what the file shows as white
_FULL_WELL, _READ_NOISE = 5000.0, 4.0  # electrons a pixel at white, and standard deviation; those of a small sensor


def defocused(photo: Pixels, grade: int, random: np.random.Generator) -> Pixels:  # noqa: ARG001 - shared signature
    """Missed focus: every point becomes a disc."""
    radius = _strength(_DEFOCUS_RADIUS, grade) * max(photo.shape)
    return _change_light(photo, lambda light: _filtered(light, _disc(radius)))


def shaken(photo: Pixels, grade: int, random: np.random.Generator) -> Pixels:
    """Camera shake: every point becomes a slightly bent stroke in a random direction."""
    length = _strength(_SHAKE_LENGTH, grade) * max(photo.shape)
    stroke = _stroke(length, float(random.uniform(0, math.pi)), float(random.uniform(-0.3, 0.3)))
    return _change_light(photo, lambda light: _filtered(light, stroke))


def noisy(photo: Pixels, grade: int, random: np.random.Generator) -> Pixels:
    """High-ISO noise: mostly photon noise, which grows as the square root of the light; coarser than a pixel."""
    deviation = _strength(_NOISE_DEVIATION, grade)
    height, width, channels = photo.shape
    # Demosaicing and downscaling spread the noise of the sensor.
    grain = np.asarray(cv2.GaussianBlur(random.standard_normal((height, width, channels), np.float32), (0, 0), 0.6))
    # Photon noise is nearly even after the sRGB curve, and weaker in the highlights.
    level = photo.astype(np.float32)
    strength = deviation * (1.15 - 0.5 * level / 255)
    return _eight_bits(np.asarray(level + strength * grain / grain.std(), np.float32))


def underexposed(photo: Pixels, grade: int, random: np.random.Generator) -> Pixels:
    """Underexposed by some stops: the scene again with less light, and not the file made darker."""
    return _exposed(photo, -_strength(_TOO_DARK_STOPS, grade), random)


def overexposed(photo: Pixels, grade: int, random: np.random.Generator) -> Pixels:
    """Overexposed by some stops, with blown highlights."""
    return _exposed(photo, _strength(_TOO_BRIGHT_STOPS, grade), random)


def compressed(photo: Pixels, grade: int, random: np.random.Generator) -> Pixels:
    """Strong JPEG artefacts."""
    quality = round(_strength(_COMPRESSION_QUALITY, grade) * float(random.uniform(0.85, 1.15)))
    encoded = cv2.imencode(".jpg", photo, [cv2.IMWRITE_JPEG_QUALITY, max(3, quality)])[1]
    return np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR), np.uint8)


def tilted(photo: Pixels, grade: int, random: np.random.Generator) -> Pixels:
    """Tilted horizon; cropped so that no corner is empty."""
    degrees = _strength(_TILT_DEGREES, grade) * float(random.choice([-1.0, 1.0]))
    height, width = photo.shape[:2]
    turn = math.radians(abs(degrees))
    # The largest upright rectangle with the same aspect ratio inside the rotated photo.
    zoom = max(
        math.cos(turn) + width / height * math.sin(turn),
        math.cos(turn) + height / width * math.sin(turn),
    )
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, zoom)
    return np.asarray(cv2.warpAffine(photo, matrix, (width, height), flags=cv2.INTER_CUBIC), np.uint8)


def blinking(photo: Pixels, eyes: Sequence[Eye]) -> Pixels:
    """Closed eyes: paint a lid over each in the colour of the skin near the eye, and a line of lashes."""
    painted = photo.astype(np.float32)
    for x, y, face_width in eyes:
        _paint_closed(painted, x, y, face_width)
    return _eight_bits(painted)


Degradation = Callable[[Pixels, int, np.random.Generator], Pixels]

DEGRADATIONS: dict[str, Degradation] = {
    "defocused": defocused,
    "shaken": shaken,
    "noisy": noisy,
    "underexposed": underexposed,
    "overexposed": overexposed,
    "compressed": compressed,
    "tilted": tilted,
}


# --- Light ------------------------------------------------------------------------------------------------------------


def _change_light(photo: Pixels, change: Callable[[Light], Light]) -> Pixels:
    """Change the photo in linear light. A power of 2.2 is close enough to the sRGB curve."""
    light = _TO_LIGHT[photo]
    return _eight_bits(255 * np.clip(change(light), 0, 1) ** np.float32(1 / 2.2))


_TO_LIGHT = ((np.arange(256) / 255) ** 2.2).astype(np.float32)


def _exposed(photo: Pixels, stops: float, random: np.random.Generator) -> Pixels:
    """The scene of the photo taken with `stops` more light: photon and read noise, clipping, the camera's tone curve.

    The scene's highlights are brighter than the file can show, by up to _MAX_RANGE, so less light shows them again.
    """
    contrast, beyond = random.uniform(0, _MAX_CONTRAST), 2 ** random.uniform(0, _MAX_RANGE)
    curve = _tone_curve(contrast)
    light = np.interp(np.arange(256) / 255, curve, _LIGHT)
    over = np.maximum(light - _SHOULDER, 0) / (1 - _SHOULDER)
    scene = (light * (1 + (beyond - 1) * over**2) * 2**stops).astype(np.float32)[photo]
    grain = np.asarray(cv2.GaussianBlur(random.standard_normal(photo.shape, np.float32), (0, 0), 0.6))
    noise = np.sqrt(np.maximum(scene, 0) / np.float32(_FULL_WELL) + np.float32((_READ_NOISE / _FULL_WELL) ** 2))
    taken = np.clip(scene + noise * grain, 0, 1)
    return _eight_bits(255 * curve.astype(np.float32)[np.rint(np.sqrt(taken) * (len(_LIGHT) - 1)).astype(np.uint16)])


_LIGHT = np.linspace(0, 1, 4096) ** 2  # in linear light; denser in the shadows, where the curve is steep


def _tone_curve(contrast: float) -> NDArray[np.float64]:
    """The value that a camera shows for each of _LIGHT, 0 to 1: a gamma of 2.2, then an S, more or less of it."""
    gamma = _LIGHT ** (1 / 2.2)
    return np.asarray((1 - contrast) * gamma + contrast * gamma**2 * (3 - 2 * gamma))


def _eight_bits(values: Light) -> Pixels:
    return np.asarray(np.clip(np.rint(values), 0, 255), np.uint8)


def _strength(grades: Sequence[float], grade: int) -> float:
    if not 1 <= grade <= GRADES:
        raise ValueError(f"A grade must be from 1 to {GRADES}, not {grade}.")
    return grades[grade - 1]


# --- Kernels ----------------------------------------------------------------------------------------------------------


def _filtered(light: Light, kernel: Light) -> Light:
    return np.asarray(cv2.filter2D(light, -1, kernel, borderType=cv2.BORDER_REFLECT), np.float32)


def _disc(radius: float) -> Light:
    """A disc that sums to 1. Its soft edge lets fractions of a pixel count."""
    reach = math.ceil(radius + 1)
    across = np.arange(-reach, reach + 1)
    distance = np.hypot(across[:, None], across)
    disc = np.clip(radius + 0.5 - distance, 0, 1)
    return np.asarray(disc / disc.sum(), np.float32)


def _stroke(length: float, angle: float, bend: float) -> Light:
    """A stroke that sums to 1, of this length in pixels, one pixel wide."""
    reach = math.ceil(length / 2 + 2)
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    along = np.linspace(-length / 2, length / 2, max(3, 4 * math.ceil(length)))
    aside = bend * length * ((2 * along / max(length, 1e-6)) ** 2 - 1 / 3) / 2
    for u, v in zip(along, aside, strict=True):
        x = reach + u * math.cos(angle) - v * math.sin(angle)
        y = reach + u * math.sin(angle) + v * math.cos(angle)
        left, top = int(x), int(y)
        for row, column in ((top, left), (top, left + 1), (top + 1, left), (top + 1, left + 1)):
            kernel[row, column] += max(0.0, 1 - abs(x - column)) * max(0.0, 1 - abs(y - row))
    return np.asarray(kernel / kernel.sum(), np.float32)


# --- Eyes -------------------------------------------------------------------------------------------------------------


def _paint_closed(painted: Light, x: float, y: float, face_width: float) -> None:
    """Paint one eye closed in place."""
    half_width, half_height = 0.13 * face_width, 0.075 * face_width
    top, bottom = math.floor(y - 2 * half_height), math.ceil(y + 2 * half_height)
    left, right = math.floor(x - 1.5 * half_width), math.ceil(x + 1.5 * half_width)
    top, left = max(0, top), max(0, left)
    region = painted[top:bottom, left:right]
    if min(region.shape[:2]) < 3:
        return
    rows = np.arange(top, top + region.shape[0])[:, None] - y
    columns = np.arange(left, left + region.shape[1]) - x
    # Take the skin colour from below the eye, where there is no brow, and shade it a little from top to bottom.
    below = painted[
        min(len(painted) - 1, round(y + 1.3 * half_height)) : round(y + 2.2 * half_height) + 1,
        max(0, round(x - half_width)) : round(x + half_width) + 1,
    ]
    skin = np.median(below.reshape(-1, 3), axis=0) if below.size else region.reshape(-1, 3).mean(axis=0)
    lid = np.clip(1.6 - 1.6 * np.hypot(columns / half_width, rows / half_height), 0, 1)
    shade = 1 - 0.06 * np.clip(rows / half_height, -1, 1)
    region[:] = region * (1 - lid[..., None]) + skin * shade[..., None] * lid[..., None]
    arc = rows - half_height * (0.35 - 0.3 * (columns / half_width) ** 2)
    thickness = max(0.6, 0.012 * face_width)
    lashes = np.exp(-((arc / thickness) ** 2)) * (np.abs(columns) < half_width) * 0.75
    region[:] = region * (1 - lashes[..., None]) + 0.3 * skin * lashes[..., None]
