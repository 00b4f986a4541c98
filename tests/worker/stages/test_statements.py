"""How many statements a photo costs the database. This is what limits many workers on one database first."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from albums.analysis import Examination
from albums.models import Album, Photo
from tests.drawing import draw_scene, jpeg_bytes
from tests.worker.stages.steps import uploaded_photo
from worker import runtime
from worker.analysis.examination import examine_photo
from worker.analysis.interface import DecodeLimits
from worker.analysis.models import HAAR
from worker.stages.embed import embed_photos
from worker.stages.prepare import prepare_photos

pytestmark = pytest.mark.django_db(transaction=True)
FEW, MANY = 2, 7  # together too few for an early grouping
PHOTO = jpeg_bytes(draw_scene(1, (64, 48)))


@pytest.fixture(autouse=True)
def _examine_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures: list[bytes] = []
    found = examine_photo(
        PHOTO, limits=DecodeLimits(), face_model=HAAR, pictures_ready=lambda *made: pictures.extend(made)
    )

    def examine(_data: bytes, *, pictures_ready: Callable[[bytes, bytes], object], **_: Any) -> Examination:
        pictures_ready(pictures[0], pictures[1])
        return found

    sandbox = SimpleNamespace(examine=examine, start=lambda: None)
    monkeypatch.setattr(runtime, "sandbox", lambda: sandbox)


def _statements(album: Album, photos: int) -> dict[str, list[str]]:
    """The statements that each message with this number of photos takes."""
    ids = [uploaded_photo(album, PHOTO + bytes([number, photos])).id for number in range(photos)]
    counted = {}
    for stage in (prepare_photos, embed_photos):
        with CaptureQueriesContext(connection) as queries:
            stage(ids, task_id=f"{photos} to {stage.__name__}")
        counted[stage.__name__] = [query["sql"] for query in queries]
    assert Photo.objects.filter(id__in=ids, state=Photo.State.ANALYZED).count() == photos
    return counted


def test_a_photo_takes_two_statements_and_a_message_a_few(album: Album) -> None:
    few, many = _statements(album, FEW), _statements(album, MANY)
    # To claim it, and to write what was found.
    assert len(many["prepare_photos"]) - len(few["prepare_photos"]) == 2 * (MANY - FEW)
    assert len(many["prepare_photos"]) - 2 * MANY <= 4
    assert len(many["embed_photos"]) == len(few["embed_photos"]) <= 10
    # Whose run is alive matters only for a photo that was tried before.
    assert not any("albums_workerreport" in statement for statement in many["embed_photos"])
