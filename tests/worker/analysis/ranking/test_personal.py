from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.simulated_people import PEOPLE, Person, choices_with, learn
from worker.analysis.ranking.comparison import COLUMNS
from worker.analysis.ranking.personal import (
    Choice,
    Verdict,
    fit_personal,
    judge_personal,
    personal_from_json,
    personal_to_json,
)
from worker.analysis.ranking.ranker import Ranker, RankerError, shipped_ranker

BRIGHTER = next(person for person in PEOPLE if person.name == "the brighter the better")
SHIPPED = shipped_ranker()


def _choices(person: Person, corrections: int, seed: int = 0) -> list[Choice]:
    return choices_with(person, corrections, np.random.default_rng(seed))


@pytest.mark.slow
@pytest.mark.parametrize("person", [person for person in PEOPLE if person.differs], ids=lambda person: person.name)
def test_it_learns_other_preferences_within_seventy_corrections(person: Person) -> None:
    """The ranker always learns it, and mostly passes the test by then; some sessions show less of a preference."""
    outcomes = [learn(person, 70, seed=seed, fresh=300) for seed in range(3)]
    assert min(outcome.learned - outcome.shipped for outcome in outcomes) > 0.15
    assert sum(outcome.in_use for outcome in outcomes) >= 2


@pytest.mark.slow
@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)
@pytest.mark.parametrize("corrections", [25, 100])
def test_it_never_does_worse_than_shipped_by_more_than_a_point(person: Person, corrections: int) -> None:
    outcome = learn(person, corrections, seed=2, fresh=300)
    assert outcome.used >= outcome.shipped - 0.01


def test_a_person_who_always_agrees_changes_nothing() -> None:
    exactly = next(person for person in PEOPLE if person.whim == 0)
    choices = choices_with(exactly, 1, np.random.default_rng(0), most=100)
    assert fit_personal(choices, SHIPPED) is SHIPPED
    assert judge_personal(choices, SHIPPED) == Verdict(100, 100, 100, 0, 0)


def test_the_same_choices_give_the_same_weights_in_any_order() -> None:
    choices = _choices(BRIGHTER, 30)
    assert fit_personal(choices, SHIPPED) == fit_personal(choices, SHIPPED)
    turned = fit_personal(choices[::-1], SHIPPED).weights
    assert turned == pytest.approx(dict(fit_personal(choices, SHIPPED).weights), rel=1e-3, abs=1e-4)


def test_more_choices_give_a_better_ranker() -> None:
    fresh = _choices(BRIGHTER, 150, seed=8)
    agreed = [
        sum(choice.agrees_with(ranker) for choice in fresh)
        for ranker in (SHIPPED, *(fit_personal(_choices(BRIGHTER, count), SHIPPED) for count in (4, 60)))
    ]
    assert agreed[0] < agreed[1] < agreed[2]


def test_weights_without_evidence_stay_as_shipped() -> None:
    """Except for the common scale of all weights."""
    choices = []
    for choice in _choices(BRIGHTER, 40):
        comparison = choice.comparison.copy()
        comparison[:, COLUMNS.index("eyes")] = 0
        comparison[:, COLUMNS.index("faces")] = 0
        choices.append(replace(choice, comparison=comparison))
    weights = fit_personal(choices, SHIPPED).weights
    assert weights["eyes"] / weights["faces"] == pytest.approx(
        SHIPPED.weights["eyes"] / SHIPPED.weights["faces"], rel=1e-3
    )


@pytest.mark.slow
def test_accepted_picks_do_not_outweigh_corrections() -> None:
    """Four hundred accepted picks show that people accept picks, and little about brightness."""
    choices = _choices(BRIGHTER, 50)
    unseen = []
    for choice in _choices(BRIGHTER, 330, seed=9)[:400]:
        others = tuple(place for place in range(len(choice.comparison)) if place != choice.shown)
        unseen.append(replace(choice, taken=(choice.shown,), left=others))
    alone, among_many = fit_personal(choices, SHIPPED), fit_personal(choices + unseen, SHIPPED)
    agreed = [sum(choice.agrees_with(ranker) for choice in choices) for ranker in (SHIPPED, among_many, alone)]
    assert agreed[1] > agreed[0] + 0.7 * (agreed[2] - agreed[0])
    # As far as the data shows, they agreed, so it is not used.
    assert not judge_personal(choices + unseen, SHIPPED).is_better()


def test_corrections_without_other_preferences_are_not_learned_from() -> None:
    """If only corrections are recorded, the shipped ranker is never right, and any other would look better."""
    whims = next(person for person in PEOPLE if person.name == "as shipped, with whims")
    corrections = [choice for choice in _choices(whims, 100) if not choice.agrees_with(SHIPPED)]
    moved = fit_personal(corrections, SHIPPED)
    everything = _choices(whims, 60, seed=5)
    agreed, shipped = (sum(choice.agrees_with(ranker) for choice in everything) for ranker in (moved, SHIPPED))
    assert agreed > 0.93 * shipped


def test_choices_in_a_single_scene_do_not_decide_others() -> None:
    """However many they are: nothing tells what of it holds elsewhere."""
    choices = [replace(choice, scene="a concert") for choice in _choices(BRIGHTER, 100)]
    verdict = judge_personal(choices, SHIPPED)
    assert verdict.agreed == verdict.base_agreed < verdict.choices - 50
    assert not verdict.is_better()


