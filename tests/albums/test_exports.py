"""Exports as rows: what the zip contains, and who may mark it as ready."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from albums import storage
from albums.exceptions import InvalidNamePattern, NothingPicked, StillWorking
from albums.exports.entry_names import entry_names
from albums.exports.plan import ExportOptions, export_plan
from albums.models import Album, Cluster, Export, ObjectDeletion, Photo
from albums.services.exports import (
    export_claim,
    export_create,
    export_delete,
    export_heartbeat,
    export_mark_failed,
    export_mark_ready,
)
from albums.services.quotas import Room, quota_room
from albums.services.review import photos_decide, photos_star
from tests.factories import NOON, make_album, make_cluster, make_photo
from web.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice, name="Midsummer 2024: the lake/day 1")


def test_it_holds_the_picks_in_the_order_of_capture(album: Album) -> None:
    _, (best, *_) = make_cluster(album)
    make_photo(album, state=Photo.State.FAILED)
    single = make_photo(album)
    untimed = make_photo(album, taken_at=None)
    export = export_create(album)
    assert [entry[0] for entry in export.entries] == [str(photo.id) for photo in (best, single, untimed)]
    assert export.entries[0][1] == f"001 {best.name}"
    assert export.photo_count == 3
    assert export.file_name == "Midsummer 2024_ the lake_day 1.zip"


def test_later_decisions_do_not_change_it(album: Album) -> None:
    photo = make_photo(album)
    export = export_create(album)
    photos_decide(album, [photo.id], Photo.Decision.REJECT)
    export.refresh_from_db()
    assert [entry[0] for entry in export.entries] == [str(photo.id)]


def test_it_needs_a_pick(album: Album) -> None:
    make_photo(album, picked=False, decision=Photo.Decision.REJECT)
    with pytest.raises(NothingPicked):
        export_create(album)


@pytest.mark.parametrize("state", Photo.UNFINISHED)
def test_it_waits_for_unfinished_photos(album: Album, state: str) -> None:
    make_photo(album)
    make_photo(album, state=state)
    with pytest.raises(StillWorking):
        export_create(album)


@pytest.mark.parametrize("grouping", [Album.Grouping.STALE, Album.Grouping.QUEUED, Album.Grouping.RUNNING])
def test_it_waits_for_the_grouping(album: Album, grouping: str) -> None:
    make_photo(album)
    Album.objects.filter(id=album.id).update(grouping=grouping)
    with pytest.raises(StillWorking):
        export_create(album)


def test_only_the_current_claim_may_mark_it_ready(album: Album) -> None:
    make_photo(album)
    export = export_create(album)
    first = export_claim(export.id, task_id="one")
    second = export_claim(export.id, task_id="one")
    assert first is not None and second is not None
    assert not export_mark_ready(export.id, first[1], byte_size=1, photos_written=1)
    assert not export_heartbeat(export.id, first[1], photos_written=1)
    assert export_heartbeat(export.id, second[1], photos_written=0)
    assert export_mark_ready(export.id, second[1], byte_size=10, photos_written=1)
    export.refresh_from_db()
    assert (export.state, export.byte_size, export.photos_written) == (Export.State.READY, 10, 1)
    assert export.expires_at is not None
    assert (export.expires_at - timezone.now()).days in {settings.EXPORT_DAYS - 1, settings.EXPORT_DAYS}


def test_it_never_says_more_files_than_all(album: Album) -> None:
    """A JPEG that cannot be written into gets a sidecar, which nobody planned."""
    make_photo(album)
    export = export_create(album)
    claimed = export_claim(export.id, task_id="one")
    assert claimed is not None
    for written in (0, 1, 2):
        assert export_heartbeat(export.id, claimed[1], photos_written=written)
        export.refresh_from_db()
        assert (export.photos_written, export.photo_count) == (written, max(written, 1))


def test_it_fails_after_crashing_its_worker_three_times(album: Album) -> None:
    make_photo(album)
    export = export_create(album)
    for _ in range(settings.MAX_ATTEMPTS):
        assert export_claim(export.id, task_id="one") is not None
    assert export_claim(export.id, task_id="one") is None
    export.refresh_from_db()
    assert (export.state, export.error_code) == (Export.State.FAILED, "crashed")
    assert "Make a new one" in export.error_message
    assert export.error_photo_name == ""


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (Export.ErrorCode.ORIGINAL_MISSING, "The original of '{sea}.jpg' is missing"),
        (Export.ErrorCode.ORIGINAL_CORRUPTED, "The original of '{sea}.jpg' is damaged"),
    ],
)
def test_it_says_which_photo_it_failed_for(album: Album, code: Export.ErrorCode, sentence: str) -> None:
    make_photo(album, name="{sea}.jpg")
    export = export_create(album)
    claimed = export_claim(export.id, task_id="one")
    assert claimed is not None

    assert export_mark_failed(export.id, claimed[1], code, photo_name="{sea}.jpg")
    assert not export_mark_failed(export.id, claimed[1], Export.ErrorCode.CRASHED)

    export.refresh_from_db()
    assert (export.state, export.error_code, export.error_photo_name) == (Export.State.FAILED, code, "{sea}.jpg")
    assert export.error_message.startswith(sentence)
    assert export.finished_at is not None and export.claim is None


@pytest.mark.parametrize("code", Export.ErrorCode)
def test_every_code_has_a_sentence_with_what_to_do(album: Album, code: Export.ErrorCode) -> None:
    make_photo(album)
    export = export_create(album)
    claimed = export_claim(export.id, task_id="one")
    assert claimed is not None
    export_mark_failed(export.id, claimed[1], code, photo_name="sea.jpg")
    export.refresh_from_db()
    assert "ake a new" in export.error_message and "operator" in export.error_message
    assert "{" not in export.error_message


def test_deleting_it_schedules_the_deletion_of_its_zip(album: Album) -> None:
    make_photo(album)
    export = export_create(album)
    key = storage.export_key(album.id, export.id)
    export_delete(export)
    assert ObjectDeletion.objects.get().prefix == key
    assert not Export.objects.exists()


def test_it_holds_what_is_selected(album: Album) -> None:
    _, (best, second, third) = make_cluster(album)
    single, rejected = make_photo(album), make_photo(album)
    photos_decide(album, [best.id, second.id], Photo.Decision.KEEP)
    photos_decide(album, [rejected.id], Photo.Decision.REJECT)
    photos_star(album, [second.id, rejected.id], 3)
    photos_star(album, [single.id], 1)
    expected = {
        Export.Selection.PICKS: [best, second, single],
        Export.Selection.KEPT: [best, second],
        Export.Selection.ALL: [best, second, third, single],
        Export.Selection.STARS: [second, single],
    }
    for selection, photos in expected.items():
        export = export_create(album, ExportOptions(selection=selection))
        assert [entry[0] for entry in export.entries] == [str(photo.id) for photo in photos], selection
        assert export.selection == selection
    export = export_create(album, ExportOptions(selection="stars", min_stars=3))
    assert ([entry[0] for entry in export.entries], export.min_stars) == ([str(second.id)], 3)
    assert export_plan(album, ExportOptions(selection="stars", min_stars=4)).photos == []


def test_each_group_has_a_folder_that_people_can_read(album: Album) -> None:
    early = make_photo(album, taken_at=NOON - timedelta(days=1))
    _, (first, second) = make_cluster(album, 2)
    _, parts = make_cluster(album, 2, kind=Cluster.Kind.PANORAMA)
    Photo.objects.filter(id=first.id).update(timeline_at=NOON)
    Photo.objects.filter(id__in=[part.id for part in parts]).update(timeline_at=None, name="part.jpg")
    options = ExportOptions(selection="all", layout="folders", name_pattern="{name} of {group}")

    export = export_create(album, options)

    assert [name for _, name in export.entries] == [
        f"Single photos/{early.name[:-4]} of single.jpg",
        f"001 2024-06-08 12.00/{first.name[:-4]} of 001.jpg",
        f"001 2024-06-08 12.00/{second.name[:-4]} of 001.jpg",
        "002 undated panorama/part of 002.jpg",
        "002 undated panorama/part of 002 (2).jpg",
    ]


def test_the_zip_has_the_folders_of_the_upload(album: Album) -> None:
    for folder, name in (
        ("day 1", "a.jpg"),
        ("day 1", "A.JPG"),
        ("day 2", "a.jpg"),
        ("", "a.jpg"),
        ("aux/x?", "b.jpg"),
    ):
        make_photo(album, folder=folder, name=name)

    plan = export_plan(album, ExportOptions(layout="source", name_pattern="{name}"))

    assert plan.names == ["day 1/a.jpg", "day 1/A (2).JPG", "day 2/a.jpg", "a.jpg", "_aux/x_/b.jpg"]
    assert (plan.folder_count, plan.uploaded_folder_count) == (3, 3)
    named = export_plan(album, ExportOptions(name_pattern="{folder} {name}")).names
    assert named == ["day 1 a.jpg", "day 1 A (2).JPG", "day 2 a.jpg", "no folder a.jpg", "x_ b.jpg"]


def test_groups_without_a_photo_in_the_zip_are_not_numbered(album: Album) -> None:
    _, rejected = make_cluster(album, 2)
    photos_decide(album, [photo.id for photo in rejected], Photo.Decision.REJECT)
    make_cluster(album, 2)
    export = export_create(album, ExportOptions(name_pattern="{group} {name}"))
    assert [name[:4] for _, name in export.entries] == ["001 "]


def test_an_invalid_pattern_creates_no_export(album: Album) -> None:
    make_photo(album)
    with pytest.raises(InvalidNamePattern):
        export_create(album, ExportOptions(name_pattern="{nane}"))
    assert not Export.objects.exists()


@pytest.mark.parametrize("changes_meanwhile", [False, True])
def test_names_are_made_before_any_lock_and_again_only_if_the_picks_changed(
    album: Album, monkeypatch: pytest.MonkeyPatch, *, changes_meanwhile: bool
) -> None:
    first, second = make_photo(album), make_photo(album)
    steps = []

    def naming(*args: Any) -> list[str]:
        steps.append("name")
        return entry_names(*args)

    def lock(*quotas: Any) -> Room:
        steps.append("lock")
        if changes_meanwhile:
            photos_decide(album, [first.id], Photo.Decision.REJECT)
        return quota_room(*quotas)

    monkeypatch.setattr("albums.exports.plan.entry_names", naming)
    monkeypatch.setattr("albums.services.exports.quota_room", lock)
    export = export_create(album)
    assert steps == ["name", "lock"] + ["name"] * changes_meanwhile
    kept = [second] if changes_meanwhile else [first, second]
    assert export.entries == [[str(photo.id), f"{n:03d} {photo.name}"] for n, photo in enumerate(kept, start=1)]
