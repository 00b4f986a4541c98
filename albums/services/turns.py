"""Turns: the processes that prepare photos give each account the same time, however long its photos take.

The queue is first in, first out, and fair dispatch gives each account the same number of photos in it. So each photo in
a message is worth a share of TURN_SECONDS. A message that has used its shares goes to the end of the queue with the
photos that are left. What a photo takes beyond that, the account owes: its next messages go to the end of the queue at
once, and each of them pays its shares. While no photo of another account is in the queue, a message goes on and owes
nothing: from the end of that queue it would come again at once. This is surplus round robin (Adiseshu, Parulkar and
Varghese, A Reliable and Scalable Striping Protocol, 1996).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError
from django.db.models import DateTimeField, ExpressionWrapper, F, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest, Now

from albums import jobs
from albums.models import AccountTime, Photo

# What an account owes is forgotten after ten times as long. If time alone made up for it, waiting for one's turn would.
_FORGETTING = 10
# An account may repeat this many failed attempts at once, and one more in each interval.
_RETRIES_AT_ONCE = 30
_RETRY_INTERVAL = timedelta(minutes=1)


def turn_seconds(photos: int) -> float:
    """How long a message with this many photos may work before it goes to the end of the queue."""
    return float(settings.TURN_SECONDS * photos / settings.PHOTOS_PER_TASK)


def turn_begin(owner_id: Any, photos: int) -> bool:
    """Whether a message of the account may work now. If not, it has paid its shares and must wait once more."""
    turn = timedelta(seconds=_FORGETTING * turn_seconds(photos))
    debt = AccountTime.objects.filter(owner_id=owner_id, owes_until__gte=Now() + turn)
    if debt.update(owes_until=_later("owes_until", -turn)) == 0:
        return True
    if others_wait(owner_id):
        return False
    debt.update(owes_until=Now())
    return True


def others_wait(owner_id: Any) -> bool:
    """Whether photos of another account are in the queue."""
    queued = Photo.objects.filter(state=Photo.State.UPLOADED, enqueued_at__isnull=False)
    return queued.exclude(album__owner_id=owner_id).exists()


def turn_end(owner_id: Any, photos: int, *, seconds: float) -> None:
    """Record how long a message with this many photos has worked. The account owes the time beyond its turn."""
    excess = seconds - turn_seconds(photos)
    if excess > 0:
        debt = timedelta(seconds=_FORGETTING * excess)
        _time_of(owner_id).update(owes_until=_later(Greatest("owes_until", Now()), debt))


def photos_pass_on(photo_ids: Iterable[UUID]) -> None:
    """Send photos whose turn is over to the end of the queue."""
    ids = list(photo_ids)
    if ids:
        Photo.objects.filter(id__in=ids, state=Photo.State.UPLOADED).update(enqueued_at=Now())
        jobs.prepare_photos(ids)


def retry_take(owner_id: Any) -> bool:
    """Whether an attempt that crashed or took too long may be repeated. Counts it."""
    latest = Now() + (_RETRIES_AT_ONCE - 1) * _RETRY_INTERVAL
    account = _time_of(owner_id).filter(retried_until__lte=latest)
    return account.update(retried_until=_later(Greatest("retried_until", Now()), _RETRY_INTERVAL)) > 0


def _time_of(owner_id: Any) -> QuerySet[AccountTime]:
    try:
        AccountTime.objects.bulk_create([AccountTime(owner_id=owner_id)], ignore_conflicts=True)
    except IntegrityError:  # the account was deleted meanwhile
        return AccountTime.objects.none()
    return AccountTime.objects.filter(owner_id=owner_id)


def _later(moment: str | Combinable, span: timedelta) -> Combinable:
    start = F(moment) if isinstance(moment, str) else moment
    return ExpressionWrapper(start + span, DateTimeField())
