"""People who edit an album with its owner: how they come and go, whose decisions are whose, and who undoes what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from albums import selectors
from albums.exceptions import NotFound, NothingToUndo, ShareForbids, ShareGone, TooManyMembers
from albums.models import Album, AlbumChange, Membership, Photo, Share
from albums.services import memberships
from albums.services.changes import album_redo, album_undo
from albums.services.memberships import invitation_accept, member_remove
from albums.services.review import (
    album_regroup,
    clusters_accept,
    clusters_merge,
    clusters_split,
    photos_decide,
    photos_decide_each,
    photos_label,
    photos_star,
)
from albums.services.shares import share_create, share_revoke
from tests.conftest import PASSWORD
from tests.factories import make_album, make_cluster, make_member, make_photo
from web.accounts.models import User
from web.accounts.services import account_delete, account_remove

pytestmark = pytest.mark.django_db
KEEP, REJECT, AUTO = (each.value for each in (Photo.Decision.KEEP, Photo.Decision.REJECT, Photo.Decision.AUTO))


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


@pytest.fixture
def member(album: Album, bob: User) -> Membership:
    """Bob edits Alice's album."""
    return make_member(album, bob)


@pytest.fixture
def photo(album: Album) -> Photo:
    return make_photo(album)


def decided(photo: Photo) -> tuple[str, object]:
    """The decision about a photo, and whose it is."""
    photo.refresh_from_db()
    return photo.decision, photo.decided_by_id


# --- Coming and going -------------------------------------------------------------------------------------------------


def test_a_link_that_invites_makes_a_member_once(album: Album, alice: User, bob: User) -> None:
    share = share_create(album, role=Share.Role.EDIT)
    for person in (bob, bob, alice):
        assert invitation_accept(share, person) == album
    assert [(row.person, row.share) for row in album.memberships.all()] == [(bob, share)]
    assert [each.id for each in selectors.albums_of(bob)] == [album.id]
    shown = selectors.album_of(bob, album.id)
    assert (shown.owner_address, shown.member_count) == (alice.email, 1)  # type: ignore[attr-defined]


@pytest.mark.parametrize("role", [Share.Role.LOOK, Share.Role.HEART, Share.Role.CHOOSE])
def test_other_links_invite_nobody(album: Album, bob: User, role: str) -> None:
    with pytest.raises(ShareForbids):
        invitation_accept(share_create(album, role=role), bob)


def test_a_link_that_was_revoked_or_has_ended_invites_nobody_else(album: Album, bob: User, charlie: User) -> None:
    revoked, over = (share_create(album, role=Share.Role.EDIT) for _ in range(2))
    invitation_accept(revoked, bob)
    share_revoke(revoked)
    Share.objects.filter(id=over.id).update(ends_at=timezone.now() - timedelta(seconds=1))
    for share in (revoked, over):
        with pytest.raises(ShareGone):
            invitation_accept(share, charlie)
    assert selectors.album_of(bob, album.id) == album


def test_an_album_has_a_limited_number_of_members(
    album: Album, member: Membership, charlie: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memberships, "MAX_MEMBERS", 1)
    with pytest.raises(TooManyMembers):
        invitation_accept(share_create(album, role=Share.Role.EDIT), charlie)


def test_a_member_who_left_has_no_access_and_can_come_back(album: Album, bob: User, member: Membership) -> None:
    member_remove(album, member.id)
    assert list(selectors.albums_of(bob)) == []
    with pytest.raises(NotFound):
        selectors.album_of(bob, album.id)
    # Nobody is the person of those who left.
    assert list(selectors.albums_of(AnonymousUser())) == []
    with pytest.raises(NotFound):
        member_remove(album, member.id)
    invitation_accept(share_create(album, role=Share.Role.EDIT), bob)
    assert [each.id for each in selectors.albums_of(bob)] == [album.id]


def test_a_member_is_removed_between_the_check_and_the_lock(
    album: Album, bob: User, member: Membership, photo: Photo
) -> None:
    member_remove(album, member.id)
    with pytest.raises(NotFound):
        photos_decide(album, [photo.id], KEEP, by=bob)
    assert decided(photo) == (AUTO, None)


def test_albums_of_a_deactivated_account_are_closed(album: Album, alice: User, bob: User, member: Membership) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert list(selectors.albums_of(bob)) == []


# --- Whose decisions --------------------------------------------------------------------------------------------------


def test_decisions_say_whose_they_are(album: Album, alice: User, bob: User, member: Membership, photo: Photo) -> None:
    photos_decide(album, [photo.id], KEEP, by=bob)
    assert decided(photo) == (KEEP, member.id)
    photos_decide(album, [photo.id], KEEP, by=alice)
    assert decided(photo) == (KEEP, member.id), "who says the same again takes nothing over"
    photos_decide(album, [photo.id], REJECT, by=alice)
    assert decided(photo) == (REJECT, None)
    photos_decide(album, [photo.id], AUTO, by=bob)
    assert decided(photo) == (AUTO, None)


def test_accepted_picks_are_those_of_who_accepted_them(album: Album, bob: User, member: Membership) -> None:
    cluster, photos = make_cluster(album)
    clusters_accept(album, [cluster.id], by=bob)
    assert decided(photos[0]) == (KEEP, member.id)


