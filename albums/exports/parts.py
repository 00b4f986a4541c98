"""Divides a zip that would be too large into parts. Each is a whole zip, with whole moments where they fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from albums.exports.marks import FileMarks
from albums.exports.pictures import expected_bytes, gallery_bytes
from albums.exports.plan import ExportPlan
from albums.filenames import MAX_NAME_BYTES, safe_file_name, split_extension
from albums.models import Export, Photo

_GIGABYTE = 10**9
_ENTRY_BYTES = 2_000  # two headers with a name, a line of checksums, and its place on the page
_MADE_BYTES = 66_000  # a new sidecar, or what is added to a file
_MOST_PICTURES = 3.0  # how much larger than usual the pictures of the page may be


def plan_parts(plan: ExportPlan) -> list[ExportPlan]:
    """The plan of each part. Of a zip without parts it is the plan itself.

    Moments stay together, or else the files of a shot. A file that is larger than a part is a part of its own.
    """
    most = plan.options.part_gigabytes * _GIGABYTE
    if not most:
        return [plan]
    parts: list[list[int]] = [[]]
    room = most
    for places in _pieces(plan, most):
        size = _bytes(plan, places)
        if size > room and parts[-1]:
            parts.append([])
            room = most
        parts[-1] += places
        room -= size
    return [_part(plan, sorted(places), number, len(parts)) for number, places in enumerate(parts, start=1)]


def part_name(name: str, part: int, count: int) -> str:
    """The name of a file with the number of its part: `Midsummer 1 of 3.zip`."""
    if count == 1:
        return name
    stem, extension = split_extension(name)
    ending = f" {part} of {count}" + (f".{extension}" if extension else "")
    return safe_file_name(stem, fallback="part", max_bytes=MAX_NAME_BYTES - len(ending)) + ending


def marks_of(part: ExportPlan, marks: Mapping[str, FileMarks]) -> dict[str, FileMarks]:
    """Those of the marks of the whole plan that are for files of this part."""
    files = {str(photo.id) for photo in part.photos}
    return {name: of_file for name, of_file in marks.items() if of_file["file"] in files}


def _part(plan: ExportPlan, places: Sequence[int], number: int, count: int) -> ExportPlan:
    return replace(
        plan,
        file_name=part_name(plan.file_name, number, count),
        photos=[plan.photos[place] for place in places],
        names=[plan.names[place] for place in places],
        named=[plan.named[place] for place in places],
    )


def _pieces(plan: ExportPlan, most: int) -> Iterator[list[int]]:
    """The places in the plan of moments, or of what of them fits into a part: shots, or single files."""
    for moment in _together(plan, range(len(plan.photos)), _moment):
        if _bytes(plan, moment) <= most:
            yield moment
            continue
        for shot in _together(plan, moment, _shot):
            yield from [shot] if _bytes(plan, shot) <= most else ([place] for place in shot)


def _together(plan: ExportPlan, places: Iterable[int], key: Callable[[Photo], UUID]) -> list[list[int]]:
    found: dict[UUID, list[int]] = {}
    for place in places:
        found.setdefault(key(plan.photos[place]), []).append(place)
    return list(found.values())


def _moment(photo: Photo) -> UUID:
    shown = photo.companion_of or photo
    return shown.cluster_id or shown.id


def _shot(photo: Photo) -> UUID:
    return photo.companion_of_id or photo.id


def _bytes(plan: ExportPlan, places: Sequence[int]) -> int:
    """The most that these files take in the zip."""
    options = plan.options
    photos = [plan.photos[place] for place in places]
    each = _ENTRY_BYTES + (_MADE_BYTES if options.ratings != Export.Ratings.NONE else 0)
    size = sum(expected_bytes(photo, options.jpeg_size, at_most=True) + each for photo in photos)
    if not options.gallery:
        return size
    shown = [photo for photo in photos if photo.companion_of_id is None]
    return size + round(_MOST_PICTURES * gallery_bytes(shown, options.jpeg_size))
