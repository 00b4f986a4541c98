from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from albums.analysis import Face
from worker.analysis.faces.people import eyes_lost, find_people

ANNA = Face(0.2, 0.3, 0.1, 0.15, eyes_open=0.9, sharpness=-2.0, frontal=True, cut_off=False, confidence=0.9)
BERT = replace(ANNA, x=0.6)
CAROL = replace(ANNA, x=0.4, y=0.35, width=0.05, height=0.075)


def test_it_matches_people_who_moved_a_little() -> None:
    people = find_people([[ANNA, BERT], [replace(BERT, x=0.63), replace(ANNA, y=0.34)], [replace(ANNA, x=0.22)]])
    assert [sorted(person) for person in people] == [[0, 1, 2], [0, 1]]


def test_a_face_far_away_or_of_another_size_is_another_person() -> None:
    assert len(find_people([[ANNA], [replace(ANNA, x=0.35)], [replace(ANNA, width=0.2, height=0.3)]])) == 3


def test_one_blink_counts_the_same_among_two_and_among_many() -> None:
    closed = replace(ANNA, eyes_open=0.1)
    crowd = [replace(ANNA, x=0.1 * place, y=0.7) for place in range(9)]
    of_two = eyes_lost([[ANNA, BERT], [closed, BERT]])
    of_many = eyes_lost([[ANNA, *crowd], [closed, *crowd]])
    assert of_two.tolist() == of_many.tolist()
    assert of_two[1] > 0.5 > of_two[0] == 0


def test_a_blink_in_the_background_counts_less() -> None:
    lost = eyes_lost([[ANNA, CAROL], [ANNA, replace(CAROL, eyes_open=0.0)], [replace(ANNA, eyes_open=0.0), CAROL]])
    assert 0 == lost[0] < lost[1] < lost[2]


def test_usual_variation_of_open_eyes_loses_nothing() -> None:
    assert eyes_lost([[ANNA], [replace(ANNA, eyes_open=0.8)]]).tolist() == [0, 0]


def test_narrow_eyes_are_compared_with_themselves() -> None:
    narrow = replace(ANNA, eyes_open=0.4)
    assert eyes_lost([[narrow], [narrow]]).tolist() == [0, 0]


@pytest.mark.parametrize(("frontal", "lost"), [(True, True), (False, False)])
def test_eyes_that_are_not_found_in_a_frontal_face_are_lost(frontal: bool, lost: bool) -> None:
    found = eyes_lost([[ANNA], [replace(ANNA, eyes_open=None, frontal=frontal)]])
    assert bool(found[1]) == lost


def test_without_faces_nothing_is_lost() -> None:
    assert eyes_lost([[], [], []]).tolist() == [0, 0, 0]


def test_a_missing_face_loses_less_than_closed_eyes() -> None:
    lost = eyes_lost([[ANNA, BERT], [BERT], [replace(ANNA, eyes_open=0.0), BERT]])
    assert 0 == lost[0] < lost[1] < lost[2]


boxes = st.builds(
    Face,
    x=st.floats(0, 1),
    y=st.floats(0, 1),
    width=st.floats(0.01, 1),
    height=st.floats(0.01, 1),
    eyes_open=st.none() | st.floats(0, 1),
    sharpness=st.just(0.0),
    frontal=st.booleans(),
    cut_off=st.booleans(),
    confidence=st.floats(0, 1),
)


@given(st.lists(st.lists(boxes, max_size=4), max_size=5))
def test_each_person_has_at_most_one_face_per_photo(faces: list[list[Face]]) -> None:
    people = find_people(faces)
    found = [(place, face) for person in people for place, face in person.items()]
    wanted = [(place, face) for place, in_photo in enumerate(faces) for face in in_photo]
    assert sorted(found, key=repr) == sorted(wanted, key=repr)
    assert (eyes_lost(faces) >= 0).all()
