"""The schema of the analysis matches what the worker writes."""

from __future__ import annotations

import json
import math
from datetime import datetime
from typing import Any

import jsonschema
import msgspec
import pytest
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from albums.analysis import REASONS, SCORES, CaptureInformation, Face, Reason
from albums.models import Photo
from tests.factories import make_album, make_photo
from web.accounts.models import User
from worker.stages.rows import capture_of, capture_to_json

CAPTURE = CaptureInformation(
    taken_at=datetime(2024, 6, 8, 12, 0),  # noqa: DTZ001 (of the camera's clock)
    utc_offset_minutes=120,
    source="exif",
    camera_make="Example",
    camera_model="One",
    camera_serial="0001",
    lens_model="50 mm",
    exposure_time=0.01,
    f_number=2.8,
    iso=100.0,
    exposure_bias=-0.7,
    brightness=3.5,
    focal_length=50.0,
    focal_length_35mm=75.0,
    subject_distance=2.0,
    exposure_mode="bracket",
    flash_fired=False,
    burst_id="a burst",
    shot_number=1010001,
    jpeg_step=7.5,
    jpeg_standard=True,
    is_panorama=False,
    raw="embedded",
    has_large=True,
    seconds=3.5,
    content_id="1EA799FF",
    has_film=True,
    rating=3,
    label="Red",
    description="At the lake",
)
FACE = Face(0.1, 0.2, 0.3, 0.4, eyes_open=None, sharpness=-3.0, frontal=True, cut_off=False, confidence=0.9)


@pytest.fixture
def schemas() -> dict[str, Any]:
    """The components of the API's schema, by name."""
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return dict(schema["components"]["schemas"])


def test_the_example_leaves_nothing_out() -> None:
    assert None not in msgspec.structs.asdict(CAPTURE).values()


def test_the_schema_names_every_reason(schemas: dict[str, Any]) -> None:
    assert schemas["ReasonCode"]["enum"] == list(REASONS)
    assert schemas["ReasonOutput"]["required"] == ["code", "text"]


def test_the_schema_names_every_score_and_its_unit(schemas: dict[str, Any]) -> None:
    shown = schemas["ScoresOutput"]["properties"]
    assert {name: score["description"] for name, score in shown.items()} == SCORES
    assert shown["noise"] == {"type": "number", "format": "double", "description": SCORES["noise"]}
    assert "required" not in schemas["ScoresOutput"]


def test_the_schema_names_every_field_of_a_face(schemas: dict[str, Any]) -> None:
    names = list(Face.__struct_fields__)
    assert list(schemas["FaceOutput"]["properties"]) == names
    assert schemas["FaceOutput"]["required"] == names[: -len(Face.__struct_defaults__)]


def test_the_schema_names_every_capture_setting(schemas: dict[str, Any]) -> None:
    assert schemas["CaptureOutput"]["properties"].keys() == capture_to_json(CAPTURE).keys()
    assert "required" not in schemas["CaptureOutput"]


def test_missing_capture_settings_are_left_out(schemas: dict[str, Any]) -> None:
    assert "null" not in json.dumps(schemas["CaptureOutput"])
    assert capture_to_json(CaptureInformation(subject_distance=math.inf)) == {"is_panorama": False}


def test_it_reads_rows_of_another_version() -> None:
    older = Photo(capture={"iso": 100, "of_a_later_version": True}, camera="One")
    assert capture_of(older) == CaptureInformation(iso=100.0, camera_model="One")


@pytest.mark.parametrize("is_analyzed", [True, False])
def test_a_response_matches_the_schema(
    alice: User, alice_client: APIClient, schemas: dict[str, Any], *, is_analyzed: bool
) -> None:
    written: dict[str, Any] = {
        "capture": capture_to_json(CAPTURE),
        "scores": dict.fromkeys(SCORES, 0.5),
        "faces": msgspec.to_builtins([FACE]),
        "reasons": msgspec.to_builtins([Reason.of("sharpest", 5), Reason.of("eyes_open")]),
    }
    written["description"] = "Anna\nvid sjön"
    photo = make_photo(make_album(alice), **(written if is_analyzed else {"state": "uploaded"}))

    shown = alice_client.get(f"/api/v1/photos/{photo.id}/").json()

    if is_analyzed:
        assert {name: shown[name] for name in written} == written
    jsonschema.validate(shown, {"$ref": "#/components/schemas/PhotoDetailOutput", "components": {"schemas": schemas}})
