"""Reads sidecars: files in which programs say something of a photo. XMP, Apple's AAE and Google Takeout's JSON.

They come from strangers. XMP is searched and not parsed, so entities are never expanded. Of JSON only the fields below
are kept; its depth is limited by Python's. An AAE says what was edited, which nothing here needs.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, timedelta

import msgspec

from albums.analysis import Sidecar
from worker.analysis.metadata.capture import read_capture_information
from worker.analysis.metadata.timestamps import parse_timestamp
from worker.analysis.metadata.words import clean_words

MAX_SIDECAR_BYTES = 4 << 20
"""Of XMP with hundreds of masks; most have a few kilobytes."""

_ENDINGS = (".xmp", ".aae", ".json")
_HEAD_BYTES = 4096
_ESCAPE = re.compile(
    r"(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\(?!u[dD][89a-fA-F]).)|\\u[0-9a-fA-F]{4}"
)
"""An escape in JSON. The group is empty for half a surrogate pair, as is left where a program cut an emoji in two."""
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - wall-clock times have no zone


class _Moment(msgspec.Struct):
    timestamp: int | str


class _Place(msgspec.Struct):
    latitude: float = 0.0
    longitude: float = 0.0


class _Takeout(msgspec.Struct, rename="camel"):
    photo_taken_time: _Moment


class _Words(msgspec.Struct):
    description: str = ""


class _Places(msgspec.Struct, rename="camel"):
    geo_data: _Place = msgspec.field(default_factory=_Place)
    geo_data_exif: _Place = msgspec.field(default_factory=_Place)


def may_be_sidecar(name: str, size: int) -> bool:
    """Whether a file of this name and size in bytes may be a sidecar."""
    return name.lower().endswith(_ENDINGS) and size <= MAX_SIDECAR_BYTES


def read_sidecar(data: bytes, name: str) -> Sidecar | None:
    """What the sidecar of this name says; None if it is none by its name, size or content. Never raises."""
    if not may_be_sidecar(name, len(data)):
        return None
    match name.lower().rpartition(".")[2]:
        case "xmp":
            return _xmp(data)
        case "aae":
            return _aae(data)
        case _:
            return _takeout(data)


def _xmp(packet: bytes) -> Sidecar | None:
    if b"<x:xmpmeta" not in packet[:_HEAD_BYTES] and b"<rdf:RDF" not in packet[:_HEAD_BYTES]:
        return None
    capture = read_capture_information(None, packet)
    return Sidecar(
        content_type="application/rdf+xml",
        taken_at=capture.taken_at,
        utc_offset_minutes=capture.utc_offset_minutes,
        rating=capture.rating,
        label=capture.label,
        description=capture.description,
    )


def _aae(data: bytes) -> Sidecar | None:
    """Apple's list of edits: a property list, in XML or binary."""
    is_list = data.startswith(b"bplist00") or b"<plist" in data[:_HEAD_BYTES]
    return Sidecar(content_type="application/x-plist") if is_list and b"adjustment" in data else None


def _takeout(data: bytes) -> Sidecar | None:
    """Only what says when a photo was taken. An album's JSON, comments and the like do not."""
    text = _ESCAPE.sub(lambda escape: escape[1] or "\ufffd", data.decode("utf-8-sig", "replace"))
    try:
        seconds = int(msgspec.json.decode(text, type=_Takeout).photo_taken_time.timestamp)
    except (ValueError, RecursionError):
        return None
    taken_at = _moment(seconds)
    return Sidecar(
        content_type="application/json",
        taken_at=taken_at,
        utc_offset_minutes=None if taken_at is None else 0,
        longitude=_longitude(text),
        description=_description(text),
    )


def _moment(seconds: int) -> datetime | None:
    """A time in seconds since 1970; None if it cannot be that of a photo."""
    with suppress(OverflowError):
        found = parse_timestamp((_EPOCH + timedelta(seconds=seconds)).isoformat())
        return found[0] if found else None
    return None


def _description(text: str) -> str | None:
    with suppress(ValueError, RecursionError):
        return clean_words(msgspec.json.decode(text, type=_Words).description)
    return None


def _longitude(text: str) -> float | None:
    """Where Google shows the photo, else where its EXIF says. Both are 0 if nobody knows."""
    with suppress(msgspec.DecodeError, RecursionError):
        places = msgspec.json.decode(text, type=_Places)
        for place in (places.geo_data, places.geo_data_exif):
            if (place.latitude or place.longitude) and abs(place.longitude) <= 180:
                return place.longitude
    return None
