"""Decides what is printed: which photos, under which title, with which words. In one query."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import msgspec
from django.db.models import F, Q, QuerySet
from django.utils import translation
from django.utils.formats import date_format

from albums.day_words import day_in_words
from albums.descriptions import with_descriptions
from albums.exports.plan import ExportOptions
from albums.filenames import MAX_NAME_BYTES, safe_file_name
from albums.filters import IS_SHOWN, IS_VIDEO
from albums.models import Album, Export, Photo
from albums.prints.book import GOOD_DPI, Book, book_pages
from albums.prints.contact_sheet import ContactSheet, contact_sheet_pages
from albums.prints.pages import Page, Paper, Picture, PrintPhoto
from albums.prints.papers import CONTACT_SHEET, PAPERS

CAPTIONS = ("none", "times", "names", "descriptions")
LANGUAGES = tuple(Export.Language.values)
COLUMNS = range(3, 9)
MOST_TITLE = 80
MOST_PHOTOS = {Export.Kind.BOOK.value: 600, Export.Kind.CONTACT_SHEET.value: 20_000}

_DESCRIPTION_LINES = {Export.Kind.BOOK.value: 4, Export.Kind.CONTACT_SHEET.value: 2}
_MOST_DESCRIPTION = {Export.Kind.BOOK.value: 800, Export.Kind.CONTACT_SHEET.value: 160}
"""Characters, more than the lines can have."""
_BYTES_PER_PIXEL = 0.3
_THUMBNAIL_BYTES = 60_000
_COLUMNS = (
    *("id", "name", "width", "height", "cluster_id", "timeline_at", "time_source"),
    *("stars", "decision", "picked", "spread_rank", "faces"),
)


@dataclass(frozen=True)
class PrintOptions:
    """How to make a book or a contact sheet.

    Attributes:
        kind: `Export.Kind`, but no zip.
        selection: `Export.Selection`; with `min_stars` where it is by stars.
        title: instead of the album's name, if not empty.
        paper: the size of a book, one of PAPERS.
        captions: what is below photos, one of CAPTIONS.
        language: of dates, one of LANGUAGES.
        columns: photos in a row of a contact sheet.
    """

    kind: str = Export.Kind.BOOK
    selection: str = Export.Selection.PICKS
    min_stars: int = 1
    title: str = ""
    paper: str = "a4_landscape"
    captions: str = "none"
    numbers: bool = True
    language: str = "en"
    columns: int = 5


@dataclass(frozen=True)
class SoftPhoto:
    """A photo, and with how few pixels an inch it is printed."""

    photo_id: str
    name: str
    dpi: int


class PrintPlan(msgspec.Struct, frozen=True, dict=True):
    """All that the pages follow from. The row of the export keeps it, so later decisions do not change a book."""

    kind: str
    title: str
    subtitle: str
    paper: str
    captions: bool
    numbers: bool
    columns: int
    photos: list[PrintPhoto]
    description_lines: int = 0
    """How many lines a caption may have that is a description; 0 where captions are short."""

    def without(self, left_out: Collection[str]) -> PrintPlan:
        """The same without these photos."""
        return msgspec.structs.replace(self, photos=[photo for photo in self.photos if photo.id not in left_out])

    @cached_property
    def pages(self) -> list[Page]:
        """All pages, laid out."""
        if self.kind == Export.Kind.CONTACT_SHEET:
            return contact_sheet_pages(ContactSheet(self.title, self.photos, self.columns, self.description_lines))
        lines = max(1, self.description_lines) if self.captions else 0
        return book_pages(Book(PAPERS[self.paper], self.title, self.subtitle, self.photos, self.numbers, lines))

    @property
    def sheet(self) -> Paper:
        """The paper of all pages."""
        return CONTACT_SHEET if self.kind == Export.Kind.CONTACT_SHEET else PAPERS[self.paper]

    @property
    def pictures(self) -> list[Picture]:
        """All pictures, in the order of the pages. The cover has one of the photos once more."""
        return [picture for page in self.pages for picture in page.pictures]

    @property
    def byte_size(self) -> int:
        """Roughly that of the PDF."""
        if self.kind == Export.Kind.CONTACT_SHEET:
            return len(self.photos) * _THUMBNAIL_BYTES
        sizes = (picture.pixels for picture in self.pictures)
        return round(sum(width * height for width, height in sizes) * _BYTES_PER_PIXEL)

    @property
    def soft(self) -> list[SoftPhoto]:
        """Photos with too few pixels for the size in which they are largest."""
        if self.kind == Export.Kind.CONTACT_SHEET:
            return []
        worst: dict[str, SoftPhoto] = {}
        for picture in self.pictures:
            photo, dpi = picture.photo, round(picture.dpi)
            if dpi < GOOD_DPI and (photo.id not in worst or dpi < worst[photo.id].dpi):
                worst[photo.id] = SoftPhoto(photo.id, photo.name, dpi)
        return list(worst.values())

    @property
    def file_name(self) -> str:
        """The title as a file name."""
        ending = " (contact sheet).pdf" if self.kind == Export.Kind.CONTACT_SHEET else ".pdf"
        return safe_file_name(self.title, fallback="book", max_bytes=MAX_NAME_BYTES - len(ending)) + ending

    def stored(self) -> dict[str, Any]:
        """For a JSON column."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain

    @classmethod
    def restored(cls, stored: dict[str, Any]) -> PrintPlan:
        """From a JSON column."""
        return msgspec.convert(stored, cls)


