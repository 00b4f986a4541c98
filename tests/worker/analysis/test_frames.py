"""Choosing the frames of drawn videos, whose sharp moments are known."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import cv2
import numpy as np
import pytest
from av import VideoFrame
from numpy.typing import NDArray
from PIL import Image

from tests.drawing import draw_scene
from tests.video_files import RATE, video_bytes
from worker.analysis.files import opened_video, video_parts
from worker.analysis.files.video_frames import measure_frame
from worker.analysis.frames import find_frames
from worker.analysis.interface import MOST_FRAMES, FoundFrames
from worker.analysis.models import HAAR

Pixels = NDArray[np.uint8]
SIZE = (320, 240)
SCENES = [draw_scene(number, SIZE) for number in range(7)]


@pytest.fixture(autouse=True)
def _one_of_each_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judge only the sharpest frame of each part: the faces are those of others' tests."""
    monkeypatch.setattr(video_parts, "_FRAMES_OF_PART", 1)


def _blurred(picture: Pixels, pixels: int = 25) -> Pixels:
    """Out of focus."""
    return np.asarray(cv2.blur(picture, (pixels, pixels)), np.uint8)


def _film(*moments: tuple[Pixels, float, float]) -> list[Pixels]:
    """Ten pictures a second: of each moment a scene, its seconds, and from when on it is sharp for a moment."""
    pictures: list[Pixels] = []
    for scene, seconds, sharp_at in moments:
        times = np.arange(round(seconds * RATE)) / RATE
        pictures += [scene if sharp_at <= at < sharp_at + 0.25 else _blurred(scene) for at in times]
    return pictures


def _found(pictures: Sequence[Pixels], *, keyframes: int = 1) -> FoundFrames:
    return find_frames(video_bytes(pictures, keyframes=keyframes), face_model=HAAR)


def _picture(jpeg: bytes) -> Pixels:
    return np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB"))


@pytest.mark.parametrize("keyframes", [1, 10, 200], ids=["each coded alone", "one a second", "one at the start"])
def test_it_finds_the_sharp_moment_of_each_scene(keyframes: int) -> None:
    film = _film((SCENES[0], 4, 2.3), (SCENES[1], 4, 1.1), (SCENES[2], 4, 3.2))
    found = _found(film, keyframes=keyframes)
    assert found.seconds == pytest.approx(12, abs=0.2)
    places = [frame.at for frame in found.frames]
    assert [any(start <= at < start + 0.35 for at in places) for start in (2.25, 5.05, 11.15)] == [True] * 3
    for frame, scene in zip(found.frames, SCENES, strict=False):
        picture = _picture(frame.jpeg)
        assert picture.shape == (240, 320, 3)
        assert np.abs(picture.astype(float) - scene).mean() < 6


def test_no_two_are_alike() -> None:
    assert len(_found([SCENES[3]] * 60, keyframes=10).frames) == 1


def test_a_short_video_has_few_and_a_long_one_no_more_than_the_most() -> None:
    many = [scene for scene in SCENES for _ in range(36)]
    assert len(_found(many, keyframes=10).frames) == MOST_FRAMES
    assert len(_found(many[20:56], keyframes=10).frames) == 1


def test_what_nobody_would_keep_is_left_out() -> None:
    assert _found([np.zeros_like(SCENES[0])] * 30).frames == []


def test_it_writes_the_time_of_each_frame() -> None:
    began = datetime(2024, 6, 8, 23, 59, 58)  # noqa: DTZ001 - a wall clock
    film = [*[SCENES[0]] * 40, *[SCENES[1]] * 40]
    found = find_frames(video_bytes(film), face_model=HAAR, began=began, utc_offset_minutes=-210)
    last = found.frames[-1]
    shot = Image.open(io.BytesIO(last.jpeg)).getexif().get_ifd(0x8769)
    seconds = int(last.at) - 2
    assert shot[0x9003] == f"2024:06:09 00:00:{seconds:02d}" and shot[0x9011] == "-03:30"


def test_it_decodes_no_more_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a video with many frames that are coded alone: those that are compared, and a second for each part."""
    decoded: list[VideoFrame] = []

    def counted(frame: VideoFrame, side: int) -> tuple[float, float]:
        decoded.append(frame)
        return measure_frame(frame, side)

    monkeypatch.setattr(video_parts, "measure_frame", counted)
    monkeypatch.setattr(video_parts, "_MOST_KEYS", 12)
    monkeypatch.setattr(video_parts, "_MOST_PIXELS", 12 * 3 * 24 * 32)
    _found([np.zeros((24, 32, 3), np.uint8)] * 300)
    assert 12 < len(decoded) <= 2 * 12 + 12 * 4


def test_times_that_go_back_and_forth_make_no_more_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each part is judged, and what was judged is compared with all the others."""
    frame = VideoFrame.from_ndarray(SCENES[0], format="rgb24")
    monkeypatch.setattr(video_parts.VideoParts, "_decoded", lambda *_: iter([(frame, 0.5), (frame, 3.5)] * 10))
    with opened_video(video_bytes([SCENES[0]] * 40)) as video:
        assert len(list(video_parts.VideoParts(video, 12, ends_at=float("inf")).sharpest())) == 2


def test_it_stops_when_its_time_is_over() -> None:
    with opened_video(video_bytes([SCENES[0]] * 100)) as video:
        parts = video_parts.VideoParts(video, 12, ends_at=0.0)
        list(parts.sharpest())
    assert parts.seconds < 1
    found = find_frames(video_bytes([SCENES[0]] * 100), face_model=HAAR, processor_seconds=0.0)
    assert found.seconds < 1
