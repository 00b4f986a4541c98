"""One of each kind of object that an account can own."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from albums import storage
from albums.models import Album, Cluster, Export, Membership, Photo, Share
from albums.services.changes import album_undo
from albums.services.review import clusters_split, photos_decide, photos_star
from albums.services.shares import share_create
from tests.conftest import PASSWORD, confirmed, signed_in
from tests.factories import make_album, make_cluster, make_member, make_photo
from web.accounts.models import ApiToken, SessionRecord, User
from web.accounts.services import token_create


@dataclass
class World:
    """Objects of one account."""

    album: Album
    photo: Photo
    video: Photo
    other_cluster: Cluster
    export: Export
    token: ApiToken
    session: SessionRecord
    share: Share
    membership: Membership

    @property
    def ids(self) -> dict[str, UUID]:
        """The ids, by their names in the routes."""
        return {
            "album_id": self.album.id,
            "cluster_id": self.other_cluster.id,
            "photo_id": self.photo.id,
            "video_id": self.video.id,
            "export_id": self.export.id,
            "token_id": self.token.id,
            "session_id": self.session.id,
            "share_id": self.share.id,
            "member_id": self.membership.id,
        }


def make_world(owner: User) -> World:
    """Make them. The account is signed in afterwards. The member has a step to undo and one to redo, as the owner."""
    album = make_album(owner)
    _, photos = make_cluster(album)
    Photo.objects.filter(id=photos[0].id).update(histogram=Photo.pack_histogram([0.25] * 4))
    other_cluster, _ = make_cluster(album)
    clusters_split(album, [photos[2].id], by=owner)
    photos_decide(album, [photos[1].id], Photo.Decision.KEEP, by=owner)
    album_undo(album, owner)
    member = confirmed(User.objects.create_user(f"member-{owner.email}", PASSWORD))
    membership = make_member(album, member)
    photos_star(album, [photos[1].id], 3, by=member)
    photos_decide(album, [photos[2].id], Photo.Decision.KEEP, by=member)
    album_undo(album, member)
    Album.objects.filter(id=album.id).update(grouping=Album.Grouping.CURRENT)
    export = Export.objects.create(album=album, state=Export.State.READY, file_name="Midsummer.zip")
    video = make_photo(album, kind=Photo.Kind.VIDEO)
    token, _ = token_create(owner, name="a script")
    share = share_create(
        album, role=Share.Role.CHOOSE, selection=Export.Selection.ALL, downloads=Share.Downloads.ORIGINAL
    )
    for photo in (photos[0], video):
        for key in (storage.original_key, storage.preview_key, storage.thumbnail_key):
            storage.get_storage().write_bytes(key(album.id, photo.id), b"a file", "image/jpeg")
    signed_in(owner)
    session = SessionRecord.objects.get(user=owner)
    return World(album, photos[0], video, other_cluster, export, token, session, share, membership)
