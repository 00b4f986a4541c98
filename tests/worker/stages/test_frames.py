"""Taking photos out of videos, without a queue."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from pytest_django import Settings

from albums import storage, storage_check
from albums.analysis import Examination
from albums.exceptions import RetriedTooOften
from albums.models import Album, FrameSearch, ObjectDeletion, Photo
from albums.services import frames as services
from albums.services import turns
from albums.services.frame_searches import frames_ask, frames_ask_always, frames_unfinished
from albums.services.frames import Frame
from albums.services.photos import photos_delete
from albums.services.recovery import objects_delete, work_recover
from tests.drawing import draw_scene, jpeg_bytes
from tests.factories import make_photo
from tests.video_files import video_bytes
from tests.worker.stages.steps import ids_of, read_object, uploaded_photo
from web.accounts.models import User
from worker import runtime
from worker.analysis.interface import DecodeError, FoundFrame, FoundFrames
from worker.analysis.stripping import Harmless, with_metadata
from worker.sandbox import ExaminationCrashed
from worker.stages import frames
from worker.stages.prepare import prepare_photos

pytestmark = pytest.mark.django_db(transaction=True)
BEGAN = datetime(2024, 6, 8, 12, 0, tzinfo=UTC)
JPEGS = [b"\xff\xd8\xff first", b"\xff\xd8\xff second"]
FOUND = FoundFrames([FoundFrame(1.31, JPEGS[0]), FoundFrame(62.44, JPEGS[1])], 70.0)


class DrawnSandbox:
    """Finds what it is told to, and does something else first."""

    def __init__(self, found: FoundFrames | Exception = FOUND) -> None:
        self.found = found
        self.asked: list[dict[str, object]] = []

    def find_frames(self, data: bytes, **arguments: object) -> FoundFrames:
        self.asked.append({"data": data, **arguments})
        self.meanwhile()
        if isinstance(self.found, Exception):
            raise self.found
        return self.found

    def meanwhile(self) -> None:
        """What happens while it searches."""


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> DrawnSandbox:
    drawn = DrawnSandbox()
    monkeypatch.setattr(runtime, "sandbox", lambda: drawn)
    return drawn


@pytest.fixture
def video(album: Album) -> Photo:
    """A video that is analyzed, with bytes that nobody reads."""
    photo = uploaded_photo(album, b"a video", name="MVI_7.MP4")
    columns = {"kind": "video", "state": "analyzed", "taken_at": BEGAN, "time_source": "exif", "folder": "Day 1"}
    Photo.objects.filter(id=photo.id).update(**columns, utc_offset_minutes=120)
    photo.refresh_from_db()
    return photo


def _frames(album: Album) -> list[Photo]:
    return list(Photo.objects.filter(album=album, frame_seconds__isnull=False).order_by("frame_seconds"))


def _search(video: Photo, task_id: str = "one") -> FrameSearch:
    frames.find_frames(video.id, task_id=task_id)
    return FrameSearch.objects.get(video=video)


def _orphans(album: Album) -> set[str]:
    """Objects of photos that have no row, and that nothing will delete."""
    rows = {storage.photo_prefix(album.id, photo_id) for photo_id in album.photos.values_list("id", flat=True)}
    coming = set(ObjectDeletion.objects.values_list("prefix", flat=True))
    keys = set(storage.get_storage().list_keys(storage.album_prefix(album.id)))
    return {key for key in keys if not any(key.startswith(prefix) for prefix in rows | coming)}


def test_frames_become_photos_of_the_album(album: Album, video: Photo, sandbox: DrawnSandbox) -> None:
    frames_ask(video)
    search = _search(video)
    assert (search.state, search.found, search.seconds, search.claim) == ("done", 2, 70.0, None)
    first, second = _frames(album)
    assert [first.name, second.name] == ["MVI_7 0m01.3s.jpg", "MVI_7 1m02.4s.jpg"]
    assert (first.state, first.folder, first.frame_of_id, first.byte_size) == ("uploaded", "Day 1", video.id, 9)
    assert read_object(storage.original_key(album.id, first.id)) == JPEGS[0]
    assert not ObjectDeletion.objects.exists()
    album.refresh_from_db()
    assert album.grouping == Album.Grouping.STALE
    [asked] = sandbox.asked
    assert (asked["data"], asked["began"], asked["utc_offset_minutes"]) == (b"a video", datetime(2024, 6, 8, 12), 120)  # noqa: DTZ001


def test_asking_twice_makes_nothing_twice(album: Album, video: Photo, sandbox: DrawnSandbox) -> None:
    frames_ask(video)
    frames_ask(video)
    _search(video)
    frames_ask(video)
    _search(video, "two")
    assert len(_frames(album)) == 2 and len(sandbox.asked) == 1
    photos_delete(album, ids_of(*_frames(album)))
    assert frames_ask(video).state == "queued"
    _search(video, "three")
    assert len(_frames(album)) == 2


def test_a_worker_that_is_killed_loses_nothing(album: Album, video: Photo, sandbox: DrawnSandbox) -> None:
    frames_ask(video)
    claim = services.frames_claim(video.id, task_id="killed", worker=uuid4())
    assert claim is not None
    [left] = services.frames_reserve(album.id, 1)
    storage.get_storage().write_bytes(storage.original_key(album.id, left), b"left over", "image/jpeg")
    work_recover(lambda _: 0)  # its run is not alive
    assert FrameSearch.objects.get(video=video).state == "queued"
    _search(video)
    assert len(_frames(album)) == 2
    assert not services.frames_mark_done(video, claim, [services.Frame(left, 9.0, 9, "0" * 64)], seconds=9)
    assert len(_frames(album)) == 2
    assert not _orphans(album)
    assert ObjectDeletion.objects.filter(prefix=storage.photo_prefix(album.id, left)).exists()


def test_nothing_is_kept_that_may_be_deleted_at_any_moment(album: Album, video: Photo) -> None:
    frames_ask(video)
    claim = services.frames_claim(video.id, task_id="slow")
    assert claim is not None
    [late] = services.frames_reserve(album.id, 1)
    ObjectDeletion.objects.update(requested_at=datetime.now(UTC) - timedelta(hours=2))
    assert not services.frames_mark_done(video, claim, [services.Frame(late, 9.0, 9, "0" * 64)], seconds=9)
    assert not _frames(album)


def test_a_video_that_is_deleted_meanwhile_leaves_nothing(
    album: Album, video: Photo, sandbox: DrawnSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames_ask(video)
    monkeypatch.setattr(sandbox, "meanwhile", lambda: photos_delete(album, [video.id]))
    frames.find_frames(video.id, task_id="one")
    assert not album.photos.exists() and not FrameSearch.objects.exists()
    assert not _orphans(album)


def test_a_lost_claim_ends_the_search(
    album: Album, video: Photo, sandbox: DrawnSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile() -> None:
        photos_delete(album, [video.id])
        heartbeat = sandbox.asked[-1]["while_waiting"]
        assert callable(heartbeat)
        heartbeat()
        pytest.fail("The search goes on.")

    frames_ask(video)
    monkeypatch.setattr(sandbox, "meanwhile", meanwhile)
    frames.find_frames(video.id, task_id="one")
    assert list(ObjectDeletion.objects.values_list("prefix", flat=True)) == [storage.photo_prefix(album.id, video.id)]


def test_the_photos_stay_when_their_video_goes(album: Album, video: Photo, sandbox: DrawnSandbox) -> None:
    frames_ask(video)
    _search(video)
    photos_delete(album, [video.id])
    assert [(photo.frame_of_id, photo.frame_seconds) for photo in _frames(album)] == [(None, 1.31), (None, 62.44)]


@pytest.mark.parametrize(("limit", "value"), [("QUOTA_PHOTOS", 2), ("QUOTA_BYTES", 20), ("ALBUM_PHOTOS", 2)])
def test_without_room_for_all_there_is_none(
    album: Album, video: Photo, sandbox: DrawnSandbox, settings: Settings, limit: str, value: int
) -> None:
    setattr(settings, limit, value)
    frames_ask(video)
    search = _search(video)
    code = "album_full" if limit == "ALBUM_PHOTOS" else "quota_exceeded"
    assert (search.state, search.error_code) == ("failed", code)
    assert search.error_message
    assert not _frames(album) and not _orphans(album)
    objects_delete()  # now, or an account without room could fill the storage by asking again
    assert list(storage.get_storage().list_keys(storage.album_prefix(album.id))) == [
        storage.original_key(album.id, video.id)
    ]
    setattr(settings, limit, 0)
    assert frames_ask(video).state == "queued"
    assert _search(video, "two").state == "done"


def test_deleted_frames_take_no_room(album: Album, video: Photo, sandbox: DrawnSandbox, settings: Settings) -> None:
    """Nobody has a link to upload one, so nothing can bring it back."""
    frames_ask(video)
    _search(video)
    photos_delete(album, ids_of(*_frames(album)))
    settings.QUOTA_BYTES = video.byte_size + sum(map(len, JPEGS))
    frames_ask(video)
    assert _search(video, "two").state == "done"


def test_asking_again_counts_as_an_attempt_that_is_repeated(
    video: Photo, sandbox: DrawnSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_RETRIES_AT_ONCE", 2)
    sandbox.found = FoundFrames([], 3.0)
    for attempt in range(3):
        frames_ask(video)
        frames_ask(video)
        _search(video, f"{attempt}")
    with pytest.raises(RetriedTooOften):
        frames_ask(video)
    assert FrameSearch.objects.get(video=video).state == "done"
    assert len(sandbox.asked) == 3


@pytest.mark.parametrize(
    ("found", "state", "code", "attempts"),
    [
        (FoundFrames([], 3.0), "done", "", 1),
        (DecodeError("corrupt", "This video is damaged."), "failed", "corrupt", 1),
        (ExaminationCrashed("killed"), "failed", "crashed", 3),
    ],
    ids=["nothing sharp", "damaged", "crashes"],
)
def test_it_says_why_there_are_none(
    album: Album,
    video: Photo,
    sandbox: DrawnSandbox,
    found: FoundFrames | Exception,
    state: str,
    code: str,
    attempts: int,
) -> None:
    sandbox.found = found
    frames_ask(video)
    for attempt in range(attempts):
        assert FrameSearch.objects.get(video=video).state == "queued"
        _search(video, f"{attempt}")
    search = FrameSearch.objects.get(video=video)
    assert (search.state, search.error_code, bool(search.error_message)) == (state, code, bool(code))
    assert not _frames(album)


def test_an_original_that_is_not_the_uploaded_one_is_said(album: Album, video: Photo, sandbox: DrawnSandbox) -> None:
    frames_ask(video)
    storage.get_storage().write_bytes(storage.original_key(album.id, video.id), b"another", "video/mp4")
    assert _search(video).error_code == "object_missing"
    assert not sandbox.asked


def test_an_account_has_one_search_at_a_time(album: Album, video: Photo, bob: User, sandbox: DrawnSandbox) -> None:
    other = make_photo(album, kind="video")
    frames_ask(video)
    frames_ask(other)
    assert [search.enqueued_at is not None for search in FrameSearch.objects.order_by("created_at")] == [True, False]
    assert frames_unfinished(album) == 2
    _search(video)
    assert FrameSearch.objects.get(video=other).enqueued_at is not None


def test_a_check_of_the_storage_takes_no_frame_for_something_unknown(
    album: Album, video: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lists the objects first. The frames that it has seen may become photos before it looks for their rows."""
    frames_ask(video)
    claim = services.frames_claim(video.id, task_id="one")
    assert claim is not None
    [photo_id] = services.frames_reserve(album.id, 1)
    storage.get_storage().write_bytes(storage.original_key(album.id, photo_id), JPEGS[0], "image/jpeg")
    look = storage_check._being_deleted
    coming = [Frame(photo_id, 1.0, 9, "0" * 64)]

    def meanwhile(prefixes: set[str]) -> set[str]:
        while coming:
            assert services.frames_mark_done(video, claim, [coming.pop()], seconds=9)
        return look(prefixes)

    monkeypatch.setattr(storage_check, "_being_deleted", meanwhile)
    assert storage.photo_prefix(album.id, photo_id) not in storage_check.storage_differences().unknown_prefixes


