"""The columns that claims need, and the runs of workers."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Work(models.Model):
    """The base of every row that a worker works on.

    A worker claims a row with a conditional UPDATE that writes a new `claim`. Only the holder of that claim may write
    the result, so a worker that was thought dead and returns changes nothing. The claim itself counts `attempts`,
    before the work, so the count includes attempts that crashed their worker. `claimed_by` is the id of the message,
    and `worker` the run of the worker that holds the claim. When that run is over (see `WorkerReport`), a redelivery of
    the message may take the claim over at once, and the sweep releases the row. Any other message may take it only when
    `heartbeat_at` is older than the lease. When a child process is killed, its worker releases what that process had
    claimed. All these times are the database's, because workers' clocks may be wrong.
    """

    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, editable=False)
    claimed_by = models.CharField(max_length=64, default="", editable=False)
    worker = models.UUIDField(null=True, editable=False)
    heartbeat_at = models.DateTimeField(null=True, editable=False)
    enqueued_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True


class WorkerReport(models.Model):
    """One run of a worker, from start to end, and what it reports about itself.

    A row that is no longer refreshed belongs to a run that was killed. What that run had claimed is free again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=255, unique=True)
    queues = models.CharField(max_length=255, blank=True, default="")
    # The database has the default too: workers of the previous version do not know this column.
    concurrency = models.PositiveSmallIntegerField(
        default=1, db_default=1, help_text="Processes that work side by side."
    )
    embedding_model = models.CharField(max_length=40, blank=True, default="")
    warning = models.TextField(blank=True, default="")
    started_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.name

    @classmethod
    def alive(cls) -> models.QuerySet[WorkerReport]:
        """The runs that reported recently, by the database's clock."""
        return cls.objects.filter(seen_at__gt=Now() - timedelta(seconds=settings.WORKER_SILENT_SECONDS))


class AccountTime(models.Model):
    """What an account owes to the others for the time its photos took, and how many failed attempts it may repeat.

    Both are times of the database, so both get smaller as time passes (`albums.services.turns`).
    """

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+")
    owes_until = models.DateTimeField(db_default=Now(), help_text="In the future if it owes time.")
    retried_until = models.DateTimeField(db_default=Now(), help_text="Each repeated attempt moves it into the future.")

    def __str__(self) -> str:
        return f"AccountTime of {self.owner_id}"
