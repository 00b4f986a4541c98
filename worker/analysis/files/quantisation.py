"""What the quantisation tables of a JPEG say about the program that saved it. They are in the header of the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

# The luma table of ITU T.81, Annex K, sorted: the order does not matter here.
_ANNEX_K = np.sort(
    [
        *(16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55),
        *(14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62),
        *(18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92),
        *(49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99),
    ]
)


@dataclass(frozen=True)
class JpegTables:
    """Attributes: `step`, the mean of the luma table, 1 or more; `standard`, whether libjpeg makes such a table."""

    step: float
    standard: bool


def jpeg_tables(tables: Mapping[int, Sequence[int]]) -> JpegTables | None:
    """Describe the tables of a JPEG by their number, as Pillow reads them; None without a usable luma table."""
    luma = tables.get(0, ())
    if len(luma) != _ANNEX_K.size or min(luma) < 1:
        return None
    levels = np.sort(np.asarray(luma, np.int64))
    return JpegTables(float(levels.mean()), bool((_of_libjpeg() == levels).all(axis=1).any()))


@cache
def _of_libjpeg() -> NDArray[np.int64]:
    """The sorted luma tables of qualities 1 to 100, (100, 64), scaled as libjpeg's `jpeg_quality_scaling` does."""
    quality = np.arange(1, 101)
    scale = np.where(quality < 50, 5000 // quality, 200 - 2 * quality)
    return np.asarray(np.clip((_ANNEX_K * scale[:, None] + 50) // 100, 1, 255), np.int64)
