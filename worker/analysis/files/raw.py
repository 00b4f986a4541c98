"""Opens camera raw files: by the picture that the camera embedded where it is large enough, else developed.

The embedded picture is what the camera's screen showed, and opens in a moment. A raw file whose sensor data is missing
or unknown is shown by its embedded picture even if that is small, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec
from PIL import Image

from albums.analysis import CaptureInformation, RawShown
from worker.analysis.files.embedded_jpegs import largest_jpeg
from worker.analysis.files.jpeg import open_jpeg
from worker.analysis.files.picture import DECODER_ERRORS, Picture
from worker.analysis.files.previews import PREVIEW_SIDE, THUMBNAIL_SIDE
from worker.analysis.files.raw_development import RawSensor
from worker.analysis.files.raw_kinds import raw_kind
from worker.analysis.files.raw_tables import RawTables, read_raw_tables
from worker.analysis.files.resizing import ENOUGH
from worker.analysis.interface import DecodeError
from worker.analysis.metadata import read_capture_information, read_exif, read_orientation

_LARGE = int(ENOUGH * PREVIEW_SIDE)
_MOST_AREA = 2  # of an embedded picture, in areas of the sensor
_TIME = ("taken_at", "utc_offset_minutes", "source")
_ORIENTATION = 0x0112


def open_raw(data: bytes) -> Picture:
    """Open a camera raw file.

    Raises:
        DecodeError: it cannot be shown: no decoder knows it, or its data is missing, and it has no picture large enough
            for a thumbnail.
    """
    raw = _RawFile.of(data)
    if raw.embedded and max(raw.embedded.size) >= _LARGE:
        return raw.by_embedded(raw.embedded, "embedded" if not raw.tables.damage else "embedded_only")
    small = raw.embedded if raw.embedded and max(raw.embedded.size) >= THUMBNAIL_SIDE else None
    instead = raw.by_embedded(small, "embedded_only") if small else None
    if raw.sensor and not raw.tables.damage:
        return replace(raw.developed(raw.sensor), instead=instead)
    if instead:
        return instead
    raise _refusal(data, raw.tables)


@dataclass(frozen=True)
class _RawFile:
    """A raw file whose headers have been read."""

    content_type: str
    tables: RawTables
    embedded: Picture | None
    """The largest picture in it."""
    sensor: RawSensor | None
    """None if LibRaw does not know the file."""

    @classmethod
    def of(cls, data: bytes) -> _RawFile:
        kind = raw_kind(data)
        tables = read_raw_tables(data)
        try:
            sensor = RawSensor(data)
        except ValueError:
            sensor = None
        embedded = _embedded(data, tables)
        if embedded and sensor and _area(embedded.size) > _MOST_AREA * _area(sensor.size):
            embedded = None
        return cls(kind.content_type if kind else "", tables, embedded, sensor)

    def by_embedded(self, embedded: Picture, shown: RawShown) -> Picture:
        """The embedded picture. It has the sensor's size, unless the sensor's data is out of reach."""
        size = embedded.size
        if shown == "embedded" and self.sensor:
            size = self.sensor.cropped if not self._is_across(size) else self.sensor.cropped[::-1]
        return replace(
            embedded,
            format="raw",
            content_type=self.content_type,
            size=size,
            orientation=self._orientation(embedded.size),
            capture=lambda: self._capture(shown),
            tables=None,
            large=embedded.large if max(embedded.size) > PREVIEW_SIDE else None,
        )

    def developed(self, sensor: RawSensor) -> Picture:
        """What LibRaw makes of the sensor's data."""

        def load(side: int) -> Image.Image:
            return sensor.develop(side, gain=2.0**self.tables.stops)

        return Picture(
            format="raw",
            content_type=self.content_type,
            size=sensor.size,
            load=load,
            orientation=self._orientation(sensor.size),
            capture=lambda: _filled(self._capture("developed"), sensor.capture()),
        )

    def _orientation(self, size: tuple[int, int]) -> int:
        """How a picture of this size in the file is turned, by the first that says so: the tables, LibRaw, the picture.

        A picture that lies across the sensor has been turned by the camera already.
        """
        if _ORIENTATION in read_exif(self.tables.exif).entries:
            orientation = read_orientation(self.tables.exif)
        elif self.embedded and self.embedded.orientation != 1:
            orientation = self.embedded.orientation
        else:
            orientation = self.sensor.orientation if self.sensor else 1
        return 1 if self._is_across(size) and orientation >= 5 else orientation

    def _is_across(self, size: tuple[int, int]) -> bool:
        return self.sensor is not None and _is_tall(size) != _is_tall(self.sensor.size)

    def _capture(self, shown: RawShown) -> CaptureInformation:
        tables = self.tables
        known = read_capture_information(tables.exif, tables.xmp, shot_block=tables.shot_block)
        if self.embedded:
            known = _filled(known, self.embedded.said())
        return msgspec.structs.replace(known, raw=shown)


def _embedded(data: bytes, tables: RawTables) -> Picture | None:
    jpeg = largest_jpeg(data, ignored=tables.tiles)
    try:
        return replace(open_jpeg(jpeg), large=jpeg) if jpeg else None
    except (*DECODER_ERRORS, DecodeError):
        return None


def _refusal(data: bytes, tables: RawTables) -> DecodeError:
    kind = raw_kind(data)
    name = f"{kind.name} raw file" if kind else "raw file"
    if tables.damage == "cut off":
        return DecodeError("truncated", f"This {name} is cut off. Copy it again from the camera or card.")
    if tables.damage == "corrupt":
        return DecodeError("corrupt", f"This {name} is damaged. Copy it again from the camera or card.")
    return DecodeError(
        "unsupported_format",
        f"This is a {name} that we cannot read, and the picture in it is too small to show. "
        "Export it as JPEG from the camera or a raw converter and upload that.",
    )


def _filled(known: CaptureInformation, other: CaptureInformation) -> CaptureInformation:
    """The first, with what it lacks from the other; a time with its own offset and source."""
    lacking = {name: value for name, value in msgspec.structs.asdict(other).items() if getattr(known, name) is None}
    if known.taken_at is not None:
        lacking = {name: value for name, value in lacking.items() if name not in _TIME}
    return msgspec.structs.replace(known, **lacking)


def _area(size: tuple[int, int]) -> int:
    return size[0] * size[1]


def _is_tall(size: tuple[int, int]) -> bool:
    return size[1] > size[0]
