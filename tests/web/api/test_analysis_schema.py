"""What the schema says of the analysis is what the worker writes."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

import jsonschema
import pytest
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from albums.analysis import REASONS, SCORES, CaptureInformation, Face, Reason
from tests.making import make_album, make_photo
from web.accounts.models import User
from web.api.serializers.analysis import REASON_CODES, CaptureOutput, FaceOutput, ScoresOutput
from worker.stages.rows import capture_to_json

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
    is_panorama=False,
)
FACE = Face(0.1, 0.2, 0.3, 0.4, eyes_open=None, sharpness=-3.0, frontal=True, cut_off=False, confidence=0.9)


def test_the_example_leaves_nothing_out() -> None:
    assert None not in asdict(CAPTURE).values()


def test_the_schema_names_every_reason() -> None:
    assert set(REASON_CODES) == set(REASONS)


def test_the_schema_names_every_score() -> None:
    assert ScoresOutput().fields.keys() == SCORES.keys()


def test_the_schema_names_everything_of_a_face() -> None:
    assert FaceOutput().fields.keys() == {field.name for field in fields(Face)}


def test_the_schema_names_everything_of_the_capture() -> None:
    assert CaptureOutput().fields.keys() == capture_to_json(CAPTURE).keys()


@pytest.mark.parametrize("is_analyzed", [True, False])
def test_an_answer_is_as_the_schema_says(alice: User, alice_client: APIClient, *, is_analyzed: bool) -> None:
    written: dict[str, Any] = {
        "capture": capture_to_json(CAPTURE),
        "scores": dict.fromkeys(SCORES, 0.5),
        "faces": [FACE.to_json()],
        "reasons": [Reason("sharpest", 5).to_json(), Reason("eyes_open").to_json()],
    }
    photo = make_photo(make_album(alice), **(written if is_analyzed else {"state": "uploaded"}))

    shown = alice_client.get(f"/api/v1/photos/{photo.id}/").json()

    if is_analyzed:
        assert {name: shown[name] for name in written} == written
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    jsonschema.validate(shown, {"$ref": "#/components/schemas/PhotoOutput", "components": schema["components"]})
