from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.real_photos import NAMES, real_photo
from worker.analysis.measures import halos


def step(width: int = 200) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Grey stripes of 20 pixels, blurred as by a lens."""
    stripes = np.where(np.arange(width) // 20 % 2, 180, 60).astype(np.uint8)
    return np.asarray(cv2.GaussianBlur(np.tile(stripes, (width, 1)), (0, 0), 1.2), np.uint8)


def test_an_edge_of_a_lens_has_no_halo_and_a_sharpened_one_has() -> None:
    plain = step()
    sharpened = cv2.addWeighted(plain, 2.5, cv2.GaussianBlur(plain, (0, 0), 1.5), -1.5, 0)
    assert halos(plain) == pytest.approx(0, abs=0.1)
    assert halos(np.asarray(sharpened, np.uint8)) > halos(plain) + 0.1


@pytest.mark.parametrize("name", NAMES)
def test_halos_grow_with_sharpening(name: str) -> None:
    grey = cv2.cvtColor(real_photo(name), cv2.COLOR_RGB2GRAY)
    smooth = cv2.GaussianBlur(grey, (0, 0), 1.5)
    found = [halos(np.asarray(cv2.addWeighted(grey, 1 + by, smooth, -by, 0), np.uint8)) for by in (0.0, 0.8, 1.6)]
    assert found == sorted(found)
    assert found[2] > found[0] + 0.05


@pytest.mark.parametrize("shape", [(1, 1), (3, 500), (500, 3), (14, 14), (300, 300)])
def test_a_photo_without_edges_has_none(shape: tuple[int, int]) -> None:
    assert halos(np.full(shape, 90, np.uint8)) == 0
