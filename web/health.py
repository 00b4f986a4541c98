"""Whether the service lives, and whether it is ready for people: for load balancers, health checks, the front end."""

from __future__ import annotations

import logging
import time
from functools import lru_cache

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from albums import selectors

logger = logging.getLogger(__name__)

_SECONDS_AN_ANSWER_IS_GOOD = 3


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """200 as long as this process answers, whatever else is down: restarting it would not help."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """200 when the database, the broker and the storage answer, else 503. The log says what is wrong in detail."""
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


@lru_cache(maxsize=1)
def _recent_health(moment: int) -> selectors.ServiceHealth:  # noqa: ARG001
    """The health, asked once in a few seconds: everybody may look, and looking must not wear out what it looks at."""
    health = selectors.service_health()
    for sentence in filter(None, (health.database, health.broker, health.storage)):
        logger.error("Not ready: %s", sentence)
    return health
