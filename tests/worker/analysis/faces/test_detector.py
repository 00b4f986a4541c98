from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageOps

from albums.analysis import Face
from tests.drawing import blur, draw_scene
from tests.drawn_faces import add_face, draw_portrait
from tests.face_network import POINTS, POINTS_OF_A_TURNED_HEAD, write_network
from worker.analysis.faces.detector import FaceDetector, detector_for_this_thread
from worker.analysis.interface import FaceModelError
from worker.analysis.models import HAAR

REAL_PHOTOS = Path(__file__).resolve().parents[5] / "shared" / "photos" / "album"


@pytest.fixture(scope="module")
def detector() -> FaceDetector:
    return FaceDetector(HAAR)


def detected(detector: FaceDetector, image: NDArray[np.uint8], noise: float = 0.5) -> list[Face]:
    return detector.detect(image, np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8), noise)


# --- Haar cascades ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1200, 900), (900, 1200), (2000, 1500), (600, 450)])
@pytest.mark.parametrize("width", [0.12, 0.3, 0.5])
def test_it_finds_one_face_where_it_was_drawn(detector: FaceDetector, size: tuple[int, int], width: float) -> None:
    middle = (0.42, 0.5)
    faces = detected(detector, draw_portrait(size, middle=middle, width=width))
    assert len(faces) == 1
    face = faces[0]
    assert face.x + face.width / 2 == pytest.approx(middle[0], abs=0.1 * width)
    assert face.y + face.height / 2 == pytest.approx(middle[1], abs=0.2 * width * size[0] / size[1])
    assert 0.5 * width < face.width < 1.15 * width
    assert face.frontal
    assert not face.cut_off
    assert face.confidence > 0.5


def test_it_finds_every_face_and_names_the_largest_first(detector: FaceDetector) -> None:
    image = draw_portrait((1600, 1200), middle=(0.2, 0.4), width=0.15)
    add_face(image, middle=(0.5, 0.5), width=0.25)
    add_face(image, middle=(0.82, 0.4), width=0.1)
    faces = detected(detector, image)
    assert [round(face.x + face.width / 2, 1) for face in faces] == [0.5, 0.2, 0.8]


@pytest.mark.parametrize("seed", range(8))
def test_it_finds_no_face_in_a_scene_without_faces(detector: FaceDetector, seed: int) -> None:
    assert detected(detector, draw_scene(seed, (1200, 900))) == []


@pytest.mark.parametrize("width", [0.12, 0.3, 0.5])
def test_it_tells_open_eyes_from_closed_ones(detector: FaceDetector, width: float) -> None:
    (awake,) = detected(detector, draw_portrait(eyes_open=True, width=width))
    (asleep,) = detected(detector, draw_portrait(eyes_open=False, width=width))
    assert awake.eyes_open is not None
    assert asleep.eyes_open is not None
    assert awake.eyes_open > 0.6
    assert asleep.eyes_open < 0.35


def test_it_does_not_judge_the_eyes_of_a_tiny_face(detector: FaceDetector) -> None:
    (face,) = detected(detector, draw_portrait((480, 360), width=0.09))
    assert face.eyes_open is None


