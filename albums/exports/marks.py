"""Plans what is written into the files of a zip for other programs: stars, labels, picks and rejections.

Lightroom, Capture One, darktable and digiKam read `IMG_1.xmp` beside `IMG_1.CR2`. Lightroom reads only what is inside a
JPEG. A sidecar that came along is written into, whatever its name. A JPEG that cannot be written into gets a sidecar.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain, count, groupby
from pathlib import PurePosixPath
from typing import NotRequired, TypedDict

from albums.exports.gallery import made_count
from albums.exports.pictures import becomes_jpeg
from albums.exports.plan import ExportPlan, is_xmp
from albums.filenames import MAX_NAME_BYTES, safe_file_name, split_extension
from albums.models import Export, Photo

LISTS = ("ratings.csv", "picks.txt")
"""The lists that come with ratings alone."""


class FileMarks(TypedDict):
    """What is written into one file of the zip.

    `photo` is the id of the photo that people see. `file` is that of the uploaded file: of the one that is written
    into, or of the one that a new sidecar describes.
    """

    photo: str
    file: str
    stars: int
    label: str
    pick: int
    moment: NotRequired[str]
    """The keyword of its group, empty for a photo in none, where keywords are wanted."""
    beside: NotRequired[str]
    """Of a JPEG: the name of the sidecar that it gets if it cannot be written into. No part has another such file."""


def export_marks(plan: ExportPlan) -> dict[str, FileMarks]:
    """The marks by the name of the file in the zip: of a JPEG, a sidecar that came along, or a new one."""
    if plan.ratings == Export.Ratings.NONE:
        return {}
    taken = _taken(plan.names)
    marks = dict(_all_marks(plan, taken))
    for file, name in zip(plan.photos, plan.names, strict=True):  # after all others, most of which are needed
        if name in marks and not is_xmp(file):  # a JPEG that is written into
            marks[name]["beside"] = _free_name(split_extension(name)[0], name, taken)
    return marks


def file_count(plan: ExportPlan, marks: Mapping[str, FileMarks]) -> int:
    """Files in the zip: those that were uploaded, new sidecars, and the lists that come with ratings alone.

    And the files of the page that shows it, and its checksums.
    """
    uploaded = {name for _, name in plan.entries}
    return len(uploaded | marks.keys()) + (0 if plan.has_photos else len(LISTS)) + made_count(plan)


def _taken(names: Collection[str]) -> set[str]:
    folders = {PurePosixPath(name).parent for name in names}  # one may be called `a.xmp`
    paths = {str(path).casefold() for folder in folders for path in (folder, *folder.parents)}
    return paths | {name.casefold() for name in names}


def _all_marks(plan: ExportPlan, taken: set[str]) -> Iterator[tuple[str, FileMarks]]:
    files = zip(plan.photos, plan.names, strict=True)
    for _, shot in groupby(files, key=lambda file: file[0].companion_of_id or file[0].id):
        of_shot = list(shot)
        shown = of_shot[0][0].companion_of or of_shot[0][0]
        own = [(file, name) for file, name in of_shot if is_xmp(file)]
        yield from ((name, _marks(plan, shown, file)) for file, name in own)
        described = {name[: -len(".xmp")].casefold() for _, name in own}
        for file, name in of_shot:
            stem = split_extension(name)[0]
            if file.kind == Photo.Kind.SIDECAR or described & {stem.casefold(), name.casefold()}:
                continue
            is_jpeg = file.content_type == "image/jpeg" or becomes_jpeg(file, plan.options.jpeg_size)
            if is_jpeg and plan.ratings == Export.Ratings.EMBEDDED:
                yield name, _marks(plan, shown, file)
                continue
            described.add(stem.casefold())
            yield _free_name(stem, name, taken), _marks(plan, shown, file)


def _free_name(stem: str, name: str, taken: set[str]) -> str:
    """`IMG_1.xmp`, or `IMG_1.png.xmp` if another shot has that, as two files of one name have in one folder.

    A name that no file system could store is cut.
    """
    folder, slash, file = stem.rpartition("/")
    short = folder + slash + safe_file_name(file, fallback="photo", max_bytes=MAX_NAME_BYTES - len(" (1000000).xmp"))
    names = chain((f"{stem}.xmp", f"{name}.xmp"), (f"{short} ({number}).xmp" for number in count(2)))
    free = next(name for name in names if name.casefold() not in taken and _can_be_stored(name))
    taken.add(free.casefold())
    return free


def _can_be_stored(name: str) -> bool:
    return len(name.rpartition("/")[2].encode()) <= MAX_NAME_BYTES


def _marks(plan: ExportPlan, shown: Photo, file: Photo) -> FileMarks:
    is_rejected = shown.decision == Photo.Decision.REJECT
    marks: FileMarks = {
        "photo": str(shown.id),
        "file": str(file.id),
        "stars": shown.stars,
        "label": shown.label,
        "pick": -1 if is_rejected else int(shown.picked),
    }
    if plan.moments is not None:
        marks["moment"] = plan.moments.get(shown.cluster_id, "") if shown.cluster_id else ""
    return marks
