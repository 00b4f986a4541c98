from __future__ import annotations

import json
import math
from collections.abc import Callable
from functools import cache
from itertools import permutations

import cv2
import msgspec
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace
from numpy.typing import NDArray

from albums.analysis import REASONS, SCORES, Face, PhotoFeatures, Reason
from tests.drawing import add_noise, blur, draw_scene, expose, shake
from tests.drawn_faces import add_face, draw_portrait
from worker.analysis.features import measure_features
from worker.analysis.ranking.comparison import COLUMNS
from worker.analysis.ranking.group_ranking import CLEAR_MARGIN, HEURISTIC, WEIGHTS, RankedGroup, rank_group
from worker.analysis.ranking.ranker import Ranker

Pixels = NDArray[np.uint8]

SEEDS = range(40, 44)
SIZE = (800, 600)


def compress(image: Pixels, quality: int) -> Pixels:
    encoded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR), np.uint8)


# A mild and a strong grade of each.
FLAWS: dict[str, tuple[Callable[[Pixels], Pixels], Callable[[Pixels], Pixels]]] = {
    "blurred": (lambda image: blur(image, 0.0008), lambda image: blur(image, 0.003)),
    "shaken": (lambda image: shake(image, 0.004), lambda image: shake(image, 0.015)),
    "noisy": (lambda image: add_noise(image, 8.0), lambda image: add_noise(image, 25.0)),
    # One stop less brings some of these bright scenes nearer to the usual light.
    "dark": (lambda image: expose(image, -2.0), lambda image: expose(image, -3.0)),
    "bright": (lambda image: expose(image, 1.2), lambda image: expose(image, 2.5)),
    "compressed": (lambda image: compress(image, 25), lambda image: compress(image, 10)),
}


@cache
def copies(seed: int) -> dict[str, tuple[PhotoFeatures, ...]]:
    """The features of a drawn scene ("original") and of its degraded copies."""
    scene = draw_scene(seed, SIZE)
    measured: dict[str, tuple[PhotoFeatures, ...]] = {"original": (measure_features(compress(scene, 92)),)}
    for flaw, grades in FLAWS.items():
        measured[flaw] = tuple(measure_features(compress(degrade(scene), 92)) for degrade in grades)
    return measured


def group_of(seed: int) -> list[PhotoFeatures]:
    return [photo for photos in copies(seed).values() for photo in photos]


def codes(reasons: list[Reason]) -> list[str]:
    return [reason.code for reason in reasons]


# --- The pick ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("flaw", FLAWS)
def test_it_picks_the_original_over_each_degraded_copy(seed: int, flaw: str) -> None:
    (original,) = copies(seed)["original"]
    for degraded in copies(seed)[flaw]:
        assert rank_group([degraded, original]).order == [1, 0]


@pytest.mark.parametrize("seed", SEEDS)
def test_it_picks_the_original_among_all_degraded_copies(seed: int) -> None:
    assert rank_group(group_of(seed)).order[0] == 0


def test_it_picks_better_than_the_laplacian_alone() -> None:
    ranked, by_laplacian = 0, 0
    for seed in SEEDS:
        (original,) = copies(seed)["original"]
        degraded = group_of(seed)[1:]
        ranked += sum(rank_group([original, copy]).order[0] == 0 for copy in degraded)
        by_laplacian += sum(
            original.scores["laplacian_variance"] > copy.scores["laplacian_variance"] for copy in degraded
        )
    assert by_laplacian < 0.75 * ranked


@pytest.mark.parametrize("seed", SEEDS)
def test_the_laplacian_alone_would_pick_the_noisy_copy(seed: int) -> None:
    (original,) = copies(seed)["original"]
    for noisy in copies(seed)["noisy"]:
        assert noisy.scores["laplacian_variance"] > original.scores["laplacian_variance"]
        assert rank_group([noisy, original]).order == [1, 0]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("flaw", [flaw for flaw in FLAWS if flaw != "bright"])  # white areas hide noise and blocks
def test_a_stronger_flaw_has_a_lower_quality(seed: int, flaw: str) -> None:
    (original,) = copies(seed)["original"]
    assert rank_group([copies(seed)[flaw][1], original, copies(seed)[flaw][0]]).order == [1, 2, 0]


