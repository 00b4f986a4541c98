from __future__ import annotations

import json
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from albums.analysis import SCORES, Face, PhotoFeatures
from tests.drawing import draw_scene
from tests.drawn_faces import add_face, draw_portrait
from worker.analysis.features import measure_features
from worker.analysis.interface import FaceModelError
from worker.analysis.measures.gradient_map import unpack_gradient_map

OF_FACES = {"face_detail", "face_tone", "eyes_open", "faces_frontal", "faces_cut_off"}


def check(features: PhotoFeatures) -> None:
    """Check what must hold for the features of any photo."""
    assert set(SCORES) - OF_FACES <= set(features.scores) <= set(SCORES)
    assert all(type(score) is float for score in features.scores.values())
    assert np.isfinite(list(features.scores.values())).all()
    kept = json.loads(json.dumps(msgspec.to_builtins({"scores": features.scores, "faces": features.faces})))
    faces = msgspec.convert(kept["faces"], list[Face])
    assert PhotoFeatures(kept["scores"], faces, features.gradient_map) == features
    assert unpack_gradient_map(features.gradient_map) is not None


def test_a_photo_without_faces_has_every_score_but_those_of_faces() -> None:
    features = measure_features(draw_scene(1, (1200, 900)))
    check(features)
    assert set(features.scores) == set(SCORES) - OF_FACES
    assert features.scores["face_count"] == 0


def test_a_portrait_has_every_score() -> None:
    features = measure_features(draw_portrait())
    check(features)
    assert set(features.scores) == set(SCORES)
    assert features.scores["face_count"] == 1
    assert features.scores["faces_frontal"] == 1
    assert features.scores["faces_cut_off"] == 0
    assert features.scores["face_detail"] == pytest.approx(features.faces[0].sharpness)
    assert features.scores["eyes_open"] == pytest.approx(features.faces[0].eyes_open)


def test_large_faces_count_for_more_than_small_ones() -> None:
    image = draw_portrait((1600, 1200), eyes_open=True, middle=(0.3, 0.5), width=0.35)
    add_face(image, eyes_open=False, middle=(0.75, 0.4), width=0.12)
    features = measure_features(image)
    awake, asleep = (face.eyes_open for face in features.faces)
    assert awake is not None
    assert asleep is not None
    plain_mean = (awake + asleep) / 2
    assert plain_mean < features.scores["eyes_open"] < awake


def test_every_score_has_a_description() -> None:
    assert all(SCORES.values())


def test_the_same_photo_has_the_same_features() -> None:
    image = draw_portrait()
    assert measure_features(image) == measure_features(image.copy())


def test_it_leaves_the_photo_as_it_is() -> None:
    image = draw_portrait()
    before = image.copy()
    measure_features(image)
    np.testing.assert_array_equal(image, before)


@pytest.mark.parametrize("shape", [(1, 1), (1, 50), (3, 3), (7, 9), (24, 24), (20, 900), (64, 64), (5000, 30)])
@pytest.mark.parametrize("level", [0, 128, 255])
def test_it_accepts_uniform_photos_of_any_size(shape: tuple[int, int], level: int) -> None:
    features = measure_features(np.full((*shape, 3), level, np.uint8))
    check(features)
    assert features.scores["laplacian_variance"] == 0
    assert features.scores["noise"] == 0
    assert features.faces == []


@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 70), st.integers(1, 70), st.just(3))))
def test_it_gives_finite_scores_for_any_small_photo(image: NDArray[np.uint8]) -> None:
    check(measure_features(image))


def test_a_photo_beyond_the_preview_is_measured_as_the_preview() -> None:
    large = measure_features(draw_scene(2, (2560, 1920))).scores
    preview = measure_features(draw_scene(2, (2048, 1536))).scores
    assert large["tenengrad_512"] == pytest.approx(preview["tenengrad_512"], abs=0.1)
    assert large["brightness"] == pytest.approx(preview["brightness"], abs=0.01)


def test_it_accepts_array_views() -> None:
    image = draw_scene(3, (700, 500))
    assert measure_features(image[::-1, 10:-10][::-1]) == measure_features(image[:, 10:-10].copy())


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((10, 10), np.uint8),
        np.zeros((10, 10, 4), np.uint8),
        np.zeros((10, 10, 3), np.float32),
        np.zeros((0, 10, 3), np.uint8),
    ],
)
def test_it_refuses_invalid_arrays(image: NDArray[np.uint8]) -> None:
    with pytest.raises(ValueError, match="A photo is a uint8 array"):
        measure_features(image)


def test_it_names_a_face_model_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FaceModelError, match="no face model"):
        measure_features(draw_scene(1), face_model=tmp_path / "yunet.onnx")


def test_an_empty_path_means_the_cascades() -> None:
    assert measure_features(draw_portrait(), face_model="").scores["face_count"] == 1
