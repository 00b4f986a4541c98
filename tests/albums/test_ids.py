from __future__ import annotations

import time
from uuid import RFC_4122

import pytest

from albums.ids import time_ordered_id
from albums.services.frames import frames_reserve
from albums.services.uploads import UploadRequest, uploads_create
from tests.factories import make_album
from web.accounts.models import User

pytestmark = pytest.mark.django_db


def test_ids_are_random_and_begin_with_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 0x0191_2345_6789 * 1_000_000)
    ids = {time_ordered_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert {str(found)[:15] for found in ids} == {"01912345-6789-7"}
    assert {found.variant for found in ids} == {RFC_4122}
    # Each of the other bits is 0 in some and 1 in others.
    ones, zeros = 0, 0
    for found in ids:
        ones, zeros = ones | found.int, zeros | ~found.int
    assert (ones & zeros & (1 << 76) - 1).bit_count() == 74


def test_photos_lie_in_the_order_in_which_they_were_announced(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    album, ids = make_album(alice), []
    for second in range(5):
        monkeypatch.setattr(time, "time_ns", lambda second=second: second * 1_000_000_000)
        [result] = uploads_create(album, [UploadRequest("a.jpg", 5, f"{second:064x}")])
        assert result.photo
        ids += [result.photo.id, *frames_reserve(album.id, 1)]
    assert [found.int >> 80 for found in ids] == [0, 0, 1000, 1000, 2000, 2000, 3000, 3000, 4000, 4000]
