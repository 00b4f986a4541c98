from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.drawing import jpeg_bytes
from tests.photo_files import PICTURE, SCENE, heic_bytes
from tests.video_files import video_bytes
from worker.analysis.files import boxes_in, decode_photo, motion
from worker.analysis.stripping.boxes import box

FILM = video_bytes()


def test_a_film_behind_a_jpeg_is_found() -> None:
    assert decode_photo(jpeg_bytes(SCENE) + FILM).capture.has_film
    assert decode_photo(jpeg_bytes(SCENE) + FILM + b"SEFH and other records of Samsung").capture.has_film


def test_a_film_in_a_heic_is_found() -> None:
    assert decode_photo(heic_bytes(PICTURE) + box(b"mpvd", FILM)).capture.has_film


def test_photos_without_a_film_have_none() -> None:
    for data in (
        jpeg_bytes(SCENE),
        heic_bytes(PICTURE),
        jpeg_bytes(SCENE) + b"ftyp" * 9,
        jpeg_bytes(SCENE) + FILM[:40],
    ):
        assert decode_photo(data).capture.has_film is None
    assert decode_photo(jpeg_bytes(SCENE) + heic_bytes(PICTURE)).capture.has_film is None


def test_a_file_full_of_beginnings_is_searched_only_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    walked = []

    def counted(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
        for found in boxes_in(data, start, end):
            walked.append(found)
            yield found

    monkeypatch.setattr(motion, "boxes_in", counted)
    assert not motion.has_film(jpeg_bytes(SCENE) + box(b"ftyp", bytes(8)) * 500, "jpeg")
    assert len(walked) <= 10_001
