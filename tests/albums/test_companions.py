"""The files of one shot are one photo: in groups, lists, counts, decisions and the zip, and when it is deleted."""

from __future__ import annotations

from uuid import uuid4

import pytest

from albums import selectors, timeline
from albums.exports.plan import ExportOptions, export_plan, plan_sample, selection_counts
from albums.models import Album, Export, Photo
from albums.services.changes import album_undo
from albums.services.claims import Claim
from albums.services.clusters import GroupedPhoto, NewCluster, NewGroups, album_claim_grouping, clusters_replace
from albums.services.photos import photos_delete
from albums.services.recovery import originals_mark_missing
from albums.services.review import photos_decide, photos_star
from tests.factories import make_album, make_photo
from web.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


@pytest.fixture
def jpeg(album: Album) -> Photo:
    return make_photo(album, name="DSC1.JPG")


@pytest.fixture
def raw(album: Album, jpeg: Photo) -> Photo:
    return make_photo(album, name="DSC1.NEF", content_type="image/x-nikon-nef", taken_at=jpeg.taken_at)


@pytest.fixture
def other(album: Album) -> Photo:
    return make_photo(album, name="DSC2.JPG")


def group(album: Album, clusters: list[list[Photo]], singles: list[Photo], companions: dict[Photo, Photo]) -> None:
    """Write a grouping as its job does."""
    Album.objects.filter(id=album.id).update(grouping=Album.Grouping.QUEUED)
    claimed = album_claim_grouping(album.id, task_id="group")
    assert claimed is not None
    claim: Claim = claimed[1]
    assert clusters_replace(
        album.id,
        claim,
        NewGroups(
            [NewCluster([GroupedPhoto(photo.id, 1.0) for photo in photos]) for photos in clusters],
            [GroupedPhoto(photo.id, 1.0) for photo in singles],
            companions={companion.id: shown.id for companion, shown in companions.items()},
        ),
    )
    album.refresh_from_db()


def test_a_companion_is_in_no_group_list_or_count(album: Album, jpeg: Photo, raw: Photo, other: Photo) -> None:
    group(album, [[raw, jpeg, other]], [], {})
    assert selectors.review_counts(album).photos == 3
    group(album, [[jpeg, other]], [], {raw: jpeg})
    raw.refresh_from_db()
    assert (raw.cluster_id, raw.picked, raw.left_out) == (None, False, False)
    assert {photo.id for photo in selectors.photos_of(album)} == {jpeg.id, other.id}
    assert timeline.timeline_singles(album) == []
    [cluster] = timeline.timeline_clusters(album)
    assert [photo.companions for photo in cluster.photos] == [["DSC1.NEF"], []]
    counts = selectors.review_counts(album)
    assert (counts.photos, counts.singles, counts.picked) == (2, 0, 1)
    assert selectors.albums_of(album.owner).get().photo_count == 2  # type: ignore[attr-defined]
    assert selectors.album_progress(album.id).analyzed == 3


def test_it_is_a_photo_again_without_the_other(album: Album, jpeg: Photo, raw: Photo) -> None:
    group(album, [], [jpeg], {raw: jpeg})
    Photo.objects.filter(id=jpeg.id).update(state=Photo.State.FAILED)
    group(album, [], [raw], {})
    raw.refresh_from_db()
    jpeg.refresh_from_db()
    assert (raw.companion_of_id, raw.picked, jpeg.companions) == (None, True, None)


def test_what_was_decided_before_the_pair_was_found_holds_for_both(album: Album, jpeg: Photo, raw: Photo) -> None:
    photos_decide(album, [raw.id], Photo.Decision.REJECT)
    group(album, [], [jpeg], {raw: jpeg})
    jpeg.refresh_from_db()
    raw.refresh_from_db()
    assert (jpeg.decision, jpeg.picked, raw.decision) == ("reject", False, "auto")
    assert jpeg.decided_at is not None
    photos_decide(album, [jpeg.id], Photo.Decision.AUTO)
    group(album, [], [jpeg], {raw: jpeg})
    jpeg.refresh_from_db()
    assert (jpeg.decision, jpeg.picked) == ("auto", True)


def test_a_decision_about_a_companion_picks_nothing(album: Album, jpeg: Photo, raw: Photo) -> None:
    group(album, [], [jpeg], {raw: jpeg})
    photos_decide(album, [raw.id], Photo.Decision.KEEP)
    raw.refresh_from_db()
    assert not raw.picked


def test_a_decision_about_a_sidecar_is_none(album: Album, jpeg: Photo) -> None:
    """It may be sent by its id, but there is nothing to choose, and it must not take the place of a pick."""
    sidecar = make_photo(album, name="DSC9.xmp", kind=Photo.Kind.SIDECAR, picked=False)
    photos_decide(album, [sidecar.id], Photo.Decision.KEEP)
    sidecar.refresh_from_db()
    assert (sidecar.decision, sidecar.picked) == ("auto", False)
    assert selectors.review_counts(album).picked == 1


