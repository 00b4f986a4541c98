from __future__ import annotations

import struct
from datetime import datetime

import numpy as np
import pytest
from av import VideoFrame

from tests.drawing import blur, draw_scene, expose
from tests.photo_files import error_of, refused
from tests.video_files import APPLE, SCENE, SIZE, sound_bytes, video_bytes
from worker.analysis.files import decode_photo, video, video_file, video_frames
from worker.analysis.files.video_file import VideoFile
from worker.analysis.files.video_kinds import video_is_cut_off, video_kind
from worker.analysis.interface import DecodeLimits

BLACK = np.zeros_like(SCENE)


@pytest.mark.parametrize(
    ("container", "codec", "content_type"),
    [
        ("mp4", "libx264", "video/mp4"),
        ("mp4", "libx265", "video/mp4"),
        ("mp4", "libsvtav1", "video/mp4"),
        ("mov", "libx264", "video/quicktime"),
        ("3gp", "libx264", "video/3gpp"),
        ("matroska", "libx264", "video/x-matroska"),
        ("webm", "libvpx-vp9", "video/webm"),
        ("avi", "mjpeg", "video/x-msvideo"),
    ],
)
def test_it_shows_a_video_by_a_frame(container: str, codec: str, content_type: str) -> None:
    shown = decode_photo(video_bytes(container=container, codec=codec))
    assert (shown.format, shown.content_type) == ("video", content_type)
    assert (shown.width, shown.height) == SIZE
    assert error_of(shown, SCENE).mean() < 8
    assert shown.capture.seconds == pytest.approx(0.3, abs=0.11)


def test_it_reads_apples_time_with_its_zone_before_the_containers() -> None:
    tags = {
        "creation_time": "2023-05-09T11:48:30Z",
        f"{APPLE}creationdate": "2023-05-09T12:41:46+0100",
        f"{APPLE}make": "Apple",
        f"{APPLE}model": "iPhone 14 Pro",
        f"{APPLE}content.identifier": "1EA799FF",
    }
    capture = decode_photo(video_bytes(container="mov", tags=tags)).capture
    assert capture.taken_at == datetime(2023, 5, 9, 12, 41, 46)  # noqa: DTZ001
    assert (capture.utc_offset_minutes, capture.source) == (60, "exif")
    assert (capture.camera_make, capture.camera_model) == ("Apple", "iPhone 14 Pro")
    assert capture.content_id == "1EA799FF"


def test_a_time_in_utc_says_so() -> None:
    capture = decode_photo(video_bytes(tags={"creation_time": "2023-10-06T06:39:09Z"})).capture
    assert capture.taken_at == datetime(2023, 10, 6, 6, 39, 9)  # noqa: DTZ001
    assert (capture.utc_offset_minutes, capture.source) == (None, "utc")


def test_a_video_without_a_time_has_none() -> None:
    capture = decode_photo(video_bytes(container="webm", codec="libvpx-vp9")).capture
    assert (capture.taken_at, capture.source) == (None, None)


@pytest.mark.parametrize(("turned", "quarters"), [(90, -1), (180, 2), (270, 1)])
def test_it_turns_the_poster_upright(turned: int, quarters: int) -> None:
    shown = decode_photo(video_bytes(turned=turned))
    upright = np.rot90(SCENE, quarters)
    assert (shown.height, shown.width) == upright.shape[:2]
    assert error_of(shown, upright).mean() < 8


def test_the_poster_is_not_black() -> None:
    assert error_of(decode_photo(video_bytes([BLACK, BLACK, SCENE])), SCENE).mean() < 8


def test_it_looks_beyond_the_frames_that_are_coded_alone_when_they_are_black() -> None:
    fades_in = [BLACK] * 6 + [SCENE] * 6
    assert error_of(decode_photo(video_bytes(fades_in, keyframes=100)), SCENE).mean() < 8


def test_the_poster_is_sharp() -> None:
    shown = decode_photo(video_bytes([blur(SCENE, 0.03), SCENE, blur(SCENE, 0.03)]))
    assert error_of(shown, SCENE).mean() < 8


def test_of_sharp_frames_the_first_is_the_poster() -> None:
    assert error_of(decode_photo(video_bytes([SCENE, draw_scene(6, SIZE)])), SCENE).mean() < 8


def test_a_black_video_has_a_black_poster() -> None:
    assert decode_photo(video_bytes([BLACK] * 3)).image.max() < 8


def test_it_looks_at_no_more_frames_than_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = []
    measured = video_frames.measure_frame

    def counted(frame: VideoFrame, side: int) -> tuple[float, float]:
        looked_at.append(frame)
        return measured(frame, side)

    monkeypatch.setattr(video_frames, "measure_frame", counted)
    decode_photo(video_bytes([SCENE] * 40))
    assert len(looked_at) == 5


