"""JPEGs of a size, which a zip has instead of the originals."""

from __future__ import annotations

import logging
from collections.abc import Callable

from albums import storage
from albums.models import Export, Photo
from worker import runtime
from worker.analysis.interface import DecodeError
from worker.analysis.stripping import Harmless, with_metadata
from worker.sandbox import ExaminationCrashed, ExaminationTooSlow
from worker.stages.export_zip import Change

logger = logging.getLogger(__name__)


def resized(photo: Photo, export: Export, name: str, smaller: list[str]) -> Change:
    """Make a JPEG of the size that the zip asks for. Adds `name` to `smaller` if only the preview can be had."""

    def change(data: bytes, heartbeat: Callable[[], None]) -> tuple[bytes, None]:
        keeps_place = export.location == Export.Location.KEEP
        try:
            made = runtime.sandbox().jpeg_copy(
                data,
                side=export.jpeg_size,
                limits=runtime.photo_limits(),
                keeps_place=keeps_place,
                while_waiting=heartbeat,
            )
        except (DecodeError, ExaminationCrashed, ExaminationTooSlow) as error:
            logger.warning("Photo %s goes into a zip as its preview. %s", photo.id, error)
            smaller.append(name)
            made = _preview(photo)
        return made, None

    return change


def _preview(photo: Photo) -> bytes:
    """The preview with the time of the camera."""
    taken_at = photo.taken_at if photo.time_source in Photo.BY_CAMERA else None
    metadata = Harmless(taken_at=taken_at and taken_at.replace(tzinfo=None), colour_space=1)
    return with_metadata(storage.get_storage().read_bytes(storage.preview_key(photo.album_id, photo.id)), metadata)
