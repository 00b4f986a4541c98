"""What the analysis finds out about a photo, declared once: for the sandbox, the JSON columns and the API's schema.

It imports neither Django nor our own code, because the sandbox reads it and has neither. The wire checks the type of
each field, and the API's schema shows type and description.
"""

from __future__ import annotations

import math
import sys
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

TimeSource = Literal["exif", "xmp", "utc"]
Shelf = Literal["black", "white", "blurred", "empty"]
ExposureMode = Literal["auto", "manual", "bracket"]
RawShown = Literal["embedded", "developed", "embedded_only"]

# The bounds exclude NaN and infinity, which JSON cannot represent.
Finite = Annotated[float, Meta(ge=-sys.float_info.max, le=sys.float_info.max, extra_json_schema={"format": "double"})]
Distance = Annotated[float, Meta(ge=0, extra_json_schema={"format": "double"})]
Share = Annotated[float, Meta(ge=0, le=1)]
Pixels = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Count = Annotated[int, Meta(ge=1, le=2**32 - 1)]
Minutes = Annotated[int, Meta(ge=-(2**15), le=2**15 - 1)]
DESCRIPTION_LENGTH = 2000
"""Characters. Longer descriptions end with three dots."""
Description = Annotated[str, Meta(max_length=DESCRIPTION_LENGTH)]


class CaptureSettings(Struct, frozen=True, kw_only=True):
    """How the photo was taken, according to the file. Unknown settings are left out."""

    camera_serial: str | None = None
    lens_model: str | None = None
    exposure_time: Annotated[Finite | None, Meta(description="Seconds.")] = None
    f_number: Finite | None = None
    iso: Finite | None = None
    exposure_bias: Annotated[
        Finite | None, Meta(description="Correction the photographer or a bracket asked for, in EV.")
    ] = None
    brightness: Annotated[
        Finite | None, Meta(description="Brightness of the scene as metered, in APEX units (EV).")
    ] = None
    focal_length: Annotated[Finite | None, Meta(description="Millimetres, as engraved on the lens.")] = None
    focal_length_35mm: Finite | None = None
    # Infinity if the camera says so. JSON leaves that out.
    subject_distance: Annotated[Distance | None, Meta(description="Metres to what is in focus.")] = None
    exposure_mode: ExposureMode | None = None
    flash_fired: bool | None = None
    burst_id: Annotated[
        str | None, Meta(description="The same on every frame of one burst, where the phone writes it.")
    ] = None
    shot_number: Annotated[
        Count | None, Meta(description="Which shot it is by the camera's own count, at least within one burst.")
    ] = None
    jpeg_step: Annotated[
        Finite | None, Meta(description="Mean step of the quantisation of a JPEG's luma: 1 is finest.")
    ] = None
    jpeg_standard: Annotated[
        bool | None, Meta(description="The JPEG's table is one of libjpeg, which most programs and some cameras use.")
    ] = None
    is_panorama: Annotated[bool, Meta(description="The camera stitched it from several frames.")] = False
    raw: Annotated[
        RawShown | None,
        Meta(
            description="How a RAW file is judged and shown: by the picture that the camera embedded, developed by the "
            "service, or by the embedded picture alone, because the sensor's data is missing or cannot be read."
        ),
    ] = None
    has_large: Annotated[
        bool | None, Meta(description="A JPEG at full size is kept, because browsers do not show the original.")
    ] = None
    seconds: Annotated[
        Distance | None, Meta(description="The length of a video in seconds, where its file says it.")
    ] = None
    content_id: Annotated[
        str | None, Meta(description="The same in the picture and the video of one Live Photo, where Apple writes it.")
    ] = None
    has_film: Annotated[
        bool | None, Meta(description="A motion photo: a film of the moment lies behind the picture, in the same file.")
    ] = None


