from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from worker.analysis.grouping import GroupingSettings, ModelReference, photos_of_videos

REFERENCE = ModelReference(0.9)
UNRELATED = np.eye(40, dtype=np.float32)
NOTHING: NDArray[np.float32] = np.zeros((0, 40), np.float32)
HOUR = 3600.0


def linked(
    photos: NDArray[np.float32], videos: NDArray[np.float32], seconds: list[float], similarity: float = 0.5
) -> dict[int, int]:
    return dict(
        photos_of_videos(
            np.concatenate([photos, videos]),
            np.array(seconds),
            np.arange(len(seconds)) >= len(photos),
            reference=REFERENCE,
            settings=GroupingSettings(similarity=similarity),
            names=[str(row) for row in range(len(seconds))],
        )
    )


def near(row: int, share: float) -> NDArray[np.float32]:
    """Like this photo; with a smaller share less so."""
    return np.asarray(share * UNRELATED[row] + (1 - share) * UNRELATED[39], np.float32)


def test_a_video_belongs_to_the_photo_that_it_is_most_alike() -> None:
    photos = UNRELATED[:20]
    seconds = [HOUR * place for place in range(20)]
    videos = np.stack([near(4, 0.9), near(7, 0.9)])
    assert linked(photos, videos, [*seconds, 4 * HOUR + 10, 7 * HOUR + 10]) == {20: 4, 21: 7}


def test_a_video_like_no_photo_belongs_to_none() -> None:
    seconds = [HOUR * place for place in range(20)]
    assert linked(UNRELATED[:20], near(30, 1.0)[None], [*seconds, 4 * HOUR + 10]) == {}


def test_a_video_of_another_day_belongs_to_none() -> None:
    seconds = [HOUR * place for place in range(20)]
    assert linked(UNRELATED[:20], near(4, 0.8)[None], [*seconds, 400 * HOUR]) == {}


def test_there_need_be_no_photo_and_no_video() -> None:
    assert linked(NOTHING, UNRELATED[:2], [0.0, 1.0]) == {}
    assert linked(UNRELATED[:2], NOTHING, [0.0, 1.0]) == {}
