"""report.json: what happened to every file, in the terms and units of the documentation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from albums import selectors
from albums.headless.job import HeadlessJob
from albums.headless.output import atomic_file
from albums.models import Embedding, Photo

STAGES = ("upload", "prepare", "embed", "group", "export", "total")


def build_report(job: HeadlessJob) -> dict[str, Any]:
    """The report of a finished job. Cluster ids count from 0 in the order of capture."""
    photos = {photo.id: photo for photo in Photo.objects.filter(album=job.album)}
    clusters = list(selectors.clusters_of(job.album))
    numbers = {cluster.id: number for number, cluster in enumerate(clusters)}
    file_of = {photo_id: relative for relative, photo_id in job.upload.photo_ids.items()}
    frames = {photo.id: photo for photo in photos.values() if photo.frame_seconds is not None}
    file_of |= {photo.id: "/".join(filter(None, [photo.folder, photo.name])) for photo in frames.values()}
    entries = [
        _with_companion(_analyzed(relative, photos[photo_id], numbers, None), photos[photo_id], photos, file_of)
        for relative, photo_id in job.upload.photo_ids.items()
    ]
    entries += [
        _duplicate(relative, original, photos.get(job.upload.photo_ids.get(original, UUID(int=0))), numbers, job)
        for relative, original in job.upload.duplicates.items()
    ]
    entries += [_analyzed(file_of[photo.id], photo, numbers, None) for photo in frames.values()]
    entries += [_refused(relative, refusal.code, refusal.message) for relative, refusal in job.upload.refused.items()]
    return {
        "embedding_model": _model(job),
        "seconds": {stage: round(job.seconds[stage], 3) for stage in STAGES},
        "shelved": selectors.shelved_counts(job.album),
        "photos": sorted(entries, key=lambda entry: str(entry["file"])),
        "clusters": [
            {
                "id": numbers[cluster.id],
                "kind": cluster.kind,
                "photos": [file_of[photo.id] for photo in cluster.photos.all()],
                "pick": _pick(list(cluster.photos.all()), file_of, kept_whole=cluster.is_kept_whole),
                "clear_winner": cluster.clear_winner,
                "margin": cluster.margin,
            }
            for cluster in clusters
        ],
    }


def _pick(photos: list[Photo], file_of: dict[UUID, str], *, kept_whole: bool) -> str | None:
    """The one pick of a group. A panorama has none: all its photos are picked."""
    picked = [photo for photo in photos if photo.picked]
    return file_of[picked[0].id] if picked and not kept_whole else None


def _analyzed(relative: str, photo: Photo, numbers: dict[UUID, int], duplicate_of: str | None) -> dict[str, Any]:
    failed = photo.state == Photo.State.FAILED
    return {
        "file": relative,
        "kind": photo.kind,
        "state": photo.state,
        "error": {"code": photo.error_code, "message": photo.error_message} if failed else None,
        "taken_at": photo.taken_at_text,
        "time_source": photo.time_source,
        "timeline_at": photo.timeline_text,
        "time_uncertain": photo.is_time_uncertain,
        "width": photo.width,
        "height": photo.height,
        "cluster": numbers.get(photo.cluster_id) if photo.cluster_id else None,
        "picked": photo.picked and duplicate_of is None,
        "left_out": photo.left_out,
        "stars": photo.stars,
        "label": photo.label,
        "shelf": photo.shelf,
        "quality": photo.quality,
        "reasons": [reason["text"] for reason in photo.reasons],
        "scores": photo.scores,
        "duplicate_of": duplicate_of,
        "companion_of": None,
    }


def _with_companion(
    entry: dict[str, Any], photo: Photo, photos: dict[UUID, Photo], file_of: dict[UUID, str]
) -> dict[str, Any]:
    """The entry, where it is a companion with the file that is judged instead. It is in the zip if that one is."""
    shown = photos.get(photo.companion_of_id) if photo.companion_of_id else None
    if shown is None:
        return entry
    of_shown = {"picked": shown.picked, "left_out": shown.left_out, "stars": shown.stars, "label": shown.label}
    return {**entry, **of_shown, "companion_of": file_of[shown.id]}


def _duplicate(
    relative: str, original: str, photo: Photo | None, numbers: dict[UUID, int], job: HeadlessJob
) -> dict[str, Any]:
    """A file with the same bytes as another shares its photo. The zip holds the photo once."""
    if photo is not None:
        return _analyzed(relative, photo, numbers, original)
    refusal = job.upload.refused[original]
    return {**_refused(relative, refusal.code, refusal.message), "duplicate_of": original}


def _refused(relative: str, code: str, message: str) -> dict[str, Any]:
    return {
        "file": relative,
        "kind": Photo.Kind.PHOTO,
        "state": Photo.State.FAILED,
        "error": {"code": code, "message": message},
        "taken_at": None,
        "time_source": Photo.TimeSource.NONE,
        "timeline_at": None,
        "time_uncertain": False,
        "width": None,
        "height": None,
        "cluster": None,
        "picked": False,
        "left_out": False,
        "stars": 0,
        "label": "",
        "shelf": "",
        "quality": 0.0,
        "reasons": [],
        "scores": {},
        "duplicate_of": None,
        "companion_of": None,
    }


def _model(job: HeadlessJob) -> str:
    """The model of the album's newest vectors."""
    newest = Embedding.objects.filter(photo__album=job.album).order_by("-id").first()
    return newest.model if newest else ""


def write_report(report: dict[str, Any], path: Path) -> None:
    """Write the report as JSON. The file appears complete or not at all."""
    with atomic_file(path) as file:
        file.write(json.dumps(report, ensure_ascii=False, indent=1).encode() + b"\n")
