"""What a row carries that workers work on, and the workers themselves."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Work(models.Model):
    """What every row that a worker works on carries.

    A worker claims a row by a conditional UPDATE that writes a fresh `claim`. Only the holder of that claim may write
    the result, so a worker that was thought dead and returns changes nothing. `attempts` is counted with the claim,
    before the work, and so includes the attempts that killed their worker. `claimed_by` is the id of the message, and
    `worker` the run of the worker that holds the claim. When that run is over (see `WorkerReport`), a redelivery of the
    message may take the claim over at once, and the sweep gives the row back; any other message may take it only when
    `heartbeat_at` is older than the lease. A worker whose process was killed frees the claims of that process itself.
    All these times are the database's: workers' clocks may be wrong.
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
    started_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.name

    @classmethod
    def alive(cls) -> models.QuerySet[WorkerReport]:
        """The runs that have shown themselves lately, by the database's clock."""
        return cls.objects.filter(seen_at__gt=Now() - timedelta(seconds=settings.WORKER_SILENT_SECONDS))