def can_be_printed(options: PrintOptions) -> Q:
    """On photos: they can be in the book or on the sheet. Videos are only on contact sheets, by their posters."""
    has_size = Q(width__gt=0, height__gt=0)
    return has_size & ~IS_VIDEO if options.kind == Export.Kind.BOOK else has_size


def photos_to_print(album: Album, options: PrintOptions) -> QuerySet[Photo]:
    """The photos that would be printed."""
    rule, _ = ExportOptions(selection=options.selection, min_stars=options.min_stars).rules
    return Photo.objects.filter(IS_SHOWN, rule, can_be_printed(options), album=album, state=Photo.State.ANALYZED)


def print_plan(album: Album, options: PrintOptions) -> PrintPlan:
    """What would be printed of the album now: of more photos than may be, the first."""
    photos_now = photos_to_print(album, options).only(*_COLUMNS)
    if options.captions == "descriptions":
        photos_now = with_descriptions(photos_now, at_most=_MOST_DESCRIPTION[str(options.kind)])
    in_order = photos_now.order_by(F("timeline_at").asc(nulls_last=True), "order_key", "id")
    photos = list(in_order[: MOST_PHOTOS[str(options.kind)]])
    if options.kind == Export.Kind.CONTACT_SHEET:
        photos = list(_moments_together(photos))
    with translation.override(options.language):
        return PrintPlan(
            kind=str(options.kind),
            title=options.title.strip() or album.name,
            subtitle=_days_in_words([moment.date() for photo in photos if (moment := _time_of(photo))]),
            paper=options.paper,
            captions=options.captions != "none",
            numbers=options.numbers,
            columns=options.columns,
            photos=_described(photos, options),
            description_lines=_description_lines(photos, options),
        )


def _described(photos: Sequence[Photo], options: PrintOptions) -> list[PrintPhoto]:
    sizes: dict[Any, int] = {}
    for photo in photos:
        sizes[photo.cluster_id] = sizes.get(photo.cluster_id, 0) + 1
    most = max((photo.spread_rank or 0 for photo in photos), default=0) + 1
    return [
        PrintPhoto(
            id=str(photo.id),
            name=photo.name,
            width=photo.width or 1,
            height=photo.height or 1,
            day=day_in_words(moment) if (moment := _time_of(photo)) else "",
            minute=int(moment.timestamp() // 60) if moment else None,
            moment=str(photo.cluster_id) if photo.cluster_id and sizes[photo.cluster_id] > 1 else "",
            weight=_weight(photo, most),
            faces=_around_faces(photo.faces),
            caption=_caption(photo, moment, options),
            stars=photo.stars,
            is_pick=photo.picked,
        )
        for photo in photos
    ]


_DASH = "\N{EN DASH}"


def _time_of(photo: Photo) -> datetime | None:
    return photo.timeline_at if photo.time_source != Photo.TimeSource.NONE else None


def _weight(photo: Photo, most: int) -> float:
    """Stars first, then what somebody kept, then the order in which picks are taken."""
    place = photo.spread_rank if photo.spread_rank is not None else most
    return round(photo.stars + 0.5 * (photo.decision == Photo.Decision.KEEP) + 0.4 * (1 - place / most), 4)


def _around_faces(faces: Sequence[dict[str, Any]]) -> tuple[float, float, float, float] | None:
    """The box around all faces, with room for hair and chin."""
    boxes = [(face["x"], face["y"], face["width"], face["height"]) for face in faces]
    if not boxes:
        return None
    sides = [(x - 0.2 * w, y - 0.4 * h, x + 1.2 * w, y + 1.2 * h) for x, y, w, h in boxes]
    left, top, right, bottom = zip(*sides, strict=True)
    within = (max(0.0, min(left)), max(0.0, min(top)), min(1.0, max(right)), min(1.0, max(bottom)))
    a, b, c, d = (round(value, 4) for value in within)
    return a, b, c, d


def _caption(photo: Photo, moment: datetime | None, options: PrintOptions) -> str:
    match options.captions:
        case "times":
            return f"{moment:%H:%M}" if moment else ""
        case "names":
            return photo.name
        case "descriptions":
            description: str = photo.shot_description  # type: ignore[attr-defined]
            return description if options.kind == Export.Kind.BOOK else " ".join(description.split())
    return ""


def _description_lines(photos: Sequence[Photo], options: PrintOptions) -> int:
    has_any = options.captions == "descriptions" and any(
        photo.shot_description  # type: ignore[attr-defined]
        for photo in photos
    )
    return _DESCRIPTION_LINES[str(options.kind)] if has_any else 0


def _moments_together(photos: Sequence[Photo]) -> Iterator[Photo]:
    """The photos in order, but each group where its first is."""
    groups: dict[Any, list[Photo]] = {}
    for photo in photos:
        groups.setdefault(photo.cluster_id or photo.id, []).append(photo)
    for group in groups.values():
        yield from group


def _days_in_words(days: Sequence[date]) -> str:
    """The first and the last day, without what they share."""
    if not days:
        return ""
    first, last = min(days), max(days)
    if first == last:
        return date_format(last, "j F Y")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{_DASH}{date_format(last, 'j F Y')}"
    return f"{date_format(first, 'j F' if first.year == last.year else 'j F Y')} {_DASH} {date_format(last, 'j F Y')}"