def test_more_choices_in_a_scene_hardly_outweigh_those_in_others() -> None:
    elsewhere = [choice for choice in _choices(BRIGHTER, 40, seed=3) if choice.agrees_with(SHIPPED)]
    concert = [replace(choice, scene="a concert") for choice in _choices(BRIGHTER, 60)]
    once, thrice = (fit_personal([*elsewhere, *concert * times], SHIPPED) for times in (1, 3))
    assert once.weights == pytest.approx(dict(thrice.weights), rel=0.2, abs=0.3)


def test_a_preference_for_one_scene_does_not_spoil_others() -> None:
    """They like it bright at one concert only. Elsewhere they take what is shown."""
    exactly = next(person for person in PEOPLE if person.whim == 0)
    concert = [replace(choice, scene="a concert") for choice in _choices(BRIGHTER, 60)]
    elsewhere = choices_with(exactly, 1, np.random.default_rng(1), most=60)
    assert not judge_personal(concert + elsewhere, SHIPPED).is_better()


def test_a_photo_kept_beside_the_pick_corrects_nothing() -> None:
    choice = next(choice for choice in _choices(BRIGHTER, 5) if len(choice.comparison) == 4)
    pick = int(np.argmax(SHIPPED.quality(choice.comparison)))
    others = [place for place in range(4) if place != pick]
    both = replace(choice, shown=pick, taken=(pick, others[0]), left=tuple(others[1:]))
    assert both.agrees_with(SHIPPED)
    assert fit_personal([both], SHIPPED) is SHIPPED


@pytest.mark.parametrize(
    ("gained", "lost", "better"), [(30, 5, True), (10, 0, False), (30, 20, False), (5, 30, False), (0, 0, False)]
)
def test_a_lead_counts_only_beyond_chance(gained: int, lost: int, better: bool) -> None:
    assert Verdict(100, 50 + gained - lost, 50, gained, lost).is_better() == better


def test_a_tiny_lead_does_not_count() -> None:
    assert not Verdict(4000, 3045, 3000, 50, 5).is_better()


def test_it_is_used_as_long_as_it_leads() -> None:
    assert Verdict(100, 55, 50, 10, 5).is_better(was_better=True)
    assert not Verdict(100, 50, 50, 10, 10).is_better(was_better=True)


def test_repeated_tests_do_not_pass_by_chance() -> None:
    """A thousand sequences of 500 tosses of a fair coin, tested after each toss."""
    tosses = np.random.default_rng(0).integers(0, 2, (1000, 500))
    gained = tosses.cumsum(axis=1)
    passed = [
        any(
            Verdict(1, won, lost, won, lost).is_better() for won, lost in zip(run, np.arange(1, 501) - run, strict=True)
        )
        for run in gained
    ]
    assert np.mean(passed) < 0.05


def test_it_survives_a_round_trip_through_json() -> None:
    made = fit_personal(_choices(BRIGHTER, 30), SHIPPED)
    data = json.loads(json.dumps(personal_to_json(made, SHIPPED)))
    assert data["base"] == SHIPPED.name
    assert personal_from_json(data, SHIPPED) == made


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"base": "photoalbum-0"},
        {"weights": {"sharpness": 1.0}},
        {"weights": {**SHIPPED.weights, "smiles": 1.0}},
        {"weights": {**SHIPPED.weights, "eyes": "wide"}},
        {"weights": {**SHIPPED.weights, "eyes": float("nan")}},
        {"weights": None},
    ],
)
def test_it_refuses_data_of_another_ranker(change: dict[str, object]) -> None:
    with pytest.raises(RankerError):
        personal_from_json(personal_to_json(SHIPPED, SHIPPED) | change, SHIPPED)


@pytest.mark.parametrize("data", [None, [], "weights", {}])
def test_it_refuses_invalid_data(data: object) -> None:
    with pytest.raises(RankerError):
        personal_from_json(data, SHIPPED)


@st.composite
def wild_choices(draw: st.DrawFn) -> list[Choice]:
    made = []
    for _ in range(draw(st.integers(1, 12))):
        size = draw(st.integers(2, 5))
        seed, scale = draw(st.integers(0, 10_000)), draw(st.sampled_from([0.0, 1e-6, 1.0, 1e3]))
        comparison = np.random.default_rng(seed).normal(size=(size, len(COLUMNS))) * scale
        taken = draw(st.sets(st.integers(0, size - 1), min_size=1, max_size=size - 1))
        left = tuple(sorted(set(range(size)) - taken))
        shown, scene = draw(st.integers(0, size - 1)), draw(st.integers(0, 3))
        made.append(Choice(comparison, shown, tuple(sorted(taken)), left, scene))
    return made


@given(wild_choices())
def test_it_always_converges_to_finite_weights(choices: list[Choice]) -> None:
    fitted = fit_personal(choices, SHIPPED)
    assert isinstance(fitted, Ranker)
    verdict = judge_personal(choices, SHIPPED)
    assert 0 <= verdict.gained <= verdict.agreed
    assert 0 <= verdict.lost <= verdict.base_agreed
    assert verdict.gained + verdict.lost <= 10 * len({choice.scene for choice in choices})
