"""The health check of a container with a worker, for Compose and Kubernetes."""

from __future__ import annotations

import socket
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from albums import operations, storage
from albums.models import WorkerReport

_ANSWER_SECONDS = 8.0


class Command(BaseCommand):
    """Asks the worker of this host for an answer, and its queues for progress.

    While the database, the broker or the storage is away it succeeds, because a new worker would not do better.
    """

    help = "Exit with status 1 if starting the worker of this container again could help."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which worker."""
        parser.add_argument("--name", default=f"celery@{socket.gethostname()}", help="the worker's name in Celery")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Check the worker's row, its answer, and then its queues."""
        name = options["name"]
        try:
            report = WorkerReport.alive().filter(name=name).first()
            if report is None:
                raise CommandError(f"The worker {name} has not reported for {settings.WORKER_SILENT_SECONDS} s.")
            if not _answers(name):
                raise CommandError(f"The worker {name} does not answer its messages.")
            if (stalled := _stalled_queues(report)) and not storage.get_storage().check():
                raise CommandError(f"No progress for {settings.PROGRESS_SECONDS} s on: {', '.join(stalled)}.")
        except (DatabaseError, OperationalError, OSError) as error:
            self.stdout.write(f"Unknown: {error}")


def _answers(name: str) -> bool:
    from worker.celery import app

    return bool(app.control.ping(destination=[name], timeout=_ANSWER_SECONDS))


def _stalled_queues(report: WorkerReport) -> list[str]:
    """The stalled queues of a worker that had time to take their work."""
    before = Now() - timedelta(seconds=settings.PROGRESS_SECONDS)
    if not WorkerReport.objects.filter(pk=report.pk, started_at__lt=before).exists():
        return []
    queues = report.queues.split(",")
    return [row.queue for row in operations.queue_progress() if row.is_stalled and row.queue in queues]