def test_a_video_that_is_deleted_while_its_frame_is_prepared(
    album: Album, video: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The frame has the time that is written into it."""
    taken_at = datetime(2024, 6, 8, 14, 30, 5)  # noqa: DTZ001 - a wall clock
    jpeg = with_metadata(jpeg_bytes(draw_scene(3, (320, 240))), Harmless(taken_at=taken_at, utc_offset_minutes=120))
    frame = uploaded_photo(album, jpeg, name="MVI_7 0m05.0s.jpg")
    Photo.objects.filter(id=frame.id).update(frame_of=video, frame_seconds=5.0)
    sandbox = runtime.sandbox()
    examine = sandbox.examine

    def meanwhile(data: bytes, **arguments: Any) -> Examination:
        photos_delete(album, [video.id])
        return examine(data, **arguments)

    monkeypatch.setattr(sandbox, "examine", meanwhile)
    prepare_photos([frame.id], task_id="frame")
    frame.refresh_from_db()
    assert (frame.state, frame.frame_of_id, frame.frame_seconds) == ("prepared", None, 5.0)
    assert (frame.taken_at, frame.time_source) == (taken_at.replace(tzinfo=UTC), "exif")


def test_a_setting_takes_them_by_itself(album: Album, video: Photo, settings: Settings) -> None:
    still = make_photo(album)
    make_photo(album, kind="video", companion_of=still)  # the film of a Live Photo
    frames_ask_always(album.id)
    assert not FrameSearch.objects.exists()
    settings.FRAMES_OF_VIDEOS = "always"
    frames_ask_always(album.id)
    frames_ask_always(album.id)
    assert [search.video_id for search in FrameSearch.objects.all()] == [video.id]


def test_the_sandbox_takes_a_real_frame(album: Album, settings: Settings) -> None:
    """The whole way: the frame has the time of its moment, and what the video says of its camera."""
    tags = {"com.apple.quicktime.creationdate": "2023-05-09T12:41:46+0100", "com.apple.quicktime.model": "Drawn 1"}
    scene = draw_scene(3, (320, 240))
    content = video_bytes([scene] * 5, container="mov", tags=tags, turned=90)
    video = uploaded_photo(album, content, name="IMG_1.MOV")
    prepare_photos([video.id], task_id="prepare")
    Photo.objects.filter(id=video.id).update(state=Photo.State.ANALYZED)
    video.refresh_from_db()
    frames_ask(video)
    assert _search(video).state == "done"
    [frame] = _frames(album)
    picture = Image.open(io.BytesIO(read_object(storage.original_key(album.id, frame.id))))
    exif = picture.getexif()
    assert picture.size == (240, 320)
    assert (exif[0x0110], exif[0x0131]) == ("Drawn 1", "AI.photoalbum")
    shot = exif.get_ifd(0x8769)
    assert shot[0x9003] == "2023:05:09 12:41:46" and shot[0x9011] == "+01:00"
    # The times of the video follow its own columns, which the grouping may have corrected since.
    Photo.objects.filter(id=video.id).update(taken_at=BEGAN, time_source="utc", utc_offset_minutes=None)
    prepare_photos([frame.id], task_id="frame")
    frame.refresh_from_db()
    assert (frame.state, frame.kind, frame.width) == ("prepared", "photo", 240)
    assert frame.taken_at == BEGAN + timedelta(seconds=frame.frame_seconds or 0)
    assert (frame.time_source, frame.utc_offset_minutes) == ("utc", None)
