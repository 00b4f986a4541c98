"""Photos and their vectors."""

from __future__ import annotations

import struct
import uuid
from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models.base import ModelState
from django.db.models.functions import Now
from django.utils import timezone

from albums.indexes import PartialIndex
from albums.models.albums import Album, Cluster
from albums.models.memberships import Membership
from albums.models.work import Work

_HISTOGRAM_SCALE = 65535


class Photo(Work):
    """One file in an album, identified by the SHA-256 of its bytes.

    `pending` has a presigned upload but no bytes; `uploaded` always ends as `analyzed` or `failed`. `preparing` and
    `embedding` are claimed by a worker. A failed photo says why: `error_message` is for people, `error_code` for
    programs.
    """

    class State(models.TextChoices):
        """The states of a photo, in order. A retry starts again at `uploaded`."""

        PENDING = "pending"
        UPLOADED = "uploaded"
        PREPARING = "preparing"
        PREPARED = "prepared"
        EMBEDDING = "embedding"
        ANALYZED = "analyzed"
        FAILED = "failed"

    MEASURED = ("capture", "scores", "faces", "close_ups", "reasons", "histogram", "gradient_map", "description")
    """Large columns that few readers need. Queries that load many rows without needing them should defer them."""

    CLAIMED = (
        *("id", "album", "name", "byte_size", "sha256", "modified_at", "modified_offset_minutes"),
        *("frame_of", "frame_seconds", "attempts"),
    )
    """What the preparation and the embedding read of a photo that they have claimed."""

    UNFINISHED = (State.UPLOADED, State.PREPARING, State.PREPARED, State.EMBEDDING)
    FINISHED = (State.ANALYZED, State.FAILED)

    class Decision(models.TextChoices):
        """The person's decision. `auto` leaves it to the ranking."""

        AUTO = "auto"
        KEEP = "keep"
        REJECT = "reject"

    class Label(models.TextChoices):
        """Colour labels, the five of Lightroom. What each means is up to the person."""

        RED = "red"
        YELLOW = "yellow"
        GREEN = "green"
        BLUE = "blue"
        PURPLE = "purple"

    STARS = (1, 2, 3, 4, 5)

    class Shelf(models.TextChoices):
        """Why a photo in no group is probably not wanted."""

        BLACK = "black"
        WHITE = "white"
        BLURRED = "blurred"
        EMPTY = "empty"

    class Kind(models.TextChoices):
        """What the file is. A sidecar (XMP, AAE, THM, Takeout's JSON) holds what programs say of other files."""

        PHOTO = "photo"
        VIDEO = "video"
        SIDECAR = "sidecar"

    class TimeSource(models.TextChoices):
        """The source of the capture time, the most reliable first."""

        EXIF = "exif"
        XMP = "xmp"
        SIDECAR = "sidecar"
        UTC = "utc"
        NAME = "name"
        FILE = "file"
        NONE = "none"

    BY_CAMERA = (TimeSource.EXIF, TimeSource.XMP)
    """Times of the camera's clock."""

    TRUSTED = (*BY_CAMERA, TimeSource.SIDECAR)
    """Times of the capture. Others may be those of a copy, and are not used for grouping."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Other indexes begin with it.
    album = models.ForeignKey(Album, on_delete=models.CASCADE, related_name="photos", db_index=False)
    name = models.CharField(max_length=255, help_text="The file's name where it came from.")
    folder = models.CharField(
        max_length=1024, blank=True, default="", db_default="", help_text="Where it was in what was uploaded: a/b."
    )
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.PHOTO, db_default=Kind.PHOTO)
    byte_size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    modified_at = models.DateTimeField(null=True, blank=True, help_text="The file's own time, as the client says.")
    modified_offset_minutes = models.SmallIntegerField(
        null=True, blank=True, help_text="How far the client's clock was ahead of UTC then; null if it does not say."
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    error_code = models.CharField(max_length=40, blank=True, default="")
    error_message = models.TextField(blank=True, default="")
    retries = models.PositiveSmallIntegerField(
        default=0, db_default=0, editable=False, help_text="How often its owner tried it again."
    )

    content_type = models.CharField(max_length=50, blank=True, default="", help_text="By content, not by name.")
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    # Wall-clock time at the place of capture, stored as if it were UTC. So cameras without a time zone and phones with
    # one agree; instants would not.
    taken_at = models.DateTimeField(null=True, blank=True)
    utc_offset_minutes = models.SmallIntegerField(null=True, blank=True)
    time_source = models.CharField(max_length=7, choices=TimeSource, default=TimeSource.NONE)
    # Cameras disagree, and a file's time is an instant. The grouping brings all photos of the album into one timeline:
    # what a person shifted, and the offsets that it found between clocks, are in it. `taken_at` stays as it was read.
    timeline_at = models.DateTimeField(
        null=True, blank=True, help_text="Wall-clock time in the album's one timeline, by which all is sorted."
    )
    order_key = models.BinaryField(
        default=b"", db_default=models.Value(b""), help_text="Orders photos of the same time: albums.capture_order."
    )
    camera = models.CharField(max_length=200, blank=True, default="")
    capture = models.JSONField(default=dict, blank=True, help_text="Exposure settings and the like, from EXIF.")
    scores = models.JSONField(default=dict, blank=True)
    faces = models.JSONField(default=list, blank=True)
    face_count = models.PositiveSmallIntegerField(default=0)
    thumbnail_width = models.PositiveSmallIntegerField(null=True, blank=True)
    thumbnail_height = models.PositiveSmallIntegerField(null=True, blank=True)
    placeholder = models.CharField(
        max_length=400, blank=True, default="", help_text="A data: URI of a few pixels, shown until the thumbnail is."
    )
    # Made during the preparation: the web process has no image library, and reading the preview for each look would
    # cost a decode.
    histogram = models.BinaryField(
        null=True, editable=False, help_text="64 steps of luma from black to white: 16 bits each, little-endian."
    )
    gradient_map = models.BinaryField(
        null=True, editable=False, help_text="How much structure each part shows, by which shots of a group compare."
    )

    cluster = models.ForeignKey(
        Cluster, on_delete=models.SET_NULL, null=True, blank=True, related_name="photos", db_index=False
    )
    rank = models.PositiveIntegerField(default=0, help_text="In its group, the best is 0.")
    quality = models.FloatField(default=0.0, help_text="Comparable inside one group only.")
    exposure = models.FloatField(
        null=True,
        help_text="How well exposed it is, as log odds; 0 is best. Comparable inside one group only; null if unknown.",
    )
    reasons = models.JSONField(default=list, blank=True)
    person_numbers = models.JSONField(
        null=True, blank=True, help_text="For each face, the number of its person in the group; null if unknown."
    )
    close_ups = models.JSONField(
        null=True,
        blank=True,
        help_text="For each face, what it says beside the same person's in the other photos of the group; null if "
        "unknown.",
    )
    # Off by default: only a person's decision puts such a photo into the zip. The grouping judges it.
    shelf = models.CharField(
        max_length=8, choices=Shelf, blank=True, default="", db_default="", help_text="Why it is probably not wanted."
    )
    sidecar = models.JSONField(
        null=True, blank=True, editable=False, help_text="What a sidecar says; null for other files."
    )
    embedded_marks = models.JSONField(
        null=True, blank=True, editable=False, help_text="The rating and the label inside the photo; null if none."
    )
    # What other files of the shot say counts, too: albums.descriptions.
    description = models.TextField(
        blank=True, default="", db_default="", help_text="What somebody wrote about it in this very file."
    )
    # The grouping finds the files of one shot. A companion is in no group and no list. It is exported and deleted with
    # the photo that is shown instead.
    companion_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="The photo that is shown.",
    )
    companions = models.JSONField(
        null=True, blank=True, help_text="The id and the name of each companion of this photo; null if it has none."
    )
    # Of a photo that this service made from a video. The second stays when the video is deleted.
    frame_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="frames",
        db_index=False,
        help_text="The video that it was taken from.",
    )
    frame_seconds = models.FloatField(
        null=True, blank=True, help_text="How long after the start of its video; null if it is no frame of one."
    )
    decision = models.CharField(max_length=6, choices=Decision, default=Decision.AUTO)
    decided_at = models.DateTimeField(null=True, blank=True, help_text="When the decision was made or taken back.")
    # Without a constraint and an index, which would cost each write of a photo: only an album's deletion deletes these.
    decided_by = models.ForeignKey(
        Membership,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
        help_text="Whose decision it is; null: the owner's, or none.",
    )
    # Beside the decision, and without an effect on it.
    stars = models.PositiveSmallIntegerField(default=0, db_default=0, help_text="From 1 to 5; 0 for none.")
    label = models.CharField(max_length=6, choices=Label, blank=True, default="", db_default="")
    marked_at = models.DateTimeField(
        null=True, blank=True, help_text="When a person gave or took back stars or a label. Null: never."
    )
    # Photos of one album with the same value are one group, regardless of the analysis and the similarity.
    manual_group = models.UUIDField(null=True, blank=True, help_text="Set where a person split or merged groups.")
    manual_kind = models.CharField(max_length=16, choices=Cluster.Kind, default=Cluster.Kind.MOMENT)
    picked = models.BooleanField(default=False, help_text="Goes into the zip; follows from rank and decisions.")
    # Never together with `picked`. The two together are the picks of an album that wants all of them.
    left_out = models.BooleanField(
        default=False, db_default=False, help_text="Would be picked if the album wanted more picks."
    )
    # The grouping writes it. Photos of one group share a place, because only one of them is picked.
    spread_rank = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="The place in the order in which picks are taken when fewer are wanted, from 0.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["album", "sha256"], name="albums_photo_content_once"),
            models.CheckConstraint(condition=models.Q(stars__lte=5), name="albums_photo_stars_range"),
            models.CheckConstraint(
                condition=models.Q(label__in=("", "red", "yellow", "green", "blue", "purple")),
                name="albums_photo_label_known",
            ),
        ]
        # A photo is written eight times on its way, and each write adds an entry to every index that has the row. So
        # there are few, and those that only some rows need have only these. A photo is in one of the first three, and
        # six of its writes are in the two that stay small (decision 0083). Quotas and the progress read these alone.
        indexes = [
            models.Index(
                fields=["album", "state", "byte_size"],
                condition=models.Q(state="pending"),
                name="albums_photo_pending",
            ),
            # Finds those to dispatch in their order.
            models.Index(
                fields=["album", "enqueued_at", "created_at", "state", "byte_size"],
                condition=models.Q(state__in=("uploaded", "preparing", "prepared", "embedding")),
                name="albums_photo_in_progress",
            ),
            PartialIndex(
                fields=["album", "state", "timeline_at", "byte_size"],
                condition=models.Q(state__in=("analyzed", "failed")),
                name="albums_photo_finished",
            ),
            # Of all albums. Entries of analyzed photos come nearly always at the end of theirs.
            PartialIndex(
                fields=["state", "enqueued_at"], condition=~models.Q(state="analyzed"), name="albums_photo_not_analyzed"
            ),
            models.Index(fields=["enqueued_at"], condition=models.Q(state="analyzed"), name="albums_photo_analyzed"),
            models.Index(
                fields=["state", "heartbeat_at"],
                condition=models.Q(state__in=("preparing", "embedding")),
                name="albums_photo_working",
            ),
            models.Index(fields=["cluster"], condition=models.Q(cluster__isnull=False), name="albums_photo_cluster"),
            models.Index(
                fields=["companion_of"],
                condition=models.Q(companion_of__isnull=False),
                name="albums_photo_companion",
            ),
            models.Index(fields=["frame_of"], condition=models.Q(frame_of__isnull=False), name="albums_photo_frame"),
            # Finds decided photos without reading the others.
            models.Index(
                fields=["album", "decided_at"],
                condition=models.Q(decision__in=("keep", "reject")),
                name="albums_photo_decided",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **_: Any) -> Self:
        """The photo of a row. Django's own sets one field after the other: of an album's rows, that took half a second.

        No field needs more than its value in the photo's dictionary, which is where Django's fields look.
        """
        photo = cls.__new__(cls)
        photo.__dict__.update(zip(field_names, values, strict=True))
        state = photo._state = ModelState()  # noqa: SLF001 - its own
        state.db, state.adding = db, False
        return photo

    @property
    def is_video(self) -> bool:
        """True for a video, which never competes with photos."""
        return self.kind == self.Kind.VIDEO

    @property
    def histogram_shares(self) -> list[float] | None:
        """Shares of the pixels in steps of luma, from black to white, to five digits. None before the preparation."""
        if self.histogram is None:
            return None
        packed = bytes(self.histogram)
        return [round(value / _HISTOGRAM_SCALE, 5) for value in struct.unpack(f"<{len(packed) // 2}H", packed)]

    @staticmethod
    def pack_histogram(shares: Iterable[float]) -> bytes:
        """Encode shares from 0 to 1 for the column."""
        values = [round(share * _HISTOGRAM_SCALE) for share in shares]
        return struct.pack(f"<{len(values)}H", *values)

    @property
    def is_time_uncertain(self) -> bool:
        """The time is that of the file, and nothing tells the zone in which it was taken."""
        is_in_utc = self.time_source == Photo.TimeSource.FILE and self.modified_offset_minutes is None
        return is_in_utc and self.timeline_at == self.taken_at

    @property
    def timeline_text(self) -> str | None:
        """The time in the album's timeline in ISO 8601, without an offset."""
        return self.timeline_at.replace(tzinfo=None).isoformat() if self.timeline_at else None

    @property
    def taken_at_text(self) -> str | None:
        """The capture time in ISO 8601, with an offset if one is known."""
        if self.taken_at is None:
            return None
        wall_clock = self.taken_at.replace(tzinfo=None)
        if self.utc_offset_minutes is None:
            return wall_clock.isoformat()
        zone = timezone.get_fixed_timezone(timedelta(minutes=self.utc_offset_minutes))
        return wall_clock.replace(tzinfo=zone).isoformat()


class Embedding(models.Model):
    """The vector of one photo from one model. Never compare vectors of different models or versions."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="embeddings", db_index=False)
    model = models.CharField(max_length=40)
    version = models.CharField(max_length=40)
    vector = models.BinaryField(help_text="float16, little-endian, of unit length.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["photo", "model"], name="albums_embedding_once_a_model")]

    def __str__(self) -> str:
        return f"{self.model} {self.version}"
