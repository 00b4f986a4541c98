"""Which faces of a group are whose, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from albums.analysis import Face
from tests.worker.analysis.faces.test_people import ANNA, BERT, CAROL
from worker.analysis.faces import PeopleOfGroup, close_ups, people_found


def people_of_group(faces: Sequence[Sequence[Face]], *, are_alternatives: bool = True) -> PeopleOfGroup:
    return close_ups.people_of_group(people_found(faces), are_alternatives=are_alternatives)


def numbers(faces: Sequence[Sequence[Face]]) -> list[list[int]]:
    return [[close_up.person for close_up in in_photo] for in_photo in people_of_group(faces).close_ups]


def flaws(faces: Sequence[Sequence[Face]]) -> list[list[list[str]]]:
    return [[list(close_up.flaws) for close_up in in_photo] for in_photo in people_of_group(faces).close_ups]


def test_people_keep_their_number_when_they_change_places() -> None:
    anna, bert, carol = (
        replace(face, likeness=looks * 72) for face, looks in ((ANNA, b"a"), (BERT, b"z"), (CAROL, b"m"))
    )
    swapped = [carol, replace(bert, x=anna.x), replace(anna, x=bert.x)]
    assert numbers([[anna, bert, carol], [bert, anna, carol], swapped]) == [[0, 2, 1], [2, 0, 1], [1, 2, 0]]


def test_people_are_numbered_as_they_stand_and_those_behind_come_last() -> None:
    behind = replace(ANNA, x=0.1, width=0.03, height=0.05)
    assert numbers([[BERT, ANNA, behind]]) == [[1, 0, 2]]


def test_somebody_whose_faces_differ_comes_first() -> None:
    assert numbers([[ANNA, BERT], [ANNA, replace(BERT, eyes_open=0.0)]]) == [[1, 0], [1, 0]]


def test_who_only_walked_past_comes_last_and_is_missing_nowhere() -> None:
    stranger = replace(BERT, width=0.2, height=0.3)
    people = people_of_group([[stranger, ANNA], [ANNA], [ANNA]])
    assert [[close_up.person for close_up in in_photo] for in_photo in people.close_ups] == [[1, 0], [0], [0]]
    assert (people.count, people.differ) == (1, 0)


def test_who_is_in_half_of_the_shots_is_missing_in_the_others() -> None:
    people = people_of_group([[ANNA, BERT], [ANNA]])
    assert (people.count, people.differ) == (2, 1)


def test_it_names_what_is_worse_than_in_another_shot() -> None:
    worse = [replace(ANNA, eyes_open=0.1, turn=50.0), replace(BERT, sharpness=BERT.sharpness - 1, turn=0.0)]
    fine = [replace(ANNA, turn=0.0), replace(BERT, turn=0.0)]
    assert flaws([fine, worse]) == [[[], []], [["eyes_shut", "turned_away"], ["soft"]]]
    assert people_of_group([fine, worse]).differ == 2


def test_it_names_nothing_that_is_the_same_in_all_shots() -> None:
    shut = replace(ANNA, eyes_open=0.1, turn=50.0)
    people = people_of_group([[shut], [shut]])
    assert people.differ == 0
    assert not any(close_up.flaws for [close_up] in people.close_ups)


def test_eyes_that_could_not_be_judged_are_not_called_shut() -> None:
    assert flaws([[ANNA], [replace(ANNA, eyes_open=None, eyes_judged=0)]]) == [[[]], [[]]]


def test_the_best_face_of_a_person_lacks_the_least() -> None:
    shots = [replace(ANNA, eyes_open=0.4), replace(ANNA, sharpness=-1.9), replace(ANNA, sharpness=-1.8, turn=None)]
    losses = [close_up.loss for [close_up] in people_of_group([[face] for face in shots]).close_ups]
    assert min(losses) == losses[2] == 0
    assert losses[1] < losses[0]


def test_the_best_face_is_marked_where_another_has_a_flaw() -> None:
    shots = [[replace(ANNA, sharpness=-2.1), BERT], [ANNA, BERT], [replace(ANNA, eyes_open=0.0), BERT]]
    people = people_of_group(shots)
    assert [[close_up.best for close_up in in_photo] for in_photo in people.close_ups] == [
        [False, False],
        [True, False],
        [False, False],
    ]


def test_the_shots_of_a_set_differ_on_purpose() -> None:
    people = people_of_group([[ANNA], [replace(ANNA, eyes_open=0.0, sharpness=-9.0)]], are_alternatives=False)
    assert people.differ == 0
    assert not any(close_up.flaws for [close_up] in people.close_ups)


def test_it_numbers_nobody_whom_an_older_version_measured() -> None:
    assert numbers([[replace(ANNA, turn=5.0)], [ANNA]]) == [[0], []]