class CaptureInformation(CaptureSettings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that is known about a shot: the settings, and fields with columns of their own. None when unknown."""

    taken_at: Annotated[datetime, Meta(tz=False)] | None = None
    """Wall-clock time as the camera showed it, without a zone, with microseconds if the file has them."""
    utc_offset_minutes: Minutes | None = None
    """How many minutes that clock was ahead of UTC."""
    source: TimeSource | None = None
    """The source of `taken_at`."""
    camera_make: str | None = None
    camera_model: str | None = None
    rating: Annotated[int, Meta(ge=-1, le=5)] | None = None
    """Stars from 0 to 5, or -1 for rejected, as a program or the camera wrote them into the file."""
    label: Annotated[str, Meta(max_length=200)] | None = None
    description: Description | None = None
    """What a person wrote about the photo, with line breaks."""

    @property
    def exposure_value(self) -> float | None:
        """Exposure in EV at ISO 100: log2(N² / t * 100 / ISO). It differs between the shots of a bracket."""
        if not self.exposure_time or not self.f_number:
            return None
        iso = self.iso or 100.0
        return math.log2(self.f_number**2 / self.exposure_time) - math.log2(iso / 100.0)


SidecarType = Literal["application/rdf+xml", "application/x-plist", "application/json"]
"""Of XMP, Apple's AAE and Google Takeout's JSON."""


class Sidecar(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a sidecar says of its photo. None when it says nothing.

    Attributes:
        taken_at: wall-clock time without a zone; in UTC if a Takeout says it.
        longitude: degrees east, from which a zone can be told.
        rating: stars from 0 to 5; -1 for rejected.
    """

    content_type: SidecarType
    taken_at: Annotated[datetime, Meta(tz=False)] | None = None
    utc_offset_minutes: Minutes | None = None
    longitude: Annotated[float, Meta(ge=-180, le=180)] | None = None
    rating: Annotated[int, Meta(ge=-1, le=5)] | None = None
    label: Annotated[str, Meta(max_length=200)] | None = None
    description: Description | None = None


Label = Literal["", "red", "yellow", "green", "blue", "purple"]

# Programs write a label as the word that they show, in the language of their user.
LABEL_WORDS: dict[str, Label] = {
    "red": "red",
    "yellow": "yellow",
    "green": "green",
    "blue": "blue",
    "purple": "purple",
    "röd": "red",
    "gul": "yellow",
    "grön": "green",
    "blå": "blue",
    "lila": "purple",
}
"""The labels by their words in lower case."""


class Marks(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person thinks of a photo, for other programs.

    Attributes:
        stars: 0 to 5.
        pick: 1 for a pick, -1 for a rejected photo, else 0.
        moment: the keyword of its group; empty for a photo in none. None leaves keywords alone.
    """

    stars: Annotated[int, Meta(ge=0, le=5)] = 0
    label: Label = ""
    pick: Literal[-1, 0, 1] = 0
    moment: Annotated[str, Meta(max_length=100)] | None = None


class Face(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A face in a photo. The box is in shares of the upright photo's width and height."""

    x: Finite
    y: Finite
    width: Finite
    height: Finite
    eyes_open: Annotated[
        Finite | None,
        Meta(description="How open the eyes are: below 0.25 shut, from 0.5 open; null where none could be judged."),
    ]
    sharpness: Annotated[
        Finite, Meta(description="A natural logarithm, comparable between photos of one group; higher is sharper.")
    ]
    frontal: Annotated[bool, Meta(description="Looks towards the camera.")]
    cut_off: Annotated[bool, Meta(description="Cut by the edge of the photo.")]
    confidence: Annotated[Finite, Meta(description="From 0 to 1, that it is a face at all.")]
    turn: Annotated[
        Finite | None,
        Meta(description="Degrees that the head is turned, positive to the right; missing if it was not measured."),
    ] = None
    eyes_judged: Annotated[
        int, Meta(ge=0, le=2, description="How many of the two eyes could be judged; missing if none or unknown.")
    ] = 0
    likeness: Annotated[
        bytes,
        Meta(
            max_length=72,
            description="Colours of head and shoulders in 24 cells, to follow a person through the shots of one group.",
        ),
    ] = b""


Flaw = Literal["eyes_shut", "turned_away", "soft"]
"""What plainly is worse in a face than in the same person's face in another shot: shut eyes, a head that is turned
away, or half of the sharpness."""


class CloseUp(Struct, frozen=True, omit_defaults=True):
    """A face among those of the same person in the shots of one group. The box is as in `Face`."""

    x: Finite
    y: Finite
    width: Finite
    height: Finite
    person: Annotated[
        int, Meta(ge=0, description="The person's number in the group; those who matter most have the lowest.")
    ]
    loss: Annotated[
        Finite, Meta(description="What it lacks against this person's perfect face; a plain flaw is about 1.")
    ]
    flaws: Annotated[
        list[Flaw],
        Meta(description="What is plainly worse than in another shot of the same person; missing if nothing."),
    ] = field(default_factory=list)
    best: Annotated[
        bool,
        Meta(description="Of all faces of this person in the group, it lacks the least; missing if none has flaws."),
    ] = False


# All scores, with their units. Scores of faces are missing if no face was found or no eye could be judged.
SCORES = {
    "laplacian_variance": "Variance of the Laplacian, in grey levels².",
    "noise": "Standard deviation of the noise, in grey levels.",
    "detail": "Sharpness: ln of the gradient energy at 2,048 pixels over that at 256, without the noise's part.",
    "tenengrad_2048": "Ln of the mean squared gradient of the sharpest tiles at 2,048 pixels, in (grey levels/pixel)².",
    "tenengrad_1024": "The same at 1,024 pixels.",
    "tenengrad_512": "The same at 512 pixels.",
    "tenengrad_256": "The same at 256 pixels.",
    "signal_2048": "Ln of the gradient energy of the strongest tiles above the floor, at 2,048 pixels.",
    "signal_1024": "Ln of the gradient energy of the strongest tiles above the floor, at 1,024 pixels.",
    "signal_512": "Ln of the gradient energy of the strongest tiles above the floor, at 512 pixels.",
    "signal_256": "Ln of the gradient energy of the strongest tiles above the floor, at 256 pixels.",
    "floor_2048": "Ln of the gradient energy of the quietest tiles, at 2,048 pixels.",
    "floor_1024": "Ln of the gradient energy of the quietest tiles, at 1,024 pixels.",
    "floor_512": "Ln of the gradient energy of the quietest tiles, at 512 pixels.",
    "floor_256": "Ln of the gradient energy of the quietest tiles, at 256 pixels.",
    "gradient_0": "Ln of the gradient energy along 0 degrees, at 1,024 pixels.",
    "gradient_60": "Ln of the gradient energy along 60 degrees, at 1,024 pixels.",
    "gradient_120": "Ln of the gradient energy along 120 degrees, at 1,024 pixels.",
    "blockiness": "Traces of JPEG blocks: ln of their comb over the spectrum; about -2 where there is none.",
    "halos": "How far strong edges overshoot, as a share of their rise; about 0.3, and more after sharpening.",
    "brightness": "Mean luma, from 0 to 1.",
    "contrast": "Standard deviation of the luma, from 0 to 0.5.",
    "highlights_clipped": "Share of white pixels, from 0 to 1.",
    "shadows_clipped": "Share of black pixels, from 0 to 1.",
    "nearly_black": "Share of pixels so dark that nothing can be made out, from 0 to 1.",
    "key": "Geometric mean of the light, on the scale of the luma, from 0 to 1.",
    "highlight_headroom": "Distance of the brightest channel's 99th percentile from white, from 0 to 1.",
    "entropy": "Entropy of the luma in 64 bins, in bits.",
    "well_exposed": "Mean nearness of the pixels to the middle of the scale, from 0 to 1.",
    "uprightness": "How near to level and plumb the lines are that are nearly so, from 0 to 1.",
    "face_count": "Number of faces.",
    "face_tone": "Mean luma of the faces by their width, from 0 to 1.",
    "face_detail": "Mean sharpness of the faces by their width, ln as in `detail`.",
    "eyes_open": "Mean openness of the eyes by the width of the faces, from 0 to 1.",
    "faces_frontal": "Share of the faces that look towards the camera, by their width, from 0 to 1.",
    "faces_cut_off": "Share of the faces that the edge cuts, by their width, from 0 to 1.",
}


class PhotoFeatures(Struct, frozen=True, forbid_unknown_fields=True):
    """What is measured on a photo.

    Attributes:
        scores: by the names in SCORES.
        faces: largest first.
        gradient_map: its structure by tile and scale, as `pack_gradient_map` made it; empty if there is none.
    """

    scores: dict[str, Finite]
    faces: list[Face] = field(default_factory=list)
    gradient_map: bytes = b""


class Examination(Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of a photo; sizes in pixels, of the upright photo and of its thumbnail.

    Attributes:
        placeholder: a `data:` URI of a few pixels.
        histogram: shares of the pixels in equal steps of luma, from black to white.
    """

    content_type: Annotated[str, Meta(max_length=50)]
    width: Pixels
    height: Pixels
    thumbnail_width: Pixels
    thumbnail_height: Pixels
    capture: CaptureInformation
    features: PhotoFeatures
    placeholder: Annotated[str, Meta(max_length=400)]
    histogram: list[Share]


REASONS = {
    # of the best
    "sharpest": "sharpest of {count}",
    "sharper": "sharper than most",
    "least_noise": "least noise of {count}",
    "less_noise": "less noise",
    "less_compressed": "fewer JPEG artefacts",
    "best_exposed": "best exposed of {count}",
    "well_exposed": "well exposed",
    "more_faces": "more faces visible",
    "eyes_open": "all eyes open",
    "eyes_more_open": "eyes open wider",
    "facing_camera": "faces towards the camera",
    "faces_whole": "no face cut off",
    "best_overall": "best overall",
    "best_of_set": "best of a set of {count}",
    "part_of_panorama": "part of a panorama",
    "original": "the original, as its file shows",
    "your_usual_picks": "like your usual picks",
    "no_clear_winner": "no clear winner",
    "only_photo": "the only photo of its moment",
    # of the others
    "softer": "softer than the pick",
    "blurred": "blurred",
    "motion_blur": "camera shake",
    "out_of_focus": "missed focus",
    "focused_elsewhere": "focused elsewhere",
    "noisier": "more noise than the pick",
    "more_compressed": "more JPEG artefacts than the pick",
    "too_dark": "underexposed",
    "too_bright": "overexposed",
    "worse_exposed": "not as well exposed as the pick",
    "fewer_faces": "fewer faces visible",
    "eyes_closed": "eyes closed",
    "eyes_less_open": "eyes less open than in the pick",
    "turned_away": "a face turned away",
    "face_cut_off": "a face cut off",
    "copy": "a copy of the pick",
    "nearly_as_good": "nearly as good as the pick",
    "not_as_good_overall": "not as good overall",
    "less_like_your_usual_picks": "less like your usual picks",
}

NotCleanedReason = Literal["unknown_format", "raw", "video", "unknown_part", "damaged", "too_much", "not_finished"]
"""Why a file in a zip may still hold a place or a serial number: its format cannot be stripped, it is RAW or a video,
it has a part that changes how it is decoded and that we do not know, it is damaged or cut off, it has more parts than
we go through, or it took too much time or memory."""


class Reason(Struct, frozen=True, omit_defaults=True):
    """Why a photo is where it is in its group."""

    code: Annotated[str, Meta(description="For programs and translators.", extra_json_schema={"enum": list(REASONS)})]
    text: Annotated[str, Meta(description="For people, in English.")]
    count: Annotated[int, Meta(description="The number of photos in the text, if it names one.")] = 0

    @classmethod
    def of(cls, code: str, count: int = 0) -> Reason:
        """The reason of this code, with its text."""
        return cls(code, REASONS[code].format(count=count), count)
