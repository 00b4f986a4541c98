from __future__ import annotations

from worker.evaluation.groups import score_grouping
from worker.evaluation.manifest import Label, LabelledPhoto


def test_it_scores_the_folder_and_each_kind() -> None:
    rows = [
        LabelledPhoto("a", "one", Label.NONE, "burst"),
        LabelledPhoto("b", "one", Label.NONE, "burst"),
        LabelledPhoto("c", "two", Label.NONE, "bracket"),
        LabelledPhoto("d", "two", Label.NONE, "bracket"),
        LabelledPhoto("e", "", Label.NONE, ""),
    ]
    found = score_grouping(rows, [0, 0, 1, None, None]).to_json()
    assert found["photos"] == 5
    assert found["bcubed_precision"] == 1.0
    assert found["bcubed_recall"] == 0.8
    assert found["pairwise_recall"] == 0.5
    assert {kind: score["bcubed_f"] for kind, score in found["by_kind"].items()} == {
        "alone": 1.0,
        "bracket": 0.6667,
        "burst": 1.0,
    }
