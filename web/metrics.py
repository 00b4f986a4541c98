"""Figures for Prometheus, from the rows: https://prometheus.io/docs/instrumenting/exposition_formats/

For who shows METRICS_TOKEN as a bearer token; without one configured, for programs on this machine, and for nobody
where a proxy on this machine lets the world look like that.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from albums import operations
from web.accounts.models import User

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_LOOPBACK = {"127.0.0.1", "::1"}
# Several scrapers, or an impatient one, ask the database once.
_SECONDS_AN_ANSWER_IS_GOOD = 5


@dataclass
class Gauge:
    """One figure that goes up and down, for each set of labels."""

    name: str
    explanation: str
    values: list[tuple[Mapping[str, str], float]] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The text of it."""
        yield f"# HELP photoalbum_{self.name} {self.explanation}"
        yield f"# TYPE photoalbum_{self.name} gauge"
        for labels, value in self.values:
            shown = ",".join(f'{name}="{_escaped(text)}"' for name, text in labels.items())
            yield f"photoalbum_{self.name}{f'{{{shown}}}' if shown else ''} {value:g}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, or 404 for who may not see them."""
    if not _may_look(request):
        raise Http404
    text = cache.get("metrics")
    if text is None:
        text = "".join(f"{line}\n" for gauge in _gauges() for line in gauge.lines())
        cache.set("metrics", text, _SECONDS_AN_ANSWER_IS_GOOD)
    return HttpResponse(text, content_type=CONTENT_TYPE)


def _may_look(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(shown.encode(), settings.METRICS_TOKEN.encode())
    return not settings.BEHIND_PROXY and request.META.get("REMOTE_ADDR") in _LOOPBACK


def _gauges() -> Iterator[Gauge]:
    yield from _queues()
    yield _by("photos", "Photos by state.", "state", operations.photos_by_state().items())
    yield _by("photos_failed", "Failed photos by reason.", "code", operations.failures_by_code())
    yield _by("exports", "Zips by state.", "state", operations.exports_by_state().items())
    hour_ago = timezone.now() - timedelta(hours=1)
    yield Gauge(
        "photos_analyzed_last_hour",
        "Photos prepared in the last hour and analyzed since.",
        [({}, operations.photos_analyzed_since(hour_ago))],
    )
    workers = list(operations.workers_alive())
    yield Gauge("workers", "Workers that show themselves.", [({}, len(workers))])
    yield Gauge("worker_processes", "Processes of these workers.", [({}, sum(row.concurrency for row in workers))])
    yield Gauge("deletions_overdue", "Deletions that the storage has not done.", [({}, operations.deletions_overdue())])
    yield Gauge("accounts", "Accounts that can sign in.", [({}, User.objects.filter(is_active=True).count())])


def _queues() -> Iterator[Gauge]:
    progress = operations.queue_progress()
    messages = operations.broker_messages()
    yield _by("queue_waiting", "Work that waits.", "queue", ((row.queue.value, row.waiting) for row in progress))
    yield _by("queue_working", "Work in hand.", "queue", ((row.queue.value, row.working) for row in progress))
    yield _by(
        "queue_oldest_seconds",
        "Age of the oldest unfinished work, 0 without any.",
        "queue",
        ((row.queue.value, row.oldest_seconds or 0) for row in progress),
    )
    stuck = ((row.queue.value, float(row.is_stuck)) for row in progress)
    yield _by("queue_stuck", "1 when work is left and nothing comes of it.", "queue", stuck)
    yield _by(
        "queue_messages",
        "Messages in the broker; absent while it is away.",
        "queue",
        ((queue.value, count) for queue, count in messages.items()),
    )


def _by(name: str, explanation: str, label: str, values: Iterable[tuple[str, float]]) -> Gauge:
    return Gauge(name, explanation, [({label: text}, value) for text, value in values])
