from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.evaluation.agreement import bcubed, pairwise

labels = st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=1, max_size=30)


def labels_of_two() -> st.SearchStrategy[tuple[list[int | None], list[int | None]]]:
    label = st.one_of(st.none(), st.integers(0, 5))
    return st.lists(st.tuples(label, label), min_size=1, max_size=30).map(
        lambda pairs: ([one for one, _ in pairs], [other for _, other in pairs])
    )


def test_it_measures_what_is_counted_by_hand() -> None:
    truth = ["a", "a", "a", "a", "b", "a"]
    predicted = [1, 1, 1, 2, 2, 2]
    measured = bcubed(predicted, truth)
    assert measured.precision == pytest.approx((3 * 1 + 2 * 2 / 3 + 1 / 3) / 6)
    assert measured.recall == pytest.approx((3 * 3 / 5 + 2 * 2 / 5 + 1) / 6)
    pairs = pairwise(predicted, truth)
    assert pairs.precision == pytest.approx(4 / 6)
    assert pairs.recall == pytest.approx(4 / 10)


def test_it_gives_full_marks_for_the_same_groups_under_other_names() -> None:
    measured = bcubed([7, 7, None, 3, 3], ["x", "x", None, "y", "y"])
    assert (measured.precision, measured.recall, measured.f1) == (1, 1, 1)


def test_single_photos_are_groups_of_one() -> None:
    assert bcubed([None, None], ["a", "b"]).f1 == 1
    assert bcubed([None, None], ["a", "a"]).recall == pytest.approx(0.5)
    assert bcubed([0, 0], [None, None]).precision == pytest.approx(0.5)


def test_a_group_named_by_a_number_is_not_a_single_photo() -> None:
    assert bcubed([1, None], [None, None]).precision == 1


def test_an_empty_album_agrees_fully() -> None:
    assert bcubed([], []).f1 == 1
    assert pairwise([], []).f1 == 1


def test_it_scores_zero_when_all_pairs_are_wrong() -> None:
    measured = pairwise([1, 1, 2, 2], [1, 2, 1, 2])
    assert (measured.precision, measured.recall, measured.f1) == (0, 0, 0)


def test_it_refuses_groupings_of_different_photos() -> None:
    with pytest.raises(ValueError, match="3 predicted groups cannot be compared with 2"):
        bcubed([1, 1, 1], [1, 1])


@given(labels_of_two())
def test_precision_is_recall_the_other_way_round(
    groupings: tuple[list[int | None], list[int | None]],
) -> None:
    one, other = groupings
    for measure in (bcubed, pairwise):
        assert measure(one, other).precision == pytest.approx(measure(other, one).recall)
        assert 0 <= measure(one, other).f1 <= 1


@given(labels_of_two(), st.randoms(use_true_random=False))
def test_the_order_of_the_photos_does_not_matter(
    groupings: tuple[list[int | None], list[int | None]], dice: random.Random
) -> None:
    one, other = groupings
    order = list(range(len(one)))
    dice.shuffle(order)
    shuffled = bcubed([one[place] for place in order], [other[place] for place in order])
    assert shuffled.f1 == pytest.approx(bcubed(one, other).f1)


@given(labels)
def test_a_grouping_agrees_with_itself(groups: list[int | None]) -> None:
    assert bcubed(groups, groups).f1 == pytest.approx(1)
    assert pairwise(groups, groups).f1 == pytest.approx(1)
