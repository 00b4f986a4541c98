"""Plans a zip: which photos, in which order, under which names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.db.models.functions import Coalesce

from albums.exports.entry_names import DEFAULT_PATTERN, NamedPhoto, entry_names, pattern_check
from albums.exports.pictures import becomes_jpeg, expected_bytes, gallery_bytes
from albums.filenames import MAX_NAME_BYTES, safe_file_name, safe_folder
from albums.filters import IS_SHOWN
from albums.models import Album, Cluster, Export, Photo
from albums.picks import Wanted

SINGLES_FOLDER = "Single photos"
UNDATED_FOLDER = "No date"
_IN_PROGRESS = {Album.Grouping.STALE, Album.Grouping.QUEUED, Album.Grouping.RUNNING}
_PHOTO_SETS = {
    Cluster.Kind.BRACKET: "exposure bracket",
    Cluster.Kind.FOCUS_STACK: "focus stack",
    Cluster.Kind.PANORAMA: "panorama",
}
_NOT_REJECTED = ~Q(decision=Photo.Decision.REJECT)
_OF_NOT_REJECTED = ~Q(companion_of__decision=Photo.Decision.REJECT)


def _with_stars(least: int) -> tuple[Q, Q]:
    return Q(stars__gte=least) & _NOT_REJECTED, Q(companion_of__stars__gte=least) & _OF_NOT_REJECTED


def _of_sets(rules: tuple[Q, Q], sets: str) -> tuple[Q, Q]:
    """These rules with what is wanted of photo sets."""
    shown, companions = rules
    if sets == Export.Sets.WHOLE:
        chosen = Photo.objects.filter(shown, state=Photo.State.ANALYZED)
        of_chosen = Q(Exists(chosen.filter(cluster=OuterRef("cluster"))), cluster__kind__in=_PHOTO_SETS)
        with_chosen = Exists(chosen.filter(cluster=OuterRef("companion_of__cluster")))
        of_theirs = Q(with_chosen, companion_of__cluster__kind__in=_PHOTO_SETS)
        return shown | of_chosen & _NOT_REJECTED, companions | of_theirs & _OF_NOT_REJECTED
    if sets == Export.Sets.PICKS:
        apart = Q(cluster=None) | ~Q(cluster__kind__in=_PHOTO_SETS) | Q(picked=True)
        of = Q(companion_of__cluster=None) | ~Q(companion_of__cluster__kind__in=_PHOTO_SETS)
        return shown & apart, companions & (of | Q(companion_of__picked=True))
    return rules


_SELECTIONS: dict[str, tuple[Q, Q]] = {
    Export.Selection.PICKS.value: (Q(picked=True), Q(companion_of__picked=True)),
    Export.Selection.KEPT.value: (Q(decision=Photo.Decision.KEEP), Q(companion_of__decision=Photo.Decision.KEEP)),
    Export.Selection.ALL.value: (_NOT_REJECTED, _OF_NOT_REJECTED),
    Export.Selection.STARS.value: _with_stars(1),
}
"""Which analyzed photos each selection includes, and which companions: those of the photos that it includes."""


@dataclass(frozen=True)
class ExportOptions:
    """How to make the zip. The values are those of `Export`.

    `name_pattern` contains the placeholders of `albums.exports.entry_names`. A selection by stars has the photos with
    at least `min_stars`. `jpeg_size` is the longer side of JPEGs in pixels, 0 for originals. `part_gigabytes` is the
    largest size of a part, 0 for one zip. `language` is that of the page in the zip (`gallery`).
    """

    selection: str = Export.Selection.PICKS
    layout: str = Export.Layout.FLAT
    name_pattern: str = DEFAULT_PATTERN
    location: str = Export.Location.KEEP
    min_stars: int = 1
    ratings: str = Export.Ratings.NONE
    moments: bool = False
    """Each photo of a group has its moment as a keyword, where ratings are written."""
    sets: str = Export.Sets.SELECTED
    jpeg_size: int = 0
    part_gigabytes: int = 0
    checksums: bool = False
    gallery: bool = False
    language: str = Export.Language.ENGLISH

    @property
    def rules(self) -> tuple[Q, Q]:
        """Which analyzed photos are included, and which companions."""
        if self.ratings == Export.Ratings.ONLY:
            return Q(), Q()
        is_by_stars = self.selection == Export.Selection.STARS
        return _of_sets(_with_stars(self.min_stars) if is_by_stars else _SELECTIONS[self.selection], self.sets)

    @property
    def effective(self) -> ExportOptions:
        """Ratings alone are named and placed as the files were uploaded, so that they can be put beside these."""
        if self.ratings != Export.Ratings.ONLY:
            return self
        as_uploaded = replace(self, layout=Export.Layout.SOURCE, name_pattern="{name}")
        return replace(as_uploaded, jpeg_size=0, part_gigabytes=0, gallery=False)


DEFAULT_OPTIONS = ExportOptions()


@dataclass(frozen=True)
class ExportPlan:
    """The photos in the order of their entries, and the names of the entries. Sizes are those of the originals."""

    file_name: str
    photos: Sequence[Photo]
    names: Sequence[str]
    named: Sequence[NamedPhoto]
    """What the names were made from, in the same order."""
    options: ExportOptions = DEFAULT_OPTIONS
    moments: Mapping[UUID, str] | None = None
    """The keyword of each group, if keywords are wanted."""

    @property
    def ratings(self) -> str:
        """Where ratings are written."""
        return self.options.ratings

    @property
    def entries(self) -> list[tuple[Photo, str]]:
        """The uploaded files in the zip with their names; of ratings alone only XMP, which is written into."""
        files = zip(self.photos, self.names, strict=True)
        return [(photo, name) for photo, name in files if self.has_photos or is_xmp(photo)]

    @property
    def has_photos(self) -> bool:
        """False if only ratings are wanted."""
        return self.ratings != Export.Ratings.ONLY

    @property
    def shown(self) -> list[Photo]:
        """The photos without companions."""
        return [photo for photo in self.photos if photo.companion_of_id is None]

    @property
    def byte_size(self) -> int:
        """Size of the originals, and an estimate for what is made. The zip is about as large: it is not compressed."""
        files = sum(expected_bytes(photo, self.options.jpeg_size) for photo, _ in self.entries)
        return files + (gallery_bytes(self.shown, self.options.jpeg_size) if self.options.gallery else 0)

    @property
    def is_estimate(self) -> bool:
        """Whether `byte_size` includes files that are made for the zip."""
        return self.options.gallery or any(becomes_jpeg(photo, self.options.jpeg_size) for photo, _ in self.entries)

    @property
    def has_photo_sets(self) -> bool:
        """Whether brackets, focus stacks or panoramas have photos in the zip."""
        return any(photo.cluster is not None and photo.cluster.kind in _PHOTO_SETS for photo in self.shown)

    @property
    def folder_count(self) -> int:
        """Number of folders in the zip that have files; 0 for a flat one."""
        return len({name.rpartition("/")[0] for name in self.names if "/" in name})

    @property
    def uploaded_folder_count(self) -> int:
        """Number of folders in which these photos were uploaded."""
        return len({photo.folder for photo in self.photos} - {""})

    @property
    def cluster_count(self) -> int:
        """Groups that have a photo in the zip."""
        return len({photo.cluster_id for photo in self.shown} - {None})

    @property
    def single_count(self) -> int:
        """Number of photos in the zip that are in no group."""
        return sum(photo.cluster_id is None for photo in self.shown)


@dataclass(frozen=True)
class PlannedPhoto:
    """A photo with its name in the zip."""

    entry_name: str
    photo: Photo


def plan_sample(plan: ExportPlan, size: int) -> list[PlannedPhoto]:
    """At most `size` photos spread over the whole plan, in one query.

    These have the columns to display them, which the photos of the plan lack.
    """
    listed = [place for place, photo in enumerate(plan.photos) if photo.companion_of_id is None]
    if not listed:
        return []
    count = min(size, len(listed))
    places = [listed[place * len(listed) // count] for place in range(count)]
    shown = Photo.objects.defer(*Photo.MEASURED).in_bulk([plan.photos[place].id for place in places])
    chosen = ((plan.names[place], shown.get(plan.photos[place].id)) for place in places)
    # A photo may be deleted between the two queries.
    return [PlannedPhoto(name, photo) for name, photo in chosen if photo is not None]


def selection_counts(album: Album, sets: str = Export.Sets.SELECTED, among: Q | None = None) -> dict[str, int]:
    """How many photos, or those `among` them, each selection includes, without companions, in one query."""
    return _counts(album, sets, _SELECTIONS, among)


def star_counts(album: Album, sets: str = Export.Sets.SELECTED, among: Q | None = None) -> list[int]:
    """The same for selections by at least 1 to 5 stars."""
    rules = {f"stars_{least}": _with_stars(least) for least in Photo.STARS}
    return list(_counts(album, sets, rules, among).values())


def _counts(album: Album, sets: str, rules: Mapping[str, tuple[Q, Q]], among: Q | None) -> dict[str, int]:
    rows = Photo.objects.filter(IS_SHOWN, among or Q(), album=album, state=Photo.State.ANALYZED)
    return rows.aggregate(**{name: Count("pk", filter=_of_sets(rule, sets)[0]) for name, rule in rules.items()})


def is_still_working(album: Album) -> bool:
    """True while photos of the album are being analyzed or grouped, so that the picks will change."""
    return album.grouping in _IN_PROGRESS or album.photos.filter(state__in=Photo.UNFINISHED).exists()


def export_plan(album: Album, options: ExportOptions, *, earlier: ExportPlan | None = None) -> ExportPlan:
    """What a zip of the album would contain now, in one query. Companions follow the photo of their shot.

    The names take most of the time. Those of an earlier plan with these options are used if nothing has changed since.

    Raises:
        InvalidNamePattern: when the pattern cannot name files.

    """
    options = options.effective
    pattern_check(options.name_pattern)
    photos = list(_selected(album, options))
    numbers = _group_numbers(photos)
    groups = dict(_folders(photos, numbers)) if options.layout == Export.Layout.FOLDERS else {}

    def folder(photo: Photo, shown: Photo) -> str:
        match options.layout:
            case Export.Layout.SOURCE:
                return safe_folder(photo.folder)
            case Export.Layout.DAYS:
                return f"{shown.timeline_at:%Y-%m-%d}" if shown.timeline_at else UNDATED_FOLDER
        return groups.get(shown.cluster_id, "")

    named = [
        NamedPhoto(
            photo.name,
            "image/jpeg" if becomes_jpeg(photo, options.jpeg_size) else photo.content_type,
            shown.timeline_at,
            numbers.get(shown.cluster_id) if shown.cluster_id else None,
            folder(photo, shown),
            is_companion=shown is not photo,
            uploaded_in=photo.folder,
            is_sidecar=shown is not photo and _is_sidecar(photo),
        )
        for photo, shown in ((photo, _shown(photo)) for photo in photos)
    ]
    names = earlier.names if earlier and earlier.named == named else entry_names(named, options.name_pattern)
    shown_count = sum(not photo.is_companion for photo in named)
    moments = _moments(album) if options.moments and options.ratings != Export.Ratings.NONE else None
    return ExportPlan(_file_name(album, options, shown_count), photos, names, named, options, moments)


def _moments(album: Album) -> dict[UUID, str]:
    """A keyword for each group: when it begins, and a number if an earlier group begins in the same second."""
    in_groups = Photo.objects.filter(IS_SHOWN, album=album, cluster__isnull=False)
    groups = in_groups.values_list("cluster_id", "cluster__position").annotate(at=Min("timeline_at"))
    moments: dict[UUID, str] = {}
    seen: Counter[str] = Counter()
    for cluster_id, position, at in groups.order_by("cluster__position", "cluster_id"):
        moment = f"Moment {at:%Y-%m-%d %H.%M.%S}" if at else f"Moment {position + 1}"
        seen[moment] += 1
        moments[cluster_id] = moment if seen[moment] == 1 else f"{moment} ({seen[moment]})"
    return moments


def _selected(album: Album, options: ExportOptions) -> Iterator[Photo]:
    rule, of_companions = options.rules
    wanted = IS_SHOWN & rule | Q(companion_of__isnull=False) & of_companions
    photos = Photo.objects.filter(wanted, album=album, state=Photo.State.ANALYZED)
    if options.location == Export.Location.STRIP:
        # They are there to say such things, and nobody who gets such a zip needs them.
        photos = photos.exclude(kind=Photo.Kind.SIDECAR)
    if options.jpeg_size:
        photos = photos.filter(companion_of=None)  # one JPEG of each shot
    of_file = ("name", "folder", "kind", "content_type", "byte_size", "width", "height")
    columns = ("album", "timeline_at", *of_file)
    marks = ("stars", "label", "picked", "decision")
    of_shown = [f"companion_of__{column}" for column in (*marks, "timeline_at", "cluster_id")]
    of_others = ("cluster__position", "cluster__kind", *of_shown)
    in_order = photos.annotate(
        shown_at=Coalesce("companion_of__timeline_at", "timeline_at"),
        shown_key=Coalesce("companion_of__order_key", "order_key"),
        shown_id=Coalesce("companion_of_id", "id"),
        is_companion=Q(companion_of__isnull=False),
        is_sidecar=Q(kind=Photo.Kind.SIDECAR),  # after the file that it is named after
    )
    by_shot = (F("shown_at").asc(nulls_last=True), "shown_key", "shown_id", "is_companion", "is_sidecar")
    in_order = in_order.order_by(*by_shot, "name", "id")
    return in_order.select_related("cluster", "companion_of").only(*columns, *marks, *of_others).iterator()


def _shown(photo: Photo) -> Photo:
    """The photo that is listed for this one: itself, unless it is a companion."""
    return photo.companion_of or photo


def is_xmp(photo: Photo) -> bool:
    """Whether the file is a sidecar that stars and picks can be written into."""
    return photo.kind == Photo.Kind.SIDECAR and photo.name.lower().endswith(".xmp")


def _is_sidecar(photo: Photo) -> bool:
    """A THM is a JPEG, and so an analyzed photo, which may have to stand alone."""
    return photo.kind == Photo.Kind.SIDECAR or photo.name.lower().endswith(".thm")


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
            moment = f"{photo.timeline_at:%Y-%m-%d %H.%M}" if photo.timeline_at else "undated"
            kind = _PHOTO_SETS.get(Cluster.Kind(photo.cluster.kind), "")
            yield photo.cluster.id, f"{numbers[photo.cluster.id]:0{digits}d} {moment} {kind}".rstrip()


def _file_name(album: Album, options: ExportOptions, photo_count: int) -> str:
    """The album's name as a file name. It tells the number of picks where the album wants a certain number."""
    is_some = options.selection == Export.Selection.PICKS and not Wanted.of(album).is_everything
    ending = f" ({photo_count} photos).zip" if is_some else ".zip"
    return safe_file_name(album.name, fallback="album", max_bytes=MAX_NAME_BYTES - len(ending)) + ending
