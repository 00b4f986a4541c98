"""Decides which photos go into the zip: the ranking decides unless a person did, up to the number they want.

Videos go into it unless they are rejected. To the photos it makes no difference whether there are any.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from albums.models import Album, Photo


def picked_of_cluster(members: Iterable[Photo], *, kept_whole: bool) -> set[Photo]:
    """The picks among the photos of one cluster.

    What a person keeps replaces the ranking's pick. If they reject the pick, the next in rank is picked. If they reject
    all photos, none is. In a group that is kept whole, all photos except the rejected ones are picked.
    """
    wanted = sorted(
        (photo for photo in members if photo.decision != Photo.Decision.REJECT), key=lambda photo: photo.rank
    )
    videos = {photo for photo in wanted if photo.is_video}
    candidates = [photo for photo in wanted if not photo.is_video]
    kept = {photo for photo in candidates if photo.decision == Photo.Decision.KEEP}
    if kept:
        return kept | videos
    return videos.union(candidates if kept_whole else candidates[:1])


def is_single_picked(photo: Photo) -> bool:
    """Photos in no cluster are picked unless they are rejected, companions, or on the shelf and nobody keeps them."""
    if photo.companion_of_id is not None:
        return False
    if photo.decision == Photo.Decision.AUTO:
        return not photo.shelf
    return photo.decision == Photo.Decision.KEEP


@dataclass(frozen=True)
class Wanted:
    """How many picks the person wants: a number, a share of all picks (above 0, at most 1), or all if both are None."""

    count: int | None = None
    share: float | None = None

    @classmethod
    def of(cls, album: Album) -> Wanted:
        """What the album's row says."""
        return cls(album.wanted_count, album.wanted_share)

    @property
    def is_everything(self) -> bool:
        """True when no pick is left out."""
        return self.count is None and self.share is None

    def number_of(self, available: int) -> int:
        """How many of the available picks these are: a share is rounded, and at least one."""
        if self.count is not None:
            return self.count
        return available if self.share is None else max(1, math.floor(self.share * available + 0.5))


class Candidate(NamedTuple):
    """A photo, no video, that is picked if the album wants enough picks, and whether a person keeps it."""

    photo_id: UUID
    is_kept: bool
    spread_rank: int | None
    rank: int

    @classmethod
    def of(cls, photo: Photo) -> Candidate:
        """A photo whose row is loaded."""
        return cls(photo.id, photo.decision == Photo.Decision.KEEP, photo.spread_rank, photo.rank)


def left_out_of(candidates: Sequence[Candidate], wanted: Wanted) -> set[UUID]:
    """The candidates that are left out, because the album wants fewer picks.

    Kept photos count and always stay, also beyond the number. The others fill up the rest in the order of
    `spread_rank`; photos without one, which no grouping has ordered yet, come last. So a smaller number always picks
    some of what a larger one picks.
    """
    automatic = sorted(
        (photo for photo in candidates if not photo.is_kept),
        key=lambda photo: (photo.spread_rank is None, photo.spread_rank, photo.rank, photo.photo_id),
    )
    room = max(0, wanted.number_of(len(candidates)) - (len(candidates) - len(automatic)))
    return {photo.photo_id for photo in automatic[room:]}
