"""Plans a zip: which photos, in which order, under which names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from albums.entry_names import DEFAULT_PATTERN, NamedPhoto, entry_names, pattern_check
from albums.filenames import MAX_NAME_BYTES, safe_file_name
from albums.models import Album, Cluster, Export, Photo
from albums.picks import Wanted

SINGLES_FOLDER = "Single photos"
_IN_PROGRESS = {Album.Grouping.STALE, Album.Grouping.QUEUED, Album.Grouping.RUNNING}
_PHOTO_SETS = {
    Cluster.Kind.BRACKET: "exposure bracket",
    Cluster.Kind.FOCUS_STACK: "focus stack",
    Cluster.Kind.PANORAMA: "panorama",
}
_SELECTIONS: dict[str, Q] = {
    Export.Selection.PICKS.value: Q(picked=True),
    Export.Selection.KEPT.value: Q(decision=Photo.Decision.KEEP),
    Export.Selection.ALL.value: ~Q(decision=Photo.Decision.REJECT),
}
"""Which analyzed photos each selection includes."""


@dataclass(frozen=True)
class ExportOptions:
    """How to make the zip. The values are those of `Export`.

    `name_pattern` contains the placeholders of `albums.entry_names`.
    """

    selection: str = Export.Selection.PICKS
    layout: str = Export.Layout.FLAT
    name_pattern: str = DEFAULT_PATTERN
    location: str = Export.Location.KEEP


DEFAULT_OPTIONS = ExportOptions()


@dataclass(frozen=True)
class ExportPlan:
    """The photos in the order of their entries, and the names of the entries. Sizes are those of the originals."""

    file_name: str
    photos: Sequence[Photo]
    names: Sequence[str]
    named: Sequence[NamedPhoto]
    """What the names were made from, in the same order."""

    @property
    def byte_size(self) -> int:
        """Total size of the originals. The zip is about as large, because it is not compressed."""
        return sum(photo.byte_size for photo in self.photos)

    @property
    def folder_count(self) -> int:
        """Number of folders in the zip; 0 for a flat one."""
        return len({name.partition("/")[0] for name in self.names if "/" in name})

    @property
    def cluster_count(self) -> int:
        """Groups that have a photo in the zip."""
        return len({photo.cluster_id for photo in self.photos} - {None})

    @property
    def single_count(self) -> int:
        """Number of photos in the zip that are in no group."""
        return sum(photo.cluster_id is None for photo in self.photos)


@dataclass(frozen=True)
class PlannedPhoto:
    """A photo with its name in the zip."""

    entry_name: str
    photo: Photo


def plan_sample(plan: ExportPlan, size: int) -> list[PlannedPhoto]:
    """At most `size` photos spread over the whole plan, in one query.

    These have the columns to display them, which the photos of the plan lack.
    """
    if not plan.photos:
        return []
    count = min(size, len(plan.photos))
    places = [place * len(plan.photos) // count for place in range(count)]
    shown = Photo.objects.defer(*Photo.MEASURED).in_bulk([plan.photos[place].id for place in places])
    chosen = ((plan.names[place], shown.get(plan.photos[place].id)) for place in places)
    # A photo may be deleted between the two queries.
    return [PlannedPhoto(name, photo) for name, photo in chosen if photo is not None]


def selection_counts(album: Album) -> dict[str, int]:
    """How many photos each selection includes, in one query."""
    rows = Photo.objects.filter(album=album, state=Photo.State.ANALYZED)
    return rows.aggregate(**{selection: Count("pk", filter=rule) for selection, rule in _SELECTIONS.items()})


def is_still_working(album: Album) -> bool:
    """True while photos of the album are being analyzed or grouped, so that the picks will change."""
    return album.grouping in _IN_PROGRESS or album.photos.filter(state__in=Photo.UNFINISHED).exists()


def export_plan(album: Album, options: ExportOptions, *, earlier: ExportPlan | None = None) -> ExportPlan:
    """What a zip of the album would contain now, in one query.

    The names take most of the time. Those of an earlier plan with these options are used if nothing has changed since.

    Raises:
        InvalidNamePattern: when the pattern cannot name files.

    """
    pattern_check(options.name_pattern)
    photos = list(_selected(album, options.selection))
    # Photos without a time come last on every database. Databases differ in where they sort NULL.
    photos.sort(key=lambda photo: photo.taken_at is None)
    numbers = _group_numbers(photos)
    folders = dict(_folders(photos, numbers)) if options.layout == Export.Layout.FOLDERS else {}
    named = [
        NamedPhoto(
            photo.name,
            photo.content_type,
            photo.taken_at,
            numbers.get(photo.cluster_id) if photo.cluster_id else None,
            folders.get(photo.cluster_id, ""),
        )
        for photo in photos
    ]
    names = earlier.names if earlier and earlier.named == named else entry_names(named, options.name_pattern)
    return ExportPlan(_file_name(album, options, len(photos)), photos, names, named)


def _selected(album: Album, selection: str) -> Iterator[Photo]:
    photos = Photo.objects.filter(_SELECTIONS[selection], album=album, state=Photo.State.ANALYZED)
    columns = ("album", "name", "content_type", "taken_at", "byte_size", "cluster__position", "cluster__kind")
    return photos.select_related("cluster").only(*columns).order_by("taken_at", "name", "id").iterator()


def _group_numbers(photos: Sequence[Photo]) -> dict[UUID, int]:
    """Number the groups in the zip from 1, in the order of capture."""
    clusters = {photo.cluster.id: photo.cluster for photo in photos if photo.cluster}
    in_order = sorted(clusters.values(), key=lambda cluster: (cluster.position, cluster.id))
    return {cluster.id: number for number, cluster in enumerate(in_order, start=1)}


def _folders(photos: Sequence[Photo], numbers: dict[UUID, int]) -> Iterator[tuple[UUID | None, str]]:
    """A folder name for each group: its number, when it begins, and the kind of photo set."""
    yield None, SINGLES_FOLDER
    digits = max(3, len(str(len(numbers))))
    seen = set()
    for photo in photos:
        if photo.cluster and photo.cluster.id not in seen:
            seen.add(photo.cluster.id)
            moment = f"{photo.taken_at:%Y-%m-%d %H.%M}" if photo.taken_at else "undated"
            kind = _PHOTO_SETS.get(Cluster.Kind(photo.cluster.kind), "")
            yield photo.cluster.id, f"{numbers[photo.cluster.id]:0{digits}d} {moment} {kind}".rstrip()


def _file_name(album: Album, options: ExportOptions, photo_count: int) -> str:
    """The album's name as a file name. It tells the number of picks where the album wants a certain number."""
    is_some = options.selection == Export.Selection.PICKS and not Wanted.of(album).is_everything
    ending = f" ({photo_count} photos).zip" if is_some else ".zip"
    return safe_file_name(album.name, fallback="album", max_bytes=MAX_NAME_BYTES - len(ending)) + ending
