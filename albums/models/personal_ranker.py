"""What an account's decisions have taught."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from albums.models.work import Work


class PersonalRanker(Work):
    """What was learned from one person's decisions: how to rank their photos, and whether that is any better.

    It is learned from the photos as they are, never from a log. Decisions set `changed_at`. Once they have settled
    (`settled`), the sweep turns `idle` into `queued` and sends the one message. The worker that claims the row clears
    both times, so that decisions made meanwhile are learned from next. Its `Work` columns belong to the learning.

    The figures are of choices held out: `agreed` counts those that the learned ranker foretold, `shipped_agreed` those
    that the shipped one did, out of `choices`.
    """

    class Learning(models.TextChoices):
        """Where the learning stands."""

        IDLE = "idle"
        QUEUED = "queued"
        RUNNING = "running"

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="personal_ranker"
    )
    learning = models.CharField(max_length=7, choices=Learning, default=Learning.IDLE)
    changed_first_at = models.DateTimeField(null=True, editable=False, help_text="Of what is not learned from yet.")
    changed_at = models.DateTimeField(null=True, editable=False)
    is_enabled = models.BooleanField(default=True, help_text="Off: neither learned nor used.")
    reset_at = models.DateTimeField(null=True, editable=False, help_text="Decisions from before are not learned from.")
    learned_at = models.DateTimeField(null=True, editable=False)
    choices = models.PositiveIntegerField(default=0)
    corrections = models.PositiveIntegerField(default=0, help_text="Choices against the shipped ranker.")
    agreed = models.PositiveIntegerField(default=0)
    shipped_agreed = models.PositiveIntegerField(default=0)
    ranker = models.JSONField(null=True, editable=False, help_text="The person's own, while it is the better one.")

    class Meta:
        indexes = [
            models.Index(fields=["learning", "enqueued_at"]),
            models.Index(
                fields=["changed_at"], condition=models.Q(changed_at__isnull=False), name="albums_ranker_changed"
            ),
        ]

    def __str__(self) -> str:
        return f"PersonalRanker of {self.owner_id}"

    @classmethod
    def settled(cls) -> models.Q:
        """The condition that decisions have come to a rest, or have been coming for long."""
        quiet, longest = cls.settling_times()
        return models.Q(changed_at__lt=Now() - quiet) | models.Q(changed_first_at__lt=Now() - longest)

    @staticmethod
    def settling_times() -> tuple[timedelta, timedelta]:
        """How long after the last decision, and at the latest after the first one, decisions have settled."""
        quiet = timedelta(seconds=settings.LEARN_AFTER_SECONDS)
        return quiet, _MOST_QUIETS * quiet


_MOST_QUIETS = 10
