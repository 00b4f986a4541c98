"""What an album costs, in counts, so that no change makes it dearer unnoticed. `docs/benchmarks.md` has the table."""

from __future__ import annotations

import pytest

from albums.models import Photo, WorkerReport
from tests.counted_album import Cost, count_album
from tests.drawing import draw_scene, jpeg_bytes
from tests.factories import make_album
from web.accounts.models import User

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PHOTOS = 64
PHOTO = jpeg_bytes(draw_scene(1, (640, 480)))


@pytest.fixture
def costs(alice: User) -> dict[str, Cost]:
    WorkerReport.objects.create(name="all@home", queues="images,embeddings,albums", concurrency=2)
    album = make_album(alice)
    costs = count_album(album, PHOTO, PHOTOS)
    assert album.photos.filter(state=Photo.State.ANALYZED).count() == PHOTOS
    return costs


def test_what_an_album_costs(costs: dict[str, Cost]) -> None:
    """The limits are a little above what was counted. Lower them when something becomes cheaper."""
    messages = {step: cost.messages for step, cost in costs.items()}
    statements = {step: cost.statements / PHOTOS for step, cost in costs.items()}
    requests = {step: cost.requests / PHOTOS for step, cost in costs.items()}

    assert messages["prepare_photos"] <= 8
    assert messages["embed_photos"] <= messages["prepare_photos"]
    # One at the end; the others group the photos that are there while more come.
    assert 1 <= messages["group_album"] <= 8
    assert messages["build_export"] == 1

    assert statements["upload"] <= 0.7
    assert statements["prepare_photos"] <= 4.5
    assert statements["embed_photos"] <= 2.3
    assert statements["group_album"] <= 0.9
    assert statements["build_export"] <= 0.7

    # The original is sent and looked for, then read once. Two smaller pictures are written. The thumbnail is read for
    # its vector, and by the grouping only where that needs it.
    assert requests["upload"] == 2
    assert requests["prepare_photos"] == 3
    assert requests["embed_photos"] == 1
    assert requests["group_album"] <= 3

    original = len(PHOTO) + 4
    assert costs["upload"].bytes_written == costs["prepare_photos"].bytes_read == PHOTOS * original
    zipped = costs["build_export"]
    assert zipped.bytes_read == (zipped.requests - 1) * original
    assert zipped.bytes_written <= zipped.bytes_read + zipped.requests * 500
