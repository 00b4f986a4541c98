from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.drawing import add_noise, draw_scene
from worker.analysis.embedding.descriptor import describe
from worker.analysis.grouping.album import PhotoGroup, group_photos
from worker.analysis.grouping.calibration import reference_for
from worker.analysis.models import DESCRIPTOR_NAME

DESCRIPTOR = reference_for(DESCRIPTOR_NAME)


@lru_cache
def view(scene: int, shot: int = 0, shift: float = 0.0) -> NDArray[np.float32]:
    image = draw_scene(scene, (128, 96), shift=(shift, 0.0), jitter=0.01, shot=shot)
    return np.asarray(describe([add_noise(image, 2.0, shot)])[0])


def group(vectors: list[NDArray[np.float32]], times: list[float]) -> list[PhotoGroup]:
    return group_photos(np.stack(vectors), np.asarray(times, float), reference=DESCRIPTOR)


def as_pairs(groups: list[PhotoGroup]) -> list[tuple[str, list[int]]]:
    return [(found.kind, found.members) for found in groups]


@pytest.mark.parametrize(
    ("times", "kind"),
    [
        ([10.25, 10.25], "near_duplicate"),  # exactly the same fraction of a second
        ([10.25, np.nan], "near_duplicate"),  # a messenger removed the EXIF
        ([10.25, 500_000.0], "near_duplicate"),  # saved again days later
        ([np.nan, np.nan], "near_duplicate"),  # it removed the EXIF of both
        ([10.25, 10.5], "moment"),  # shots from a tripod
    ],
)
def test_times_tell_copies_from_equally_similar_shots(times: list[float], kind: str) -> None:
    found = group([view(1), view(1), view(2)], [*times, 9e6])
    assert as_pairs(found) == [(kind, [0, 1])]


def test_a_copy_among_the_shots_of_a_moment_leaves_it_a_moment() -> None:
    vectors = [view(1, shot=0), view(1, shot=1, shift=0.04), view(1, shot=0)]
    found = group(vectors, [0.5, 3.5, np.nan])
    assert as_pairs(found) == [("moment", [0, 1, 2])]


def test_many_copies_are_near_duplicates_of_each_other() -> None:
    found = group([view(1)] * 5, [10.25, 10.25, np.nan, np.nan, 9e5])
    assert [(each.kind, sorted(each.members)) for each in found] == [("near_duplicate", [0, 1, 2, 3, 4])]
