from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from numpy.typing import NDArray

from albums.analysis import Face, PhotoFeatures
from tests.drawing import add_noise, blur, draw_scene
from worker.analysis.features import measure_features
from worker.analysis.measures.scales import SCALES
from worker.analysis.ranking.comparison import COLUMNS, compare
from worker.analysis.ranking.ranker import shipped_ranker

SCENE = draw_scene(1)
FACE = Face(0.4, 0.3, 0.2, 0.2, eyes_open=0.9, sharpness=-2.0, frontal=True, cut_off=False, confidence=0.9)


# Measured when first needed: every process of a run imports this file, and one runs its tests.
@cache
def scores_of_scene() -> dict[str, float]:
    return measure_features(SCENE).scores


@cache
def shots() -> list[PhotoFeatures]:
    return [measure_features(shot) for shot in (SCENE, blur(SCENE, 0.002), add_noise(SCENE, 10.0))]


def photo(faces: tuple[Face, ...] = (), **scores: float) -> PhotoFeatures:
    return PhotoFeatures({**scores_of_scene(), **scores}, list(faces))


def face(**changes: Any) -> Face:
    return replace(FACE, **changes)


def column(name: str, photos: list[PhotoFeatures]) -> NDArray[np.float64]:
    values: NDArray[np.float64] = compare(photos)[:, COLUMNS.index(name)]
    return values


def test_it_has_a_row_for_each_photo_and_a_column_for_each_quantity() -> None:
    assert compare([photo(), photo(), photo()]).shape == (3, len(COLUMNS))


def textures(step: int) -> Any:
    signals = {f"signal_{side}": 6 - 0.001 * side * step for side in SCALES}
    return {**signals, **{f"floor_{side}": 0.5 * step for side in SCALES}}


OF_TILES = {f"{name}_{side}" for name in ("middle", "even", "proportion") for side in SCALES[:-1]}
# In these columns 0 is the best value, and most photos have it.
ONE_SIDED = {"faces", "eyes", "frontal", "darkness", "brightness"}


@pytest.mark.parametrize("name", [name for name in COLUMNS if name not in ONE_SIDED | OF_TILES])
def test_the_groups_median_is_zero(name: str) -> None:
    photos = [
        photo(
            detail=-2 - 0.3 * step,
            noise=1.0 + 2 * step,
            blockiness=1 + step,
            highlights_clipped=0.02 * step,
            highlight_headroom=0.1 * step if name == "headroom" else 0.0,
            brightness=0.25 + 0.1 * step if name in {"tone", "agreement"} else 0.4,
            key=0.24 + 0.02 * step if name == "exposure" else 0.28,
            faces_cut_off=0.2 * step,
            face_detail=-1 - 0.3 * step,
            shadows_clipped=0.02 * step,
            entropy=5 - 0.2 * step,
            well_exposed=0.8 - 0.1 * step,
            contrast=0.1 + 0.03 * step,
            uprightness=0.9 - 0.1 * step,
            **textures(step),
        )
        for step in range(5)
    ]
    found = column(name, photos)
    assert np.median(found) == pytest.approx(0)
    assert found.max() > 0 > found.min()


@pytest.mark.parametrize("score", ["detail", "noise", "blockiness", "highlights_clipped", "brightness"])
def test_an_unknown_score_counts_neither_for_nor_against(score: str) -> None:
    lacking = photo()
    del lacking.scores[score]
    with_middle = compare([photo(), photo(), lacking])
    assert np.isfinite(with_middle).all()
    np.testing.assert_allclose(with_middle[2], with_middle[0])


def test_photos_without_any_score_are_alike() -> None:
    np.testing.assert_array_equal(compare([PhotoFeatures({}), PhotoFeatures({})]), 0)


@pytest.mark.parametrize("name", sorted(OF_TILES))
def test_columns_of_shared_tiles_are_unknown_without_a_map(name: str) -> None:
    found = column(name, shots())
    assert np.median(found) == pytest.approx(0)
    assert found.max() > 0 > found.min()
    with_whole = column(name, [*shots(), replace(shots()[1], gradient_map=b"")])
    assert with_whole[3] == 0
    assert column(name, [replace(shot, gradient_map=b"") for shot in shots()]).tolist() == [0, 0, 0]


