"""Tests of the first bytes that the pages look at: they refuse nothing that the service takes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from worker.analysis.files import first_bytes, identify
from worker.analysis.interface import DecodeError

PHOTOS = sorted(path for path in Path("tests/photos").rglob("*") if path.suffix in {".jpg", ".heic", ".png", ".avif"})


def is_refused(data: bytes) -> bool:
    return any(data.startswith(mark, offset) for offset, mark in first_bytes.refused())


def is_photo(data: bytes) -> bool:
    return any(data.startswith(mark, offset) for offset, mark in first_bytes.PHOTOS)


@pytest.mark.parametrize(("offset", "mark"), list(first_bytes.refused()))
def test_the_service_refuses_what_the_pages_refuse(offset: int, mark: bytes) -> None:
    with pytest.raises(DecodeError):
        identify(bytes(offset) + mark + bytes(1024))
    assert not is_photo(bytes(offset) + mark)


@pytest.mark.parametrize("text", list(first_bytes.refused_texts()))
def test_the_service_refuses_the_texts_that_the_pages_refuse(text: str) -> None:
    with pytest.raises(DecodeError):
        identify(text.encode() + b" version='1'>")


@pytest.mark.parametrize("name", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "JPEG2000"])
def test_the_pages_refuse_no_photo(name: str) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, name)
    assert not is_refused(stream.getvalue())
    assert is_photo(stream.getvalue()) or name == "BMP"


@pytest.mark.parametrize("path", PHOTOS, ids=lambda path: path.name)
def test_the_pages_refuse_no_real_photo(path: Path) -> None:
    assert not is_refused(path.read_bytes()[:512])
