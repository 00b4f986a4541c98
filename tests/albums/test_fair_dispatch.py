"""One person's many photos do not delay another's few, measured in photos worked on, not in seconds."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from albums import jobs
from albums.models import Album, Export, Photo, WorkerReport
from albums.services.albums import album_delete
from albums.services.clusters import album_group_if_ready
from albums.services.dispatch import albums_dispatch, photos_in_flight_limit
from albums.services.exports import export_claim, export_create, export_delete, export_mark_ready
from albums.services.photos import (
    PreparedPhoto,
    photo_claim_preparing,
    photo_mark_failed,
    photo_mark_prepared,
    photos_claim_embedding,
    photos_mark_analyzed,
    photos_send_to_embedding,
)
from albums.services.recovery import work_recover
from tests.factories import make_album, make_photo
from web.accounts.models import User

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
State = Photo.State
READY = PreparedPhoto("image/jpeg", 40, 30)


class Queues:
    """The broker, first in, first out, and a worker that handles one message at a time, on photos without pixels."""

    def __init__(self) -> None:
        self.messages: dict[jobs.Queue, deque[tuple[jobs.Job, list[Any]]]] = {queue: deque() for queue in jobs.Queue}
        # The album of each photo worked on, in order: one entry for each of its two stages.
        self.work: list[UUID] = []

    def send(self, job: jobs.Job, arguments: list[Any]) -> None:
        self.messages[jobs.QUEUE_OF[job]].append((job, arguments))

    @property
    def waiting_photos(self) -> int:
        return sum(len(arguments[0]) for queue in self.messages.values() for _, arguments in queue if arguments)

    def work_once(self) -> bool:
        """Work on one chunk of each photo queue. False when there is none."""
        images, embeddings = self.messages[jobs.Queue.IMAGES], self.messages[jobs.Queue.EMBEDDINGS]
        found = bool(images or embeddings)
        if images:
            self._prepare([UUID(photo_id) for photo_id in images.popleft()[1][0]])
        if embeddings:
            self._embed([UUID(photo_id) for photo_id in embeddings.popleft()[1][0]])
        return found

    def _prepare(self, photo_ids: list[UUID]) -> None:
        """Write results as the stages do."""
        for photo_id in photo_ids:
            claimed = photo_claim_preparing(photo_id, task_id=str(uuid4()))
            if claimed is not None:
                photo_mark_prepared(photo_id, claimed[1], READY)
                self.work.append(claimed[0].album_id)
        photos_send_to_embedding(photo_ids)
        albums_dispatch(_albums_of(photo_ids))

    def _embed(self, photo_ids: list[UUID]) -> None:
        photos, claim = photos_claim_embedding(photo_ids, task_id=str(uuid4()))
        photos_mark_analyzed(claim, {photo.id: b"\0\0" for photo in photos}, model="test", version="1")
        self.work += [photo.album_id for photo in photos]
        albums_dispatch(_albums_of(photo_ids))


def _albums_of(photo_ids: list[UUID]) -> set[UUID]:
    return set(Photo.objects.filter(id__in=photo_ids).values_list("album_id", flat=True))


@pytest.fixture
def queues(monkeypatch: pytest.MonkeyPatch) -> Queues:
    queues = Queues()
    monkeypatch.setattr(jobs, "_send", queues.send)
    return queues


def _announce(album: Album, count: int) -> list[UUID]:
    photos = [
        Photo(album=album, name="a.jpg", byte_size=1, sha256=uuid4().hex, state=State.PENDING) for _ in range(count)
    ]
    return [photo.id for photo in Photo.objects.bulk_create(photos)]


def _upload(album: Album, count: int) -> None:
    from albums.services import uploads

    uploads.photos_mark_uploaded(album, set(_announce(album, count)))


def _left(album: Album) -> int:
    return album.photos.filter(state__in=Photo.UNFINISHED).count()


def test_a_small_album_does_not_wait_for_a_large_one(alice: User, bob: User, queues: Queues) -> None:
    large, small = make_album(alice), make_album(bob)
    _upload(large, 3000)
    for _ in range(3):
        queues.work_once()

    _upload(small, 20)
    before = len(queues.work)
    while _left(small):
        assert queues.work_once()
    waited = queues.work[before:].count(large.id)

    # Each photo is worked on twice. The enqueued part of the large album goes first. The photos it makes room for queue
    # behind the small album, and one more chunk may run beside the small album's two chunks in each stage.
    assert queues.work.count(small.id) == 2 * 20
    assert waited <= 2 * photos_in_flight_limit() + 4 * settings.PHOTOS_PER_TASK == 192
    assert _left(large) > 2500


def test_two_large_albums_share_the_workers(alice: User, bob: User, queues: Queues) -> None:
    first, second = make_album(alice), make_album(bob)
    _upload(first, 1000)
    _upload(second, 1000)

    for _ in range(40):
        queues.work_once()

    done = [queues.work.count(album.id) for album in (first, second)]
    assert abs(done[0] - done[1]) <= 2 * photos_in_flight_limit()
    assert min(done) > 0.8 * max(done)


def sizes(queues: Queues) -> list[int]:
    return [len(arguments[0]) for _, arguments in queues.messages[jobs.Queue.IMAGES]]


def test_the_last_chunks_are_small_so_that_all_workers_end_at_the_same_time(alice: User, queues: Queues) -> None:
    WorkerReport.objects.create(name="all@home", queues="images,embeddings,albums", concurrency=2)
    _upload(make_album(alice), 20)
    # Two processes that each take the next chunk: with 16 and 4, one would wait while the other works on twelve.
    assert sizes(queues) == [5, 4, 3, 2, 2, 1, 1, 1, 1]


def test_processes_that_only_embed_make_no_chunk_of_the_preparation_smaller(alice: User, queues: Queues) -> None:
    WorkerReport.objects.create(name="images@home", queues="images", concurrency=2)
    WorkerReport.objects.create(name="embeddings@home", queues="embeddings", concurrency=6)
    _upload(make_album(alice), 20)
    assert sizes(queues)[0] == 5


def test_chunks_are_full_while_more_photos_wait_or_come(alice: User, queues: Queues) -> None:
    WorkerReport.objects.create(name="all@home", queues="images,embeddings,albums", concurrency=2)
    album = make_album(alice)
    _upload(album, 200)
    assert sizes(queues) == [settings.PHOTOS_PER_TASK] * 4

    queues.messages[jobs.Queue.IMAGES].clear()
    album.photos.all().delete()
    _announce(album, 80)
    _upload(album, 40)
    assert sizes(queues) == [16, 16, 8]


def test_a_few_photos_that_come_first_are_shared_by_all_workers(alice: User, queues: Queues) -> None:
    WorkerReport.objects.create(name="all@home", queues="images,embeddings,albums", concurrency=2)
    album = make_album(alice)
    _announce(album, 95)
    _upload(album, 5)
    assert sizes(queues) == [3, 2]


def test_photos_that_will_not_come_any_more_make_no_chunk_larger(alice: User, queues: Queues) -> None:
    WorkerReport.objects.create(name="all@home", queues="images,embeddings,albums", concurrency=2)
    album = make_album(alice)
    _announce(album, 95)
    album.photos.update(created_at=timezone.now() - timedelta(seconds=settings.PRESIGNED_UPLOAD_SECONDS + 1))
    _upload(album, 8)
    assert max(sizes(queues)) == 2


def test_many_albums_of_one_account_count_as_one_share(alice: User, bob: User, queues: Queues) -> None:
    for _ in range(20):
        _upload(make_album(alice), 50)

    assert queues.waiting_photos == photos_in_flight_limit()


def test_everything_is_done_without_a_sweep(alice: User, queues: Queues) -> None:
    album = make_album(alice)
    for count in (5, 300, 1, 40):
        _upload(album, count)

    while queues.work_once():
        pass

    assert album.photos.filter(state=State.ANALYZED).count() == 346
    album.refresh_from_db()
    assert album_group_if_ready(album.id)


def test_a_single_account_uses_every_worker(alice: User, queues: Queues) -> None:
    WorkerReport.objects.create(name="images@one", queues="images", concurrency=16)
    WorkerReport.objects.create(name="images@two", queues="embeddings,images", concurrency=8)
    WorkerReport.objects.create(name="albums@one", queues="albums", concurrency=50)
    gone = timezone.now() - timedelta(hours=1)
    WorkerReport.objects.create(name="images@gone", queues="images", concurrency=99, seen_at=gone)

    _upload(make_album(alice), 2000)

    assert len(queues.messages[jobs.Queue.IMAGES]) == 2 * (16 + 8)


def test_a_lost_queue_delays_work_only_briefly(alice: User, queues: Queues) -> None:
    """The broker is emptied. The sweep enqueues the lost photos again, and the rest follows."""
    album = make_album(alice)
    _upload(album, 200)
    for queue in queues.messages.values():
        queue.clear()
    long_ago = timezone.now() - timedelta(seconds=settings.REQUEUE_AFTER_SECONDS + 1)
    album.photos.filter(enqueued_at__isnull=False).update(enqueued_at=long_ago)

    assert sum(work_recover(lambda queue: len(queues.messages[queue])).values()) == photos_in_flight_limit()
    while queues.work_once():
        pass

    assert _left(album) == 0


def test_the_sweep_dispatches_what_a_crash_left_behind(alice: User, bob: User, queues: Queues) -> None:
    for owner in (alice, bob):
        make_photo(make_album(owner), state=State.UPLOADED, enqueued_at=None)

    assert sum(work_recover(lambda _: 9).values()) == 2
    assert queues.waiting_photos == 2


def test_failed_photos_make_room_for_the_next(alice: User, queues: Queues) -> None:
    album = make_album(alice)
    _upload(album, 100)

    while queues.messages[jobs.Queue.IMAGES]:
        ids = [UUID(photo_id) for photo_id in queues.messages[jobs.Queue.IMAGES].popleft()[1][0]]
        for photo_id in ids:
            claimed = photo_claim_preparing(photo_id, task_id="m")
            assert claimed is not None
            photo_mark_failed(photo_id, claimed[1], code="not_an_image", message="No image.")
        albums_dispatch({album.id})

    assert album.photos.filter(state=State.FAILED).count() == 100


def test_deleting_an_album_makes_room_for_the_next(alice: User, queues: Queues) -> None:
    first, second = make_album(alice), make_album(alice)
    _upload(first, photos_in_flight_limit())
    _upload(second, 1)
    assert not second.photos.filter(enqueued_at__isnull=False).exists()

    album_delete(first)

    assert second.photos.filter(enqueued_at__isnull=False).exists()


def test_one_zip_of_an_account_is_built_at_a_time(alice: User, bob: User, queues: Queues) -> None:
    mine, hers = make_album(bob), make_album(alice)
    for album in (mine, hers):
        make_photo(album)
    many = [export_create(hers) for _ in range(3)]
    one = export_create(mine)
    built = queues.messages[jobs.Queue.ALBUMS]

    def waiting() -> list[str]:
        return [arguments[0] for job, arguments in built if job is jobs.Job.BUILD_EXPORT]

    assert waiting() == [str(many[0].id), str(one.id)]

    claimed = export_claim(many[0].id, task_id="m")
    assert claimed is not None
    export_mark_ready(many[0].id, claimed[1], byte_size=1, photos_written=1)
    assert waiting()[2:] == [str(many[1].id)]

    export_delete(Export.objects.get(id=many[1].id))
    assert waiting()[3:] == [str(many[2].id)]
