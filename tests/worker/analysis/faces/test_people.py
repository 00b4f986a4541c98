from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from albums.analysis import Face
from worker.analysis.faces import people as people_of_shots
from worker.analysis.faces.likeness import unlikeness
from worker.analysis.faces.people import PeopleLost, find_people, people_found

ANNA = Face(
    0.2, 0.3, 0.1, 0.15, eyes_open=0.9, sharpness=-2.0, frontal=True, cut_off=False, confidence=0.9, eyes_judged=2
)
BERT = replace(ANNA, x=0.6)
CAROL = replace(ANNA, x=0.4, y=0.35, width=0.05, height=0.075)


def people_lost(faces: Sequence[Sequence[Face]]) -> PeopleLost:
    return people_of_shots.people_lost(people_found(faces))


def eyes_lost(faces: Sequence[Sequence[Face]]) -> list[float]:
    return list(people_lost(faces).eyes)


def test_it_matches_people_who_moved_a_little() -> None:
    people = find_people([[ANNA, BERT], [replace(BERT, x=0.63), replace(ANNA, y=0.34)], [replace(ANNA, x=0.22)]])
    assert [sorted(person) for person in people] == [[0, 1, 2], [0, 1]]


def test_it_follows_people_when_the_camera_moves() -> None:
    moved = [replace(face, x=face.x + 0.2, y=face.y - 0.1) for face in (ANNA, BERT, CAROL)]
    people = find_people([[ANNA, BERT, CAROL], moved])
    assert [[round(face.x, 3) for face in person.values()] for person in people] == [[0.2, 0.4], [0.6, 0.8], [0.4, 0.6]]


def test_a_face_far_away_or_of_another_size_is_another_person() -> None:
    large = replace(ANNA, width=0.2, height=0.3)
    assert len(find_people([[ANNA], [replace(ANNA, x=0.6)], [large]])) == 3


def test_the_result_does_not_depend_on_the_order_of_the_photos() -> None:
    photos = [[ANNA, BERT], [replace(ANNA, x=0.25), CAROL], [replace(ANNA, x=0.3)]]
    there, back = people_lost(photos), people_lost(photos[::-1])
    assert there.present.tolist() == back.present.tolist()[::-1]


def test_one_blink_counts_the_same_among_two_and_among_many() -> None:
    closed = replace(ANNA, eyes_open=0.1)
    crowd = [replace(ANNA, x=0.1 * place, y=0.7) for place in range(9)]
    of_two = eyes_lost([[ANNA, BERT], [closed, BERT]])
    of_many = eyes_lost([[ANNA, *crowd], [closed, *crowd]])
    assert of_two == of_many == [0, 1]


def test_a_blink_in_the_background_counts_less() -> None:
    lost = eyes_lost([[ANNA, CAROL], [ANNA, replace(CAROL, eyes_open=0.0)], [replace(ANNA, eyes_open=0.0), CAROL]])
    assert 0 == lost[0] < lost[1] < lost[2]


def test_usual_variation_of_open_eyes_loses_nothing() -> None:
    assert eyes_lost([[ANNA], [replace(ANNA, eyes_open=0.6)]]) == [0, 0]


def test_narrow_eyes_are_compared_with_themselves() -> None:
    narrow = replace(ANNA, eyes_open=0.3)
    lost = people_lost([[narrow], [narrow]])
    assert lost.eyes.tolist() == [0, 0]
    assert lost.shut == lost.all_eyes_open == [False, False]


def test_shut_eyes_are_named_only_where_they_are_open_in_another_shot() -> None:
    shut = replace(ANNA, eyes_open=0.1)
    assert people_lost([[ANNA, BERT], [shut, BERT]]).shut == [False, True]
    assert people_lost([[shut, BERT], [shut, BERT]]).shut == [False, False]


def test_eyes_are_all_open_only_where_everybody_of_the_group_is_found() -> None:
    shots = [[ANNA, BERT], [ANNA], [ANNA, replace(BERT, eyes_open=0.4)], [ANNA, replace(BERT, eyes_open=None)]]
    assert people_lost(shots).all_eyes_open == [True, False, False, False]


