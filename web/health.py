"""Health checks, for load balancers, container health checks and the front end: live, ready, and making progress."""

from __future__ import annotations

import logging
import time
from functools import lru_cache

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from albums import operations, selectors

logger = logging.getLogger(__name__)

_SECONDS_AN_ANSWER_IS_GOOD = 3


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """200 while this process answers, whatever else is down: restarting it would not help."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """200 when the database, the broker and the storage answer, otherwise 503. The log has the details."""
    health = _recent_health(int(time.monotonic() / _SECONDS_AN_ANSWER_IS_GOOD))
    parts = {"database": health.database, "broker": health.broker, "storage": health.storage}
    body = {
        "status": "ready" if health.ready else "unready",
        **{name: "unavailable" if sentence else "ok" for name, sentence in parts.items()},
        "workers": health.workers,
        "embedding_model": health.embedding_model,
        "warning": health.warning,
    }
    return JsonResponse(body, status=200 if health.ready else 503)


@never_cache
@require_safe
def progress(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """200 while every queue makes progress, else 503. Workers may be alive and do nothing."""
    rows = _recent_progress(int(time.monotonic() / _SECONDS_AN_ANSWER_IS_GOOD))
    if rows is None:
        return JsonResponse({"status": "unknown", "queues": {}}, status=503)
    queues = {row.queue.value: "stalled" if row.is_stalled else "ok" for row in rows}
    status = "stalled" if "stalled" in queues.values() else "ok"
    return JsonResponse({"status": status, "queues": queues}, status=200 if status == "ok" else 503)


@lru_cache(maxsize=1)
def _recent_progress(moment: int) -> list[operations.QueueProgress] | None:  # noqa: ARG001
    """The progress, at most a few seconds old; None when the database does not answer."""
    try:
        rows = operations.queue_progress()
    except DatabaseError:
        logger.exception("The progress of the queues could not be read.")
        return None
    for row in rows:
        if row.is_stalled:
            logger.error("Queue %s is stalled: %d waiting, %d running.", row.queue, row.waiting, row.working)
    return rows


@lru_cache(maxsize=1)
def _recent_health(moment: int) -> selectors.ServiceHealth:  # noqa: ARG001
    """The health, at most a few seconds old. Anyone may ask for it, and asking often must not load the services."""
    health = selectors.service_health()
    for sentence in filter(None, (health.database, health.broker, health.storage)):
        logger.error("Not ready: %s", sentence)
    return health
