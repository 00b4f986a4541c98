"""Training examples: good photos, and copies with a known flaw of a known grade.

Every copy is framed and exposed a little differently, like shots of one moment. Otherwise a model would trust
quantities that cancel out exactly between two copies of one file, but never between two real shots.
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
from worker.analysis.models import HAAR
from worker.training.degradations import DEGRADATIONS, GRADES, Eye, Pixels, blinking

ORIGINAL = "original"
BLINKING = "blinking"

_MAX_MARGIN = 0.09  # share of a side, cropped at each edge; most real shots differ less in framing
_EXPOSURE_SPREAD = 0.06  # stops
_ORIGINALS = 3
_SAVED_AT = (86, 96)  # the JPEG quality of cameras


@dataclass(frozen=True)
class Example:
    """The measurements of one copy. A higher `grade` means a stronger flaw; 0 is the original.

    Only copies of the same `scene` are compared. Each scene has several originals, framed differently.
    """

    scene: str
    flaw: str
    grade: int
    features: PhotoFeatures


def make_examples(photo: Pixels, scene: str) -> Iterator[Example]:
    """Measure a sharp photo (h, w, 3) and its degraded copies. The same photo and scene give the same examples."""
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
    """The photo, framed and exposed like another shot of the moment."""
    height, width = photo.shape[:2]
    margin = random.uniform(0, _MAX_MARGIN)
    left, right = (random.uniform(0, margin, 2) * width).astype(int)
    top, bottom = (random.uniform(0, margin, 2) * height).astype(int)
    framed = photo[top : height - bottom, left : width - right]
    gain = 2 ** (float(random.normal(0, _EXPOSURE_SPREAD)) / 2.2)
    # A gamma curve leaves white and black unchanged.
    levels = 255 * np.clip(np.arange(256) / 255, 0, 1) ** (1 / gain)
    return np.asarray(cv2.LUT(np.ascontiguousarray(framed), np.rint(levels).astype(np.uint8)), np.uint8)


def _measure_saved(photo: Pixels, quality: int) -> PhotoFeatures:
    """Measure the photo after saving it as a JPEG and reading it again."""
    return measure_features(decode_photo(encode_jpeg(photo, quality=quality)).image)


def _eyes(photo: Pixels) -> list[Eye]:
    """The open eyes of faces that look at the camera, at their usual place in the box of a frontal cascade."""
    height, width = photo.shape[:2]
    return [
        ((face.x + share * face.width) * width, (face.y + 0.375 * face.height) * height, face.width * width)
        for face in measure_features(photo, face_model=HAAR).faces
        if face.frontal and face.eyes_open
        for share in (0.3, 0.7)
    ]