def test_it_judges_the_eyes_of_the_largest_faces_of_a_crowd_only(detector: FaceDetector) -> None:
    crowd = draw_scene(1, (2000, 1500))
    for number in range(14):
        add_face(crowd, middle=(0.1 + 0.2 * (number % 5), 0.2 + 0.3 * (number // 5)), width=0.06 + 0.002 * number)
    faces = detected(detector, crowd)
    assert len(faces) == 14
    assert [face.eyes_open is not None for face in faces] == [True] * 12 + [False] * 2


@pytest.mark.parametrize("middle", [(0.5, 0.16), (0.12, 0.5), (0.87, 0.5)])
def test_it_finds_faces_cut_off_by_the_edge(detector: FaceDetector, middle: tuple[float, float]) -> None:
    (cut,) = detected(detector, draw_portrait((1200, 900), middle=middle, width=0.3))
    assert cut.cut_off
    assert cut.frontal


def test_a_blurred_face_is_less_sharp_though_the_background_is_not(detector: FaceDetector) -> None:
    image = draw_portrait(width=0.4)
    front_focus = image.copy()
    middle = np.s_[150:660, 330:870]
    front_focus[middle] = blur(image, 0.0025)[middle]
    (sharp,), (soft,) = detected(detector, image), detected(detector, front_focus)
    assert soft.sharpness < sharp.sharpness - 0.2


@pytest.mark.parametrize("shape", [(1, 1), (5, 900), (23, 23), (30, 30), (30, 2000)])
def test_it_accepts_photos_too_small_for_faces(detector: FaceDetector, shape: tuple[int, int]) -> None:
    assert detected(detector, np.full((*shape, 3), 120, np.uint8)) == []


def test_a_face_survives_json(detector: FaceDetector) -> None:
    (face,) = detected(detector, draw_portrait())
    assert msgspec.convert(json.loads(json.dumps(msgspec.to_builtins(face))), Face) == face


@pytest.mark.skipif(not REAL_PHOTOS.is_dir(), reason="needs the real photos")
def test_it_finds_a_face_in_profile(detector: FaceDetector) -> None:
    with Image.open(REAL_PHOTOS / "IMG_1054.jpg") as photo:
        image = np.asarray(ImageOps.exif_transpose(photo).convert("RGB"))
    faces = detected(detector, image)
    assert [face.frontal for face in faces] == [False, True]
    assert faces[0].x < 0.3 < 0.6 < faces[1].x


# --- YuNet ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def red_square() -> NDArray[np.uint8]:
    """A square in which the network of `tests.face_network` sees a face 256 pixels wide around (640, 320)."""
    image = np.full((960, 1280, 3), 90, np.uint8)
    image[320:384, 640:704] = (230, 90, 40)
    return image


def test_it_uses_the_network_if_its_file_is_given(tmp_path: Path, red_square: NDArray[np.uint8]) -> None:
    (face,) = detected(FaceDetector(write_network(tmp_path / "network.onnx")), red_square)
    pixels = np.array([face.x * 1280, face.y * 960, face.width * 1280, face.height * 960])
    np.testing.assert_allclose(pixels, [512, 192, 256, 256], atol=2)
    assert face.frontal
    assert face.confidence > 0.9


def test_it_passes_bgr_to_the_network(tmp_path: Path, red_square: NDArray[np.uint8]) -> None:
    blue_square = np.ascontiguousarray(red_square[..., ::-1])
    assert detected(FaceDetector(write_network(tmp_path / "network.onnx")), blue_square) == []


@pytest.mark.parametrize(("points", "frontal"), [(POINTS, True), (POINTS_OF_A_TURNED_HEAD, False)])
def test_the_nose_shows_that_a_head_is_turned(
    tmp_path: Path, red_square: NDArray[np.uint8], points: tuple[tuple[float, float], ...], *, frontal: bool
) -> None:
    (face,) = detected(FaceDetector(write_network(tmp_path / "network.onnx", points)), red_square)
    assert face.frontal is frontal


@pytest.mark.parametrize("eyes_open", [True, False])
def test_it_judges_the_eyes_where_the_network_saw_them(tmp_path: Path, *, eyes_open: bool) -> None:
    image = draw_portrait((1280, 960), eyes_open=eyes_open, middle=(0.5, 0.5), width=0.25)
    # The drawn eyes are 0.25 of the face's square apart, and its centre is half a face above that of the network.
    image[480:544, 640:704] = (255, 90, 30)
    side = 1280 * 0.25 / 0.7
    points = tuple((sign * 0.125 * side / 64, -0.04 * side / 64) for sign in (-1, 1)) + POINTS[2:]
    (face,) = detected(FaceDetector(write_network(tmp_path / "network.onnx", points)), image)
    assert face.eyes_open is not None
    assert (face.eyes_open > 0.5) is eyes_open


def test_the_error_names_a_missing_model(red_square: NDArray[np.uint8]) -> None:
    with pytest.raises(FaceModelError, match=r"no face model at /nowhere/yunet\.onnx"):
        detected(FaceDetector("/nowhere/yunet.onnx"), red_square)


def test_the_error_names_a_file_that_is_not_a_model(tmp_path: Path, red_square: NDArray[np.uint8]) -> None:
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"This is no network.")
    with pytest.raises(FaceModelError, match=r"broken\.onnx is not a YuNet model"):
        detected(FaceDetector(broken), red_square)


# --- Threads ----------------------------------------------------------------------------------------------------------


def test_every_thread_has_its_own_detector_for_each_model(tmp_path: Path) -> None:
    model = tmp_path / "network.onnx"
    assert detector_for_this_thread() is detector_for_this_thread(None)
    assert detector_for_this_thread(model) is detector_for_this_thread(str(model))
    assert detector_for_this_thread(model) is not detector_for_this_thread()
    with ThreadPoolExecutor(1) as other:
        assert other.submit(detector_for_this_thread).result() is not detector_for_this_thread()


def test_threads_that_work_at_once_find_what_one_finds() -> None:
    photos = [draw_portrait((800, 600), width=0.2 + 0.03 * number, seed=number) for number in range(4)]
    alone = [detected(detector_for_this_thread(), photo) for photo in photos]
    with ThreadPoolExecutor(3) as threads:
        together = list(threads.map(lambda photo: detected(detector_for_this_thread(), photo), photos * 2))
    assert together == alone * 2
