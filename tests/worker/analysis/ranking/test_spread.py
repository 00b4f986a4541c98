"""The order in which picks are taken when fewer are wanted: spread over time, people and views."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from albums.analysis import Face, PhotoFeatures
from worker.analysis.ranking import Moment, spread_order

HOUR = 3600.0
NAN = math.nan


def _face() -> Face:
    return Face(0.4, 0.4, 0.1, 0.1, eyes_open=0.9, sharpness=0.0, frontal=True, cut_off=False, confidence=0.9)


def _moment(seconds: float = NAN, *, shots: int = 1, detail: float = 0.0, faces: Sequence[Face] = ()) -> Moment:
    scores = {"detail": detail, "face_detail": detail}
    return Moment(seconds, shots, PhotoFeatures(scores, list(faces)))


def _unlike(count: int) -> np.ndarray[tuple[int, int], np.dtype[np.float16]]:
    """Vectors of views that have nothing in common."""
    return np.eye(max(1, count), dtype=np.float16)[:count]


def _album(*parts: int) -> list[Moment]:
    """Parts with so many moments each, a minute apart; two days lie between the parts."""
    return [_moment(part * 48 * HOUR + minute * 60) for part, count in enumerate(parts) for minute in range(count)]


def _part(moments: Sequence[Moment], place: int) -> int:
    return int(moments[place].seconds // (48 * HOUR))


@st.composite
def _albums(draw: st.DrawFn) -> tuple[list[Moment], np.ndarray[tuple[int, int], np.dtype[np.float16]]]:
    moments = draw(
        st.lists(
            st.builds(
                _moment,
                st.floats(0, 1e7) | st.just(NAN),
                shots=st.integers(1, 50),
                detail=st.floats(-5, 5) | st.just(NAN),
                faces=st.lists(st.builds(_face), max_size=4),
            ),
            max_size=40,
        )
    )
    seed = draw(st.integers(0, 2**31))
    vectors = np.random.default_rng(seed).normal(size=(len(moments), 8))
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return moments, (vectors / np.maximum(lengths, 1e-9)).astype(np.float16)


@given(_albums())
def test_it_takes_every_moment_once(
    album: tuple[list[Moment], np.ndarray[tuple[int, int], np.dtype[np.float16]]],
) -> None:
    moments, vectors = album
    assert sorted(spread_order(moments, vectors)) == list(range(len(moments)))


def test_every_part_has_one_before_any_has_two() -> None:
    moments = _album(20, 3, 1, 9, 1, 30)
    order = spread_order(moments, _unlike(len(moments)))
    assert {_part(moments, place) for place in order[:6]} == set(range(6))
    # The largest first, where there are fewer picks than parts.
    assert [_part(moments, place) for place in order[:3]] == [5, 0, 3]


@given(st.lists(st.integers(1, 25), min_size=1, max_size=6), st.data())
def test_further_picks_follow_the_sizes_of_the_parts(sizes: list[int], data: st.DataObject) -> None:
    moments = _album(*sizes)
    number = data.draw(st.integers(len(sizes), len(moments)))
    taken = Counter(_part(moments, place) for place in spread_order(moments, _unlike(len(moments)))[:number])
    for part, size in enumerate(sizes):
        others = [taken[other] / sizes[other] for other in range(len(sizes)) if taken[other] > 1]
        # Nobody is ahead of another by more than one pick.
        assert all((taken[part] + 1) / size >= share - 1 / min(sizes) for share in others)
        assert taken[part] >= 1


def test_a_long_part_is_covered_from_end_to_end() -> None:
    moments = _album(90)
    thirds = Counter(place // 30 for place in spread_order(moments, _unlike(90))[:9])
    assert set(thirds) == {0, 1, 2}
    assert max(thirds.values()) <= 4


def test_people_and_places_share_as_in_the_album() -> None:
    moments = [_moment(minute * 60.0, faces=[_face()] if minute % 3 else []) for minute in range(60)]
    first = spread_order(moments, _unlike(60))[:12]
    assert sum(bool(moments[place].features.faces) for place in first) == 8


def test_a_view_does_not_come_twice_while_there_are_others() -> None:
    moments = [_moment() for _ in range(12)]
    views = np.repeat(np.eye(4, dtype=np.float16), 3, axis=0)
    assert {place // 3 for place in spread_order(moments, views)[:4]} == {0, 1, 2, 3}


def test_of_one_view_the_better_comes_first() -> None:
    same = np.ones((3, 1), np.float16)
    assert spread_order([_moment(detail=detail) for detail in (1.0, 3.0, 2.0)], same)[0] == 1
    assert spread_order([_moment(shots=1), _moment(shots=9)], same[:2])[0] == 1


def test_photos_without_a_time_are_a_part_of_their_own() -> None:
    moments = [*_album(10, 10), *[_moment() for _ in range(3)]]
    order = spread_order(moments, _unlike(len(moments)))
    assert any(place >= 20 for place in order[:3])


def test_the_order_of_equal_albums_is_equal() -> None:
    moments = _album(15, 4, 8)
    vectors = np.random.default_rng(3).normal(size=(27, 16)).astype(np.float16)
    shuffled = random.Random(3).sample(range(27), 27)
    straight = spread_order(moments, vectors)
    # Times say the order, whatever the order of the rows.
    mixed = spread_order([moments[place] for place in shuffled], vectors[shuffled])
    assert [shuffled[place] for place in mixed] == straight
