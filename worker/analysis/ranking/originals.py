"""Judges which of the copies of one picture is the original, by the files more than by the pixels.

A copy that was enlarged has more pixels and no more detail, so fewer bytes for each pixel. One that was saved again was
compressed twice, and has the quantisation tables of the program that saved it. One that was sharpened has halos, and
seems sharper to every measure of sharpness. A program that saves a picture often drops what the camera wrote, or
renames the file. The weights are set by hand, each so that it outweighs the errors of the others that were seen on real
photos (`docs/picks.md`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from albums.analysis import PhotoFeatures

_CAMERA = 3.0  # log odds, for each
_NAME = 2.0
_OLDEST, _OLDEST_FILE = 2.0, 1.0
_FORMAT = 3.0
_BYTES = 2.0  # for each e-fold
_PIXELS = 0.25  # of that: the more pixels a photo has, the fewer bytes each of them needs
_STANDARD = 1.0  # of twelve cameras four use libjpeg's tables, and nearly all programs that save a picture do
_STEP = 0.5  # for each e-fold
_HALOS = 20.0
_LEAST_HALOS, _MOST_HALOS = 0.2, 0.1  # blur leaves fewer; a larger difference counts no more
_QUALITY = 0.2  # of the ranker's, which likes sharpened copies

# Names that cameras and phones give, without what programs append, as in "IMG_1234 (1)" or "IMG_1234-edited".
_CAMERA_NAME = re.compile(
    r"[A-Z_]{0,4}[_-]?\d{4,5}"  # IMG_1234, DSC01234, _MG_1234
    r"|[A-Z]\d{7}|\d{3}[_-]\d{4}"
    r"|(?:IMG|PXL|MVIMG|PANO|DSC|WIN|DJI)?[_-]?(?:19|20)\d{6}[_-]?\d{4,9}(?:[_.](?:MP|PORTRAIT|NIGHT|HDR|COVER))*"
)
_OF_CAMERAS = {"image/jpeg", "image/heic", "image/avif"}
# A file of these is smaller by nature, so it is the original beside a larger JPEG. Elsewhere somebody converted it.
_WRITES_HEIC = re.compile(r"iPhone|iPad|SM-|Galaxy", re.IGNORECASE)
_BYTES_OF_HEIC = 0.4  # of those of a JPEG


@dataclass(frozen=True)
class PhotoFile:
    """What is known of a photo's file.

    Attributes:
        name: with its ending.
        content_type: by its content.
        byte_size, pixels: at least 1.
        camera: that took it, as the file says; empty where it does not.
        taken_at: seconds, as the file says; NaN where it does not.
        modified_at: seconds, of the file itself; NaN where it is unknown.
        jpeg_step: mean step of the quantisation of a JPEG's luma; NaN for other files.
        jpeg_standard: whether its table is one of libjpeg.
    """

    name: str
    content_type: str
    byte_size: int
    pixels: int
    camera: str
    taken_at: float
    modified_at: float
    jpeg_step: float = math.nan
    jpeg_standard: bool = False


def original_quality(
    files: Sequence[PhotoFile], features: Sequence[PhotoFeatures], quality: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How likely each of several copies of one picture is the original, in log odds, (n,).

    Args:
        files: of each copy.
        features: of each copy.
        quality: of each by the ranker, (n,); it says whether a copy was blurred, for example.
    """
    halos = np.array([max(_LEAST_HALOS, photo.scores.get("halos", _LEAST_HALOS)) for photo in features])
    more_halos = np.minimum(halos - halos.min(), _MOST_HALOS)
    by_file = np.array([_by_file(file) for file in files])
    return np.asarray(by_file + _age(files) + _tables(files) - _HALOS * more_halos + _QUALITY * quality, np.float64)


def _age(files: Sequence[PhotoFile]) -> NDArray[np.float64]:
    """What speaks for the oldest: as the files say, and as their folders did, which is weaker."""
    odds = np.zeros(len(files))
    for weight, times in (
        (_OLDEST, np.array([file.taken_at for file in files])),
        (_OLDEST_FILE, np.array([file.modified_at for file in files])),
    ):
        if np.isfinite(times).any():
            odds += weight * (times == np.nanmin(times))
    return odds


def _tables(files: Sequence[PhotoFile]) -> NDArray[np.float64]:
    """What the quantisation tables say: cameras have their own, and a copy that was saved coarser is no original."""
    steps = np.array([file.jpeg_step for file in files])
    coarser = np.nan_to_num(np.log(steps / np.nanmin(steps)) if np.isfinite(steps).any() else np.zeros(len(files)))
    return -_STANDARD * np.array([file.jpeg_standard for file in files]) - _STEP * coarser


def _by_file(file: PhotoFile) -> float:
    odds = _CAMERA * bool(file.camera) + _NAME * _is_camera_name(file.name)
    if file.content_type not in _OF_CAMERAS:  # a screenshot, or what a program exports
        return odds - _FORMAT
    native = file.content_type == "image/heic" and _WRITES_HEIC.search(file.camera)
    size = file.byte_size / (_BYTES_OF_HEIC if native else 1.0)
    return odds + _BYTES * (math.log(size / file.pixels) + _PIXELS * math.log(file.pixels))


def _is_camera_name(name: str) -> bool:
    return _CAMERA_NAME.fullmatch(name.rpartition(".")[0].upper()) is not None
