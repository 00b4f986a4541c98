from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from albums.analysis import CaptureInformation, PhotoFeatures
from worker.evaluation.manifest import Label, LabelledPhoto
from worker.evaluation.measuring import MeasuredPhoto
from worker.evaluation.picks import PickScore, labelled_groups, score_picks


def photo(name: str, **scores: float) -> MeasuredPhoto:
    capture = CaptureInformation()
    return MeasuredPhoto(Path(name), PhotoFeatures({"laplacian_variance": 1.0, **scores}), capture, b"")


def rows(*labels: Label, group: str = "g", kind: str = "blur") -> list[LabelledPhoto]:
    return [LabelledPhoto(f"{place}.jpg", group, label, kind) for place, label in enumerate(labels)]


def test_it_counts_the_best_the_acceptable_and_the_pairs_in_order() -> None:
    score = PickScore()
    score.add([Label.BEST, Label.OK, Label.BAD], np.array([1.0, 2.0, 0.0]))
    assert score.to_json() == {"groups": 1, "best": 0.0, "best_or_ok": 1.0, "pairs": 3, "pairwise": 0.6667}


def test_a_method_without_information_scores_as_chance() -> None:
    score = PickScore()
    score.add([Label.BAD, Label.BEST, Label.OK, Label.WORSE], np.zeros(4))
    assert (score.best, score.best_or_ok, score.pairs_in_order / score.pairs) == (0.25, 0.5, 0.5)


def test_it_does_not_score_ambiguous_photos() -> None:
    score = PickScore()
    score.add([Label.AMBIGUOUS, Label.BEST, Label.AMBIGUOUS, Label.BAD], np.array([9.0, 2.0, 9.0, 1.0]))
    assert (score.best, score.pairs) == (1.0, 1)


@pytest.mark.parametrize(
    "labels",
    [
        (Label.BEST,),
        (Label.OK, Label.BAD),
        (Label.BEST, Label.BEST),
        (Label.BEST, Label.AMBIGUOUS),
        (Label.NONE, Label.NONE),
    ],
)
def test_it_scores_only_groups_with_a_choice(labels: tuple[Label, ...]) -> None:
    assert labelled_groups(rows(*labels), [photo("a")] * len(labels)) == []


def test_it_scores_every_method_by_kind_and_beside_chance_and_majority() -> None:
    labelled = [
        *rows(Label.BAD, Label.BEST, kind="blur", group="one"),
        *rows(Label.WORSE, Label.BEST, kind="blur", group="two"),
        *rows(Label.BEST, Label.BAD, kind="noise", group="three"),
        LabelledPhoto("alone.jpg", "", Label.NONE, ""),
    ]
    variances = [1.0, 2.0, 5.0, 4.0, 1.0, 3.0, 0.0]
    photos = [photo(row.file, laplacian_variance=variance) for row, variance in zip(labelled, variances, strict=True)]
    found = score_picks(labelled_groups(labelled, photos)).to_json()
    assert {kind: score["groups"] for kind, score in found["default"].items()} == {"all": 3, "blur": 2, "noise": 1}
    assert found["laplacian_variance"]["blur"]["best"] == 1
    assert found["laplacian_variance"]["noise"]["best"] == 0
    assert found["chance"]["all"]["best"] == 1.5
    assert found["majority"]["all"]["best"] == 2  # the second position every time
    assert found["majority"]["blur"]["best"] == 2
    # These photos have no other measurements.
    assert found["noise"]["all"]["best"] == found["chance"]["all"]["best"]


def test_real_and_made_photos_are_never_one_figure() -> None:
    labelled = [
        *rows(Label.BEST, Label.BAD, kind="blur", group="real"),
        *rows(Label.BEST, Label.BAD, kind="made noisy", group="made"),
    ]
    chance = score_picks(labelled_groups(labelled, [photo("a")] * len(labelled))).chance
    assert {kind: score.groups for kind, score in chance.items()} == {
        "all": 1,
        "blur": 1,
        "all made": 1,
        "made noisy": 1,
    }
