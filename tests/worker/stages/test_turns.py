"""Accounts share the processes by time, however long their photos take. Only photos advance the clock here."""

from __future__ import annotations

from collections import Counter, deque
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.db.models import DateTimeField, Value
from django.utils import timezone

from albums import jobs
from albums.models import AccountTime, Album, Photo
from albums.services import photos as photo_services
from albums.services import turns
from albums.services.claims import Claim
from albums.services.dispatch import albums_dispatch, dispatch_after_commit
from albums.services.photos import PreparedPhoto, photo_mark_prepared, photo_try_again
from tests.factories import make_album
from web.accounts.models import User
from worker import runtime
from worker.stages import prepare

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
State = Photo.State


class Worker:
    """One process and its queue, first in, first out. The photos of each album take the seconds recorded for it."""

    def __init__(self) -> None:
        self.began_at = timezone.now()
        self.now = 0.0
        self.seconds: dict[UUID, float] = {}
        self.used: Counter[UUID] = Counter()
        self.messages: deque[list[UUID]] = deque()
        self.taken = 0
        self.fails: set[UUID] = set()
        self.start_seconds = 0.0

    def send(self, job: jobs.Job, arguments: list[Any]) -> None:
        if job is jobs.Job.PREPARE_PHOTOS:
            self.messages.append([UUID(photo_id) for photo_id in arguments[0]])
        elif job is jobs.Job.EMBED_PHOTOS:  # takes no time
            rows = Photo.objects.filter(id__in=arguments[0])
            rows.update(state=State.ANALYZED)
            albums_dispatch(set(rows.values_list("album_id", flat=True)))

    def prepare(self, photo: Photo, claim: Claim, _original: Future[bytes], _transfers: ThreadPoolExecutor) -> None:
        self.now += self.seconds[photo.album_id]
        self.used[photo.album_id] += self.seconds[photo.album_id]  # type: ignore[assignment]
        if photo.album_id in self.fails:
            photo_try_again(photo, claim, too_slow=True)
        else:
            photo_mark_prepared(photo.id, claim, PreparedPhoto("image/jpeg", 40, 30))

    def start(self) -> None:
        """Start the sandbox."""
        self.now += self.start_seconds

    def work_once(self) -> None:
        self.taken += 1
        prepare.prepare_photos(self.messages.popleft(), task_id=str(uuid4()))

    def database_now(self) -> Value:
        return Value(self.began_at + timedelta(seconds=self.now), output_field=DateTimeField())


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> Worker:
    made = Worker()
    settings.TURN_SECONDS = 5
    settings.PHOTOS_PER_TASK = 4
    monkeypatch.setattr(jobs, "_send", made.send)
    monkeypatch.setattr(prepare, "_prepare_claimed", made.prepare)
    monkeypatch.setattr(runtime, "sandbox", lambda: made)
    monkeypatch.setattr(prepare, "monotonic", lambda: made.now)
    monkeypatch.setattr(turns, "Now", made.database_now)
    return made


def upload(worker: Worker, owner: User, count: int, *, seconds: float = 1.0) -> Album:
    """An album of `count` photos, each of which takes `seconds`."""
    album = make_album(owner)
    worker.seconds[album.id] = seconds
    Photo.objects.bulk_create(
        Photo(album=album, name="a.jpg", byte_size=1, sha256=uuid4().hex, state=State.UPLOADED) for _ in range(count)
    )
    dispatch_after_commit([owner.pk])
    return album


def is_done(album: Album) -> bool:
    return not album.photos.filter(state__in=Photo.UNFINISHED).exists()


@pytest.mark.parametrize("seconds", [5.0, 60.0])
def test_slow_photos_do_not_delay_another_account_for_long(
    worker: Worker, alice: User, bob: User, seconds: float
) -> None:
    slow = upload(worker, bob, 16, seconds=seconds)
    quick = upload(worker, alice, 16, seconds=1.0)
    while not is_done(quick):
        worker.work_once()
    # Each of the four messages that came first takes its turn, or one photo and then pays for it. Without turns, all 16
    # photos come first.
    assert worker.used[slow.id] <= max(4 * 5, 60)


