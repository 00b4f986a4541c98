"""Metrics for Prometheus, counted from the rows at each scrape.

A scraper sends METRICS_TOKEN as a bearer token. Without METRICS_TOKEN, only programs on this machine may scrape. Behind
a proxy nobody may then, because every request seems to come from this machine.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from albums import operations, storage
from albums.event_counts import Event, event_counts
from albums.storage import FolderStorage, StorageError
from web.accounts.models import User

Counts = TypeVar("Counts")

_LOOPBACK = {"127.0.0.1", "::1"}
# So that several scrapers, or one that scrapes often, cause one set of queries.
_CACHE_SECONDS = 5
# Counting all photos takes longer the more there are. It never takes more than this share of one process.
_COUNTING_SHARE = 0.01


class _RowCollector(Collector):
    """Reads the database and the broker at each scrape."""

    def collect(self) -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
        """All metrics, in the order of the response."""
        yield from _queues()
        yield from _photos_and_exports()
        yield from _workers_and_accounts()
        yield from _events()
        yield from _disk()


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The metrics, or 404 without access."""
    if not _may_scrape(request):
        raise Http404
    text = cache.get("metrics")
    if text is None:
        text = generate_latest(_RowCollector()).decode()
        cache.set("metrics", text, _CACHE_SECONDS)
    return HttpResponse(text, content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _may_scrape(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(shown.encode(), settings.METRICS_TOKEN.encode())
    return not settings.BEHIND_PROXY and request.META.get("REMOTE_ADDR") in _LOOPBACK


def _queues() -> Iterator[GaugeMetricFamily]:
    progress = operations.queue_progress()
    messages = operations.broker_messages()
    yield _labelled(
        "queue_waiting",
        "Work that is waiting for a worker.",
        "queue",
        ((row.queue.value, row.waiting) for row in progress),
    )
    yield _labelled(
        "queue_working", "Work that a worker is doing.", "queue", ((row.queue.value, row.working) for row in progress)
    )
    yield _labelled(
        "queue_oldest_seconds",
        "Age of the oldest unfinished work; 0 if there is none.",
        "queue",
        ((row.queue.value, row.oldest_seconds or 0) for row in progress),
    )
    stalled = ((row.queue.value, float(row.is_stalled)) for row in progress)
    yield _labelled("queue_stalled", "1 if there is work but no progress.", "queue", stalled)
    yield _labelled(
        "queue_messages",
        "Messages in the broker; missing while the broker does not answer.",
        "queue",
        ((queue.value, count) for queue, count in messages.items()),
    )


def _photos_and_exports() -> Iterator[GaugeMetricFamily]:
    yield _labelled("photos", "Photos by state.", "state", _counted("photos", operations.photos_by_state).items())
    yield _labelled(
        "photos_failed", "Failed photos by reason.", "code", _counted("photos-failed", operations.failures_by_code)
    )
    yield _labelled("exports", "Exports by state.", "state", operations.exports_by_state().items())
    yield _single(
        "photos_analyzed_last_hour",
        "Photos prepared in the last hour and analyzed since.",
        _counted("photos-analyzed", lambda: operations.photos_analyzed_within(timedelta(hours=1))),
    )


def _workers_and_accounts() -> Iterator[GaugeMetricFamily]:
    workers = list(operations.workers_alive())
    yield _single("workers", "Workers that send heartbeats.", len(workers))
    yield _single("worker_processes", "Processes of these workers.", sum(row.concurrency for row in workers))
    yield _single("deletions_overdue", "Deletions in the storage that are overdue.", operations.deletions_overdue())
    yield _single("accounts", "Accounts that can sign in.", User.objects.filter(is_active=True).count())


def _events() -> Iterator[CounterMetricFamily]:
    counts = event_counts()
    yield CounterMetricFamily(
        "photoalbum_sweeps", "Sweeps since the broker's server was emptied.", value=counts.pop(Event.SWEEP)
    )
    errors = CounterMetricFamily(
        "photoalbum_worker_errors", "What kept workers from working, since then.", labels=["kind"]
    )
    for event, count in counts.items():
        errors.add_metric([event.value], count)
    yield errors


def _disk() -> Iterator[GaugeMetricFamily]:
    """A bucket's disk is not ours to measure."""
    kept = storage.get_storage()
    if isinstance(kept, FolderStorage):
        try:
            free = kept.free_bytes()
        except StorageError:
            return  # /health/ready/ says why
        yield _single("storage_free_bytes", "What the disk of the storage folder can still take.", free)


def _counted(name: str, count: Callable[[], Counts]) -> Counts:
    """What `count` returns, or returned lately."""
    key = f"metrics-{name}"
    found: Counts | None = cache.get(key)
    if found is None:
        began = time.monotonic()
        found = count()
        seconds = (time.monotonic() - began) / _COUNTING_SHARE
        cache.set(key, found, max(_CACHE_SECONDS, seconds))
    return found


def _single(name: str, documentation: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"photoalbum_{name}", documentation, value=value)


def _labelled(name: str, documentation: str, label: str, values: Iterable[tuple[str, float]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"photoalbum_{name}", documentation, labels=[label])
    for text, value in values:
        family.add_metric([text], value)
    return family