def test_it_picks_the_portrait_with_open_eyes() -> None:
    asleep, awake = (measure_features(draw_portrait(eyes_open=eyes_open)) for eyes_open in (False, True))
    ranked = rank_group([asleep, awake])
    assert ranked.order == [1, 0]
    assert ranked.clear_winner
    assert codes(ranked.reasons[1]) == ["eyes_open"]
    assert codes(ranked.reasons[0]) == ["eyes_closed"]


@pytest.mark.parametrize("seed", [1, 2, 4, 7])
def test_it_picks_the_portrait_whose_face_is_in_focus(seed: int) -> None:
    portrait = draw_portrait(width=0.4, seed=seed)
    soft = blur(portrait, 0.0025)
    near = np.zeros(portrait.shape, np.float32)
    near[150:660, 330:870] = 1
    near = np.asarray(cv2.GaussianBlur(near, (0, 0), 20))  # an edge would look like one of compression
    on_face = np.rint(portrait * near + soft * (1 - near)).astype(np.uint8)
    on_background = np.rint(soft * near + portrait * (1 - near)).astype(np.uint8)
    assert rank_group([measure_features(on_background), measure_features(on_face)]).order == [1, 0]


# --- The order of the photos ------------------------------------------------------------------------------------------


def by_photo(photos: list[PhotoFeatures], ranked: RankedGroup) -> list[tuple[float, list[str], str]]:
    """The reasons of each photo, best first."""
    return [
        (ranked.quality[place], codes(ranked.reasons[place]), json.dumps(photos[place].scores, sort_keys=True))
        for place in ranked.order
    ]


def test_the_order_in_which_photos_are_given_does_not_matter() -> None:
    photos = [copies(40)[kind][0] for kind in ("original", "blurred", "noisy", "dark")]
    expected = by_photo(photos, rank_group(photos))
    for shuffled in permutations(photos):
        assert by_photo(list(shuffled), rank_group(shuffled)) == expected


@st.composite
def any_features(draw: st.DrawFn) -> PhotoFeatures:
    """Random features with any scores, known or unknown."""
    names = draw(st.sets(st.sampled_from(sorted(SCORES))))
    return PhotoFeatures({name: draw(st.floats(0, 1) | st.integers(0, 3).map(float)) for name in sorted(names)})


@given(st.lists(any_features(), min_size=1, max_size=7), st.randoms(use_true_random=False))
def test_any_group_ranks_alike_in_any_order(photos: list[PhotoFeatures], random: object) -> None:
    shuffled = list(photos)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = rank_group(photos), rank_group(shuffled)
    assert by_photo(shuffled, second) == by_photo(photos, first)
    assert second.margin == first.margin
    assert second.clear_winner == first.clear_winner


@given(st.lists(any_features(), min_size=1, max_size=7))
def test_any_group_is_ranked_whole_and_by_quality(photos: list[PhotoFeatures]) -> None:
    ranked = rank_group(photos)
    assert sorted(ranked.order) == list(range(len(photos)))
    assert all(math.isfinite(quality) for quality in ranked.quality)
    in_order = [ranked.quality[place] for place in ranked.order]
    assert in_order == sorted(in_order, reverse=True)
    assert ranked.margin == (in_order[0] - in_order[1] if len(photos) > 1 else 0)
    assert all(ranked.reasons)
    assert all(reason.text for reasons in ranked.reasons for reason in reasons)


@st.composite
def extreme_features(draw: st.DrawFn) -> PhotoFeatures:
    """What no photo has: any finite scores, any faces, and a gradient map of any bytes."""
    numbers, sizes = st.floats(-1e308, 1e308), st.floats(1e-9, 1e9)
    scores = draw(st.dictionaries(st.sampled_from(sorted(SCORES)), numbers))
    faces = st.builds(
        Face,
        x=numbers,
        y=numbers,
        width=sizes,
        height=sizes,
        eyes_open=st.none() | numbers,
        sharpness=numbers,
        frontal=st.booleans(),
        cut_off=st.booleans(),
        confidence=numbers,
        turn=st.none() | numbers,
        eyes_judged=st.integers(0, 2),
        likeness=st.binary(max_size=72),
    )
    return PhotoFeatures(scores, draw(st.lists(faces, max_size=3)), draw(st.binary(max_size=40)))


@given(st.lists(extreme_features(), min_size=1, max_size=5))
def test_every_number_of_a_ranking_is_finite_whatever_was_measured(photos: list[PhotoFeatures]) -> None:
    ranked = rank_group(photos)
    assert np.isfinite([ranked.margin, *ranked.quality]).all()
    assert all(odds is None or math.isfinite(odds) for odds in ranked.exposure)
    for people, photo in zip(ranked.people.close_ups, photos, strict=True):
        assert len(people) in {0, len(photo.faces)}


