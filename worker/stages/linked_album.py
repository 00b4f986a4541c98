"""The links between the photos of an album, found once while a person moves the similarity slider."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import numpy as np

from albums.clocks import Camera, Shifts
from albums.models import Photo
from worker.analysis.grouping import LinkedAlbum, link_album, reference_for
from worker.stages.album_photos import Vector, remembered
from worker.stages.rows import capture_of, seconds_of


def linked_album(photos: Sequence[Photo], vectors: Mapping[UUID, Vector], model: str, shifts: Shifts) -> LinkedAlbum:
    """The links between photos with these vectors of a model. `shifts` are in their times."""
    right = [Camera.of(photo) in shifts for photo in photos]

    def link() -> LinkedAlbum:
        return link_album(
            np.stack([vectors[photo.id] for photo in photos]),
            np.array([seconds_of(photo) for photo in photos], np.float64),
            reference=reference_for(model),
            captures=[capture_of(photo) for photo in photos],
            names=[photo.name for photo in photos],
            order_keys=[bytes(photo.order_key) for photo in photos],
            right=right,
        )

    return remembered(f"links by {model}", right, photos, link)