@pytest.mark.parametrize("selection", Export.Selection.values)
def test_both_are_in_the_zip_or_neither(
    album: Album, jpeg: Photo, raw: Photo, other: Photo, selection: Export.Selection
) -> None:
    group(album, [[jpeg, other]], [], {raw: jpeg})
    photos_decide(album, [jpeg.id], Photo.Decision.KEEP)
    photos_star(album, [raw.id], 1)
    plan = export_plan(album, ExportOptions(selection))
    ours = [name for name in plan.names if "DSC1" in name]
    assert ours == ["001 DSC1.JPG", "001 DSC1.NEF"]
    assert len(plan.shown) == selection_counts(album)[selection]
    assert {planned.photo.id for planned in plan_sample(plan, 5)} == {photo.id for photo in plan.shown}
    photos_decide(album, [jpeg.id], Photo.Decision.REJECT)
    assert not any("DSC1" in name for name in export_plan(album, ExportOptions(selection)).names)


def test_they_share_a_folder_and_the_next_photo_has_the_next_number(
    album: Album, jpeg: Photo, raw: Photo, other: Photo
) -> None:
    group(album, [[jpeg, other]], [], {raw: jpeg})
    photos_decide(album, [jpeg.id, other.id], Photo.Decision.KEEP)
    plan = export_plan(album, ExportOptions(layout=Export.Layout.FOLDERS))
    folder = plan.names[0].partition("/")[0]
    assert list(plan.names) == [f"{folder}/{name}" for name in ("001 DSC1.JPG", "001 DSC1.NEF", "002 DSC2.JPG")]
    assert (plan.cluster_count, plan.single_count) == (1, 0)


def test_they_are_deleted_together(album: Album, jpeg: Photo, raw: Photo, other: Photo) -> None:
    group(album, [], [jpeg, other], {raw: jpeg})
    assert photos_delete(album, [jpeg.id]) == 2
    assert list(album.photos.all()) == [other]


def test_deleting_an_album_deletes_companions(album: Album, jpeg: Photo, raw: Photo) -> None:
    group(album, [], [jpeg], {raw: jpeg})
    album.delete()
    assert not Photo.objects.filter(id__in=[jpeg.id, raw.id]).exists()


def test_a_photo_that_is_gone_hides_nothing(album: Album, raw: Photo) -> None:
    gone = Photo(id=uuid4())
    group(album, [], [raw], {raw: gone})
    raw.refresh_from_db()
    assert (raw.companion_of_id, raw.picked) == (None, True)


def test_a_decision_about_a_companion_holds_for_the_photo_that_is_shown(
    album: Album, alice: User, jpeg: Photo, raw: Photo
) -> None:
    """The page was loaded before the two were paired."""
    group(album, [], [jpeg], {raw: jpeg})
    photos_decide(album, [raw.id], Photo.Decision.REJECT, by=alice)
    assert decisions(jpeg, raw) == ["reject", "auto"]


def test_a_step_before_the_pair_can_be_undone(album: Album, alice: User, jpeg: Photo, raw: Photo) -> None:
    group(album, [], [jpeg, raw], {})
    photos_decide(album, [raw.id], Photo.Decision.REJECT, by=alice)
    group(album, [], [jpeg], {raw: jpeg})
    assert decisions(jpeg, raw) == ["reject", "auto"]
    album_undo(album, alice)
    assert decisions(jpeg, raw) == ["auto", "auto"]


def test_a_photo_that_a_person_kept_stays_in_the_zip(album: Album, jpeg: Photo, raw: Photo) -> None:
    """Somebody wanted the one and not the other before they were one shot."""
    group(album, [[jpeg, raw]], [], {})
    photos_decide(album, [raw.id], Photo.Decision.KEEP)
    photos_decide(album, [jpeg.id], Photo.Decision.REJECT)
    group(album, [], [jpeg], {raw: jpeg})
    assert decisions(jpeg, raw) == ["keep", "auto"]
    assert {photo.id for photo in export_plan(album, ExportOptions()).photos} == {jpeg.id, raw.id}


def test_who_rejected_one_of_a_group_still_gets_the_other(album: Album, jpeg: Photo, raw: Photo) -> None:
    group(album, [[jpeg, raw]], [], {})
    photos_decide(album, [raw.id], Photo.Decision.REJECT)
    group(album, [], [jpeg], {raw: jpeg})
    assert decisions(jpeg, raw) == ["auto", "auto"]
    assert Photo.objects.get(id=jpeg.id).picked


def test_a_photo_on_the_shelf_leaves_it_as_a_companion(album: Album, jpeg: Photo, raw: Photo) -> None:
    Photo.objects.filter(id=raw.id).update(shelf="black", picked=False)
    group(album, [], [jpeg], {raw: jpeg})
    assert Photo.objects.get(id=raw.id).shelf == ""


def test_a_new_pair_stays_in_the_group_that_a_person_made(album: Album, jpeg: Photo, raw: Photo, other: Photo) -> None:
    made = uuid4()
    Photo.objects.filter(id__in=[raw.id, other.id]).update(manual_group=made)
    group(album, [[jpeg, other]], [], {raw: jpeg})
    groups = dict(Photo.objects.values_list("name", "manual_group"))
    assert groups == {"DSC1.JPG": made, "DSC1.NEF": None, "DSC2.JPG": made}


def decisions(*photos: Photo) -> list[str]:
    return [Photo.objects.get(id=photo.id).decision for photo in photos]


def test_a_failed_photo_takes_no_companions_along(album: Album, jpeg: Photo, raw: Photo) -> None:
    """Its RAW file is not lost with it, and is shown from the next grouping on."""
    group(album, [], [jpeg], {raw: jpeg})
    originals_mark_missing([jpeg.id])
    assert photos_delete(album, [jpeg.id]) == 1
    assert list(album.photos.values_list("id", "companion_of")) == [(raw.id, None)]