@pytest.mark.parametrize("name", ["resolution_2048", "structure", "quiet_2048"])
def test_a_photo_without_a_map_is_compared_as_a_whole(name: str) -> None:
    """For example, an older version prepared one photo of an album that gets more photos."""
    found = column(name, [*shots(), replace(shots()[1], gradient_map=b"")])
    # About the same value as its twin.
    others = np.delete(np.abs(found - found[3]), [1, 3])
    assert abs(found[1] - found[3]) < others.min()


def test_a_dark_photo_does_not_win_by_being_less_noisy_or_sharper() -> None:
    well = [
        photo(key=0.28, brightness=0.37, noise=3.0, detail=-2.0),
        photo(key=0.27, brightness=0.36, noise=3.5, detail=-2.1),
    ]
    dark = [photo(key=light, brightness=light, noise=0.0, detail=-1.0) for light in np.linspace(0.02, 0.09, 6)]
    for name in ("noise", "detail", "sharpness"):
        found = column(name, [*well, *dark])
        assert np.abs(found[2:]).max() < 0.1
        assert np.abs(found[:2]).max() < 1


def test_photos_of_the_same_exposure_are_compared_by_the_usual_median() -> None:
    found = column("detail", [photo(detail=detail) for detail in (-4.0, -3.0, -2.5, -1.0)])
    assert found == pytest.approx([-1.25, -0.25, 0.25, 1.75])


def any_scores() -> st.SearchStrategy[dict[str, float]]:
    return st.dictionaries(st.sampled_from(sorted(scores_of_scene())), st.floats(-1e308, 1e308))


@given(st.lists(st.deferred(any_scores), min_size=1, max_size=5))
def test_it_is_finite_whatever_the_scores(scores: list[dict[str, float]]) -> None:
    assert np.isfinite(compare([PhotoFeatures(of_photo) for of_photo in scores])).all()


def test_sharpness_is_that_of_the_faces_where_every_photo_has_one() -> None:
    sharp_face = photo((FACE,), detail=-3.0, face_detail=-1.0)
    sharp_background = photo((FACE,), detail=-2.5, face_detail=-2.0)
    assert np.argmax(column("sharpness", [sharp_face, sharp_background])) == 0
    nobody = photo(detail=-2.0)
    assert np.argsort(column("sharpness", [sharp_face, sharp_background, nobody])).tolist() == [0, 1, 2]


def test_invisible_noise_makes_no_difference() -> None:
    clean, cleaner, noisy = column("noise", [photo(noise=0.5), photo(noise=0.1), photo(noise=8.0)])
    assert abs(clean - cleaner) < 0.1
    assert noisy < clean - 3


def test_agreement_needs_three_photos() -> None:
    usual, dark = photo(brightness=0.45), photo(brightness=0.2)
    agreement = column("agreement", [usual, usual, dark])
    assert agreement[2] < agreement[0]
    assert column("agreement", [usual, dark]).tolist() == [0, 0]


def test_a_missing_face_counts_by_its_size_and_by_how_many_shots_show_it() -> None:
    small = face(x=0.8, width=0.04)
    both, large_only, nobody = column("faces", [photo((FACE, small)), photo((FACE,)), photo()])
    assert both > large_only > nobody
    assert both - large_only < 0.25 * (both - nobody)


def test_one_averted_head_counts_more_than_sharpness_elsewhere() -> None:
    facing, averted = photo((face(turn=0.0),), detail=-2.3), photo((face(turn=-60.0),), detail=-1.7)
    quality = shipped_ranker().quality(compare([facing, averted]))
    assert quality[0] > quality[1] + 3


def test_columns_are_not_bounded() -> None:
    assert np.unique(column("noise", [photo(noise=50 + 20 * step) for step in range(3)])).size == 3
    white = [photo(highlights_clipped=0.5 + 0.25 * step) for step in range(3)]
    assert np.unique(column("highlights", white)).size == 3


def test_too_dark_and_too_bright_have_separate_columns() -> None:
    photos = [photo(brightness=brightness) for brightness in (0.2, 0.45, 0.8)]
    darkness, brightness = column("darkness", photos), column("brightness", photos)
    assert darkness[0] < darkness[1] == darkness[2]
    assert brightness[2] < brightness[1] == brightness[0]
