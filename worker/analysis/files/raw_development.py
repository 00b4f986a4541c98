"""Develops camera raw files with LibRaw (https://www.libraw.org), and checks that there was something to develop.

LibRaw calls it a success when the sensor's data is missing: the picture is black, or noise.
"""

from __future__ import annotations

import io
from datetime import datetime

import numpy as np
import rawpy
from numpy.typing import NDArray
from PIL import Image

from albums.analysis import CaptureInformation
from worker.analysis.files.jpeg import MAX_MISSING_SHARE
from worker.analysis.metadata import parse_timestamp

_LEAST_BITS = 0.25
"""Bits of the file for each pixel of the sensor. The lossy formats of cameras have one or more."""
_ZERO_OF_UNIX = 1970
_OUT_OF_MEMORY = (rawpy.LibRawUnsufficientMemoryError, rawpy.LibRawMemPoolOverflowError)
_ORIENTATIONS = {0: 1, 3: 3, 5: 8, 6: 6}
"""LibRaw's numbers for a turn, and EXIF's."""


class RawSensor:
    """The sensor's data of a raw file whose header LibRaw has read.

    Attributes:
        size: width and height of the picture as LibRaw develops it, not turned.
        cropped: the same as the camera shows it, without the edges.
        orientation: as EXIF counts.
    """

    def __init__(self, data: bytes) -> None:
        """Raises ValueError: LibRaw does not know the file."""
        self._bytes = len(data)
        self._raw = rawpy.RawPy()
        self._is_unpacked = False
        try:
            self._raw.open_buffer(io.BytesIO(data))
            sizes = self._raw.sizes
        except rawpy.LibRawError as error:
            raise _explained(error) from error
        self.size = (sizes.width, sizes.height)
        has_crop = 0 < sizes.crop_width <= sizes.width and 0 < sizes.crop_height <= sizes.height
        self.cropped = (sizes.crop_width, sizes.crop_height) if has_crop else self.size
        self.orientation = _ORIENTATIONS.get(sizes.flip, 1)
        self._pixels = sizes.raw_width * sizes.raw_height
        if min(self.size) < 1:
            raise ValueError("LibRaw finds no pixels in this file")

    def develop(self, side: int, *, gain: float = 1.0) -> Image.Image:
        """The picture as stored, not turned, in sRGB, at half size if its longest side is then at least `side`.

        The brightness is as the camera exposed it times `gain`, so that a dark shot stays dark beside a bright one.

        Raises:
            ValueError: the data is missing or damaged.
            MemoryError: LibRaw ran out of memory.
        """
        if self._bytes * 8 < self._pixels * _LEAST_BITS:
            raise ValueError("the file is too small for the pixels that it claims")
        try:
            if not self._is_unpacked:
                self._raw.unpack()  # LibRaw refuses to do it twice
                self._is_unpacked = True
                _check_sensor(self._raw.raw_image_visible)
            pixels = self._raw.postprocess(
                half_size=max(self.size) >= 2 * side,
                demosaic_algorithm=rawpy.DemosaicAlgorithm.PPG,
                use_camera_wb=True,
                no_auto_bright=True,
                bright=gain,
                user_flip=0,
            )
        except rawpy.LibRawError as error:
            raise _explained(error) from error
        return Image.fromarray(pixels)

    def capture(self) -> CaptureInformation:
        """How the photo was taken, as far as LibRaw knows it. Only after `develop`."""
        try:
            known = self._raw.other
        except (rawpy.LibRawError, ArithmeticError, OSError, ValueError):  # a time that Python cannot hold
            return CaptureInformation()
        taken_at = _wall_clock(known.timestamp)
        return CaptureInformation(
            taken_at=taken_at,
            source="exif" if taken_at else None,
            exposure_time=_positive(known.shutter_speed),
            f_number=_positive(known.aperture),
            iso=_positive(known.iso_speed),
            focal_length=_positive(known.focal_length),
        )


def _check_sensor(values: NDArray[np.uint16]) -> None:
    """Check that the data reaches the last rows. A sensor has noise: a row of one value was never written.

    Rows of the largest value are sky that the sensor could not hold.

    Raises:
        ValueError: rows are missing.
    """
    rows = values.reshape(len(values), -1) if values.ndim == 2 else values[..., 1]
    lowest, highest = rows.min(axis=1), rows.max(axis=1)
    missing = (lowest == highest) & ((highest < highest.max()) | (highest.max() == lowest.min()))
    if missing.mean() > MAX_MISSING_SHARE:
        raise ValueError("rows of the sensor's data are missing")


def _explained(error: rawpy.LibRawError) -> Exception:
    if isinstance(error, _OUT_OF_MEMORY):
        return MemoryError(str(error))
    return ValueError(str(error))


def _positive(value: float) -> float | None:
    return float(value) if 0 < value < 1e9 else None


def _wall_clock(moment: datetime) -> datetime | None:
    """What the camera's clock showed. LibRaw has no other word for an unknown time than the zero of Unix."""
    found = parse_timestamp(moment.isoformat()) if moment.year > _ZERO_OF_UNIX else None
    return found and found[0]
