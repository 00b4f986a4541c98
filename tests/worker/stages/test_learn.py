"""From decisions in rows to a personal ranker and the groups it ranks."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice

import numpy as np
import pytest
from django.utils import timezone

from albums.models import Album, Cluster, PersonalRanker, Photo
from albums.personal_ranker import CORRECTIONS_NEEDED
from albums.services.personal_ranker_settings import personal_ranker_reset, personal_ranker_switch
from albums.services.review import album_regroup, photos_decide
from tests.factories import NOON, make_album, make_member, make_photo
from tests.simulated_people import FIRST_LOOK, PEOPLE, Group, Person, choose, groups
from web.accounts.models import User
from worker.analysis.ranking import personal_to_json, rank_group, shipped_ranker
from worker.stages.group import group_album
from worker.stages.learn import choices_of, learn_personal_ranker

pytestmark = pytest.mark.django_db

BRIGHTER = next(person for person in PEOPLE if person.name == "the brighter the better")
AGREEABLE = next(person for person in PEOPLE if person.whim == 0)


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def _add(album: Album, group: Group, *, pause: timedelta = timedelta(hours=1)) -> list[Photo]:
    """A group as a grouping writes it, in the order of the given features, this long after the one before."""
    order = rank_group(group.features).order
    cluster = Cluster.objects.create(
        album=album, position=album.clusters.count(), photo_count=len(order), kind=Cluster.Kind.MOMENT
    )
    return [
        make_photo(
            album,
            cluster=cluster,
            manual_group=cluster.id,  # so that groupings keep it without vectors
            scores=photo.scores,
            gradient_map=photo.gradient_map,
            taken_at=NOON + cluster.position * pause,
            rank=order.index(place),
            picked=order.index(place) == 0,
        )
        for place, photo in enumerate(group.features)
    ]


def _review(album: Album, person: Person, count: int, *, seed: int = 0, pause: timedelta = timedelta(hours=1)) -> None:
    """The person reviews this many groups and keeps one photo in each."""
    random = np.random.default_rng(seed)
    for group in islice(groups(random, fresh=False, faces=False), count):
        photos = _add(album, group, pause=pause)
        photos_decide(album, [photos[choose(person, group, random)].id], "keep")


def _learn(owner: User) -> PersonalRanker:
    PersonalRanker.objects.filter(owner=owner).update(learning=PersonalRanker.Learning.QUEUED)
    learn_personal_ranker(str(owner.pk), task_id="learn")
    return PersonalRanker.objects.get(owner=owner)


def _group(album: Album) -> Album:
    Album.objects.filter(id=album.id).update(grouping=Album.Grouping.QUEUED)
    group_album(album.id, task_id="group")
    return Album.objects.get(id=album.id)


def _picks(album: Album) -> set[str]:
    return set(album.photos.filter(picked=True, decision="auto").values_list("name", flat=True))


def test_it_learns_from_what_the_rows_say(album: Album, alice: User) -> None:
    _review(album, BRIGHTER, 100)
    personal_ranker = _learn(alice)
    assert personal_ranker.choices == 100
    assert personal_ranker.corrections == personal_ranker.choices - personal_ranker.shipped_agreed > 40
    assert personal_ranker.agreed > personal_ranker.shipped_agreed + 15
    assert personal_ranker.ranker is not None
    assert personal_ranker.ranker["base"] == shipped_ranker().name
    assert (personal_ranker.learning, personal_ranker.changed_at, personal_ranker.claim) == ("idle", None, None)
    again = _learn(alice)
    assert again.ranker == personal_ranker.ranker


def test_with_few_corrections_it_only_counts(album: Album, alice: User) -> None:
    _review(album, BRIGHTER, 15)
    personal_ranker = _learn(alice)
    assert personal_ranker.choices == 15
    assert personal_ranker.corrections > 5
    assert (personal_ranker.ranker, personal_ranker.agreed) == (None, personal_ranker.shipped_agreed)


def test_a_single_scene_does_not_decide_others(album: Album, alice: User) -> None:
    """A hundred groups of one evening, a minute apart; and a hundred of which no time is known."""
    _review(album, BRIGHTER, 100, pause=timedelta(minutes=1))
    assert _learn(alice).ranker is None
    later = make_album(alice)
    _review(later, BRIGHTER, 100, seed=1)
    later.photos.update(taken_at=None, time_source=Photo.TimeSource.NONE)
    album.photos.all().delete()
    personal_ranker = _learn(alice)
    assert (personal_ranker.choices, personal_ranker.ranker) == (100, None)
    assert personal_ranker.corrections > 40


def test_agreement_alone_teaches_nothing(album: Album, alice: User) -> None:
    _review(album, AGREEABLE, 30)
    personal_ranker = _learn(alice)
    assert (
        personal_ranker.choices,
        personal_ranker.corrections,
        personal_ranker.shipped_agreed,
        personal_ranker.ranker,
    ) == (30, 0, 30, None)


def test_a_new_album_is_ranked_by_it_and_says_why(album: Album, alice: User) -> None:
    _review(album, BRIGHTER, 100)
    personal_ranker = _learn(alice)
    new = make_album(alice)
    shown = list(islice(groups(np.random.default_rng(5), fresh=True, faces=False), 30))
    photos = [_add(new, group) for group in shown]
    assert _group(new).ranked_by == personal_ranker.ranker
    said = 0
    for members, group in zip(photos, shown, strict=True):
        usual = members[rank_group(group.features).order[0]]
        pick = Photo.objects.get(id__in=[photo.id for photo in members], picked=True)
        codes = [reason["code"] for reason in pick.reasons]
        assert ("your_usual_picks" in codes) == (pick.id != usual.id)
        assert "best_overall" not in codes or "your_usual_picks" not in codes
        said += "your_usual_picks" in codes
    assert said > 5


def test_an_album_under_review_keeps_its_picks_until_asked(album: Album, alice: User) -> None:
    for group in islice(groups(np.random.default_rng(5), fresh=True, faces=False), 20):
        _add(album, group)
    _group(album)
    before = _picks(album)
    _review(album, BRIGHTER, 140)
    personal_ranker = _learn(alice)
    assert personal_ranker.ranker is not None
    assert _group(album).ranked_by is None
    assert _picks(album) == before
    decided = set(album.photos.filter(decision="keep").values_list("name", flat=True))
    album_regroup(album)
    assert _group(album).ranked_by == personal_ranker.ranker
    assert _picks(album) != before
    assert set(album.photos.filter(decision="keep").values_list("name", flat=True)) == decided
    # It keeps that ranker, whatever is learned or reset later, until the person asks again.
    asked = _picks(album)
    PersonalRanker.objects.update(ranker=None)
    assert _group(album).ranked_by == personal_ranker.ranker
    assert _picks(album) == asked


def test_it_is_not_used_when_switched_off_or_reset(album: Album, alice: User) -> None:
    _review(album, BRIGHTER, 100)
    _learn(alice)
    personal_ranker_switch(alice.pk, on=False)
    new = make_album(alice)
    _add(new, next(groups(np.random.default_rng(5), fresh=True, faces=False)))
    assert _group(new).ranked_by is None
    personal_ranker_switch(alice.pk, on=True)
    assert _group(new).ranked_by is not None
    personal_ranker_reset(alice.pk)
    assert _group(new).ranked_by is None


def test_it_never_learns_from_what_came_before_a_reset(album: Album, alice: User) -> None:
    _review(album, BRIGHTER, 30)
    personal_ranker_reset(alice.pk)
    assert _learn(alice).choices == 0
    _review(album, BRIGHTER, 5, seed=1)
    assert _learn(alice).choices == 5


def test_decisions_from_before_they_had_a_time_count(album: Album, alice: User) -> None:
    _review(album, BRIGHTER, 10)
    Photo.objects.update(decided_at=None)
    assert _learn(alice).choices == 10
    personal_ranker_reset(alice.pk)
    assert _learn(alice).choices == 0


def test_one_person_learns_nothing_from_another(album: Album, alice: User, bob: User) -> None:
    _review(album, BRIGHTER, 10)
    PersonalRanker.objects.create(owner=bob)
    assert _learn(bob).choices == 0


def test_what_a_member_decides_teaches_nobody(album: Album, alice: User, bob: User) -> None:
    _review(album, BRIGHTER, 10)
    member = make_member(album, bob)
    others = list(album.clusters.order_by("position").values_list("id", flat=True)[:4])
    Photo.objects.filter(cluster__in=others, decision="keep").update(decided_by=member)
    PersonalRanker.objects.create(owner=bob)
    assert (_learn(alice).choices, _learn(bob).choices) == (6, 0)


def test_skipped_groups_count_as_accepted(album: Album, alice: User) -> None:
    """The groups after the last decision were not reviewed yet."""
    shown = list(islice(groups(np.random.default_rng(5), fresh=True, faces=False), 12))
    photos = [_add(album, group) for group in shown]
    photos_decide(album, [photos[7][0].id], "keep")
    personal_ranker = _learn(alice)
    assert personal_ranker.choices == 8
    assert personal_ranker.shipped_agreed >= 7


def test_a_rejected_pick_is_below_only_the_new_pick(album: Album, alice: User) -> None:
    group = next(
        group for group in groups(np.random.default_rng(5), fresh=True, faces=False) if len(group.features) > 3
    )
    photos = sorted(_add(album, group), key=lambda photo: photo.rank)
    photos_decide(album, [photos[0].id], "reject")
    [choice] = choices_of(PersonalRanker.objects.get())
    assert (choice.shown, choice.taken, choice.left) == (0, (1,), (0,))
    photos_decide(album, [photo.id for photo in photos], "reject")
    assert list(choices_of(PersonalRanker.objects.get())) == []


def test_photo_sets_are_not_learned_from(album: Album, alice: User) -> None:
    photos = _add(album, next(groups(np.random.default_rng(5), fresh=True, faces=False)))
    album.clusters.update(kind=Cluster.Kind.BRACKET)
    photos_decide(album, [photos[0].id], "keep")
    assert _learn(alice).choices == 0


def test_too_large_groups_are_not_learned_from(album: Album, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    _review(album, BRIGHTER, 10)
    largest = max(album.clusters.values_list("photo_count", flat=True))
    monkeypatch.setattr("worker.stages.learn.MAX_PHOTOS", largest - 1)
    assert _learn(alice).choices == album.clusters.filter(photo_count__lt=largest).count() < 10


def test_the_latest_albums_are_learned_from(album: Album, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("worker.stages.learn.MAX_GROUPS", 12)
    _review(album, BRIGHTER, 10)
    later = make_album(alice)
    _review(later, AGREEABLE, 10, seed=1)
    Photo.objects.filter(album=album).update(decided_at=timezone.now() - timedelta(days=1))
    personal_ranker = _learn(alice)
    assert personal_ranker.choices == 12
    assert personal_ranker.shipped_agreed >= 10


def test_a_ranker_of_another_version_is_learned_again(
    album: Album, alice: User, caplog: pytest.LogCaptureFixture
) -> None:
    old = personal_to_json(shipped_ranker(), shipped_ranker()) | {"base": "photoalbum-0"}
    PersonalRanker.objects.create(owner=alice, ranker=old)
    _add(album, next(groups(np.random.default_rng(5), fresh=True, faces=False)))
    assert album.photos.filter(picked=True).count() == 1
    before = _picks(album)
    _group(album)
    assert _picks(album) == before
    assert PersonalRanker.objects.get().changed_at is not None
    assert "photoalbum-0" in caplog.text


def test_a_message_for_an_unknown_account_is_ignored(alice: User) -> None:
    learn_personal_ranker(str(alice.pk), task_id="learn")
    learn_personal_ranker("987654321", task_id="learn")
    assert not PersonalRanker.objects.exists()


def test_the_simulation_begins_to_learn_where_the_service_does() -> None:
    assert FIRST_LOOK == CORRECTIONS_NEEDED
