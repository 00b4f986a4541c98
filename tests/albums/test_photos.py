"""Claims, results and decisions on photos, checked on rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest import mock
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from albums.exceptions import RetriedTooOften
from albums.models import Album, Embedding, ObjectDeletion, Photo, WorkerReport
from albums.services.photos import (
    PreparedPhoto,
    photo_claim_embedding,
    photo_claim_preparing,
    photo_mark_failed,
    photo_mark_prepared,
    photos_claim_embedding,
    photos_delete,
    photos_mark_analyzed,
    photos_reembed,
    photos_release_uncounted,
    photos_retry,
)
from albums.services.review import photos_decide
from albums.services.workers import worker_begin, worker_child_killed, worker_end
from tests.factories import make_album, make_cluster, make_photo
from web.accounts.models import User

pytestmark = pytest.mark.django_db
State = Photo.State


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def _silent_for_longer_than_the_lease(photo: Photo) -> None:
    long_ago = timezone.now() - timedelta(seconds=settings.CLAIM_LEASE_SECONDS + 1)
    Photo.objects.filter(id=photo.id).update(heartbeat_at=long_ago)


def test_it_claims_an_uploaded_photo_once(album: Album) -> None:
    photo = make_photo(album, state=State.UPLOADED)
    first = photo_claim_preparing(photo.id, task_id="one")
    assert first is not None
    assert first[1].attempts == 1
    assert photo_claim_preparing(photo.id, task_id="two") is None
    photo.refresh_from_db()
    assert (photo.state, photo.claimed_by) == (State.PREPARING, "one")


@pytest.mark.parametrize("state", [State.PENDING, State.PREPARED, State.EMBEDDING, State.ANALYZED, State.FAILED])
def test_it_does_not_claim_a_photo_in_another_state(album: Album, state: str) -> None:
    photo = make_photo(album, state=state)
    assert photo_claim_preparing(photo.id, task_id="one") is None


def test_it_skips_a_photo_that_no_longer_exists() -> None:
    assert photo_claim_preparing(uuid4(), task_id="one") is None


def test_the_same_message_may_take_over_its_claim_at_once(album: Album) -> None:
    photo = make_photo(album, state=State.UPLOADED)
    photo_claim_preparing(photo.id, task_id="one")
    again = photo_claim_preparing(photo.id, task_id="one")
    assert again is not None
    assert again[1].attempts == 2


def test_another_message_may_take_over_an_abandoned_claim(album: Album) -> None:
    photo = make_photo(album, state=State.UPLOADED)
    photo_claim_preparing(photo.id, task_id="one")
    _silent_for_longer_than_the_lease(photo)
    assert photo_claim_preparing(photo.id, task_id="two") is not None


def _living_run() -> UUID:
    run = uuid4()
    worker_begin(run, name=f"celery@{run}", queues="images", embedding_model="descriptor", warning="")
    return run


def test_simultaneous_deliveries_of_a_message_count_as_one_attempt(album: Album) -> None:
    photo, other = (make_photo(album, state=State.UPLOADED) for _ in range(2))
    first, second = _living_run(), _living_run()
    claimed = photo_claim_preparing(photo.id, task_id="one", worker=first)
    assert claimed is not None
    for run in [first, second] * settings.MAX_ATTEMPTS:
        assert photo_claim_preparing(photo.id, task_id="one", worker=run) is None
    assert photo_claim_preparing(other.id, task_id="one", worker=second) is not None
    assert photo_mark_prepared(photo.id, claimed[1], PreparedPhoto("image/jpeg", 40, 30))


def test_redeliveries_of_a_batch_embed_it_once(album: Album) -> None:
    photo = make_photo(album, state=State.PREPARED)
    _, claim = photos_claim_embedding([photo.id], task_id="one", worker=_living_run())
    for _ in range(settings.MAX_ATTEMPTS + 1):
        assert photos_claim_embedding([photo.id], task_id="one", worker=_living_run())[0] == []
        assert photo_claim_embedding(photo.id, task_id="one", worker=_living_run()) is None
    assert photos_mark_analyzed(claim, {photo.id: b""}, model="descriptor", version="1") == [photo.id]


@pytest.mark.parametrize("ends", ["in good order", "silently"])
def test_a_redelivery_continues_at_once_when_the_previous_run_is_over(album: Album, ends: str) -> None:
    photo, run = make_photo(album, state=State.UPLOADED), _living_run()
    photo_claim_preparing(photo.id, task_id="one", worker=run)
    if ends == "silently":
        silent = timezone.now() - timedelta(seconds=settings.WORKER_SILENT_SECONDS + 1)
        WorkerReport.objects.filter(id=run).update(seen_at=silent)
    else:
        worker_end(run)
    again = photo_claim_preparing(photo.id, task_id="one", worker=_living_run())
    assert again is not None
    assert again[1].attempts == 2


def test_a_killed_child_releases_its_photo_and_counts_the_attempt(album: Album) -> None:
    photo, run = make_photo(album, state=State.UPLOADED), _living_run()
    for attempt in range(1, settings.MAX_ATTEMPTS + 1):
        claimed = photo_claim_preparing(photo.id, task_id="one", worker=run)
        assert claimed is not None
        assert claimed[1].attempts == attempt
        assert worker_child_killed(run, task_id="one") == 1
    assert photo_claim_preparing(photo.id, task_id="one", worker=run) is None
    photo.refresh_from_db()
    assert (photo.state, photo.error_code) == (State.FAILED, "crashed")


def test_a_killed_child_releases_no_other_photos(album: Album) -> None:
    photos = [make_photo(album, state=State.UPLOADED) for _ in range(2)]
    run, another = _living_run(), _living_run()
    photo_claim_preparing(photos[0].id, task_id="another", worker=run)
    photo_claim_preparing(photos[1].id, task_id="one", worker=another)
    assert worker_child_killed(run, task_id="one") == 0
    assert set(Photo.objects.values_list("state", flat=True)) == {State.PREPARING}


def test_it_ignores_the_late_result_of_a_lost_claim(album: Album) -> None:
    photo = make_photo(album, state=State.UPLOADED)
    lost = photo_claim_preparing(photo.id, task_id="one")
    held = photo_claim_preparing(photo.id, task_id="one")
    assert lost is not None and held is not None
    assert not photo_mark_prepared(photo.id, lost[1], PreparedPhoto("image/png", 1, 1))
    assert not photo_mark_failed(photo.id, lost[1], code="late", message="Late.")
    assert photo_mark_prepared(photo.id, held[1], PreparedPhoto("image/jpeg", 40, 30))
    photo.refresh_from_db()
    assert (photo.state, photo.content_type, photo.width, photo.attempts) == (State.PREPARED, "image/jpeg", 40, 0)


def test_a_photo_fails_after_crashing_its_worker_three_times(album: Album) -> None:
    photo = make_photo(album, state=State.UPLOADED)
    for _ in range(settings.MAX_ATTEMPTS):
        assert photo_claim_preparing(photo.id, task_id="one") is not None
    assert photo_claim_preparing(photo.id, task_id="one") is None
    photo.refresh_from_db()
    assert (photo.state, photo.error_code) == (State.FAILED, "crashed")
    assert "Save it again" in photo.error_message


def test_it_does_not_count_an_attempt_when_the_storage_failed(album: Album) -> None:
    photo = make_photo(album, state=State.UPLOADED)
    for _ in range(settings.MAX_ATTEMPTS + 2):
        claimed = photo_claim_preparing(photo.id, task_id="one")
        assert claimed is not None
        photos_release_uncounted([photo.id], claimed[1])
    photo.refresh_from_db()
    assert (photo.state, photo.attempts, photo.claim) == (State.UPLOADED, 0, None)


def test_it_embeds_new_photos_together_and_suspects_alone(album: Album) -> None:
    new = [make_photo(album, state=State.PREPARED) for _ in range(3)]
    suspect = make_photo(album, state=State.PREPARED, attempts=1)
    photos, claim = photos_claim_embedding([photo.id for photo in [*new, suspect]], task_id="one")
    assert {photo.id for photo in photos} == {photo.id for photo in new}
    assert claim.attempts == 1
    alone = photo_claim_embedding(suspect.id, task_id="one")
    assert alone is not None and alone[1].attempts == 2


def test_it_writes_vectors_under_the_claim_only(album: Album) -> None:
    mine, taken = (make_photo(album, state=State.PREPARED) for _ in range(2))
    _, claim = photos_claim_embedding([mine.id, taken.id], task_id="one")
    photo_claim_embedding(taken.id, task_id="one")
    written = photos_mark_analyzed(
        claim, {mine.id: b"\x00\x3c", taken.id: b"\x00\x3c"}, model="descriptor", version="1"
    )
    assert written == [mine.id]
    assert list(Embedding.objects.values_list("photo_id", flat=True)) == [mine.id]
    mine.refresh_from_db()
    taken.refresh_from_db()
    assert (mine.state, taken.state) == (State.ANALYZED, State.EMBEDDING)


def test_it_replaces_the_vector_of_the_same_model(album: Album) -> None:
    photo = make_photo(album, state=State.PREPARED)
    for version in ("1", "2"):
        Photo.objects.filter(id=photo.id).update(state=State.PREPARED)
        _, claim = photos_claim_embedding([photo.id], task_id=version)
        photos_mark_analyzed(claim, {photo.id: version.encode()}, model="descriptor", version=version)
    assert [(row.version, bytes(row.vector)) for row in Embedding.objects.all()] == [("2", b"2")]


def test_it_makes_the_grouping_stale_when_a_photo_is_done(album: Album) -> None:
    photo = make_photo(album, state=State.PREPARED)
    _, claim = photos_claim_embedding([photo.id], task_id="one")
    photos_mark_analyzed(claim, {photo.id: b""}, model="descriptor", version="1")
    album.refresh_from_db()
    assert album.grouping == Album.Grouping.STALE


def test_a_decision_moves_the_pick(album: Album) -> None:
    _, (best, second, third) = make_cluster(album)
    affected = photos_decide(album, [second.id], Photo.Decision.KEEP)
    assert {photo.id for photo in affected} == {best.id, second.id}
    assert set(Photo.objects.filter(picked=True)) == {second}
    photos_decide(album, [second.id, third.id], Photo.Decision.REJECT)
    assert set(Photo.objects.filter(picked=True)) == {best}
    photos_decide(album, [best.id], Photo.Decision.REJECT)
    assert not Photo.objects.filter(picked=True).exists()
    photos_decide(album, [best.id, second.id, third.id], Photo.Decision.AUTO)
    assert set(Photo.objects.filter(picked=True)) == {best}


def test_a_decision_rejects_a_single(album: Album) -> None:
    photo = make_photo(album)
    photos_decide(album, [photo.id], Photo.Decision.REJECT)
    photo.refresh_from_db()
    assert (photo.decision, photo.picked) == ("reject", False)


def test_a_decision_does_not_pick_a_photo_that_is_not_analyzed(album: Album) -> None:
    photo = make_photo(album, state=State.FAILED)
    photos_decide(album, [photo.id], Photo.Decision.KEEP)
    photo.refresh_from_db()
    assert (photo.decision, photo.picked) == ("keep", False)


def test_a_decision_leaves_other_albums_alone(album: Album, bob: User) -> None:
    theirs = make_photo(make_album(bob))
    assert photos_decide(album, [theirs.id], Photo.Decision.REJECT) == []
    theirs.refresh_from_db()
    assert theirs.decision == Photo.Decision.AUTO


@pytest.mark.parametrize("size", [2, 20])
def test_a_decision_takes_as_many_queries_for_a_large_group(
    album: Album, size: int, django_assert_max_num_queries: Any
) -> None:
    _, photos = make_cluster(album, photo_count=size)
    # Two of them create the row of the personal ranker.
    with django_assert_max_num_queries(10):
        photos_decide(album, [photo.id for photo in photos], Photo.Decision.KEEP)


def test_it_retries_failed_photos_only(album: Album) -> None:
    failed = make_photo(album, state=State.FAILED, error_code="truncated", error_message="Cut off.", attempts=3)
    fine = make_photo(album)
    assert photos_retry(album, [failed.id, fine.id]) == 1
    failed.refresh_from_db()
    fine.refresh_from_db()
    assert (failed.state, failed.error_code, failed.attempts) == (State.UPLOADED, "", 0)
    assert fine.state == State.ANALYZED


def test_people_retry_a_photo_three_times_and_operators_as_often_as_they_like(album: Album) -> None:
    photo, other = (make_photo(album, state=State.FAILED, error_code="crashed") for _ in range(2))

    def fail_again() -> None:
        Photo.objects.filter(id=photo.id).update(state=State.FAILED, error_code="crashed")

    for _ in range(3):
        assert photos_retry(album, [photo.id]) == 1
        fail_again()
    with pytest.raises(RetriedTooOften):
        photos_retry(album, [photo.id])
    assert photos_retry(album) == 1  # the other
    assert set(album.photos.values_list("id", "state")) == {(photo.id, State.FAILED), (other.id, State.UPLOADED)}

    assert photos_retry(album, [photo.id], by_operator=True) == 1
    fail_again()
    assert photos_retry(album, [photo.id]) == 1


def test_it_deletes_a_photo_and_schedules_the_deletion_of_its_objects(album: Album) -> None:
    photo = make_photo(album)
    assert photos_delete(album, [photo.id]) == 1
    assert not Photo.objects.exists()
    assert str(photo.id) in ObjectDeletion.objects.get().prefix


def test_photos_are_sent_to_another_model_album_by_album(alice: User) -> None:
    """One query for all albums would read, for each chunk, all photos that are done."""
    photos = [make_photo(make_album(alice)) for _ in range(3)]
    Embedding.objects.create(photo=photos[0], model="network", version="2", vector=b"")
    Embedding.objects.create(photo=photos[1], model="network", version="1", vector=b"")
    make_photo(photos[1].album, kind=Photo.Kind.SIDECAR)
    with CaptureQueriesContext(connection) as captured:
        assert photos_reembed(model="network", version="2") == 2
    searches = [query["sql"] for query in captured if "albums_embedding" in query["sql"]]
    assert len(searches) == 3
    assert all('"albums_photo"."album_id" = ' in search for search in searches)
    assert set(Photo.objects.filter(state=State.PREPARED)) == set(photos[1:])
    assert set(Album.objects.filter(grouping="stale")) == {photo.album for photo in photos[1:]}


def test_the_photo_of_a_row_is_the_one_that_django_makes(album: Album) -> None:
    made = make_photo(album, name="bride.jpg", scores={"detail": 0.5}, faces=[{"box": [0, 0, 1, 1]}])
    photo = Photo.objects.get(id=made.id)
    with mock.patch.object(Photo, "from_db", models.Model.from_db.__get__(Photo)):
        by_django = Photo.objects.get(id=made.id)
    assert {**vars(photo), "_state": None} == {**vars(by_django), "_state": None}
    assert (photo._state.db, photo._state.adding) == (by_django._state.db, by_django._state.adding)

    part = Photo.objects.only("name", "album").get(id=made.id)
    assert part.get_deferred_fields() >= {"scores", "rank"}
    assert (part.name, part.album_id, part.scores, part.album) == ("bride.jpg", album.id, {"detail": 0.5}, album)
    part.rank = 3
    part.save(update_fields=["rank"])
    part.refresh_from_db()
    assert part.rank == 3
    assert Photo.objects.select_related("album").get(id=made.id).album == album
