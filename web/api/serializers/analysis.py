"""What the analysis says of a photo: kept as JSON, sent as it is kept, and described here for the schema.

The serializers below are never run: they would only copy, field by field, what the worker wrote in this very form.
`tests/web/api/test_analysis_schema.py` holds them to what the worker writes.
"""

from __future__ import annotations

from typing import Any, Final

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

REASON_CODES: Final = (
    # of the best
    "sharpest",
    "sharper",
    "least_noise",
    "less_noise",
    "less_compressed",
    "best_exposed",
    "well_exposed",
    "more_faces",
    "eyes_open",
    "eyes_more_open",
    "facing_camera",
    "faces_whole",
    "best_overall",
    "your_taste",
    "no_clear_winner",
    "only_photo",
    # of the others
    "softer",
    "motion_blur",
    "out_of_focus",
    "noisier",
    "more_compressed",
    "too_dark",
    "too_bright",
    "worse_exposed",
    "fewer_faces",
    "eyes_closed",
    "eyes_less_open",
    "turned_away",
    "face_cut_off",
    "nearly_as_good",
    "weaker_overall",
    "less_your_taste",
)
"""Why a photo is where it is in its group, in the codes of the ranking."""

EXPOSURE_MODES: Final = ("auto", "manual", "bracket")


class ReasonOutput(serializers.Serializer[Any]):
    """Why a photo is where it is in its group."""

    code = serializers.ChoiceField(choices=REASON_CODES, help_text="For programs and translators.")
    text = serializers.CharField(help_text="For people, in English.")
    count = serializers.IntegerField(required=False, help_text="Photos that the text speaks of, where it names some.")


class FaceOutput(serializers.Serializer[Any]):
    """A face in a photo. The box is in shares of the upright photo's width and height."""

    x = serializers.FloatField()
    y = serializers.FloatField()
    width = serializers.FloatField()
    height = serializers.FloatField()
    eyes_open = serializers.FloatField(allow_null=True, help_text="From 0 to 1; null where no eye could be judged.")
    sharpness = serializers.FloatField(help_text="A natural logarithm, comparable between photos of one group.")
    frontal = serializers.BooleanField(help_text="Looks towards the camera.")
    cut_off = serializers.BooleanField(help_text="Cut by the edge of the photo.")
    confidence = serializers.FloatField(help_text="From 0 to 1, that it is a face at all.")


class CaptureOutput(serializers.Serializer[Any]):
    """How the photo was taken, as far as the file says; what it does not say is left out."""

    camera_serial = serializers.CharField(required=False)
    lens_model = serializers.CharField(required=False)
    exposure_time = serializers.FloatField(required=False, help_text="Seconds.")
    f_number = serializers.FloatField(required=False)
    iso = serializers.FloatField(required=False)
    exposure_bias = serializers.FloatField(required=False, help_text="The correction that was asked for, in EV.")
    brightness = serializers.FloatField(required=False, help_text="Of the scene as metered, in APEX units (EV).")
    focal_length = serializers.FloatField(required=False, help_text="Millimetres, as engraved on the lens.")
    focal_length_35mm = serializers.FloatField(required=False)
    subject_distance = serializers.FloatField(required=False, help_text="Metres to what is in focus.")
    exposure_mode = serializers.ChoiceField(choices=EXPOSURE_MODES, required=False)
    flash_fired = serializers.BooleanField(required=False)
    burst_id = serializers.CharField(required=False, help_text="The same on every frame of one burst.")
    is_panorama = serializers.BooleanField(required=False, help_text="The camera stitched it from several frames.")


class ScoresOutput(serializers.Serializer[Any]):
    """What was measured; empty before the preparation. Scores of faces are left out where none was found."""

    laplacian_variance = serializers.FloatField(required=False, help_text="Of the Laplacian, in grey levels².")
    noise = serializers.FloatField(required=False, help_text="Standard deviation, in grey levels.")
    detail = serializers.FloatField(required=False, help_text="Sharpness, as a natural logarithm.")
    tenengrad_2048 = serializers.FloatField(required=False)
    tenengrad_1024 = serializers.FloatField(required=False)
    tenengrad_512 = serializers.FloatField(required=False)
    tenengrad_256 = serializers.FloatField(required=False)
    signal_2048 = serializers.FloatField(required=False, help_text="Structure above the noise, a logarithm.")
    signal_1024 = serializers.FloatField(required=False)
    signal_512 = serializers.FloatField(required=False)
    signal_256 = serializers.FloatField(required=False)
    floor_2048 = serializers.FloatField(required=False, help_text="What quiet places show, a logarithm.")
    floor_1024 = serializers.FloatField(required=False)
    floor_512 = serializers.FloatField(required=False)
    floor_256 = serializers.FloatField(required=False)
    gradient_0 = serializers.FloatField(required=False, help_text="Of gradients across at 1,024 pixels, a logarithm.")
    gradient_60 = serializers.FloatField(required=False)
    gradient_120 = serializers.FloatField(required=False)
    blockiness = serializers.FloatField(required=False, help_text="Traces of JPEG blocks, as a natural logarithm.")
    brightness = serializers.FloatField(required=False, help_text="Mean luma, from 0 to 1.")
    contrast = serializers.FloatField(required=False, help_text="Standard deviation of the luma, from 0 to 0.5.")
    highlights_clipped = serializers.FloatField(required=False, help_text="Share of white pixels.")
    shadows_clipped = serializers.FloatField(required=False, help_text="Share of black pixels.")
    highlight_headroom = serializers.FloatField(required=False, help_text="From 0 to 1, how far from white it stays.")
    entropy = serializers.FloatField(required=False, help_text="Of the luma, in bits.")
    well_exposed = serializers.FloatField(required=False, help_text="Nearness to the middle of the scale, 0 to 1.")
    uprightness = serializers.FloatField(required=False, help_text="How near nearly level lines are to level, 0 to 1.")
    face_count = serializers.FloatField(required=False)
    face_detail = serializers.FloatField(required=False, help_text="Sharpness of the faces, as in `detail`.")
    eyes_open = serializers.FloatField(required=False, help_text="From 0 to 1.")
    faces_frontal = serializers.FloatField(required=False, help_text="Share of faces that look towards the camera.")
    faces_cut_off = serializers.FloatField(required=False, help_text="Share of faces that the edge cuts.")


class _KeptField(serializers.Field[Any, Any, Any, Any]):
    """JSON of a row, as it is."""

    def to_representation(self, value: Any) -> Any:
        """Leave it as it is."""
        return value


@extend_schema_field(ReasonOutput(many=True))
class ReasonsField(_KeptField):
    """The weightiest first."""


@extend_schema_field(FaceOutput(many=True))
class FacesField(_KeptField):
    """The largest first."""


@extend_schema_field(CaptureOutput)
class CaptureField(_KeptField):
    """How the photo was taken."""


@extend_schema_field(ScoresOutput)
class ScoresField(_KeptField):
    """What was measured."""
