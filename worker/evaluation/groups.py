"""How well the groups agree with a person's groups, overall and by kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from worker.evaluation.agreement import Agreement, bcubed, pairwise
from worker.evaluation.manifest import WITHOUT_KIND, LabelledPhoto

ALONE = "alone"


@dataclass(frozen=True)
class GroupingScore:
    """B-cubed and pairwise agreement. `photos` is the number of grouped photos."""

    photos: int
    bcubed: Agreement
    pairwise: Agreement

    def to_json(self) -> dict[str, float]:
        """Plain data for the report."""
        return {
            "photos": self.photos,
            **_agreement("bcubed", self.bcubed),
            **_agreement("pairwise", self.pairwise),
        }


def _agreement(name: str, agreement: Agreement) -> dict[str, float]:
    return {
        f"{name}_precision": round(agreement.precision, 4),
        f"{name}_recall": round(agreement.recall, 4),
        f"{name}_f": round(agreement.f1, 4),
    }


@dataclass(frozen=True)
class GroupingScores:
    """Scores of the whole folder and of the photos of each kind. The kind `alone` is for photos in no group."""

    whole: GroupingScore
    by_kind: dict[str, GroupingScore]

    def to_json(self) -> dict[str, Any]:
        """The scores of the whole folder, with `by_kind` added."""
        return {
            **self.whole.to_json(),
            "by_kind": {kind: score.to_json() for kind, score in self.by_kind.items()},
        }


def score_grouping(rows: Sequence[LabelledPhoto], found: Sequence[int | None]) -> GroupingScores:
    """Compare the found groups with the manifest. `found` has one group, or None, for each row."""
    kinds = [row.kind or (ALONE if not row.group else WITHOUT_KIND) for row in rows]
    by_kind = {
        kind: _score([row for row, of in zip(rows, kinds, strict=True) if of == kind], _of_kind(found, kinds, kind))
        for kind in sorted(set(kinds))
    }
    return GroupingScores(_score(rows, found), by_kind)


def _of_kind(found: Sequence[int | None], kinds: Sequence[str], kind: str) -> list[int | None]:
    return [group for group, of in zip(found, kinds, strict=True) if of == kind]


def _score(rows: Sequence[LabelledPhoto], found: Sequence[int | None]) -> GroupingScore:
    truth = [row.group or None for row in rows]
    return GroupingScore(len(rows), bcubed(found, truth), pairwise(found, truth))
