"""The thumbnail's way back from bytes to pixels."""

from __future__ import annotations

import numpy as np
import pytest

from tests.drawing import draw_scene
from worker.analysis.files import decode_photo, thumbnail_bytes, thumbnail_pixels


def test_a_thumbnail_decodes_to_the_pixels_of_any_photo() -> None:
    data = thumbnail_bytes(draw_scene(1, (512, 384)))
    np.testing.assert_array_equal(thumbnail_pixels(data), decode_photo(data, target_side=512).image)


def test_a_damaged_thumbnail_is_refused() -> None:
    data = thumbnail_bytes(draw_scene(1, (512, 384)))
    with pytest.raises(ValueError, match="JPEG"):
        thumbnail_pixels(data[: len(data) // 2])
