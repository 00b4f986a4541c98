"""What can go wrong in the domain. Each error has a code for programs and a message for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class AlbumsError(Exception):
    """A request that cannot be fulfilled. `status` is the HTTP status; `extra` goes beside code and message."""

    code = "invalid"
    status = 400
    message = "This is not possible."
    extra: Mapping[str, Any] = {}

    def __init__(self, message: str = "") -> None:
        self.message = message or self.message
        super().__init__(self.message)


class NotFound(AlbumsError):
    """It does not exist, or it belongs to somebody else. The two look the same to the caller."""

    code = "not_found"
    status = 404
    message = "This does not exist, or you have no access to it. Check the address."


class OnlyTheOwner(AlbumsError):
    """Something that only the owner of an album may do, asked by a member."""

    code = "only_the_owner"
    status = 403
    message = "Only the owner of the album can do this. Ask them."


class TooManyMembers(AlbumsError):
    """Somebody accepts an invitation to an album that as many people edit as may."""

    code = "too_many_members"
    status = 409


class TooManyBytes(AlbumsError):
    """A file over MAX_PHOTO_BYTES."""

    code = "too_many_bytes"
    status = 413


class EmptyFile(AlbumsError):
    """A file without bytes."""

    code = "empty_file"
    message = "The file is empty. Choose another file."


class AlbumFull(AlbumsError):
    """The album already has ALBUM_PHOTOS photos."""

    code = "album_full"
    status = 403


class InvalidFile(AlbumsError):
    """A file with an impossible description, such as a negative size."""

    code = "invalid_file"


class InvalidNamePattern(AlbumsError):
    """A pattern that cannot name the files of a zip."""

    code = "invalid_name_pattern"
    message = "This name pattern cannot be used. Choose another one."


class PatternTooLong(InvalidNamePattern):
    """A pattern that is longer than allowed."""

    code = "pattern_too_long"


class UnknownPlaceholder(InvalidNamePattern):
    """A placeholder that does not exist."""

    code = "pattern_unknown_placeholder"


class StrayBrace(InvalidNamePattern):
    """A brace without its counterpart."""

    code = "pattern_stray_brace"


class PatternHasSlash(InvalidNamePattern):
    """A slash, which would make folders."""

    code = "pattern_has_slash"


class PatternTellsNothingApart(InvalidNamePattern):
    """A pattern with neither {sequence} nor {name}: two photos could get the same name."""

    code = "pattern_tells_nothing_apart"


class NothingPicked(AlbumsError):
    """An export of an album in which no photo is picked."""

    code = "nothing_picked"
    status = 409
    message = "No photo is picked, so the zip would be empty. Keep at least one photo."


class TooManyToPrint(AlbumsError):
    """More photos than a book or a contact sheet may have. `extra` has the limit."""

    code = "too_many_to_print"
    status = 409


class TooManyParts(AlbumsError):
    """A zip in more parts than the account may still keep. `extra` has the limit and the current use."""

    code = "too_many_parts"
    status = 409


class NotAVideo(AlbumsError):
    """Photos are looked for in something else than a video that could be read."""

    code = "not_a_video"
    status = 409
    message = "This is not a video that could be read, so no photos can be taken from it."


class StillWorking(AlbumsError):
    """An export requested before the photos are analyzed and grouped."""

    code = "still_working"
    status = 409
    message = "The photos are still being analyzed. Wait until the analysis is complete, then try again."


class GroupsChanged(AlbumsError):
    """A group that no longer exists, because the album was grouped again."""

    code = "groups_changed"
    status = 409
    message = "These groups have changed in the meantime. Reload them and try again."


class RetriedTooOften(AlbumsError):
    """A retry of photos that their owner has retried as often as allowed."""

    code = "retried_too_often"
    status = 409
    message = "This has been tried again several times and failed each time. Upload another copy of the file."


class NothingToUndo(AlbumsError):
    """An undo when the person has no change left to undo."""

    code = "nothing_to_undo"
    status = 409
    message = "There is nothing to undo."


class NothingToRedo(AlbumsError):
    """A redo when nothing was undone, or something else has changed since."""

    code = "nothing_to_redo"
    status = 409
    message = "There is nothing to redo."


class NothingToSplit(AlbumsError):
    """A split that would change no group."""

    code = "nothing_to_split"
    status = 409
    message = "These photos are in no group, or they are the whole group. Choose only some photos of a group."


class NothingToMerge(AlbumsError):
    """A merge that would change no group."""

    code = "nothing_to_merge"
    status = 409
    message = "These are fewer than two photos, or already one group. Choose photos from different groups."


class NoCameraTime(AlbumsError):
    """A shift of a clock that dated no photo of the album."""

    code = "no_camera_time"
    status = 409
    message = "No camera's clock tells when this was taken, so there is nothing to shift."


class ShareGone(NotFound):
    """A link that is wrong, revoked or over. All look the same to the caller."""

    code = "share_gone"
    message = "This link leads nowhere, or no longer. Ask the person who sent it for a new one."


class SharePasswordRequired(AlbumsError):
    """A link with a password, before the guest has given it."""

    code = "share_password_required"
    status = 403
    message = "This link needs a password. Ask the person who sent it."


class SharePasswordWrong(AlbumsError):
    """Another password than the link's."""

    code = "share_password_wrong"
    status = 403
    message = "This is not the password of the link. Try again, or ask the person who sent it."


class ShareForbids(AlbumsError):
    """Something that the link is not for."""

    code = "share_forbids"
    status = 403
    message = "The link does not allow this."


class GuestUnknown(AlbumsError):
    """A choice without the cookie that tells whose it is."""

    code = "guest_unknown"
    status = 403
    message = "The browser sent no cookie, so it is not known whose choice this is. Open the link, and allow cookies."


class EnoughChosen(AlbumsError):
    """One photo more than a guest may choose."""

    code = "enough_chosen"
    status = 409

    def __init__(self, limit: int) -> None:
        self.extra = {"limit": limit, "used": limit}
        super().__init__(f"You have chosen {limit} already, as many as wanted. Take one back first.")


class TooManyGuests(AlbumsError):
    """One guest more than a link may have."""

    code = "too_many_guests"
    status = 409
    message = "Too many people have chosen with this link. Ask the person who sent it for another one."


class TooManyShares(AlbumsError):
    """One link more than an album may have."""

    code = "too_many_shares"
    status = 409
    message = "The album has as many links as it may have. Delete a revoked one first."
