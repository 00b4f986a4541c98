"""Stands in for the analysis in the workers of `benchmarks.coordination`. Everything around it stays real."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import numpy as np

from albums.analysis import Examination
from albums.models import Photo
from albums.services.clusters import (
    GroupedPhoto,
    NewCluster,
    NewGroups,
    album_claim_grouping,
    clusters_replace,
    clusters_replace_early,
)
from albums.services.early_groups import album_begin_early
from worker import runtime
from worker.stages import embed, group

PICTURE = bytes(2048)
_GROUP_OF = 4
_DIMENSIONS = 2048


class _Sandbox:
    """Sleeps, and gives every photo the same examination and pictures."""

    def __init__(self, folder: Path) -> None:
        self._examination = msgspec.msgpack.decode((folder / "examination").read_bytes(), type=Examination)
        self._seconds = float((folder / "seconds").read_text(encoding="ascii"))

    def start(self) -> None:
        """There is nothing to start."""

    def warm_up(self, **_: Any) -> None:
        """There is nothing to start."""

    def examine(self, _data: bytes, *, pictures_ready: Callable[[bytes, bytes], object], **_: Any) -> Examination:
        pictures_ready(PICTURE, PICTURE)
        time.sleep(self._seconds)
        return self._examination


class _Encoder:
    """The same vector for each photo, at once."""

    name, version, dimensions, input_size = "descriptor", "1", _DIMENSIONS, (224, 224)

    def prepare(self, image: Any) -> Any:
        return image

    def encode(self, images: Sequence[Any]) -> Any:
        return np.full((len(images), _DIMENSIONS), _DIMENSIONS**-0.5, np.float32)


def _group_album(album_id: UUID, *, task_id: str) -> None:
    """Every four photos are a group. Claims and writes as the grouping does."""
    claimed = album_claim_grouping(album_id, task_id=task_id, worker=runtime.worker_run())
    if claimed is not None:
        clusters_replace(album_id, claimed[1], _groups(album_id))
    elif album_begin_early(album_id) is not None:
        clusters_replace_early(album_id, _groups(album_id))


def _groups(album_id: UUID) -> NewGroups:
    analyzed = Photo.objects.filter(album_id=album_id, state=Photo.State.ANALYZED)
    ids = list(analyzed.order_by("name", "id").values_list("id", flat=True))
    reasons = [{"code": "sharpest", "count": _GROUP_OF}]
    groups = [
        NewCluster([GroupedPhoto(photo_id, 1.0, reasons) for photo_id in ids[first : first + _GROUP_OF]])
        for first in range(0, len(ids), _GROUP_OF)
    ]
    return NewGroups(groups, [], spread_ranks={key: place for place, key in enumerate(ids)})


def replace_analysis(folder: Path) -> None:
    """Replace the sandbox, the network and the grouping in this process. `folder` has what every photo gets."""
    sandbox, encoder = _Sandbox(folder), _Encoder()
    for module, name, stand_in in (
        (runtime, "sandbox", lambda: sandbox),
        (runtime, "encoder", lambda: encoder),
        (embed, "thumbnail_pixels", lambda data: data),
        (group, "group_album", _group_album),
    ):
        if not hasattr(module, name):
            raise SystemExit(f"{module.__name__} has no {name} any longer: correct benchmarks/_sleeping_analysis.py.")
        setattr(module, name, stand_in)
