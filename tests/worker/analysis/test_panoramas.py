"""A panorama is judged by its height, like a row of ordinary photos, and its copies are legible."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from tests.drawing import Pixels, blur, draw_scene
from tests.photo_files import written
from worker.analysis.features import measure_features
from worker.analysis.files import decode_photo, nominal_side, smaller_copies
from worker.analysis.files.resizing import side_to_judge
from worker.analysis.models import HAAR

FIELD = draw_scene(6, (900, 600))
PANORAMA = np.concatenate([FIELD, FIELD[:, ::-1], FIELD, FIELD[:, ::-1]], axis=1)


@pytest.mark.parametrize("name", ["JPEG", "PNG"])
@pytest.mark.parametrize(
    ("size", "shape"),
    [
        ((2400, 400), (341, 2048)),  # 512 pixels of an ordinary photo are 341 high
        ((400, 2400), (2048, 341)),
        ((1500, 50), (50, 1500)),
        ((3000, 2), (2, 3000)),
    ],
)
def test_a_panorama_is_decoded_by_its_height(name: str, size: tuple[int, int], shape: tuple[int, int]) -> None:
    photo = decode_photo(written(Image.new("RGB", size, (90, 120, 60)), name), target_side=512)
    assert photo.image.shape[:2] == pytest.approx(shape, rel=1 / 16)


def scores(image: Pixels) -> dict[str, float]:
    return measure_features(image, face_model=HAAR).scores


@pytest.mark.parametrize("is_tall", [False, True])
def test_a_panorama_has_the_scores_of_its_fields(*, is_tall: bool) -> None:
    field, panorama = (np.rot90(image).copy() if is_tall else image for image in (FIELD, PANORAMA))
    whole, part = scores(panorama), scores(field)
    for name in ("detail", "noise", "tenengrad_1024", "signal_1024", "floor_1024"):
        assert whole[name] == pytest.approx(part[name], abs=0.15), name
    assert scores(blur(panorama))["detail"] < whole["detail"] - 0.5


@pytest.mark.parametrize("width", range(2480, 2521, 4))
def test_nearly_a_panorama_is_never_judged_as_a_small_photo(width: int) -> None:
    side = side_to_judge(width, 1000, 512)
    reduced = (side, round(1000 * side / width))
    for height in (reduced[1] - 1, reduced[1], reduced[1] + 1):
        assert nominal_side(reduced[0], height) >= 500


@pytest.mark.parametrize(("width", "height"), [(12_000, 2_000), (8_000, 1_000), (1_000, 4_000), (40_000, 1_000)])
def test_the_copies_of_a_panorama_are_legible(width: int, height: int) -> None:
    preview, thumbnail = smaller_copies(np.zeros((height, width, 3), np.uint8))
    assert min(thumbnail.shape[:2]) >= 80
    assert thumbnail.shape[0] * thumbnail.shape[1] <= 1.02 * 512**2
    assert preview.shape[0] * preview.shape[1] <= 1.02 * 2048**2
    if width == 12_000:
        assert thumbnail.shape[0] >= 200
        assert preview.shape[0] >= 800


def test_an_ordinary_photo_keeps_its_copies() -> None:
    preview, thumbnail = smaller_copies(np.zeros((1639, 4096, 3), np.uint8))
    assert (preview.shape[1], thumbnail.shape[1]) == (2048, 512)
