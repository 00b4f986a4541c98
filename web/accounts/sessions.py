"""The sessions of an account: which browsers are signed in, and since when."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from web.accounts.models import SessionRecord, User

NOTE_USE_EVERY: Final = timedelta(minutes=5)
"""How often the last use is written at most. Writing it with each request would cost more than the request."""

_EXPIRED_AT_ONCE: Final = 500
_LONGEST_NAME: Final = 200
_of_this_process: Final = LocMemCache("sessions-used", {"OPTIONS": {"MAX_ENTRIES": 10_000}})


def sessions_of(user: User) -> QuerySet[SessionRecord]:
    """The sessions that are still valid, the newest first."""
    return SessionRecord.objects.filter(user=user, session__expire_date__gt=timezone.now()).order_by(
        "-created_at", "id"
    )


def session_begin(request: HttpRequest, user: User) -> None:
    """Note whose session this is, after a sign-in. Delete some that have expired, which Django does not."""
    if not request.session.session_key:
        request.session.create()
    key = request.session.session_key
    if key:
        _is_first_use(key)
        _record(key, user.pk, request)
    _delete_expired()


def session_note_use(request: HttpRequest) -> None:
    """Note that the session was used, every few minutes. A session from before there were records gets one."""
    key, user_id = request.session.session_key, request.session.get(SESSION_KEY)
    if not key or not user_id or not _is_first_use(key):
        return
    used = SessionRecord.objects.filter(session_id=key).update(used_at=timezone.now(), browser=_browser(request))
    if not used and Session.objects.filter(pk=key).exists():
        _record(key, int(user_id), request)


def session_end(record: SessionRecord) -> None:
    """End the session. Its browser is signed out with its next request."""
    Session.objects.filter(pk=record.session_id).delete()


def _record(key: str, user_id: int, request: HttpRequest) -> None:
    record = SessionRecord(session_id=key, user_id=user_id, browser=_browser(request))
    SessionRecord.objects.bulk_create([record], ignore_conflicts=True)


def _is_first_use(key: str) -> bool:
    """Whether this is the first use of the session within some minutes. Other processes are seldom asked."""
    name = f"session-used:{hashlib.sha256(key.encode()).hexdigest()}"
    return all(memory.add(name, 1, timeout=int(NOTE_USE_EVERY.total_seconds())) for memory in (_of_this_process, cache))


def _browser(request: HttpRequest) -> str:
    name = str(request.META.get("HTTP_USER_AGENT", ""))
    return "".join(letter for letter in name if letter.isprintable())[:_LONGEST_NAME]


@transaction.atomic
def _delete_expired() -> None:
    expired = Session.objects.filter(expire_date__lt=timezone.now()).order_by("expire_date")
    keys = list(expired.select_for_update(skip_locked=True).values_list("pk", flat=True)[:_EXPIRED_AT_ONCE])
    if keys:
        Session.objects.filter(pk__in=keys).delete()
