"""The result of an evaluation, as a table for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from worker.evaluation.groups import GroupingScore, GroupingScores
from worker.evaluation.measuring import FailedPhoto
from worker.evaluation.picks import ALL_KINDS, ALL_MADE, PickScore, PickScores

_HEADING = "{:<22}{:>8}{:>11}{:>8}{:>8}{:>12}{:>8}{:>8}"


@dataclass(frozen=True)
class Evaluation:
    """The scores of one folder."""

    embedding_model: str
    grouping: GroupingScores
    picks: PickScores
    failed: Sequence[FailedPhoto]

    def to_json(self) -> dict[str, Any]:
        """`grouping`, `pick`, the embedding model and the failed files."""
        return {
            "embedding_model": self.embedding_model,
            "grouping": self.grouping.to_json(),
            "pick": self.picks.to_json(),
            "failed": [{"file": photo.path.name, "message": photo.message} for photo in self.failed],
        }

    def to_text(self) -> str:
        """Tables as wide as a terminal."""
        return "\n".join([*self._grouping_lines(), "", *self._pick_lines(), *self._failure_lines()])

    def _grouping_lines(self) -> Iterator[str]:
        yield f"Grouping by {self.embedding_model}"
        yield _HEADING.format("", "photos", "B-cubed P", "R", "F1", "pairwise P", "R", "F1")
        yield _grouping_line(ALL_KINDS, self.grouping.whole)
        for kind, score in self.grouping.by_kind.items():
            yield _grouping_line(kind, score)

    def _pick_lines(self) -> Iterator[str]:
        scored = [kind for kind, score in self.picks.chance.items() if score.groups]
        if not scored:
            yield "Picks: nothing to score, because no group has a photo labelled best and others that are not."
            return
        for kind in sorted(scored, key=lambda kind: (kind not in (ALL_KINDS, ALL_MADE), kind)):
            yield f"Picks, {kind}: {self.picks.chance[kind].groups} groups"
            yield f"  {'':<22}{'best':>8}{'or ok':>8}{'pairwise':>10}"
            for method, scores in self.picks.by_method.items():
                yield _pick_line(method, scores[kind])
            yield _pick_line("(majority)", self.picks.majority[kind])
            yield _pick_line("(chance)", self.picks.chance[kind])
            yield ""

    def _failure_lines(self) -> Iterator[str]:
        if self.failed:
            yield f"Left out {len(self.failed)} photos that could not be read:"
            for photo in self.failed:
                yield f"  {photo.path.name}: {photo.message}"


def _grouping_line(kind: str, score: GroupingScore) -> str:
    figures = [
        f"{value:.3f}"
        for agreement in (score.bcubed, score.pairwise)
        for value in (agreement.precision, agreement.recall, agreement.f1)
    ]
    return _HEADING.format(kind[:21], score.photos, *figures)


def _pick_line(method: str, score: PickScore) -> str:
    pairwise = score.pairs_in_order / score.pairs if score.pairs else 1.0
    best, acceptable = score.best / score.groups, score.best_or_ok / score.groups
    return f"  {method:<22}{best:>8.1%}{acceptable:>8.1%}{pairwise:>10.1%}"
