"""Zips of the chosen originals, and what is printed of them."""

from __future__ import annotations

import uuid

from django.db import models

from albums.models.albums import Album
from albums.models.work import Work


class Export(Work):
    """A zip of the originals that were picked at the time of the request, or a PDF of them.

    `queued` → `building` → `ready` → `expired`, or `failed`. Each export has its own storage key. The row becomes
    `ready` only when the whole file is in storage; building it again makes the same bytes. A failed export says why:
    `error_message` is for people, `error_code` for programs. `error_photo_name` is the photo that caused it, if any.
    """

    class Kind(models.TextChoices):
        """What is made."""

        ZIP = "zip"
        CONTACT_SHEET = "contact_sheet"
        BOOK = "book"

    class State(models.TextChoices):
        """The state of the file."""

        QUEUED = "queued"
        BUILDING = "building"
        READY = "ready"
        FAILED = "failed"
        EXPIRED = "expired"

    class Selection(models.TextChoices):
        """Which photos it contains. It never contains rejected photos."""

        PICKS = "picks"
        KEPT = "kept"
        ALL = "all"
        STARS = "stars"

    class Layout(models.TextChoices):
        """How the zip is arranged."""

        FLAT = "flat"
        FOLDERS = "folders"  # one for each group
        SOURCE = "source"  # as uploaded
        DAYS = "days"  # one for each day of the capture

    class Sets(models.TextChoices):
        """Which photos of brackets, focus stacks and panoramas the zip contains."""

        SELECTED = "selected"  # as all other photos
        WHOLE = "whole"  # all of a set of which one is selected
        PICKS = "picks"  # of those that are selected, only the picks

    class Location(models.TextChoices):
        """Whether the files stay as they are, or only the picture and what is known to be harmless."""

        KEEP = "keep"
        STRIP = "strip"

    class Ratings(models.TextChoices):
        """Where stars, labels, picks and rejections are written for other programs."""

        NONE = "none"
        SIDECARS = "sidecars"  # beside the files
        EMBEDDED = "embedded"  # in copies of JPEGs, beside all other files
        ONLY = "only"  # sidecars and lists of all photos, rejected ones too, and no photos

    class ErrorCode(models.TextChoices):
        """Why the export failed."""

        ORIGINAL_MISSING = "original_missing"
        ORIGINAL_CORRUPTED = "original_corrupted"
        CRASHED = "crashed"
        STOPPED = "stopped"

    LONG = ("entries", "marks", "gallery_page", "print_plan")
    """Columns that only the building needs. They grow with the number of files."""

    JPEG_SIZES = (2048, 4096)
    """Pixels on the longer side."""

    class Language(models.TextChoices):
        """Of the words on the page in the zip."""

        ENGLISH = "en"
        SWEDISH = "sv"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    album = models.ForeignKey(Album, on_delete=models.CASCADE, related_name="exports", db_index=False)
    kind = models.CharField(max_length=13, choices=Kind, default=Kind.ZIP, db_default=Kind.ZIP.value)
    print_plan = models.JSONField(
        null=True, editable=False, help_text="What the pages of a PDF follow from: albums.prints.plan. Null for a zip."
    )
    print_notes = models.JSONField(
        null=True, help_text="Of a finished PDF: photos left out, those with few pixels, characters not in the font."
    )
    selection = models.CharField(max_length=5, choices=Selection, default=Selection.PICKS)
    min_stars = models.PositiveSmallIntegerField(
        default=1, db_default=1, help_text="What a photo needs to be in a selection by stars."
    )
    layout = models.CharField(max_length=7, choices=Layout, default=Layout.FLAT)
    name_pattern = models.CharField(max_length=100, default="{sequence} {name}")
    location = models.CharField(max_length=5, choices=Location, default=Location.KEEP)
    ratings = models.CharField(max_length=8, choices=Ratings, default=Ratings.NONE, db_default=Ratings.NONE.value)
    sets = models.CharField(max_length=8, choices=Sets, default=Sets.SELECTED, db_default=Sets.SELECTED.value)
    jpeg_size = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="Pixels on the longer side of JPEGs instead of originals; 0 for originals."
    )
    checksums = models.BooleanField(default=False, db_default=False)
    gallery = models.BooleanField(default=False, db_default=False, help_text="Whether it has a page that shows it.")
    gallery_page = models.JSONField(null=True, help_text="What that page says. See albums.exports.gallery.")
    # Each part is a whole zip, and so a row of its own. Those of one request have the same `batch`.
    batch = models.UUIDField(null=True, blank=True, editable=False)
    part = models.PositiveSmallIntegerField(default=1, db_default=1)
    part_count = models.PositiveSmallIntegerField(default=1, db_default=1)
    smaller = models.JSONField(
        default=list, null=True, help_text="Names of JPEGs that are smaller than was asked, because of their photo."
    )
    marks = models.JSONField(
        default=dict, null=True, help_text="What is written into files of the zip, by name. See albums.exports.marks."
    )
    not_marked = models.JSONField(
        default=list, null=True, help_text="Names of files in the zip into which it could not be written."
    )
    marked_beside = models.JSONField(
        default=list, null=True, help_text="Names of JPEGs into which it could not be written; it is in sidecars."
    )
    not_cleaned = models.JSONField(
        default=list, help_text="Names in the zip of files in which the place may remain although it was to go."
    )
    not_cleaned_reasons = models.JSONField(
        default=dict, null=True, help_text="Why, by name. Empty where an older version made the zip."
    )
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    file_name = models.CharField(max_length=255)
    entries = models.JSONField(default=list, help_text="Pairs of photo id and name in the zip, in order.")
    # Both count files, as the API says: a photo's companions are in the zip as well.
    photo_count = models.PositiveIntegerField(default=0)
    photos_written = models.PositiveIntegerField(default=0)
    byte_size = models.BigIntegerField(default=0)
    error_code = models.CharField(max_length=40, blank=True, default="", db_default="")
    error_message = models.TextField(blank=True, default="")
    error_photo_name = models.CharField(
        max_length=255, blank=True, default="", db_default="", help_text="Of the photo whose original was the reason."
    )
    # From the web host's clock: lists are paged by it, and SQLite's own clock has only milliseconds.
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["album", "-created_at", "id"]),
            models.Index(fields=["state", "enqueued_at"]),
            models.Index(fields=["state", "expires_at"]),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def named_count(self) -> int:
        """The number of names in all its lists of files that are not quite as was wanted."""
        named = (self.not_cleaned, self.not_marked, self.marked_beside, self.smaller)
        return sum(len(names or ()) for names in named)

    @property
    def content_type(self) -> str:
        """The media type of the file."""
        return "application/zip" if self.kind == self.Kind.ZIP else "application/pdf"
