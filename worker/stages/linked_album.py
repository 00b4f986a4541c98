"""The links between the photos of an album, found once while a person moves the similarity slider."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from albums.clocks import Camera, Shifts
from albums.models import Photo
from worker.analysis.grouping import LinkedAlbum, link_album, reference_for
from worker.stages.rows import capture_of, seconds_of

Vectors = NDArray[np.float16]

_last: dict[bytes, LinkedAlbum] = {}
"""The album that this process grouped last, by all that its links depend on. One of 10,000 photos takes 50 MB."""


def linked_album(photos: Sequence[Photo], vectors: Vectors, model: str, shifts: Shifts) -> LinkedAlbum:
    """The links between photos with these vectors, (n, dimensions), of a model. `shifts` are in their times."""
    seconds = np.array([seconds_of(photo) for photo in photos], np.float64)
    captures = [capture_of(photo) for photo in photos]
    names = [photo.name for photo in photos]
    keys = [bytes(photo.order_key) for photo in photos]
    right = [Camera.of(photo) in shifts for photo in photos]
    # Tests with a false clock use subclasses of datetime, which msgspec cannot encode.
    digest = hashlib.blake2b(msgspec.msgpack.encode((model, vectors.shape, captures, names, keys, right), enc_hook=str))
    digest.update(seconds.tobytes())
    digest.update(np.ascontiguousarray(vectors).data)
    key = digest.digest()
    if key not in _last:
        linked = link_album(
            vectors,
            seconds,
            reference=reference_for(model),
            captures=captures,
            names=names,
            order_keys=keys,
            right=right,
        )
        _last.clear()
        _last[key] = linked
    return _last[key]
