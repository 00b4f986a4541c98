"""Reads what the grouping needs of an album's photos. A process keeps that of the album that it grouped last.

A moved slider groups the same photos again, and an album that grows mostly the same ones. So only the columns are read
again that change after the analysis of a photo. All else is read again only of photos that were analyzed since.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

import msgspec
import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from albums.analysis import PhotoFeatures, Shelf
from albums.capture_order import CAPTURE_ORDER
from albums.chunks import chunked
from albums.models import Embedding, Photo
from albums.services.clusters import GroupedPhoto
from worker.analysis.ranking import shelf_of
from worker.stages.rows import features_of

Vector = NDArray[np.float16]
Vectors = Mapping[tuple[str, str], dict[UUID, Vector]]
"""One vector of each photo, under the model and version that made it."""
Result = TypeVar("Result")

MOST_KEPT = 20_000
"""Photos. Larger albums are read again each time, so that a worker's memory stays bounded."""

_CHANGING = (
    *("enqueued_at", "taken_at", "utc_offset_minutes", "time_source", "timeline_at"),
    *("manual_group", "manual_kind", "cluster_id", "rank"),
)
"""What is written to photos after their analysis, and `enqueued_at`, which is new after every analysis."""
_UNREAD = (
    *("sha256", "placeholder", "thumbnail_width", "thumbnail_height", "error_code", "error_message", "companions"),
    *("quality", "exposure", "reasons", "close_ups", "person_numbers", "decision", "decided_at", "stars", "label"),
    *("marked_at", "picked", "left_out", "spread_rank", "claim", "claimed_by", "worker", "heartbeat_at", "attempts"),
    *("created_at", "retries", "face_count", "shelf", "description", "embedded_marks"),
    *("companion_of", "frame_of", "decided_by"),
)
_IDS_PER_QUERY = 500


class JudgedPhoto:
    """A photo with what follows from its analysis alone, computed when it is first needed."""

    def __init__(self, photo: Photo) -> None:
        self.photo = photo
        self.ranked_alone: GroupedPhoto | None = None

    @cached_property
    def features(self) -> PhotoFeatures:
        """The measurements as the ranking takes them."""
        return features_of(self.photo)

    @cached_property
    def shelf(self) -> Shelf | None:
        """Why nobody would keep the photo; None if somebody would."""
        side = max(self.photo.width or 0, self.photo.height or 0)
        return shelf_of(self.features, self.photo.histogram_shares, longest_side=side)


_kept: dict[UUID, JudgedPhoto] = {}
_remembered: dict[str, tuple[bytes, Any]] = {}


def analyzed_photos(album_id: UUID) -> list[Photo]:
    """All analyzed files of the album except sidecars, in order of capture. They must not be saved."""
    analyzed = Photo.objects.filter(~Q(kind=Photo.Kind.SIDECAR), album=album_id, state=Photo.State.ANALYZED)
    analyzed = analyzed.order_by(*CAPTURE_ORDER)
    whole = analyzed.defer(*_UNREAD)
    one = next(iter(_kept.values()), None)
    if one is None or one.photo.album_id != album_id:
        return _keep(whole)
    rows: dict[UUID, Sequence[Any]] = {photo_id: row for photo_id, *row in analyzed.values_list("id", *_CHANGING)}
    known = {photo_id: _kept[photo_id].photo for photo_id, row in rows.items() if _is_known(photo_id, row[0])}
    if 2 * len(known) < len(rows):
        return _keep(whole)
    new = [photo_id for photo_id in rows if photo_id not in known]
    for chunk in chunked(new, _IDS_PER_QUERY):
        known |= {photo.id: photo for photo in whole.filter(id__in=chunk)}
    # A photo that is gone since the first query is left out; the album is grouped again.
    photos = [known[photo_id] for photo_id in rows if photo_id in known]
    for photo in photos:
        for name, value in zip(_CHANGING, rows[photo.id], strict=True):
            setattr(photo, name, value)
    return _keep(photos)


def judged(photo: Photo) -> JudgedPhoto:
    """What is kept of a photo of `analyzed_photos`; of another one a new object."""
    kept = _kept.get(photo.id)
    return kept if kept is not None and kept.photo is photo else JudgedPhoto(photo)


def remembered(name: str, about: Any, photos: Sequence[Photo], compute: Callable[[], Result]) -> Result:
    """What this process last computed under this name, if it was about the same, and from the same photos.

    Args:
        about: what else the result depends on; MessagePack must be able to encode it.
        photos: in their order, as they are analyzed and dated now.
    """
    key = _key(about, photos)
    if key is None:
        _remembered.pop(name, None)
        return compute()
    known, result = _remembered.get(name, (b"", None))
    if known != key:
        _remembered.pop(name, None)  # before the next takes as much memory
        result = compute()
        _remembered[name] = key, result
    return result  # type: ignore[no-any-return]


def vectors_of(album_id: UUID, photos: Sequence[Photo]) -> Vectors:
    """One vector of each of these photos, under the model and version that made it.

    The album's model and version is the one that describes most of its photos. When several describe as many, as after
    `manage.py reembed`, it is the one that made the newest vector of most of them. All photos that it describes use
    that vector, whatever the times say: a single wrong time pins no photo to another model. The others use their
    newest vector.
    """
    return remembered("vectors", str(album_id), photos, lambda: _read_vectors(album_id))


def _keep(photos: Iterable[Photo]) -> list[Photo]:
    listed = list(photos)
    kept = {photo.id: judged(photo) for photo in listed} if len(listed) <= MOST_KEPT else {}
    _kept.clear()
    _kept.update(kept)
    return listed


def _is_known(photo_id: UUID, enqueued_at: object) -> bool:
    """Whether this process has the photo as it was analyzed last."""
    kept = _kept.get(photo_id)
    return kept is not None and enqueued_at is not None and kept.photo.enqueued_at == enqueued_at


def _key(about: Any, photos: Sequence[Photo]) -> bytes | None:
    """The same for the same photos and times; None where that cannot be told, or where the album is too large."""
    if len(photos) > MOST_KEPT or any(photo.enqueued_at is None for photo in photos):
        return None
    rows = [
        (photo.id.bytes, photo.enqueued_at, photo.taken_at, photo.utc_offset_minutes, str(photo.time_source))
        for photo in photos
    ]
    # Tests with a false clock use subclasses of datetime, which msgspec cannot encode.
    return hashlib.blake2b(msgspec.msgpack.encode((about, rows), enc_hook=str)).digest()


def _read_vectors(album_id: UUID) -> Vectors:
    rows = (
        Embedding.objects.filter(photo__album=album_id, photo__state=Photo.State.ANALYZED)
        .order_by("created_at", "id")
        .values_list("photo_id", "model", "version", "vector")
    )
    made: dict[tuple[str, str], dict[UUID, bytes | memoryview[int]]] = defaultdict(dict)
    newest: dict[UUID, tuple[str, str]] = {}
    for photo_id, model, version, vector in rows.iterator():
        made[model, version][photo_id] = vector
        newest[photo_id] = (model, version)
    newest_counts = Counter(newest.values())
    current = max(made, key=lambda by: (len(made[by]), newest_counts[by]), default=None)
    used: dict[tuple[str, str], dict[UUID, Vector]] = defaultdict(dict)
    for photo_id, made_newest_by in newest.items():
        made_by = current if current and photo_id in made[current] else made_newest_by
        used[made_by][photo_id] = np.frombuffer(made[made_by][photo_id], dtype="<f2")
    return used
