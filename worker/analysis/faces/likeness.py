"""What a person looks like in one shot, to follow them to the next: the colours of head and shoulders, in a few cells.

It tells apart hair, skin and clothes within a moment. It cannot recognise anybody: another day, another shirt.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.faces.boxes import Box

Pixels = NDArray[np.uint8]

_CELLS = (4, 6)  # across and down
_LEFT, _RIGHT, _TOP, _BOTTOM = 0.3, 1.3, -0.5, 1.7  # of the box of the face
_FINE = 4  # pixels a cell, before they are averaged
_PER_STOP = 64.0  # bytes for twice the light
_COLOUR = 4.0  # bytes of light that a byte of colour counts as
_WEIGHTS = np.repeat([1.0, _COLOUR, _COLOUR], _CELLS[0] * _CELLS[1]) / (3 * _CELLS[0] * _CELLS[1])
_CLEARLY_DIFFERENT = 40.0  # bytes: the mean difference of two people, or more, and never of one


def likeness_of(image: Pixels, box: Box) -> bytes:
    """The light and two colours of each cell, 72 bytes; light is relative to the whole, so exposure hardly matters.

    Args:
        image: the photo, (h, w, 3).
        box: of the face; what lies outside of the photo repeats its edge.
    """
    across, down = _CELLS
    width, height = (_RIGHT + _LEFT) * box.width, (_BOTTOM - _TOP) * box.height
    size = (across * _FINE, down * _FINE)
    to_photo = np.array(
        [[width / size[0], 0, box.x - _LEFT * box.width], [0, height / size[1], box.y + _TOP * box.height]]
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    part = cv2.warpAffine(image, to_photo, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    cells = cv2.resize(part, _CELLS, interpolation=cv2.INTER_AREA).astype(np.float64) + 2
    total = cells.sum(axis=2)
    light = 128 + _PER_STOP * np.log2(total / total.mean())
    columns = [light, 255 * cells[..., 0] / total, 255 * cells[..., 2] / total]
    return bytes(np.clip(np.rint(np.stack(columns)), 0, 255).astype(np.uint8))


def unlikeness(ones: Sequence[bytes], others: Sequence[bytes]) -> NDArray[np.float64]:
    """How unlike faces are, (ones, others): below 0.5 hardly, from 1 clearly; NaN where one is unknown."""
    rows, columns = _cells_of(ones)[:, None], _cells_of(others)[None]
    return np.asarray((np.abs(rows - columns) @ _WEIGHTS) / _CLEARLY_DIFFERENT)


def _cells_of(likenesses: Sequence[bytes]) -> NDArray[np.float64]:
    """(n, 72); NaN where there is no likeness."""
    cells = np.full((len(likenesses), len(_WEIGHTS)), np.nan)
    for row, likeness in zip(cells, likenesses, strict=True):
        if len(likeness) == len(row):
            row[:] = np.frombuffer(likeness, np.uint8)
    return cells