NEARLY_EQUAL = dict.fromkeys(
    ("blockiness", "brightness", "gradient_0", "gradient_60", "gradient_120", "halos", "highlight_headroom"), 0.0
) | {"floor_512": 1.7e-38}


@given(st.lists(st.tuples(any_features(), st.booleans()), min_size=1, max_size=7))
@example(
    [
        (PhotoFeatures({}, [], b""), False),
        (PhotoFeatures({"floor_512": 0.0}, [], b""), True),
        (PhotoFeatures(NEARLY_EQUAL, [], b""), True),
    ]
)
def test_what_nobody_would_keep_comes_clearly_last(photos: list[tuple[PhotoFeatures, bool]]) -> None:
    features, unwanted = [photo for photo, _ in photos], [is_unwanted for _, is_unwanted in photos]
    ranked, usual = rank_group(features, unwanted=unwanted), rank_group(features)
    in_order = [unwanted[place] for place in ranked.order]
    assert in_order == sorted(in_order)
    for group in (True, False):
        kept_order = [place for place in ranked.order if unwanted[place] == group]
        assert kept_order == [place for place in usual.order if unwanted[place] == group]
    if True in in_order and False in in_order:
        last_wanted, first_unwanted = (ranked.quality[ranked.order[in_order.index(True) - step]] for step in (1, 0))
        assert last_wanted - first_unwanted >= CLEAR_MARGIN - 1e-9


# --- Margins ----------------------------------------------------------------------------------------------------------


def test_a_single_photo_ranks_trivially() -> None:
    ranked = rank_group([copies(40)["original"][0]])
    assert (ranked.order, ranked.quality, ranked.margin, ranked.clear_winner) == ([0], [0.0], 0.0, True)
    assert codes(ranked.reasons[0]) == ["only_photo"]


def test_it_refuses_a_group_without_photos() -> None:
    with pytest.raises(ValueError, match="at least one photo"):
        rank_group([])


def test_photos_that_are_alike_have_no_clear_winner() -> None:
    (original,) = copies(41)["original"]
    ranked = rank_group([original, original, original])
    assert ranked.order == [0, 1, 2]
    assert ranked.margin == 0
    assert not ranked.clear_winner
    assert "no_clear_winner" in codes(ranked.reasons[0])
    assert codes(ranked.reasons[1]) == codes(ranked.reasons[2]) == ["nearly_as_good"]


def test_a_lead_over_a_strong_flaw_is_clear() -> None:
    (original,), (_, strongly_blurred) = copies(42)["original"], copies(42)["blurred"]
    ranked = rank_group([strongly_blurred, original])
    assert ranked.clear_winner
    assert ranked.margin > CLEAR_MARGIN
    assert "no_clear_winner" not in codes(ranked.reasons[1])


def test_quality_is_not_bounded() -> None:
    scene = draw_scene(43, SIZE)
    ranked = rank_group([measure_features(blur(scene, share)) for share in (0.004, 0.006, 0.009, 0.013)])
    assert ranked.order == [0, 1, 2, 3]
    assert len(set(ranked.quality)) == 4


