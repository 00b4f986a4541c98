"""Drawn photos for all tests. They come from a seed, so that the repository needs few real photos (`tests/photos`).

All arrays are uint8 sRGB of shape (height, width, 3); all sizes are (width, height), as in Pillow.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from tests.drawn_scenes import Pixels, draw_scene

__all__ = [
    "DrawnPhoto",
    "Flaw",
    "Pixels",
    "add_noise",
    "blur",
    "degrade",
    "draw_scene",
    "exif_bytes",
    "expose",
    "jpeg_bytes",
    "shake",
    "write_album",
]

Flaw = Literal["none", "blurred", "shaken", "dark", "bright", "noisy"]

START = datetime(2024, 6, 15, 10, 30, 0)  # noqa: DTZ001 - cameras write wall-clock time without a zone

# The transformation from an upright picture to the stored one, for each EXIF orientation.
STORED_BY_ORIENTATION = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


# --- What cameras do to a scene ----------------------------------------------------------------------------


def blur(image: Pixels, share: float = 0.003) -> Pixels:
    """Missed focus: a Gaussian blur whose sigma is this share of the longest side."""
    return np.asarray(cv2.GaussianBlur(image, (0, 0), max(image.shape) * share), np.uint8)


def shake(image: Pixels, share: float = 0.01, angle: float = 20.0) -> Pixels:
    """Camera shake: a straight smear at `angle` degrees, this share of the longest side long."""
    length = max(3, round(max(image.shape) * share))
    kernel = np.zeros((length, length), np.float32)
    middle = (length - 1) / 2
    dx, dy = (math.cos(math.radians(angle)) * middle, math.sin(math.radians(angle)) * middle)
    start, end = (round(middle - dx), round(middle - dy)), (round(middle + dx), round(middle + dy))
    cv2.line(kernel, start, end, 1.0)
    return np.asarray(cv2.filter2D(image, -1, kernel / kernel.sum()), np.uint8)


def add_noise(image: Pixels, sigma: float = 8.0, seed: int = 0) -> Pixels:
    """Sensor noise: Gaussian, `sigma` in units of 1/255."""
    noise = np.random.default_rng((seed, 3)).standard_normal(image.shape, np.float32) * sigma
    return np.clip(np.round(image + noise), 0, 255).astype(np.uint8)


def expose(image: Pixels, stops: float) -> Pixels:
    """The scene with `stops` more exposure (less if negative): scaled in linear light, clipped at white."""
    level = np.arange(256) / 255.0
    linear = np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4) * 2.0**stops
    linear = np.clip(linear, 0, 1)
    curve = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray(np.round(curve * 255).astype(np.uint8)[image], np.uint8)


def degrade(image: Pixels, flaw: Flaw, seed: int = 0) -> Pixels:
    """The image with one flaw, so strong that a person would not choose it."""
    if flaw == "blurred":
        return blur(image, 0.006)
    if flaw == "shaken":
        return shake(image, 0.02, angle=float(seed * 37 % 180))
    if flaw == "dark":
        return expose(image, -2.5)
    if flaw == "bright":
        return expose(image, 2.0)
    if flaw == "noisy":
        return add_noise(image, 25.0, seed)
    return image


# --- Files --------------------------------------------------------------------------------------------------


def exif_bytes(
    *,
    taken_at: datetime | None = None,
    subseconds: str | None = None,
    offset: str | None = None,
    orientation: int | None = None,
    camera: tuple[str, str] | None = None,
    lens: str | None = None,
    serial: str | None = None,
    exposure_time: float | None = None,
    f_number: float | None = None,
    iso: int | None = None,
    exposure_bias: float | None = None,
    focal_length: float | None = None,
    exposure_mode: int | None = None,
    subject_distance: float | None = None,
    flash: int | None = None,
    extra: dict[int, Any] | None = None,
    extra_exif_ifd: dict[int, Any] | None = None,
) -> bytes:
    """A real EXIF block with its "Exif" header and the given tags.

    `camera` is (make, model); `subseconds` the digits as a camera writes them ("05" is 0.05 s); `offset`
    like "+02:00"; `extra` and `extra_exif_ifd` are further tags, by number, of the first and of the Exif
    directory.
    """
    exif = Image.Exif()
    stamp = taken_at.strftime("%Y:%m:%d %H:%M:%S") if taken_at else None
    first = {
        0x010F: camera[0] if camera else None,
        0x0110: camera[1] if camera else None,
        0x0112: orientation,
        0x0132: stamp,
        **(extra or {}),
    }
    second = {
        0x829A: exposure_time,
        0x829D: f_number,
        0x8827: iso,
        0x9003: stamp,
        0x9004: stamp,
        0x9010: offset,
        0x9011: offset,
        0x9012: offset,
        0x9204: exposure_bias,
        0x9206: subject_distance,
        0x9209: flash,
        0x920A: focal_length,
        0x9290: subseconds,
        0x9291: subseconds,
        0x9292: subseconds,
        0xA402: exposure_mode,
        0xA431: serial,
        0xA434: lens,
        **(extra_exif_ifd or {}),
    }
    exif.update({tag: _exif_value(value) for tag, value in first.items() if value is not None})
    exif.get_ifd(0x8769).update({tag: _exif_value(value) for tag, value in second.items() if value is not None})
    return exif.tobytes()


def _exif_value(value: Any) -> Any:
    """Turn floats into fractions, as EXIF requires. Pillow would write doubles, which no camera does."""
    return IFDRational(Fraction(value).limit_denominator(1_000_000)) if isinstance(value, float) else value


def jpeg_bytes(
    image: Pixels,
    *,
    quality: int = 90,
    orientation: int = 1,
    icc: bytes | None = None,
    exif: bytes | None = None,
    progressive: bool = False,
    **camera_tags: Any,
) -> bytes:
    """A JPEG that shows `image` upright, with EXIF made from `camera_tags` (see `exif_bytes`).

    The stored pixels are turned, and `orientation` (1 to 8) turns them back. With `exif`, that block is written as it
    is instead.
    """
    picture = Image.fromarray(image)
    if orientation in STORED_BY_ORIENTATION:
        picture = picture.transpose(STORED_BY_ORIENTATION[orientation])
    if exif is None:
        exif = exif_bytes(orientation=orientation, **camera_tags)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality, exif=exif, icc_profile=icc, progressive=progressive)
    return buffer.getvalue()


# --- Albums -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DrawnPhoto:
    """One file of a drawn album, and the truth about it."""

    path: Path
    moment: int
    shot: int
    taken_at: datetime
    flaw: Flaw

    @property
    def is_best(self) -> bool:
        """True for the one shot of its moment without a flaw."""
        return self.flaw == "none"


def write_album(
    folder: Path,
    *,
    moments: int = 4,
    shots: int | Sequence[int] = 3,
    size: tuple[int, int] = (640, 480),
    seed: int = 0,
    start: datetime = START,
    minutes_between_moments: float = 45.0,
    seconds_between_shots: float = 2.0,
    quality: int = 90,
) -> list[DrawnPhoto]:
    """Write an album of JPEGs into `folder` and return its ground truth, in capture order.

    `shots` is the number per moment, or one number for each moment. In each moment exactly one shot, at varying
    places, has no flaw. The others are blurred, shaken, dark, bright or noisy.
    """
    folder.mkdir(parents=True, exist_ok=True)
    counts = [shots] * moments if isinstance(shots, int) else list(shots)
    if len(counts) != moments:
        raise ValueError(f"{moments} moments need as many shot counts, not {len(counts)}")
    flaws: tuple[Flaw, ...] = ("blurred", "dark", "shaken", "bright", "noisy")
    written: list[DrawnPhoto] = []
    for moment, count in enumerate(counts):
        scene = seed * 1000 + moment
        hand = np.random.default_rng((scene, 4))
        best = int(hand.integers(count))
        for shot in range(count):
            taken_at = start + timedelta(minutes=moment * minutes_between_moments, seconds=shot * seconds_between_shots)
            flaw: Flaw = "none" if shot == best else flaws[(moment + shot) % len(flaws)]
            image = draw_scene(scene, size, shift=tuple(hand.normal(0.0, 0.004, 2)), jitter=0.008, shot=shot)
            path = folder / f"IMG_{len(written) + 1001}.jpg"
            path.write_bytes(
                jpeg_bytes(
                    add_noise(degrade(image, flaw, shot), 2.0, scene * 100 + shot),
                    quality=quality,
                    taken_at=taken_at,
                    subseconds=f"{taken_at.microsecond // 1000:03d}",
                    offset="+02:00",
                    camera=("Drawn", "Camera 1"),
                    exposure_time=1 / 200,
                    f_number=2.8,
                    iso=200,
                    focal_length=28.0,
                )
            )
            written.append(DrawnPhoto(path, moment, shot, taken_at, flaw))
    return written
