"""What the analysis says of a photo: kept as JSON and sent as it is kept.

`albums.analysis` declares it, and `web.api.schema` writes what is declared there into the schema.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final, get_args

from msgspec import Meta, Struct, defstruct
from rest_framework import serializers

from albums.analysis import REASONS, SCORES, CaptureSettings, ExposureMode, Face, Finite, Reason

REASON_CODES: Final = tuple(REASONS)
EXPOSURE_MODES: Final = tuple(sorted(get_args(ExposureMode)))

# The schema is all that needs the scores as fields.
_Scores = defstruct(
    "_Scores",
    [(name, Annotated[Finite | None, Meta(description=text)], None) for name, text in SCORES.items()],
    namespace={
        "__doc__": "What was measured; empty before the preparation. Scores of faces are left out where none was found."
    },
)


class AnalysisField(serializers.Field[Any, Any, Any, Any]):
    """JSON of a row, as it is.

    Attributes:
        struct: what it holds, or a list of that.
        component: the name of `struct` in the schema.
    """

    struct: ClassVar[type[Struct]]
    component: ClassVar[str]
    is_list: ClassVar[bool] = False

    def to_representation(self, value: Any) -> Any:
        """Leave it as it is."""
        return value


class ReasonsField(AnalysisField):
    """The weightiest first."""

    struct = Reason
    component = "ReasonOutput"
    is_list = True


class FacesField(AnalysisField):
    """The largest first."""

    struct = Face
    component = "FaceOutput"
    is_list = True


class CaptureField(AnalysisField):
    """How the photo was taken."""

    struct = CaptureSettings
    component = "CaptureOutput"


class ScoresField(AnalysisField):
    """What was measured."""

    struct = _Scores
    component = "ScoresOutput"
