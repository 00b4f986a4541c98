"""Make a large album by copying a few analysed photos many times, without analysing each.

Each copy has its own rows, thumbnail and vector. The vectors are made up: shots of one drawn moment are alike, of some
moments very, of others so little that only a loose similarity puts them into one group. Then the album is grouped, as
it is after the last photo of an upload. Run this in a process whose environment names the data folder of a running
service.
"""

from __future__ import annotations

import argparse
import uuid
from collections import defaultdict
from datetime import timedelta
from typing import Any

import django
import numpy as np

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from albums import storage  # noqa: E402
from albums.capture_order import CAPTURE_ORDER  # noqa: E402
from albums.models import Album, Cluster, Embedding, Photo  # noqa: E402
from worker.analysis.models import DESCRIPTOR_LENGTH, DESCRIPTOR_NAME, DESCRIPTOR_VERSION  # noqa: E402
from worker.stages.group import group_album  # noqa: E402

BATCH = 500
_BETWEEN_COPIES = timedelta(hours=30)
_LEAST_AND_MOST_NOISE = (0.3, 1.2)
"""At every similarity some moments are just alike enough, so each move of the slider changes a share of the groups."""


class AlbumMultiplier:
    """Copies the photos of an album into the same album, repeatedly, each time with later capture times."""

    def __init__(self, album: Album) -> None:
        self._album = album
        self._templates = list(Photo.objects.filter(album=album, state=Photo.State.ANALYZED).order_by(*CAPTURE_ORDER))
        self._clusters = Cluster.objects.filter(album=album).in_bulk()
        self._storage = storage.get_storage()
        self._thumbnails = {
            photo.id: self._storage.read_bytes(storage.thumbnail_key(album.id, photo.id)) for photo in self._templates
        }
        self._random = np.random.default_rng(0)
        self._everywhere = self._random.standard_normal(DESCRIPTOR_LENGTH, np.float32)

    def multiply(self, wanted: int) -> None:
        """Copy until the album has this many photos."""
        total, turn = len(self._templates), 0
        while total < wanted:
            turn += 1
            with transaction.atomic():
                total += self._copy(self._templates[: wanted - total], turn)
        with connection.cursor() as cursor:
            # Otherwise the query plans would be for a small table.
            cursor.execute("ANALYZE")

    def _copy(self, templates: list[Photo], turn: int) -> int:
        moments: dict[uuid.UUID, list[Photo]] = defaultdict(list)
        for photo in templates:
            moments[photo.cluster_id or photo.id].append(photo)
        clusters: list[Cluster] = []
        photos: list[Photo] = []
        embeddings: list[Embedding] = []
        for key, shots in moments.items():
            cluster = None
            if key in self._clusters and len(shots) > 1:
                position = self._clusters[key].position + turn * len(self._clusters)
                cluster = cloned(self._clusters[key], position=position, photo_count=len(shots))
                clusters.append(cluster)
            copies = [self._copied(shot, cluster, turn) for shot in shots]
            photos += copies
            embeddings += self._described(copies)
        Cluster.objects.bulk_create(clusters, batch_size=BATCH)
        Photo.objects.bulk_create(photos, batch_size=BATCH)
        Embedding.objects.bulk_create(embeddings, batch_size=BATCH)
        return len(photos)

    def _copied(self, photo: Photo, cluster: Cluster | None, turn: int) -> Photo:
        copy = later_copy(photo, turn, cluster_id=cluster and cluster.id)
        key = storage.thumbnail_key(self._album.id, copy.id)
        self._storage.write_bytes(key, self._thumbnails[photo.id], "image/jpeg")
        return copy

    def _described(self, shots: list[Photo]) -> list[Embedding]:
        """Vectors that are closer to each other than to those of other moments."""
        scene = self._everywhere + self._random.standard_normal(DESCRIPTOR_LENGTH, np.float32)
        noise = self._random.standard_normal((len(shots), DESCRIPTOR_LENGTH), np.float32)
        vectors = scene + self._random.uniform(*_LEAST_AND_MOST_NOISE) * noise
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return [
            Embedding(photo=shot, model=DESCRIPTOR_NAME, version=DESCRIPTOR_VERSION, vector=vector.tobytes())
            for shot, vector in zip(shots, vectors.astype("<f2"), strict=True)
        ]


def later_copy(photo: Photo, turn: int, **changes: Any) -> Photo:
    """A copy of a photo for this round: of other bytes, taken later, under another name."""
    later = turn * _BETWEEN_COPIES
    copy: Photo = cloned(
        photo,
        sha256=f"{uuid.uuid4().hex}{uuid.uuid4().hex}",
        taken_at=photo.taken_at and photo.taken_at + later,
        timeline_at=photo.timeline_at and photo.timeline_at + later,
        name=f"{turn:03}_{photo.name}",
        **changes,
    )
    return copy


def cloned(row: Any, **changes: Any) -> Any:
    """A copy of a row with changes. The database fills in its generated columns."""
    fields = [field for field in row._meta.concrete_fields if field.name != "id" and not field.generated]  # noqa: SLF001
    columns = {field.attname: getattr(row, field.attname) for field in fields}
    return type(row)(**{**columns, "id": uuid.uuid4(), **changes})


def main() -> None:
    """Fill the only album of an account, and set the account's password where one is given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, required=True)
    parser.add_argument("--email", required=True)
    parser.add_argument("--password", help="also ends the account's sessions")
    options = parser.parse_args()
    owner = get_user_model().objects.get(email=options.email)
    if options.password:
        owner.set_password(options.password)
        owner.save(update_fields=["password"])
    album = Album.objects.get(owner=owner)
    AlbumMultiplier(album).multiply(options.photos)
    # As after the last photo of an upload: what pictures show is known.
    Album.objects.filter(id=album.id).update(grouping=Album.Grouping.QUEUED)
    group_album(album.id, task_id="benchmark")


if __name__ == "__main__":
    main()
