"""What the analysis says of a photo: the one contract between the analysis, the rows and the API.

Imports neither Django nor anything of ours: the sandbox reads it, and has neither.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

TimeSource = Literal["exif", "xmp"]


@dataclass(frozen=True)
class CaptureInformation:
    """What is known of a shot; None where the file does not say or says nonsense."""

    taken_at: datetime | None = None
    """Wall-clock time as the camera showed it, without a zone, to the microsecond where it says so."""
    utc_offset_minutes: int | None = None
    """How far that clock was ahead of UTC."""
    source: TimeSource | None = None
    """Where `taken_at` comes from."""
    camera_make: str | None = None
    camera_model: str | None = None
    camera_serial: str | None = None
    lens_model: str | None = None
    exposure_time: float | None = None
    """Seconds."""
    f_number: float | None = None
    iso: float | None = None
    exposure_bias: float | None = None
    """Correction the photographer or a bracket asked for, in EV."""
    brightness: float | None = None
    """Brightness of the scene as metered, in APEX units (EV)."""
    focal_length: float | None = None
    """Millimetres, as engraved on the lens."""
    focal_length_35mm: float | None = None
    subject_distance: float | None = None
    """Metres to what is in focus; infinity where the camera says so."""
    exposure_mode: Literal["auto", "manual", "bracket"] | None = None
    flash_fired: bool | None = None
    burst_id: str | None = None
    """The same text on every frame of one burst, where the phone writes it."""
    is_panorama: bool = False
    """The camera stitched this one from several frames."""

    @property
    def exposure_value(self) -> float | None:
        """Exposure in EV at ISO 100: log2(N² / t * 100 / ISO). The shots of a bracket differ in it."""
        if not self.exposure_time or not self.f_number:
            return None
        iso = self.iso or 100.0
        return math.log2(self.f_number**2 / self.exposure_time) - math.log2(iso / 100.0)


@dataclass(frozen=True)
class Face:
    """One face; `x`, `y`, `width` and `height` are shares of the upright photo's width and height.

    Attributes:
        eyes_open: how surely the eyes that were found are open, their mean, 0 to 1; None where none could be judged.
        sharpness: `sharpness.region_detail` of the face; higher is sharper.
        frontal: whether the face looks towards the camera.
        cut_off: whether the edge of the photo cuts it.
        confidence: 0 to 1, that it is a face at all.
    """

    x: float
    y: float
    width: float
    height: float
    eyes_open: float | None
    sharpness: float
    frontal: bool
    cut_off: bool
    confidence: float

    def to_json(self) -> dict[str, Any]:
        """As JSON keeps it; `Face(**face.to_json())` is the same face."""
        return asdict(self)


# Every score there is, with its unit. Those of faces are absent where no face was found, or no eye could be judged.
SCORES = {
    "laplacian_variance": "variance of the Laplacian, grey levels²",
    "noise": "standard deviation of the noise, grey levels",
    "detail": "ln of the gradient energy at 2,048 pixels over that at 256, without the noise's part",
    "tenengrad_2048": "ln of the mean squared gradient of the sharpest tiles at 2,048 pixels, (grey levels/pixel)²",
    "tenengrad_1024": "the same at 1,024 pixels",
    "tenengrad_512": "the same at 512 pixels",
    "tenengrad_256": "the same at 256 pixels",
    "signal_2048": "ln of the gradient energy of the strongest tiles above the floor, at 2048",
    "signal_1024": "ln of the gradient energy of the strongest tiles above the floor, at 1024",
    "signal_512": "ln of the gradient energy of the strongest tiles above the floor, at 512",
    "signal_256": "ln of the gradient energy of the strongest tiles above the floor, at 256",
    "floor_2048": "ln of the gradient energy of the quietest tiles, at 2048",
    "floor_1024": "ln of the gradient energy of the quietest tiles, at 1024",
    "floor_512": "ln of the gradient energy of the quietest tiles, at 512",
    "floor_256": "ln of the gradient energy of the quietest tiles, at 256",
    "gradient_0": "ln of the gradient energy along 0 degrees, at 1,024 pixels",
    "gradient_60": "ln of the gradient energy along 60 degrees, at 1,024 pixels",
    "gradient_120": "ln of the gradient energy along 120 degrees, at 1,024 pixels",
    "blockiness": "ln of the comb of JPEG blocks over the spectrum; about -2 where there is none",
    "brightness": "mean luma, 0 to 1",
    "contrast": "standard deviation of the luma, 0 to 0.5",
    "highlights_clipped": "share of white pixels, 0 to 1",
    "shadows_clipped": "share of black pixels, 0 to 1",
    "highlight_headroom": "distance of the brightest channel's 99th percentile from white, 0 to 1",
    "entropy": "entropy of the luma in 64 bins, bits",
    "well_exposed": "mean nearness of the pixels to the middle of the scale, 0 to 1",
    "uprightness": "nearness to level and plumb of the lines that are nearly so, 0 to 1",
    "face_count": "number of faces",
    "face_detail": "mean sharpness of the faces by their width, ln as in `detail`",
    "eyes_open": "mean openness of the eyes by the width of the faces, 0 to 1",
    "faces_frontal": "share of the faces that look towards the camera, by their width, 0 to 1",
    "faces_cut_off": "share of the faces that the edge cuts, by their width, 0 to 1",
}


@dataclass(frozen=True)
class PhotoFeatures:
    """What is known of a photo.

    Attributes:
        scores: by the names in SCORES, all finite.
        faces: largest first.
        gradient_map: its structure by tile and scale, as `pack_gradient_map` made it; empty where there is none.
    """

    scores: dict[str, float]
    faces: list[Face] = field(default_factory=list)
    gradient_map: bytes = b""


@dataclass(frozen=True)
class Examination:
    """What is known of a photo; sizes in pixels, of the upright photo and of its thumbnail.

    Attributes:
        placeholder: a `data:` URI of a few pixels.
        histogram: shares of the pixels in equal steps of luma, from black to white.
    """

    content_type: str
    width: int
    height: int
    thumbnail_width: int
    thumbnail_height: int
    capture: CaptureInformation
    features: PhotoFeatures
    placeholder: str
    histogram: list[float]


@dataclass(frozen=True)
class Reason:
    """Why a photo is where it is: `code` for programs and translators, `text` in English.

    `count` is the number of photos that the text speaks of, 0 where it names none.
    """

    code: str
    count: int = 0

    @property
    def text(self) -> str:
        return REASONS[self.code].format(count=self.count)

    def to_json(self) -> dict[str, Any]:
        """As the photo's row keeps it."""
        return {"code": self.code, "text": self.text, **({"count": self.count} if self.count else {})}


