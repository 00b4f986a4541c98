"""What was learned from an account's decisions."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from albums.models.work import Work


class PersonalRanker(Work):
    """A ranker learned from one person's decisions, and whether it is better than the shipped one.

    Learning reads the photos as they are now; there is no log. Decisions set `changed_at`. Once they have settled
    (`settled`), the sweep turns `idle` into `queued` and sends the one message. The worker that claims the row clears
    both times, so decisions made meanwhile count for the next learning. The `Work` columns belong to the learning.

    The figures come from choices held out from training: of `choices` choices, the learned ranker predicted `agreed`
    and the shipped one `shipped_agreed`.
    """

    class Learning(models.TextChoices):
        """The state of the learning."""

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
        """The condition that no decision was made for a while, or that the first one was made long ago."""
        quiet, longest = cls.settling_times()
        return models.Q(changed_at__lt=Now() - quiet) | models.Q(changed_first_at__lt=Now() - longest)

    @staticmethod
    def settling_times() -> tuple[timedelta, timedelta]:
        """How long decisions take to settle: after the last one, and at most after the first one."""
        quiet = timedelta(seconds=settings.LEARN_AFTER_SECONDS)
        return quiet, _MOST_QUIETS * quiet


_MOST_QUIETS = 10