def test_eyes_are_not_all_open_where_one_of_them_could_not_be_judged() -> None:
    """In a profile the farther eye is not visible, and behind sunglasses neither is."""
    profile, sunglasses = replace(BERT, eyes_judged=1), replace(BERT, eyes_open=None, eyes_judged=0)
    assert people_lost([[ANNA, BERT], [ANNA, profile], [ANNA, sunglasses]]).all_eyes_open == [True, False, False]


@pytest.mark.parametrize(("turn", "lost"), [(5.0, True), (60.0, False)])
def test_eyes_that_cannot_be_judged_are_less_than_open_and_more_than_shut(turn: float, lost: bool) -> None:
    seen, unseen = replace(ANNA, turn=turn), replace(ANNA, eyes_open=None, turn=turn, frontal=turn < 30)
    shut = replace(seen, eyes_open=0.0)
    found = eyes_lost([[seen], [unseen], [shut]])
    assert found[0] == 0 < found[2]
    assert (0 < found[1] < 0.5 * found[2]) == lost
    assert eyes_lost([[unseen], [unseen]]) == [0, 0]


@pytest.mark.parametrize(("frontal", "lost"), [(True, True), (False, False)])
def test_the_cascades_lose_eyes_that_they_do_not_find_in_a_frontal_face(frontal: bool, lost: bool) -> None:
    found = eyes_lost([[ANNA], [replace(ANNA, eyes_open=None, frontal=frontal)]])
    assert bool(found[1]) == lost


def test_without_faces_nothing_is_lost() -> None:
    lost = people_lost([[], [], []])
    assert lost.eyes.tolist() == lost.facing.tolist() == lost.present.tolist() == [0, 0, 0]
    assert lost.all_eyes_open == [False, False, False]


def test_an_averted_head_is_compared_with_the_same_head() -> None:
    facing, averted, always = (replace(ANNA, turn=turn) for turn in (5.0, -50.0, 40.0))
    assert people_lost([[facing], [averted]]).facing.tolist() == [0, 1]
    assert people_lost([[always], [always]]).facing.tolist() == [0, 0]


def test_a_missing_person_counts_as_far_as_the_other_shots_show_them() -> None:
    passing_by = people_lost([[ANNA, BERT], [ANNA], [ANNA], [ANNA]]).present
    missing = people_lost([[ANNA, BERT], [ANNA, BERT], [ANNA, BERT], [ANNA]]).present
    assert passing_by.tolist() == [0, 0.25, 0.25, 0.25]
    assert missing.tolist() == [0, 0, 0, 0.75]


def test_what_an_older_version_measured_is_not_compared_with_the_networks() -> None:
    new = [replace(ANNA, turn=0.0), replace(BERT, turn=0.0)]
    lost = people_lost([new, new, [replace(ANNA, eyes_open=0.0)]])
    assert lost.eyes.tolist() == lost.present.tolist() == [0, 0, 0]
    assert lost.all_eyes_open == [True, True, False]


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
    turn=st.none() | st.floats(-90, 90),
    eyes_judged=st.integers(0, 2),
    likeness=st.sampled_from([b"", bytes(72), bytes([200] * 72)]),
)


@given(st.lists(st.lists(boxes, max_size=4), max_size=5))
def test_each_person_has_at_most_one_face_per_photo(faces: list[list[Face]]) -> None:
    people = find_people(faces)
    found = [(place, face) for person in people for place, face in person.items()]
    wanted = [(place, face) for place, in_photo in enumerate(faces) for face in in_photo]
    assert sorted(found, key=repr) == sorted(wanted, key=repr)
    lost = people_lost(faces)
    assert (np.stack([lost.eyes, lost.facing, lost.present]) >= 0).all()


def looks(face: Face, level: int) -> Face:
    """The face with a likeness of its own."""
    return replace(face, likeness=bytes([level] * 72))


def test_people_who_change_places_are_followed_by_their_likeness() -> None:
    anna, bert = looks(ANNA, 40), looks(BERT, 200)
    swapped = [replace(anna, x=BERT.x), replace(bert, x=ANNA.x, eyes_open=0.1)]
    for shots in ([[anna, bert], swapped], [swapped, [anna, bert]]):
        assert sorted(sorted({face.likeness[0] for face in person.values()}) for person in find_people(shots)) == [
            [40],
            [200],
        ]
    assert people_lost([[anna, bert], swapped]).shut == [False, True]


