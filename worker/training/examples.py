"""Examples to learn from: photos taken for good, and copies that are worse in a known way by a known amount.

Every copy is framed and exposed a little differently, as shots of one moment are. Without that, a model would trust
quantities that cancel each other exactly between two copies of one file and never do so between two shots.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from albums.analysis import PhotoFeatures
from worker.analysis.features import measure_features
from worker.analysis.files import decode_photo, encode_jpeg
from worker.training.degradations import DEGRADATIONS, GRADES, Eye, Pixels, blinking

ORIGINAL = "original"
BLINKING = "blinking"

_MAX_MARGIN = 0.09  # of a side, cut off at each edge; most shots are framed more alike than that
_EXPOSURE_SPREAD = 0.06  # stops
_ORIGINALS = 3
_SAVED_AT = (86, 96)  # JPEG quality of cameras


@dataclass(frozen=True)
class Example:
    """What was measured of one copy. Higher `grade`, worse copy of the same flaw; 0 for the original.

    Copies of one `scene` are compared with each other only. There are several originals, framed differently.
    """

    scene: str
    flaw: str
    grade: int
    features: PhotoFeatures


def make_examples(photo: Pixels, scene: str) -> Iterator[Example]:
    """Measure a sharp photo (h, w, 3) and its degraded copies; the same photo and name give the same examples."""
    random = np.random.default_rng(zlib.crc32(scene.encode()))
    quality = int(random.integers(*_SAVED_AT))
    for _ in range(_ORIGINALS):
        yield Example(scene, ORIGINAL, 0, _measure_saved(_reframed(photo, random), quality))
    for flaw, degrade in DEGRADATIONS.items():
        for grade in range(1, GRADES + 1):
            yield Example(scene, flaw, grade, _measure_saved(degrade(_reframed(photo, random), grade, random), quality))
    eyes = _eyes(photo)
    if eyes:
        yield Example(scene, BLINKING, 1, _measure_saved(_reframed(blinking(photo, eyes), random), quality))


def _reframed(photo: Pixels, random: np.random.Generator) -> Pixels:
    """The photo as another shot of the moment would have it."""
    height, width = photo.shape[:2]
    margin = random.uniform(0, _MAX_MARGIN)
    left, right = (random.uniform(0, margin, 2) * width).astype(int)
    top, bottom = (random.uniform(0, margin, 2) * height).astype(int)
    framed = photo[top : height - bottom, left : width - right]
    gain = 2 ** (float(random.normal(0, _EXPOSURE_SPREAD)) / 2.2)
    # Without changing what is white or black already.
    levels = 255 * np.clip(np.arange(256) / 255, 0, 1) ** (1 / gain)
    return np.asarray(cv2.LUT(np.ascontiguousarray(framed), np.rint(levels).astype(np.uint8)), np.uint8)


def _measure_saved(photo: Pixels, quality: int) -> PhotoFeatures:
    """As a file that was saved and read again."""
    return measure_features(decode_photo(encode_jpeg(photo, quality=quality)).image)


def _eyes(photo: Pixels) -> list[Eye]:
    """The eyes of the faces that look at the camera with open eyes, where the frontal cascades have them."""
    height, width = photo.shape[:2]
    return [
        ((face.x + share * face.width) * width, (face.y + 0.375 * face.height) * height, face.width * width)
        for face in measure_features(photo).faces
        if face.frontal and face.eyes_open
        for share in (0.3, 0.7)
    ]
