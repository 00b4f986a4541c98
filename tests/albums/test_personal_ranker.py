"""When a personal ranker is learned from decisions, and how it is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from albums import jobs
from albums.models import Album, PersonalRanker, Photo
from albums.services.albums import album_delete
from albums.services.clusters import NewGroups, album_claim_grouping, clusters_replace
from albums.services.personal_ranker import Learned, personal_ranker_claim, personal_ranker_mark_learned
from albums.services.personal_ranker_settings import personal_ranker_reset, personal_ranker_switch
from albums.services.photos import photos_delete
from albums.services.recovery import work_recover
from albums.services.review import album_regroup, clusters_split, photos_decide
from tests.factories import make_album, make_cluster
from web.accounts.models import User

pytestmark = pytest.mark.django_db
CaptureCallbacks = Callable[..., Any]
RANKER = {"format": 1, "base": "photoalbum-1", "weights": {}}
LEARNED = Learned(choices=100, corrections=40, agreed=80, shipped_agreed=60, ranker=RANKER)


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def _empty(_: jobs.Queue) -> int:
    return 0


def _decide(album: Album, decision: str = "keep") -> Photo:
    _, photos = make_cluster(album)
    photos_decide(album, [photos[1].id], decision)
    return Photo.objects.get(id=photos[1].id)


def _changed(owner: User, *, first: float, last: float) -> None:
    now = timezone.now()
    PersonalRanker.objects.filter(owner=owner).update(
        changed_first_at=now - timedelta(seconds=first), changed_at=now - timedelta(seconds=last)
    )


def _learn(owner: User) -> None:
    PersonalRanker.objects.update_or_create(owner=owner, defaults={"learning": "queued"})
    claimed = personal_ranker_claim(owner.pk, task_id="a message")
    assert claimed is not None
    assert personal_ranker_mark_learned(owner.pk, claimed[1], LEARNED)


def test_a_decision_stores_its_time_and_requests_learning(album: Album) -> None:
    before = timezone.now()
    photo = _decide(album)
    personal_ranker = PersonalRanker.objects.get()
    assert photo.decided_at is not None
    assert personal_ranker.changed_at is not None
    assert before <= photo.decided_at
    assert before <= personal_ranker.changed_at
    first = personal_ranker.changed_first_at
    _decide(album)
    personal_ranker.refresh_from_db()
    assert personal_ranker.changed_first_at == first
    assert personal_ranker.changed_at > photo.decided_at


def test_splits_and_regroupings_request_no_learning(album: Album) -> None:
    _, photos = make_cluster(album)
    photos_decide(album, [photos[1].id], "auto")
    clusters_split(album, [photos[2].id])
    album_regroup(album, similarity=0.7)
    assert not PersonalRanker.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "is_due"), [(10, 10, False), (70, 70, True), (300, 10, False), (700, 10, True)]
)
def test_it_learns_when_decisions_have_settled_or_go_on_for_long(
    album: Album,
    alice: User,
    sent: list[Any],
    first: float,
    last: float,
    is_due: bool,
    django_capture_on_commit_callbacks: CaptureCallbacks,
) -> None:
    _decide(album)
    _changed(alice, first=first, last=last)
    with django_capture_on_commit_callbacks(execute=True):
        assert work_recover(_empty)["learn"] == is_due
        assert work_recover(_empty)["learn"] == 0
    assert sent == [("learn_personal_ranker", [str(alice.pk)])] * is_due


def test_a_lost_message_is_sent_again(
    album: Album, alice: User, sent: list[Any], django_capture_on_commit_callbacks: CaptureCallbacks
) -> None:
    _decide(album)
    PersonalRanker.objects.update(learning="queued", enqueued_at=timezone.now() - timedelta(hours=2))
    with django_capture_on_commit_callbacks(execute=True):
        assert work_recover(_empty)["learn"] == 1
    assert sent == [("learn_personal_ranker", [str(alice.pk)])]


def test_another_worker_takes_over_from_a_killed_one(album: Album, alice: User) -> None:
    _decide(album)
    PersonalRanker.objects.update(learning="queued")
    assert personal_ranker_claim(alice.pk, task_id="one") is not None
    assert personal_ranker_claim(alice.pk, task_id="two") is None
    PersonalRanker.objects.update(heartbeat_at=timezone.now() - timedelta(days=1))
    work_recover(_empty)
    assert personal_ranker_claim(alice.pk, task_id="two") is not None


def test_learning_that_crashes_its_worker_waits_for_the_next_decision(
    album: Album, alice: User, settings: Settings
) -> None:
    _decide(album)
    _changed(alice, first=100, last=100)
    PersonalRanker.objects.update(learning="queued", attempts=settings.MAX_ATTEMPTS)
    assert personal_ranker_claim(alice.pk, task_id="one") is None
    assert work_recover(_empty)["learn"] == 0
    _decide(album)
    _changed(alice, first=100, last=100)
    assert work_recover(_empty)["learn"] == 1


def test_decisions_made_while_it_learns_count_for_the_next_learning(album: Album, alice: User) -> None:
    _decide(album)
    PersonalRanker.objects.update(learning="queued")
    claimed = personal_ranker_claim(alice.pk, task_id="one")
    assert claimed is not None
    _decide(album)
    assert personal_ranker_mark_learned(alice.pk, claimed[1], LEARNED)
    personal_ranker = PersonalRanker.objects.get()
    assert (personal_ranker.learning, personal_ranker.ranker, personal_ranker.agreed) == ("idle", RANKER, 80)
    assert personal_ranker.changed_at is not None


def test_a_reset_forgets_everything_and_drops_a_running_learning(album: Album, alice: User) -> None:
    photo = _decide(album)
    _learn(alice)
    Album.objects.update(ranked_by=RANKER)
    PersonalRanker.objects.update(learning="queued")
    claimed = personal_ranker_claim(alice.pk, task_id="one")
    assert claimed is not None
    personal_ranker_reset(alice.pk)
    assert not personal_ranker_mark_learned(alice.pk, claimed[1], LEARNED)
    personal_ranker, album = PersonalRanker.objects.get(), Album.objects.get()
    assert (
        personal_ranker.ranker,
        personal_ranker.choices,
        personal_ranker.agreed,
        personal_ranker.learned_at,
        personal_ranker.changed_at,
    ) == (None, 0, 0, None, None)
    assert album.ranked_by is None
    photo.refresh_from_db()
    assert photo.decision == "keep"
    assert personal_ranker.reset_at is not None
    assert photo.decided_at is not None
    assert personal_ranker.reset_at >= photo.decided_at


def test_a_reset_works_before_anything_was_learned(alice: User) -> None:
    personal_ranker_reset(alice.pk)
    assert PersonalRanker.objects.get(owner=alice).reset_at is not None


def test_a_running_grouping_does_not_restore_the_forgotten_ranker(album: Album, alice: User) -> None:
    Album.objects.update(grouping="queued")
    claimed = album_claim_grouping(album.id, task_id="one")
    assert claimed is not None
    personal_ranker_reset(alice.pk)
    assert not clusters_replace(album.id, claimed[1], NewGroups(ranked_by=RANKER))
    album.refresh_from_db()
    assert (album.ranked_by, album.grouping) == (None, "queued")


def test_a_reset_affects_one_account_only(alice: User, bob: User) -> None:
    for person in (alice, bob):
        make_album(person, ranked_by=RANKER)
        _learn(person)
    personal_ranker_reset(bob.pk)
    assert PersonalRanker.objects.get(owner=alice).ranker == RANKER
    assert Album.objects.get(owner=alice).ranked_by == RANKER


def test_it_does_not_learn_while_switched_off(album: Album, alice: User) -> None:
    _decide(album)
    _learn(alice)
    personal_ranker_switch(alice.pk, on=False)
    _changed(alice, first=100, last=100)
    assert work_recover(_empty)["learn"] == 0
    assert PersonalRanker.objects.get().ranker == RANKER
    personal_ranker_switch(alice.pk, on=True)
    _changed(alice, first=100, last=100)
    assert work_recover(_empty)["learn"] == 1


def test_decisions_about_deleted_photos_are_unlearned(album: Album, alice: User) -> None:
    photo = _decide(album)
    for delete in (lambda: photos_delete(album, [photo.id]), lambda: album_delete(album)):
        PersonalRanker.objects.update(changed_at=None, changed_first_at=None)
        delete()
        assert PersonalRanker.objects.get().changed_at is not None


def test_deleting_undecided_photos_requests_no_learning(album: Album) -> None:
    _, photos = make_cluster(album)
    photos_delete(album, [photos[0].id])
    album_delete(album)
    assert not PersonalRanker.objects.exists()
