from __future__ import annotations

import numpy as np
import pytest

from tests.drawing import draw_scene
from worker.training.degradations import DEGRADATIONS, GRADES, blinking

SCENE = draw_scene(5, (1280, 960))


def change(flaw: str, grade: int) -> float:
    degraded = DEGRADATIONS[flaw](SCENE, grade, np.random.default_rng(1))
    assert degraded.shape == SCENE.shape
    assert degraded.dtype == np.uint8
    return float(np.abs(degraded.astype(int) - SCENE).mean())


@pytest.mark.parametrize("flaw", DEGRADATIONS)
def test_a_higher_grade_changes_more(flaw: str) -> None:
    changes = [change(flaw, grade) for grade in range(1, GRADES + 1)]
    assert changes[0] > 0
    assert changes == sorted(changes)


@pytest.mark.parametrize("flaw", DEGRADATIONS)
def test_it_refuses_other_grades(flaw: str) -> None:
    with pytest.raises(ValueError, match="from 1 to 4"):
        DEGRADATIONS[flaw](SCENE, GRADES + 1, np.random.default_rng(1))


def test_exposure_changes_brightness_in_the_right_direction() -> None:
    random = np.random.default_rng(1)
    assert DEGRADATIONS["underexposed"](SCENE, 2, random).mean() < SCENE.mean() - 20
    assert DEGRADATIONS["overexposed"](SCENE, 2, random).mean() > SCENE.mean() + 20
    assert abs(DEGRADATIONS["defocused"](SCENE, 4, random).mean() - SCENE.mean()) < 3


def test_blinking_changes_the_eyes_only() -> None:
    degraded = blinking(SCENE, [(640.0, 480.0, 100.0)])
    changed = np.argwhere((degraded != SCENE).any(axis=2))
    assert len(changed)
    assert np.abs(changed - [480, 640]).max() < 25
    assert blinking(SCENE, []).tolist() == SCENE.tolist()
