"""Albums, their groups of photos, and what people changed in them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from albums.models.work import Work


class Album(Work):
    """The photos of one occasion. Its `Work` columns belong to its grouping.

    The grouping is `stale` from the moment its photos change, `queued` once none of them is unfinished, `running` in a
    worker, then `current`. The process whose UPDATE sets `queued` sends the one message. If photos change meanwhile,
    the grouping becomes stale again, and the result of the running one is dropped.
    """

    class Grouping(models.TextChoices):
        """The state of the grouping."""

        STALE = "stale"
        QUEUED = "queued"
        RUNNING = "running"
        CURRENT = "current"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Without an index of its own, as every foreign key here: another index begins with it.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="albums", db_index=False)
    name = models.CharField(max_length=200)
    similarity = models.FloatField(default=0.5, help_text="0 groups loosely, 1 strictly.")
    # From the web host's clock: lists are paged by it, and SQLite's own clock has only milliseconds.
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)
    grouping = models.CharField(max_length=10, choices=Grouping, default=Grouping.CURRENT)
    grouping_error = models.TextField(blank=True, default="")
    grouped_at = models.DateTimeField(null=True, blank=True)
    grouped_early = models.PositiveIntegerField(
        default=0, db_default=0, editable=False, help_text="How many photos the last grouping before the end had."
    )
    # While a person decides in an album, automatic regroupings keep its ranker, so that picks do not jump.
    ranked_by = models.JSONField(null=True, blank=True, help_text="The person's own ranker that ranked it, if one did.")
    # At most one of the two is set. Neither means all picks.
    wanted_count = models.PositiveIntegerField(null=True, blank=True, help_text="How many picks the person wants.")
    wanted_share = models.FloatField(null=True, blank=True, help_text="The share of the picks that the person wants.")
    # Not written over the capture times, so it can be changed and holds for photos that come later.
    camera_shifts = models.JSONField(
        default=list,
        db_default=models.Value([], models.JSONField()),
        blank=True,
        help_text="What people add to the clocks of cameras: lists of a camera, its serial number, and seconds.",
    )
    rerank = models.BooleanField(
        default=False, db_default=False, help_text="The next grouping ranks by what is learned by then."
    )

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
    """A group of photos from the last grouping of its album."""

    class Kind(models.TextChoices):
        """What the photos of the group have in common. All but the first two are photo sets."""

        MOMENT = "moment"
        NEAR_DUPLICATE = "near_duplicate"
        BRACKET = "bracket"
        FOCUS_STACK = "focus_stack"
        PANORAMA = "panorama"

    # Shots of the same, of which people choose. Only here a winner can be unclear, and choices say something of taste.
    ALTERNATIVES = (Kind.MOMENT, Kind.NEAR_DUPLICATE)
    # Each of these photos shows another part.
    KEPT_WHOLE = (Kind.PANORAMA,)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    album = models.ForeignKey(Album, on_delete=models.CASCADE, related_name="clusters", db_index=False)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.MOMENT)
    # When a person splits a group, both parts share its position until the next grouping numbers all groups again.
    position = models.PositiveIntegerField(help_text="In the order of capture, from 0.")
    photo_count = models.PositiveIntegerField()
    clear_winner = models.BooleanField(default=False)
    margin = models.FloatField(default=0.0, help_text="How far the best is ahead of the second, in quality.")
    ranking = models.CharField(
        max_length=32,
        default="",
        db_default="",
        editable=False,
        help_text="A digest of its photos and of what ranked them. While it is the same, they keep their ranks.",
    )
    people = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="How many people are in at least half of its photos; 0 also if unknown."
    )
    people_differ = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="How many people have a flaw, or are missing, in some of its photos only."
    )
    uncertain = models.GeneratedField(
        expression=models.Case(
            models.When(clear_winner=False, kind__in=ALTERNATIVES, then=True),
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
        """True for panoramas: all photos are picked. Of every other group one is."""
        return self.kind in Cluster.KEPT_WHOLE


class AlbumChange(models.Model):
    """One step of a person's review, with the states to undo and redo it.

    A change that was undone is kept for redo until the person makes another change. Each album keeps its newest few
    hundred changes.
    """

    class Kind(models.TextChoices):
        """What the person did."""

        DECISION = "decision"
        ACCEPT = "accept"
        SPLIT = "split"
        MERGE = "merge"
        RELEASE = "release"
        SIMILARITY = "similarity"
        WANTED = "wanted"
        CLOCK = "clock"
        STARS = "stars"
        LABEL = "label"
        TAKE_OVER = "take_over"

    id = models.BigAutoField(primary_key=True)
    album = models.ForeignKey(Album, on_delete=models.CASCADE, related_name="changes", db_index=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="album_changes",
        help_text="Null: somebody who left.",
    )
    kind = models.CharField(max_length=10, choices=Kind)
    photo_count = models.PositiveIntegerField(default=0, help_text="Photos that were changed.")
    detail = models.JSONField(default=dict, help_text="The decision, stars or label, or the setting before and after.")
    before = models.JSONField(help_text="The review state that takes the change back.")
    after = models.JSONField(help_text="The review state that the change asked for.")
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["album", "person", "-id"])]

    def __str__(self) -> str:
        return f"{self.kind} of {self.photo_count} photos"