@pytest.mark.parametrize(("transfer", "white"), [(16, 0.5807), (18, 0.75)])
def test_hdr_is_mapped_to_what_a_screen_shows(transfer: int, white: float) -> None:
    """Diffuse white has 58 % of the signal in PQ and 75 % in HLG (ITU-R BT.2408)."""
    grey = np.full_like(SCENE, round(255 * white))
    shown = decode_photo(video_bytes([grey], codec="libx265", hdr=transfer)).image
    assert shown.mean() > 245
    assert shown.reshape(-1, 3).std(axis=1).max() < 3
    dark = decode_photo(video_bytes([np.full_like(SCENE, round(255 * white / 2))], codec="libx265", hdr=transfer)).image
    assert dark.mean() < 150


def test_brighter_light_stays_brighter() -> None:
    ramp = np.broadcast_to(np.linspace(0, 190, SIZE[0])[None, :, None], SCENE.shape).astype(np.uint8)
    shown = decode_photo(video_bytes([ramp], codec="libx265", hdr=16)).image.mean(axis=(0, 2))
    assert (np.diff(shown[::8]) >= 0).all()
    assert shown[-1] > 250


@pytest.mark.parametrize("container", ["mp4", "matroska", "avi"])
def test_of_a_large_video_the_ends_are_enough(container: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = video_bytes([SCENE] * 60, container=container, codec="mjpeg")
    head, tail = len(whole) // 4, len(whole) // 8
    monkeypatch.setattr(video_file, "HEAD_BYTES", head)
    ends = whole[:head] + whole[-tail:]
    shown = decode_photo(ends, skipped=len(whole) - len(ends))
    assert error_of(shown, SCENE).mean() < 8
    assert shown.capture.seconds == pytest.approx(6.0, abs=0.2)
    assert refused(ends[:-4000]).code == "truncated"


def test_a_file_with_a_missing_middle_is_read_in_its_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video_file, "HEAD_BYTES", 4)
    file = VideoFile(b"headtail", skipped=10)
    assert (file.size, file.read(3), file.read(3), file.read(3)) == (18, b"hea", b"d", b"")
    assert (file.seek(-3, 2), file.read(), file.tell()) == (15, b"ail", 18)
    assert (file.seek(14), file.seek(-2, 1), file.read(2)) == (14, 12, b"")


# --- What cannot be shown -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("container", ["mp4", "matroska", "avi"])
def test_a_video_that_is_cut_off_says_so(container: str) -> None:
    whole = video_bytes([expose(SCENE, 0)] * 3, container=container, codec="mjpeg")
    assert not video_is_cut_off(VideoFile(whole))
    error = refused(whole[: len(whole) // 2])
    assert error.code == "truncated"
    assert error.message == "This video is cut off. Copy it again from the camera or card."


def test_a_damaged_video_says_so() -> None:
    whole = video_bytes()
    start = whole.index(b"mdat") + 4
    assert refused(whole[:start] + bytes(len(whole) - start - 800) + whole[-800:]).code == "corrupt"


def test_a_file_with_nothing_but_sound_says_so() -> None:
    for container in ("mp4", "matroska"):
        error = refused(sound_bytes(container))
        assert error.code == "unsupported_format"
        assert "sound recording" in error.message


def test_a_codec_that_nobody_films_with_is_not_decoded() -> None:
    error = refused(video_bytes(container="matroska", codec="ffv1"))
    assert error.code == "unsupported_format"
    assert "ffv1" in error.message


def test_a_frame_that_is_too_large_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video, "MOST_PIXELS", 100 * 100)
    error = refused(video_bytes())
    assert error.code == "too_many_pixels"
    assert "160 by 120" in error.message


def test_too_long_and_too_large_videos_say_so() -> None:
    whole = video_bytes()
    assert refused(whole, limits=DecodeLimits(max_video_bytes=len(whole) - 1)).code == "too_many_bytes"
    assert refused(whole, limits=DecodeLimits(max_bytes=1, max_video_seconds=0)).code == "too_long"


def test_a_container_that_never_ends_has_no_length() -> None:
    endless = b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff"
    assert not video_is_cut_off(VideoFile(endless))


def test_pictures_and_sound_of_the_same_container_are_not_videos() -> None:
    for brand in (b"M4A ", b"crx "):
        assert video_kind(struct.pack(">I4s4s", 16, b"ftyp", brand) + bytes(4)) is None
    assert video_kind(b"\x1a\x45\xdf\xa3\x80") is None
