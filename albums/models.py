"""The rows that are the truth about every photo, group and zip. A message on the queue only hints at them."""

from __future__ import annotations

import struct
import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

_HISTOGRAM_SCALE = 65535


class Work(models.Model):
    """What every row that a worker works on carries.

    A worker claims a row by a conditional UPDATE that writes a fresh `claim`; only the holder of that claim may write
    the result, so that a worker thought dead and come back changes nothing. `attempts` is counted with the claim,
    before the work, and so counts the attempts that killed their worker. `claimed_by` is the id of the message: its
    redelivery may take the claim over at once, any other message only when `heartbeat_at` is older than the lease.
    `worker` is the run of the worker that holds the claim; when that run is over (see `WorkerReport`), the sweep gives
    the row back without waiting for the lease. All these times are the database's: workers' clocks may be wrong.
    """

    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, editable=False)
    claimed_by = models.CharField(max_length=64, default="", editable=False)
    worker = models.UUIDField(null=True, editable=False)
    heartbeat_at = models.DateTimeField(null=True, editable=False)
    enqueued_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True


class Album(Work):
    """The photos of one occasion. Its `Work` columns belong to its grouping.

    The grouping is `stale` from the moment its photos change, `queued` once none of them is unfinished (whoever makes
    that UPDATE enqueues the one message), `running` in a worker, then `current`. Photos that change meanwhile make it
    stale again, and the result of the run in progress is dropped.
    """

    class Grouping(models.TextChoices):
        """Where the grouping stands."""

        STALE = "stale"
        QUEUED = "queued"
        RUNNING = "running"
        CURRENT = "current"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="albums")
    name = models.CharField(max_length=200)
    similarity = models.FloatField(default=0.5, help_text="0 groups loosely, 1 strictly.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    grouping = models.CharField(max_length=10, choices=Grouping, default=Grouping.CURRENT)
    grouping_error = models.TextField(blank=True, default="")
    grouped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-created_at", "id"]),
            models.Index(fields=["grouping", "enqueued_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(similarity__gte=0, similarity__lte=1), name="albums_album_similarity_range"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Cluster(models.Model):
    """A group of photos, as the last grouping of its album left it."""

    class Kind(models.TextChoices):
        """What makes the photos one group; all but the first two are sets made on purpose, kept whole."""

        MOMENT = "moment"
        NEAR_DUPLICATE = "near_duplicate"
        BRACKET = "bracket"
        FOCUS_STACK = "focus_stack"
        PANORAMA = "panorama"

    ONE_IS_BEST = (Kind.MOMENT, Kind.NEAR_DUPLICATE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    album = models.ForeignKey(Album, on_delete=models.CASCADE, related_name="clusters")
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.MOMENT)
    # Two groups that a person has just made of one share its place until the next grouping numbers all anew.
    position = models.PositiveIntegerField(help_text="In the order of capture, from 0.")
    photo_count = models.PositiveIntegerField()
    clear_winner = models.BooleanField(default=False)
    margin = models.FloatField(default=0.0, help_text="How far the best is ahead of the second, in quality.")
    uncertain = models.GeneratedField(
        expression=models.Case(
            models.When(clear_winner=False, kind__in=ONE_IS_BEST, then=True),
            default=False,
            output_field=models.BooleanField(),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
        help_text="One photo is to be the best, and none is clearly ahead.",
    )

    class Meta:
        indexes = [
            models.Index(fields=["album", "position", "id"]),
            models.Index(fields=["album", "-uncertain", "position", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.photo_count} photos"

    @property
    def is_kept_whole(self) -> bool:
        """True for sets made on purpose, of which no single photo is the best."""
        return self.kind not in Cluster.ONE_IS_BEST


class Photo(Work):
    """One file of an album, known by the SHA-256 of its bytes.

    `pending` has a ticket but no bytes; `uploaded` is promised to end as `analyzed` or `failed`. `preparing` and
    `embedding` are claimed. A failed photo says why, for people in `error_message` and for programs in `error_code`.
    """

    class State(models.TextChoices):
        """The way of a photo, in one direction."""

        PENDING = "pending"
        UPLOADED = "uploaded"
        PREPARING = "preparing"
        PREPARED = "prepared"
        EMBEDDING = "embedding"
        ANALYZED = "analyzed"
        FAILED = "failed"

    UNFINISHED = (State.UPLOADED, State.PREPARING, State.PREPARED, State.EMBEDDING)

    class Decision(models.TextChoices):
        """What the person says; `auto` leaves it to the ranking."""

        AUTO = "auto"
        KEEP = "keep"
        REJECT = "reject"

    class TimeSource(models.TextChoices):
        """Where the capture time comes from, the most reliable first."""

        EXIF = "exif"
        XMP = "xmp"
        FILE = "file"
        NONE = "none"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    album = models.ForeignKey(Album, on_delete=models.CASCADE, related_name="photos")
    name = models.CharField(max_length=255, help_text="The file's name where it came from.")
    byte_size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    modified_at = models.DateTimeField(null=True, blank=True, help_text="The file's own time, as the client says.")
    created_at = models.DateTimeField(auto_now_add=True)

    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    error_code = models.CharField(max_length=40, blank=True, default="")
    error_message = models.TextField(blank=True, default="")

    content_type = models.CharField(max_length=50, blank=True, default="", help_text="By content, not by name.")
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    # Wall-clock time at the place of capture, kept as if it were UTC: cameras without a time zone and phones with
    # one then agree, which instants would not.
    taken_at = models.DateTimeField(null=True, blank=True)
    utc_offset_minutes = models.SmallIntegerField(null=True, blank=True)
    time_source = models.CharField(max_length=4, choices=TimeSource, default=TimeSource.NONE)
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
    histogram = models.BinaryField(
        null=True, editable=False, help_text="64 steps of luma from black to white: 16 bits each, little-endian."
    )

    cluster = models.ForeignKey(Cluster, on_delete=models.SET_NULL, null=True, blank=True, related_name="photos")
    rank = models.PositiveIntegerField(default=0, help_text="In its group, the best is 0.")
    quality = models.FloatField(default=0.0, help_text="Comparable inside one group only.")
    reasons = models.JSONField(default=list, blank=True)
    decision = models.CharField(max_length=6, choices=Decision, default=Decision.AUTO)
    # Photos of one album with the same value are one group, whatever the analysis says of them or the similarity asks.
    manual_group = models.UUIDField(null=True, blank=True, help_text="Set where a person split or merged groups.")
    manual_kind = models.CharField(max_length=16, choices=Cluster.Kind, default=Cluster.Kind.MOMENT)
    picked = models.BooleanField(default=False, help_text="Goes into the zip; follows from rank and decisions.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["album", "sha256"], name="albums_photo_content_once")]
        indexes = [
            models.Index(fields=["album", "state"]),
            # Quotas add up the bytes of an account from this index alone, at every upload.
            models.Index(fields=["album", "byte_size"]),
            models.Index(fields=["album", "taken_at", "id"]),
            models.Index(fields=["state", "enqueued_at"]),
            models.Index(fields=["state", "heartbeat_at"]),
            # How much of an account is on its way, and what of it waits to be, without looking at what is finished.
            models.Index(
                fields=["album", "enqueued_at", "created_at"],
                condition=models.Q(state__in=("uploaded", "preparing", "prepared", "embedding")),
                name="albums_photo_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def histogram_shares(self) -> list[float] | None:
        """Shares of the pixels in steps of luma, from black to white, to five digits; None before the preparation."""
        if self.histogram is None:
            return None
        packed = bytes(self.histogram)
        return [round(value / _HISTOGRAM_SCALE, 5) for value in struct.unpack(f"<{len(packed) // 2}H", packed)]

    @staticmethod
    def pack_histogram(shares: Iterable[float]) -> bytes:
        """What the column keeps of shares from 0 to 1."""
        values = [round(share * _HISTOGRAM_SCALE) for share in shares]
        return struct.pack(f"<{len(values)}H", *values)

    @property
    def taken_at_text(self) -> str | None:
        """The capture time in ISO 8601, with an offset where one is known and without where not."""
        if self.taken_at is None:
            return None
        wall_clock = self.taken_at.replace(tzinfo=None)
        if self.utc_offset_minutes is None:
            return wall_clock.isoformat()
        zone = timezone.get_fixed_timezone(timedelta(minutes=self.utc_offset_minutes))
        return wall_clock.replace(tzinfo=zone).isoformat()


class Embedding(models.Model):
    """The vector one model made of one photo. Vectors of different models, or versions, are never compared."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="embeddings")
    model = models.CharField(max_length=40)
    version = models.CharField(max_length=40)
    vector = models.BinaryField(help_text="float16, little-endian, of unit length.")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["photo", "model"], name="albums_embedding_once_a_model")]

    def __str__(self) -> str:
        return f"{self.model} {self.version}"


class AlbumChange(models.Model):
    """One step of a person's review, with what takes it back and what takes it again.

    A change that is undone stays, to be redone, until the person makes another. The newest few hundred of an album are
    kept.
    """

    class Kind(models.TextChoices):
        """What the person did."""

        DECISION = "decision"
        ACCEPT = "accept"
        SPLIT = "split"
        MERGE = "merge"
        RELEASE = "release"
        SIMILARITY = "similarity"

    id = models.BigAutoField(primary_key=True)
    album = models.ForeignKey(Album, on_delete=models.CASCADE, related_name="changes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="album_changes")
    kind = models.CharField(max_length=10, choices=Kind)
    photo_count = models.PositiveIntegerField(default=0, help_text="Photos that were changed.")
    detail = models.JSONField(default=dict, help_text="The decision, or the similarity before and after.")
    before = models.JSONField(help_text="The review state that takes the change back.")
    after = models.JSONField(help_text="The review state that the change asked for.")
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["album", "person", "-id"])]

    def __str__(self) -> str:
        return f"{self.kind} of {self.photo_count} photos"


class Export(Work):
    """A zip of the picked originals, as they stood when it was asked for.

    `queued` → `building` → `ready` → `expired`, or `failed`. The archive is written under a key of its own and the row
    says ready only when all of it is in storage; a second build of the same row makes the same bytes.
    """

    class State(models.TextChoices):
        """Where the zip stands."""

        QUEUED = "queued"
        BUILDING = "building"
        READY = "ready"
        FAILED = "failed"
        EXPIRED = "expired"

    class Selection(models.TextChoices):
        """Which photos go in; whoever is rejected never does."""

        PICKS = "picks"
        KEPT = "kept"
        ALL = "all"

    class Layout(models.TextChoices):
        """How the photos lie in the zip."""

        FLAT = "flat"
        FOLDERS = "folders"

    class Location(models.TextChoices):
        """What becomes of the place the photos were taken at, and of the camera's serial number."""

        KEEP = "keep"
        STRIP = "strip"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    album = models.ForeignKey(Album, on_delete=models.CASCADE, related_name="exports")
    selection = models.CharField(max_length=5, choices=Selection, default=Selection.PICKS)
    layout = models.CharField(max_length=7, choices=Layout, default=Layout.FLAT)
    name_pattern = models.CharField(max_length=100, default="{sequence} {name}")
    location = models.CharField(max_length=5, choices=Location, default=Location.KEEP)
    not_cleaned = models.JSONField(
        default=list, help_text="Names in the zip of files in which the place may remain although it was to go."
    )
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    file_name = models.CharField(max_length=255)
    entries = models.JSONField(default=list, help_text="Pairs of photo id and name in the zip, in order.")
    photo_count = models.PositiveIntegerField(default=0)
    photos_written = models.PositiveIntegerField(default=0)
    byte_size = models.BigIntegerField(default=0)
    error_message = models.TextField(blank=True, default="")
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


class ObjectDeletion(models.Model):
    """Objects whose rows are gone. Written with the deletion of the rows, so that storage being away loses nothing.

    It stays until the last upload ticket for the prefix has expired, since a ticket can bring an object back.
    """

    prefix = models.CharField(max_length=255)
    requested_at = models.DateTimeField(default=timezone.now)
    attempted_at = models.DateTimeField(null=True, blank=True)
    final_after = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["final_after"])]

    def __str__(self) -> str:
        return self.prefix


class WorkerReport(models.Model):
    """One run of a worker, from its start to its end, and what it says of itself.

    A row that is not refreshed belongs to a run that was killed; whatever it had claimed is free again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=255, unique=True)
    queues = models.CharField(max_length=255, blank=True, default="")
    # The database has the default too: workers of the version before know nothing of this column.
    concurrency = models.PositiveSmallIntegerField(
        default=1, db_default=1, help_text="Processes that work side by side."
    )
    embedding_model = models.CharField(max_length=40, blank=True, default="")
    warning = models.TextField(blank=True, default="")
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
