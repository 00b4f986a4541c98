"""Decides which photos go into the zip: the ranking decides unless a person did."""

from __future__ import annotations

from collections.abc import Iterable

from albums.models import Photo


def picked_of_cluster(members: Iterable[Photo], *, kept_whole: bool) -> set[Photo]:
    """The picks among the photos of one cluster.

    What a person keeps replaces the ranking's pick. If they reject the pick, the next in rank is picked. If they reject
    all photos, none is. In a group that is kept whole, all photos except the rejected ones are picked.
    """
    candidates = sorted(
        (photo for photo in members if photo.decision != Photo.Decision.REJECT), key=lambda photo: photo.rank
    )
    kept = {photo for photo in candidates if photo.decision == Photo.Decision.KEEP}
    if kept:
        return kept
    return set(candidates if kept_whole else candidates[:1])


def is_single_picked(photo: Photo) -> bool:
    """Photos in no cluster are picked unless they are rejected, or on the shelf and nobody keeps them."""
    if photo.decision == Photo.Decision.AUTO:
        return not photo.shelf
    return photo.decision == Photo.Decision.KEEP