@pytest.mark.parametrize("seconds", [4.0, 30.0])
def test_accounts_get_the_same_time(worker: Worker, alice: User, bob: User, seconds: float) -> None:
    slow = upload(worker, bob, 50, seconds=seconds)
    quick = upload(worker, alice, 170, seconds=1.25)
    while worker.now < 300:
        worker.work_once()
    assert not is_done(slow)
    assert not is_done(quick)
    assert worker.used[slow.id] == pytest.approx(150, abs=30)


def test_an_account_that_is_alone_waits_for_nobody(worker: Worker, alice: User) -> None:
    album = upload(worker, alice, 10, seconds=20.0)
    sent = len(worker.messages)
    while not is_done(album):
        worker.work_once()
    assert worker.now == 10 * 20
    # No message was cut short or sent again.
    assert worker.taken == sent
    assert AccountTime.objects.count() == 0


def test_no_message_comes_near_the_time_limit_of_a_task(worker: Worker, alice: User, settings: LazySettings) -> None:
    settings.TASK_TIME_LIMIT = 100
    album = upload(worker, alice, 10, seconds=20.0)
    spans = []
    while not is_done(album):
        began = worker.now
        worker.work_once()
        spans.append(worker.now - began)
    assert sum(spans) == 10 * 20
    assert max(spans) == 60  # the first photo that ends after half of the limit is the last


def test_an_account_that_is_alone_again_owes_nothing(worker: Worker, alice: User, bob: User) -> None:
    other = upload(worker, bob, 1)
    turns.turn_end(alice.pk, 4, seconds=1000)
    assert not turns.turn_begin(alice.pk, 4)
    while not is_done(other):
        worker.work_once()
    assert turns.turn_begin(alice.pk, 4)
    upload(worker, bob, 1)
    assert turns.turn_begin(alice.pk, 4)


def test_what_an_account_owes_is_forgotten(worker: Worker, alice: User, bob: User) -> None:
    upload(worker, bob, 1)
    turns.turn_end(alice.pk, 4, seconds=25)
    assert not turns.turn_begin(alice.pk, 4)  # and so pays 5 of 20 s
    worker.now += 90
    assert not turns.turn_begin(alice.pk, 4)
    worker.now += 20
    assert turns.turn_begin(alice.pk, 4)
    turns.turn_end(alice.pk, 4, seconds=5)
    assert turns.turn_begin(alice.pk, 4)


def test_no_account_owes_the_time_in_which_a_worker_starts(worker: Worker, alice: User) -> None:
    worker.start_seconds = 60.0
    album = upload(worker, alice, 4)
    while not is_done(album):
        worker.work_once()
    assert AccountTime.objects.count() == 0


def test_a_message_of_several_accounts_works_for_one_at_a_time(worker: Worker, alice: User, bob: User) -> None:
    albums = [upload(worker, owner, 2) for owner in (alice, bob)]
    worker.messages.clear()
    worker.messages.append(list(Photo.objects.order_by("sha256").values_list("id", flat=True)))
    worker.work_once()
    assert sorted(map(is_done, albums)) == [False, True]
    worker.work_once()
    assert all(map(is_done, albums))
    assert not worker.messages


def test_failed_attempts_of_an_account_are_repeated_only_now_and_then(worker: Worker, alice: User) -> None:
    album = upload(worker, alice, 20)
    worker.fails.add(album.id)
    while not is_done(album):
        worker.work_once()
    # Each of 20 photos was tried once. Thirty more attempts were allowed at once, and one after each minute.
    assert worker.used[album.id] == 20 + 30
    assert set(album.photos.values_list("state", "error_code")) == {(State.FAILED, photo_services.TOO_SLOW_CODE)}
    assert not turns.retry_take(alice.pk)
    worker.now += 60
    assert turns.retry_take(alice.pk)
    assert not turns.retry_take(alice.pk)


def test_what_is_recorded_of_an_account_goes_with_it(alice: User) -> None:
    owner_id = alice.pk
    turns.turn_end(owner_id, 4, seconds=1000)
    assert AccountTime.objects.count() == 1
    alice.delete()
    assert AccountTime.objects.count() == 0
    turns.turn_end(owner_id, 4, seconds=1000)
    assert AccountTime.objects.count() == 0