def test_a_person_who_looks_different_stays_the_same_where_nobody_else_is() -> None:
    """For example with the flash."""
    assert len(find_people([[looks(ANNA, 40)], [looks(ANNA, 90)]])) == 1


def test_somebody_else_far_away_is_another_person() -> None:
    assert len(find_people([[looks(ANNA, 40)], [looks(BERT, 200)]])) == 2


def test_likeness_does_not_hide_the_movement_of_the_camera() -> None:
    """In uniforms, everybody looks alike."""
    crowd = [looks(replace(ANNA, x=0.1 + 0.15 * place), 100) for place in range(4)]
    moved = [replace(face, x=face.x + 0.15) for face in crowd]
    people = find_people([crowd, moved])
    assert [round(faces[1].x - faces[0].x, 3) for faces in (list(person.values()) for person in people)] == [0.15] * 4


def zoomed(face: Face, zoom: float) -> Face:
    """The face where it is after the camera zoomed into the middle."""
    middle = 0.5 * (1 - zoom)
    return replace(
        face, x=zoom * face.x + middle, y=zoom * face.y + middle, width=zoom * face.width, height=zoom * face.height
    )


@pytest.mark.parametrize("zoom", [0.5, 1.9])
def test_it_follows_people_when_the_camera_zooms(zoom: float) -> None:
    crowd = [replace(ANNA, x=x) for x in (0.3, 0.5, 0.7)]
    people = find_people([crowd, [zoomed(face, zoom) for face in crowd]])
    found = sorted((person[0].x, person[1].x) for person in people)
    assert found == [(face.x, zoomed(face, zoom).x) for face in crowd]


def test_one_face_of_another_size_is_no_zoom() -> None:
    assert len(find_people([[ANNA], [zoomed(ANNA, 1.9)]])) == 2


def test_somebody_who_comes_closer_stays_the_same_person() -> None:
    assert len(find_people([[looks(ANNA, 40), looks(BERT, 90)], [looks(ANNA, 40), looks(zoomed(BERT, 1.9), 90)]])) == 2


def test_somebody_who_turns_and_walks_stays_the_same_person() -> None:
    """Unlike by 0.75: more than most faces of one person, and less than most faces of two."""
    there, walked = looks(ANNA, 100), looks(replace(ANNA, x=ANNA.x + 0.2), 110)
    assert 0.6 < unlikeness([there.likeness], [walked.likeness])[0, 0] < 0.8
    assert len(find_people([[there], [walked]])) == 1
    assert len(find_people([[there], [replace(walked, x=there.x + 0.4)]])) == 2


def test_somebody_who_leaves_and_comes_back_elsewhere_stays_the_same_person() -> None:
    anna, bert = looks(ANNA, 40), looks(BERT, 200)
    back = [replace(anna, x=0.5), replace(bert, x=0.1)]
    people = find_people([[anna, bert], [anna], [anna], back])
    assert [{face.likeness[0] for face in person.values()} for person in people] == [{40}, {200}]
    assert [sorted(person) for person in people] == [[0, 1, 2, 3], [0, 3]]


def test_two_who_look_alike_stay_where_they_are() -> None:
    left, right = looks(ANNA, 100), looks(BERT, 100)
    people = find_people([[left, right], [replace(left, x=0.25), replace(right, x=0.55)], [replace(right, x=0.58)]])
    assert [[face.x for face in person.values()] for person in people] == [[0.2, 0.25], [0.6, 0.55, 0.58]]


def test_where_all_look_alike_nobody_is_followed_far() -> None:
    """In the dark, everybody has the colours of everybody."""
    left, right, far = looks(ANNA, 100), looks(BERT, 101), looks(replace(ANNA, x=0.85, y=0.8), 100)
    assert len(find_people([[left, right], [right, far]])) == 3
    assert len(find_people([[left, looks(BERT, 200)], [looks(BERT, 200), far]])) == 2
