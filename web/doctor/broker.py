"""The broker: that it answers, and that it keeps its messages."""

from __future__ import annotations

import redis
from django.conf import settings

from albums import jobs
from albums.headless.stack import redis_url_of_running_supervisor
from web.doctor.finding import Findings, error, ok, warning


def check_broker() -> Findings:
    """The configured broker, or the one of `make run` on this data folder."""
    url = settings.REDIS_URL or redis_url_of_running_supervisor()
    if not url:
        yield error("broker", "The service does not run here.", "Start it with `make run`, or set REDIS_URL.")
        return
    jobs.use_broker(settings.CELERY_BROKER_URL if settings.REDIS_URL else url)
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=2, socket_timeout=5) as client:
            client.ping()
            policy = _policy(client)
    except (redis.RedisError, OSError) as problem:
        yield error("broker", f"It does not answer: {problem}", "Start it, or correct REDIS_URL.")
        return
    if policy in {"noeviction", ""}:
        yield ok("broker", "It answers.")
    else:
        yield warning(
            "broker",
            f"Its maxmemory-policy is {policy}: when it is full, it drops messages.",
            "Set maxmemory-policy to noeviction.",
        )


def _policy(client: redis.Redis) -> str:
    """Empty where we may not ask."""
    try:
        return str(client.info("memory").get("maxmemory_policy", ""))
    except redis.ResponseError:
        return ""
