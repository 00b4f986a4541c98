"""Keeps an undo or a redo from taking back what somebody else has changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from albums.chunks import chunked
from albums.clocks import shifts_of
from albums.models import Album, Photo
from albums.picks import Wanted
from albums.services.review_state import ReviewState

Value = TypeVar("Value")

_IDS_AT_ONCE = 5_000


def unless_changed_since(
    album: Album, wanted: ReviewState, left: ReviewState, left_by: UUID | None
) -> tuple[ReviewState, int]:
    """What of `wanted` is about photos and settings that still are as a person left them.

    Args:
        album: locked.
        wanted: the state to go back to.
        left: the state in which the person left the album.
        left_by: the membership whose decisions these were, where `left` does not say it; None is the owner.

    Returns:
        That part of `wanted`, and the number of photos and settings that are not in it. Photos that no longer exist
        stay in it.

    """
    photos = _photos(album, wanted.photo_ids)
    as_left: dict[UUID, dict[str, Any]] = {
        photo_id: {
            "decision": _decision(left.decisions.get(photo_id), left.deciders.get(photo_id, left_by)),
            "manual_group": left.manual_groups[photo_id].group if photo_id in left.manual_groups else None,
            "stars": left.stars.get(photo_id),
            "label": left.labels.get(photo_id),
        }
        for photo_id in photos
    }

    def changed(column: str, values: Mapping[UUID, Any]) -> set[UUID]:
        return {key for key in values if key in photos and photos[key][column] != as_left[key][column]}

    decided = changed("decision", wanted.decisions)
    grouped = changed("manual_group", wanted.manual_groups)
    starred, labelled = changed("stars", wanted.stars), changed("label", wanted.labels)
    shifts = shifts_of(album)
    shifted = {camera for camera in wanted.camera_shifts if shifts.get(camera) != left.camera_shifts.get(camera)}
    is_other_similarity = wanted.similarity is not None and album.similarity != left.similarity
    is_other_number = wanted.wanted is not None and Wanted.of(album) != left.wanted
    state = replace(
        wanted,
        decisions=_without(wanted.decisions, decided),
        manual_groups=_without(wanted.manual_groups, grouped),
        places=[
            replace(place, photo_ids=[each for each in place.photo_ids if each not in grouped])
            for place in wanted.places
        ],
        similarity=None if is_other_similarity else wanted.similarity,
        wanted=None if is_other_number else wanted.wanted,
        camera_shifts={camera: each for camera, each in wanted.camera_shifts.items() if camera not in shifted},
        stars=_without(wanted.stars, starred),
        labels=_without(wanted.labels, labelled),
    )
    settings = len(shifted) + is_other_similarity + is_other_number
    return state, len(decided | grouped | starred | labelled) + settings


def _photos(album: Album, photo_ids: set[UUID]) -> dict[UUID, dict[str, Any]]:
    """What each of these photos is now, by the columns that people change."""
    photos = {}
    for chunk in chunked(sorted(photo_ids), _IDS_AT_ONCE):
        rows = Photo.objects.filter(album=album, id__in=chunk)
        for row in rows.values("id", "decision", "decided_by_id", "manual_group", "stars", "label"):
            photos[row["id"]] = {**row, "decision": _decision(row["decision"], row["decided_by_id"])}
    return photos


def _decision(decision: str | None, decided_by: UUID | None) -> tuple[str | None, UUID | None]:
    """A decision and whose it is. To leave a photo to the ranking is nobody's."""
    return decision, None if decision == Photo.Decision.AUTO else decided_by


def _without(values: dict[UUID, Value], left_out: set[UUID]) -> dict[UUID, Value]:
    return {photo_id: value for photo_id, value in values.items() if photo_id not in left_out}
