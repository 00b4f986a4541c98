"""What can go wrong in the domain, in a code for programs and a sentence for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class AlbumsError(Exception):
    """A request that cannot be met. `status` is what HTTP would call it; `extra` is said beside code and message."""

    code = "invalid"
    status = 400
    message = "That cannot be done."
    extra: Mapping[str, Any] = {}

    def __init__(self, message: str = "") -> None:
        self.message = message or self.message
        super().__init__(self.message)


class NotFound(AlbumsError):
    """Not there, or somebody else's: the two look the same."""

    code = "not_found"
    status = 404
    message = "There is nothing here under that name."


class TooManyBytes(AlbumsError):
    """A file over MAX_PHOTO_BYTES."""

    code = "too_many_bytes"
    status = 413


class EmptyFile(AlbumsError):
    """A file without bytes."""

    code = "empty_file"
    message = "The file is empty."


class InvalidFile(AlbumsError):
    """A file described in a way no file can be."""

    code = "invalid_file"


class InvalidNamePattern(AlbumsError):
    """A pattern that cannot name the files of a zip."""

    code = "invalid_name_pattern"
    message = "The name pattern cannot be used."


class PatternTooLong(InvalidNamePattern):
    """More characters than a pattern may have."""

    code = "pattern_too_long"


class UnknownPlaceholder(InvalidNamePattern):
    """Braces around a word that stands for nothing."""

    code = "pattern_unknown_placeholder"


class StrayBrace(InvalidNamePattern):
    """A brace without its other half."""

    code = "pattern_stray_brace"


class PatternHasSlash(InvalidNamePattern):
    """A slash, which would make folders."""

    code = "pattern_has_slash"


class PatternTellsNothingApart(InvalidNamePattern):
    """Neither the number of a photo nor its name."""

    code = "pattern_tells_nothing_apart"


class NothingPicked(AlbumsError):
    """An export of an album without a single picked photo."""

    code = "nothing_picked"
    status = 409
    message = "No photo is picked, so there is nothing to export. Keep at least one photo."


class StillWorking(AlbumsError):
    """An export asked for before the photos are analyzed and grouped."""

    code = "still_working"
    status = 409
    message = "The photos are still being analyzed. The export is possible when the progress is complete."


class GroupsChanged(AlbumsError):
    """A group named by its id, after the album was grouped anew."""

    code = "groups_changed"
    status = 409
    message = "These groups have changed since. Load them again and repeat the step."


class NothingToUndo(AlbumsError):
    """An undo where the person has changed nothing, or undone all that is remembered."""

    code = "nothing_to_undo"
    status = 409
    message = "There is nothing to undo."


class NothingToRedo(AlbumsError):
    """A redo where nothing was undone, or something else was done since."""

    code = "nothing_to_redo"
    status = 409
    message = "There is nothing to redo."


class NothingToSplit(AlbumsError):
    """A split that would leave every group as it is."""

    code = "nothing_to_split"
    status = 409
    message = "These photos are in no group, or are all of their group. Choose some photos of a group."


class NothingToMerge(AlbumsError):
    """A merge that would leave every group as it is."""

    code = "nothing_to_merge"
    status = 409
    message = "These photos are one group already, or fewer than two. Choose photos of at least two places."
