from __future__ import annotations

from datetime import UTC, datetime, timedelta

from albums.models import Photo
from worker.stages.rows import seconds_of
from worker.stages.wall_clocks import set_wall_clocks

NOON = datetime(2024, 6, 15, 12, tzinfo=UTC)


def photo(hour: float, offset: int | None, source: str = "exif") -> Photo:
    """A photo taken `hour` hours after noon by the wall clock, which is `offset` minutes ahead of UTC."""
    return Photo(taken_at=NOON + timedelta(hours=hour), utc_offset_minutes=offset, time_source=source)


def test_a_time_in_utc_gets_the_offset_of_the_photo_next_to_it() -> None:
    film = photo(-1.9, None, "utc")
    assert set_wall_clocks([photo(0, 120), film, photo(40, 540)]) == [film]
    assert film.taken_at_text == "2024-06-15T12:06:00+02:00"
    assert seconds_of(film) == (NOON + timedelta(minutes=6)).timestamp()
    assert set_wall_clocks([photo(0, 120), film]) == []


def test_it_follows_when_a_nearer_photo_comes() -> None:
    film = photo(-2, None, "utc")
    set_wall_clocks([photo(5, 120), film])
    set_wall_clocks([photo(5, 120), film, photo(1, 180)])
    assert film.taken_at_text == "2024-06-15T13:00:00+03:00"


def test_without_an_offset_it_stays_and_does_not_count() -> None:
    film = photo(0, None, "utc")
    assert set_wall_clocks([photo(0, None), photo(0, 0, "file"), film]) == []
    assert film.taken_at == NOON
    assert seconds_of(film) != seconds_of(film)