def test_a_replaced_decision_of_somebody_else_is_told(album: Album, alice: User, bob: User, member: Membership) -> None:
    own, others, undecided = (make_photo(album) for _ in range(3))
    photos_decide(album, [own.id], KEEP, by=alice)
    photos_decide(album, [others.id], KEEP, by=bob)
    ids = [own.id, others.id, undecided.id]
    assert photos_decide_each(album, dict.fromkeys(ids, REJECT), by=alice).overruled == {others.id: KEEP}
    assert photos_decide_each(album, dict.fromkeys(ids, AUTO), by=bob).overruled == dict.fromkeys(ids, REJECT)


def test_a_members_decisions_stay_without_a_name(
    album: Album, alice: User, bob: User, member: Membership, photo: Photo
) -> None:
    photos_decide(album, [photo.id], KEEP, by=bob)
    account_delete(bob, password=PASSWORD)
    assert decided(photo) == (KEEP, member.id)
    assert list(selectors.members_of(album)) == []
    assert [change.person for change in selectors.changes_of_everybody(album)] == [None]
    photos_decide(album, [photo.id], REJECT, by=alice)
    album_undo(album, alice)
    assert decided(photo) == (KEEP, member.id)


def test_an_album_goes_with_its_owner(album: Album, alice: User, bob: User, member: Membership, photo: Photo) -> None:
    photos_decide(album, [photo.id], KEEP, by=bob)
    assert (selectors.shared_album_count(alice), selectors.shared_album_count(bob)) == (1, 0)
    account_remove(alice)
    assert list(selectors.albums_of(bob)) == []
    assert not Membership.objects.exists()
    assert not AlbumChange.objects.exists()


# --- Undo -------------------------------------------------------------------------------------------------------------


def test_each_undoes_and_redoes_their_own(album: Album, alice: User, bob: User, member: Membership) -> None:
    one, other = make_photo(album), make_photo(album)
    photos_decide(album, [one.id], KEEP, by=alice)
    photos_decide(album, [other.id], REJECT, by=bob)
    assert album_undo(album, alice).changed_since == 0
    assert (decided(one), decided(other)) == ((AUTO, None), (REJECT, member.id))
    with pytest.raises(NothingToUndo):
        album_undo(album, alice)
    album_undo(album, bob)
    album_redo(album, alice)
    album_redo(album, bob)
    assert (decided(one), decided(other)) == ((KEEP, None), (REJECT, member.id))


def test_undo_and_redo_leave_what_somebody_else_decided_since(
    album: Album, alice: User, bob: User, member: Membership
) -> None:
    one, other = make_photo(album), make_photo(album)
    photos_decide(album, [one.id, other.id], KEEP, by=alice)
    photos_decide(album, [other.id], REJECT, by=bob)
    assert album_undo(album, alice).changed_since == 1
    assert (decided(one), decided(other)) == ((AUTO, None), (REJECT, member.id))
    assert album_redo(album, alice).changed_since == 1
    assert (decided(one), decided(other)) == ((KEEP, None), (REJECT, member.id))
    assert album_undo(album, bob).changed_since == 0
    assert decided(other) == (KEEP, None), "the decision is Alice's again"


def test_the_same_decision_of_somebody_else_stays(
    album: Album, alice: User, bob: User, member: Membership, photo: Photo
) -> None:
    photos_decide(album, [photo.id], KEEP, by=alice)
    for decision in (REJECT, KEEP):
        photos_decide(album, [photo.id], decision, by=bob)
    assert album_undo(album, alice).changed_since == 1
    assert decided(photo) == (KEEP, member.id)


def test_undo_leaves_marks_that_somebody_else_gave_since(
    album: Album, alice: User, bob: User, member: Membership, photo: Photo
) -> None:
    photos_star(album, [photo.id], 2, by=alice)
    photos_label(album, [photo.id], "red", by=alice)
    photos_star(album, [photo.id], 5, by=bob)
    assert [album_undo(album, alice).changed_since for _ in range(2)] == [0, 1]
    photo.refresh_from_db()
    assert (photo.stars, photo.label) == (5, "")


def test_undo_leaves_settings_that_somebody_else_changed_since(
    album: Album, alice: User, bob: User, member: Membership
) -> None:
    album_regroup(album, similarity=0.7, by=alice)
    album_regroup(album, similarity=0.9, by=bob)
    assert album_undo(album, alice).changed_since == 1
    album.refresh_from_db()
    assert album.similarity == 0.9
    album_undo(album, bob)
    album.refresh_from_db()
    assert album.similarity == 0.7


def test_undo_leaves_photos_that_somebody_else_arranged_since(
    album: Album, alice: User, bob: User, member: Membership
) -> None:
    (_, first), (_, second) = make_cluster(album), make_cluster(album)
    clusters_split(album, [first[2].id], by=alice)
    clusters_merge(album, photo_ids=[first[2].id, second[0].id], by=bob)
    assert album_undo(album, alice).changed_since == 1
    together = {frozenset(cluster.photos.all()) for cluster in album.clusters.all()}
    assert together == {frozenset(first[:2]), frozenset(second[1:]), frozenset([first[2], second[0]])}
