"""Messages between a worker and its sandbox, which may have been taken over by a photo."""

from __future__ import annotations

import io
import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.drawing import draw_scene, jpeg_bytes
from worker.analysis.examination import examine_photo
from worker.analysis.files import DecodeLimits
from worker.sandbox.wire import (
    WireError,
    examination_from_json,
    examination_to_json,
    read_message,
    write_message,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text().filter(lambda name: name != "sizes"), JSON), st.lists(st.binary(), max_size=3))
def test_what_is_written_is_read(header: dict[str, object], blobs: list[bytes]) -> None:
    stream = io.BytesIO()
    write_message(stream, header, blobs)
    write_message(stream, {"kind": "next"})
    stream.seek(0)
    assert read_message(stream) == (header, blobs)
    assert read_message(stream) == ({"kind": "next"}, [])
    assert read_message(stream) is None


@given(st.binary(min_size=1))
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(WireError):
        read_message(io.BytesIO(data))


@given(JSON)
def test_headers_that_lie_are_refused(sizes: object) -> None:
    encoded = json.dumps({"sizes": sizes} if sizes != [] else [sizes]).encode()
    stream = io.BytesIO(struct.pack(">I", len(encoded)) + encoded)
    try:
        header, blobs = read_message(stream) or ({}, [])
    except WireError:
        return
    # Only lists of nothing, or things that are as empty, ask for no bytes.
    assert header == {} and all(blob == b"" for blob in blobs)


def test_headers_have_a_bound() -> None:
    with pytest.raises(WireError, match="A header of"):
        read_message(io.BytesIO(struct.pack(">I", 2**32 - 1)))


def test_an_examination_travels_whole() -> None:
    photo = jpeg_bytes(draw_scene(3, (320, 240)), orientation=6, camera=("Drawn", "One"))
    made = examine_photo(photo, limits=DecodeLimits(), face_model=None, pictures_ready=lambda *_pictures: None)
    assert examination_from_json(json.loads(json.dumps(examination_to_json(made)))) == made


@given(JSON)
def test_an_examination_that_is_none_is_refused(fields: object) -> None:
    with pytest.raises(WireError):
        examination_from_json(fields)
