"""The analysis of a photo. The database stores it as JSON, and the API sends that unchanged.

`albums.analysis` declares it, and `web.api.schema` writes the declaration into the schema.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final, get_args

from msgspec import Meta, Struct, defstruct
from rest_framework import serializers

from albums.analysis import REASONS, SCORES, CaptureSettings, CloseUp, ExposureMode, Face, Finite, Reason

REASON_CODES: Final = tuple(REASONS)
EXPOSURE_MODES: Final = tuple(sorted(get_args(ExposureMode)))

# Only the schema needs the scores as fields.
_Scores = defstruct(
    "_Scores",
    [(name, Annotated[Finite | None, Meta(description=text)], None) for name, text in SCORES.items()],
    namespace={"__doc__": "The measurements; empty before the preparation. Without faces, their scores are left out."},
)


class AnalysisField(serializers.Field[Any, Any, Any, Any]):
    """JSON of a row, unchanged.

    Attributes:
        struct: the type of the value, or of its items.
        component: the name of `struct` in the schema.
    """

    struct: ClassVar[type[Struct]]
    component: ClassVar[str]
    is_list: ClassVar[bool] = False

    def to_representation(self, value: Any) -> Any:
        """Return the value unchanged."""
        return value


class ReasonsField(AnalysisField):
    """The reasons, the most important first."""

    struct = Reason
    component = "ReasonOutput"
    is_list = True


class FacesField(AnalysisField):
    """The faces, the largest first."""

    struct = Face
    component = "FaceOutput"
    is_list = True


class CloseUpsField(AnalysisField):
    """The faces beside those of the same people in the other photos of the group."""

    struct = CloseUp
    component = "CloseUpOutput"
    is_list = True


class CaptureField(AnalysisField):
    """How the photo was taken."""

    struct = CaptureSettings
    component = "CaptureOutput"


class ScoresField(AnalysisField):
    """The measurements."""

    struct = _Scores
    component = "ScoresOutput"
