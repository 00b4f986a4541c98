from __future__ import annotations

import itertools
import math
from dataclasses import replace

from worker.analysis.grouping import ShotFile, live_videos

STILL = ShotFile("IMG_1.HEIC", "image/heic", is_raw=False, seconds=100.0, camera="iPhone XR", pixels=12_000_000)
FILM = replace(STILL, name="IMG_1.MOV", content_type="video/quicktime", seconds=99.0, pixels=1_500_000, length=2.9)
LIVE_STILL, LIVE_FILM = replace(STILL, content_id="1EA7"), replace(FILM, content_id="1EA7")


def test_the_identifier_pairs_in_any_order_and_by_any_name() -> None:
    film = replace(LIVE_FILM, name="a copy.mov", seconds=math.nan, length=math.nan)
    assert live_videos([LIVE_STILL, film]) == {1: 0}
    assert live_videos([film, LIVE_STILL]) == {0: 1}


def test_the_name_and_the_time_pair_where_an_identifier_is_lost() -> None:
    assert live_videos([STILL, FILM]) == {1: 0}
    assert live_videos([LIVE_STILL, FILM]) == {1: 0}
    assert live_videos([replace(STILL, name="img_1.jpg", content_type="image/jpeg"), LIVE_FILM]) == {1: 0}


def test_other_names_times_and_identifiers_do_not_pair() -> None:
    assert live_videos([replace(STILL, name="IMG_2.HEIC"), FILM]) == {}
    assert live_videos([replace(STILL, seconds=104.0), FILM]) == {}
    assert live_videos([replace(STILL, seconds=math.nan), FILM]) == {}
    assert live_videos([replace(STILL, content_id="2"), LIVE_FILM]) == {}


def test_a_film_of_a_minute_is_a_film_of_its_own() -> None:
    assert live_videos([STILL, replace(FILM, length=60.0)]) == {}
    assert live_videos([STILL, replace(FILM, length=math.nan)]) == {}


def test_of_several_pictures_the_one_with_its_name_comes_first() -> None:
    copy = replace(LIVE_STILL, name="sent.jpg", content_type="image/jpeg", pixels=24_000_000)
    smaller = replace(LIVE_STILL, name="IMG_1.jpg", content_type="image/jpeg", pixels=1_000_000)
    for order in itertools.permutations([copy, smaller, LIVE_STILL, LIVE_FILM]):
        assert live_videos(order) == {order.index(LIVE_FILM): order.index(LIVE_STILL)}


def test_only_pictures_that_phones_take_have_films() -> None:
    assert live_videos([replace(LIVE_STILL, content_type="image/png"), LIVE_FILM]) == {}
    assert live_videos([FILM, replace(FILM, name="IMG_1.MP4")]) == {}
