"""Camera shake is distinguished from missed focus."""

from __future__ import annotations

import numpy as np
import pytest

from tests.drawing import Pixels, draw_scene
from tests.drawn_sets import grey
from worker.analysis.measures.gradient_directions import DIRECTIONS, energies_along, gradient_loss
from worker.analysis.measures.texture import measure_texture
from worker.training.degradations import defocused, shaken


def directions(image: Pixels) -> dict[int, float]:
    return measure_texture(grey(image)).directions


@pytest.mark.parametrize("grade", [2, 3, 4])
@pytest.mark.parametrize("number", [1, 2, 5])
def test_camera_shake_removes_the_gradients_of_one_direction(number: int, grade: int) -> None:
    scene = draw_scene(number, (1600, 1200))
    random = np.random.default_rng(grade)
    sharp = directions(scene)
    moved, unfocused = (directions(degrade(scene, grade, random)) for degrade in (shaken, defocused))
    assert gradient_loss(sharp, moved).one_sidedness > 0.42
    assert gradient_loss(sharp, unfocused).one_sidedness < 0.28
    assert min(gradient_loss(sharp, blurred).mean for blurred in (moved, unfocused)) > 0.3


def test_three_directions_determine_the_tensor() -> None:
    across, down, product = 3.0, 5.0, 1.5
    first, second, third = energies_along(across, down, product)
    assert first == pytest.approx(across)
    assert first + second + third == pytest.approx(1.5 * (across + down))
    assert second - third == pytest.approx(product * np.sqrt(3))


def test_an_equal_loss_in_all_directions_is_not_one_sided() -> None:
    one = dict(zip(DIRECTIONS, [1.0, 2.0, 0.5], strict=True))
    lost = gradient_loss(one, {angle: energy - 0.7 for angle, energy in one.items()})
    assert lost.mean == pytest.approx(0.7)
    assert lost.spread == pytest.approx(0, abs=1e-9)
    assert gradient_loss(one, one).one_sidedness == 0
