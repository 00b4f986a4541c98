"""Messages between a worker and its sandbox, which may have been taken over by a photo."""

from __future__ import annotations

import io
import json
import math
import struct
from datetime import datetime

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from albums.analysis import CaptureInformation, Examination, Face, PhotoFeatures, Sidecar
from tests.drawing import draw_scene, jpeg_bytes
from worker.analysis.examination import examine_photo
from worker.analysis.interface import DecodeLimits
from worker.sandbox.wire import (
    WireError,
    decode_examination,
    decode_sidecar,
    encode_examination,
    encode_sidecar,
    plain_text,
    read_message,
    write_message,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)

TAKEN_AT = datetime(2024, 6, 8, 12, 0, 0, 250_000)  # noqa: DTZ001 (of the camera's clock)
FACE = Face(0.1, 0.2, 0.3, 0.4, eyes_open=None, sharpness=-3.0, frontal=True, cut_off=False, confidence=0.9)
EXAMINATION = Examination(
    content_type="image/jpeg",
    width=320,
    height=240,
    thumbnail_width=320,
    thumbnail_height=240,
    capture=CaptureInformation(taken_at=TAKEN_AT, iso=100.0, exposure_mode="auto"),
    features=PhotoFeatures({"noise": 1.0}, [FACE], b"map"),
    placeholder="data:image/jpeg;base64,",
    histogram=[0.5, 0.5],
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
    with pytest.raises(WireError, match="The header is too large"):
        read_message(io.BytesIO(struct.pack(">I", 2**32 - 1)))


def test_an_examination_travels_whole() -> None:
    photo = jpeg_bytes(draw_scene(3, (320, 240)), orientation=6, camera=("Drawn", "One"))
    made = examine_photo(photo, limits=DecodeLimits(), face_model=None, pictures_ready=lambda *_pictures: None)
    assert decode_examination(encode_examination(made)) == made
    far = replace(made, capture=replace(made.capture, taken_at=TAKEN_AT, subject_distance=math.inf))
    assert decode_examination(encode_examination(far)) == far


@given(JSON.map(msgspec.msgpack.encode) | st.binary())
@example(b"\x91" * 100_000)
def test_an_examination_that_is_none_is_refused(encoded: bytes) -> None:
    with pytest.raises(WireError, match="Invalid examination"):
        decode_examination(encoded)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("width", "320"),
        ("width", True),
        ("width", 0),
        ("width", 2**31),
        ("content_type", "x" * 51),
        ("placeholder", None),
        ("histogram", [math.nan]),
        ("histogram", [2.0]),
        ("unknown", 1),
        ("placeholder", "data:\0"),
        ("capture.camera_model", "Camera\0 1"),
        ("capture.iso", math.inf),
        ("capture.subject_distance", math.nan),
        ("capture.taken_at", "yesterday"),
        ("capture.taken_at", "2024-06-08T12:00:00Z"),
        ("capture.utc_offset_minutes", 2**15),
        ("capture.exposure_mode", "other"),
        ("capture.unknown", 1),
        ("features.gradient_map", 1),
        ("features.scores", {"noise": math.nan}),
        ("features.scores", {"noise": "1"}),
        ("features.scores", {"unknown": 1.0}),
        ("features.faces.0.x", -math.inf),
        ("features.faces.0.frontal", 1),
        ("features.faces.0.unknown", 1),
    ],
)
def test_an_examination_that_lies_is_refused(path: str, value: object) -> None:
    fields = msgspec.msgpack.decode(encode_examination(EXAMINATION))
    *parents, name = path.split(".")
    holder = fields
    for parent in parents:
        holder = holder[int(parent) if parent.isdigit() else parent]
    holder[name] = value
    with pytest.raises(WireError, match="Invalid examination"):
        decode_examination(msgspec.msgpack.encode(fields))


def test_texts_for_people_are_such_that_every_database_takes_them() -> None:
    """A sandbox that a photo has taken over may send anything. PostgreSQL refuses NUL and halves of characters."""
    assert plain_text("cut\0 off \ud800.") == "cut off ?."
    assert plain_text("x" * 1000, 40) == "x" * 40
    assert plain_text(None) == "None"


def test_examinations_have_a_bound() -> None:
    with pytest.raises(WireError, match="The examination is too large"):
        decode_examination(bytes((4 << 20) + 1))


def test_a_sidecar_is_read_as_it_was_written() -> None:
    sidecar = Sidecar(content_type="application/json", taken_at=TAKEN_AT, utc_offset_minutes=0, longitude=2.5)
    assert decode_sidecar(encode_sidecar(sidecar)) == sidecar


@pytest.mark.parametrize(
    "encoded",
    [
        b"",
        encode_sidecar(Sidecar(content_type="application/json", label="a\0b")),
        encode_sidecar(Sidecar(content_type="application/json", label="a" * 201)),
        encode_sidecar(Sidecar(content_type="application/json", rating=6)),
        encode_sidecar(Sidecar(content_type="application/json", longitude=math.nan)),
        msgspec.msgpack.encode({"content_type": "text/html"}),
        msgspec.msgpack.encode({"content_type": "application/json", "more": 1}),
        bytes(5000),
    ],
)
def test_what_is_no_sidecar_is_refused(encoded: bytes) -> None:
    with pytest.raises(WireError):
        decode_sidecar(encoded)