def test_it_notices_one_blink_among_ten_people() -> None:
    def portrait(closed: int | None) -> PhotoFeatures:
        image = draw_scene(0, (2000, 1300))
        for person in range(10):
            middle = (0.1 + 0.2 * (person % 5), 0.3 + 0.4 * (person // 5))
            add_face(image, eyes_open=person != closed, middle=middle, width=0.09 if person < 5 else 0.08)
        return measure_features(image)

    ranked = rank_group([portrait(closed=9), portrait(closed=None)])
    assert ranked.order == [1, 0]
    assert "eyes_closed" in codes(ranked.reasons[0])


# --- Reasons ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flaw", "of_pick", "of_other"),
    [
        ("blurred", "sharpest", "out_of_focus"),
        ("shaken", "sharpest", "motion_blur"),
        ("noisy", "least_noise", "noisier"),
        ("dark", "best_exposed", "too_dark"),
        ("bright", "best_exposed", "too_bright"),
        ("compressed", "less_compressed", "more_compressed"),
    ],
)
def test_it_says_what_decided(flaw: str, of_pick: str, of_other: str) -> None:
    (original,), (_, strong) = copies(43)["original"], copies(43)[flaw]
    ranked = rank_group([original, strong])
    assert of_pick in codes(ranked.reasons[0])
    assert of_other in codes(ranked.reasons[1])


@pytest.mark.parametrize("flaw", ["blurred", "shaken"])
def test_it_names_the_kind_of_blur_only_when_it_shows(flaw: str) -> None:
    """Not for a mild blur, not where noise hides the lost gradients, not where gradients were not measured."""
    (original,), (mild, strong) = copies(43)["original"], copies(43)[flaw]
    without = replace(strong, scores={name: score for name, score in strong.scores.items() if "gradient" not in name})
    noisy = replace(strong, scores={**strong.scores, "noise": 9.0})
    for photo in (mild, without, noisy):
        assert not {"motion_blur", "out_of_focus"} & set(codes(rank_group([original, photo]).reasons[1]))


def test_it_names_the_number_of_photos() -> None:
    (original,), blurred = copies(42)["original"], copies(42)["blurred"]
    pick = rank_group([*blurred, original]).reasons[2][0]
    assert pick == Reason.of("sharpest", 3)
    assert pick.text == "sharpest of 3"
    assert msgspec.to_builtins(pick) == {"code": "sharpest", "text": "sharpest of 3", "count": 3}


def test_reasons_about_sharpness_are_true() -> None:
    for seed in SEEDS:
        ranked = rank_group(group_of(seed))
        pick = ranked.order[0]
        if "sharpest" in codes(ranked.reasons[pick]):
            details = [photo.scores["detail"] for photo in group_of(seed)]
            assert details[pick] == max(details)


def test_every_reason_has_a_text_and_only_counts_have_a_number() -> None:
    for code, template in REASONS.items():
        reason = Reason.of(code, 4 if "{count}" in template else 0)
        assert reason.text
        assert "{" not in reason.text
        assert ("count" in msgspec.to_builtins(reason)) == ("4" in reason.text)


# --- Other rankers ----------------------------------------------------------------------------------------------------


def test_another_ranker_can_take_the_place_of_the_shipped_one() -> None:
    (original,), noisy = copies(40)["original"], copies(40)["noisy"]
    noisiest = Ranker("noisiest", {name: -1.0 if name == "noise" else 0.0 for name in COLUMNS})
    ranked = rank_group([original, *noisy], ranker=noisiest)
    assert ranked.order == [2, 1, 0]
    assert all(ranked.reasons)


def test_the_heuristic_weighs_its_columns() -> None:
    assert set(WEIGHTS) < set(COLUMNS)
    unit = np.eye(len(COLUMNS))
    assert HEURISTIC.quality(unit).tolist() == [WEIGHTS.get(name, 0.0) for name in COLUMNS]


# --- A person's own ranker --------------------------------------------------------------------------------------------


def personal(**weights: float) -> Ranker:
    return Ranker("personal", {name: weights.get(name, 0.0) for name in COLUMNS})


def test_it_says_when_the_personal_ranker_picks_another_photo() -> None:
    (original,), (bright, _) = copies(40)["original"], copies(40)["bright"]
    assert rank_group([original, bright]).order == [0, 1]
    ranking = rank_group([original, bright], personal=personal(darkness=5.0, brightness=-5.0))
    assert ranking.order == [1, 0]
    assert codes(ranking.reasons[1])[0] == "your_usual_picks"
    assert "best_overall" not in codes(ranking.reasons[1])
    assert "not_as_good_overall" not in codes(ranking.reasons[0])


def test_it_does_not_mention_the_personal_ranker_when_both_agree() -> None:
    (original,), (dark, _) = copies(40)["original"], copies(40)["dark"]
    ranking = rank_group([dark, original], personal=personal(darkness=5.0, brightness=-5.0))
    assert ranking.order == rank_group([dark, original]).order
    said = {code for reasons in ranking.reasons for code in codes(reasons)}
    assert not said & {"your_usual_picks", "less_like_your_usual_picks"}


def test_a_photo_that_loses_only_by_the_personal_ranker_is_not_called_weaker() -> None:
    one = PhotoFeatures({**copies(40)["original"][0].scores, "uprightness": 0.9})
    other = PhotoFeatures({**one.scores, "uprightness": 0.1})
    assert codes(rank_group([one, other]).reasons[1]) == ["not_as_good_overall"]
    ranking = rank_group([one, other], personal=personal(uprightness=-5.0))
    assert codes(ranking.reasons[1]) == ["your_usual_picks"]
    assert codes(ranking.reasons[0]) == ["less_like_your_usual_picks"]
