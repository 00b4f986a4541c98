"""How well the groups agree with those of a person, over all and by kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from worker.evaluation.agreement import Agreement, bcubed, pairwise
from worker.evaluation.manifest import WITHOUT_KIND, LabelledPhoto

ALONE = "alone"


@dataclass(frozen=True)
class GroupingScore:
    """B-cubed and pairwise agreement; `photos` is how many were grouped."""

    photos: int
    bcubed: Agreement
    pairwise: Agreement

    def to_json(self) -> dict[str, float]:
        """As the report has it."""
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
    """Of the whole folder, and of the photos of each kind among themselves; `alone` are those in no group."""

    whole: GroupingScore
    by_kind: dict[str, GroupingScore]

    def to_json(self) -> dict[str, Any]:
        """The whole, and beside it `by_kind`."""
        return {
            **self.whole.to_json(),
            "by_kind": {kind: score.to_json() for kind, score in self.by_kind.items()},
        }


def score_grouping(rows: Sequence[LabelledPhoto], found: Sequence[int | None]) -> GroupingScores:
    """Compare what was found with the manifest; one group, or None, for each row."""
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