REASONS = {
    # of the best
    "sharpest": "sharpest of {count}",
    "sharper": "sharper than most",
    "least_noise": "least noise of {count}",
    "less_noise": "less noise",
    "less_compressed": "fewer traces of compression",
    "best_exposed": "best exposed of {count}",
    "well_exposed": "well exposed",
    "more_faces": "more faces to be seen",
    "eyes_open": "all eyes open",
    "eyes_more_open": "eyes wider open",
    "facing_camera": "faces turned to the camera",
    "faces_whole": "no face cut off",
    "best_overall": "best on the whole",
    "your_taste": "as you usually choose",
    "no_clear_winner": "no clear winner",
    "only_photo": "the only photo of its moment",
    # of the others
    "softer": "softer than the pick",
    "motion_blur": "blurred by movement",
    "out_of_focus": "out of focus",
    "noisier": "more noise than the pick",
    "more_compressed": "more traces of compression than the pick",
    "too_dark": "too dark",
    "too_bright": "too bright",
    "worse_exposed": "not as well exposed as the pick",
    "fewer_faces": "fewer faces to be seen",
    "eyes_closed": "eyes closed",
    "eyes_less_open": "eyes less open than in the pick",
    "turned_away": "a face turned away",
    "face_cut_off": "a face cut off",
    "nearly_as_good": "nearly as good as the pick",
    "weaker_overall": "weaker on the whole",
    "less_your_taste": "less as you usually choose",
}
