"""Rank the photos of a group: which is best, by how much and why; a person's own ranker; what nobody wants;
and the order of the picks when fewer are wanted.

May use `measures` and `faces`. A new column of the comparison goes here.
"""

from worker.analysis.ranking.comparison import COLUMNS, OF_LIGHT, compare
from worker.analysis.ranking.group_ranking import HEURISTIC, RankedGroup, rank_group
from worker.analysis.ranking.logistic import most_probable
from worker.analysis.ranking.originals import PhotoFile
from worker.analysis.ranking.personal import (
    Choice,
    Verdict,
    fit_personal,
    judge_personal,
    personal_from_json,
    personal_to_json,
)
from worker.analysis.ranking.ranker import Ranker, RankerError, shipped_ranker
from worker.analysis.ranking.reasons_of_sets import SetKind
from worker.analysis.ranking.shelf import shelf_of
from worker.analysis.ranking.spread import Moment, spread_order

__all__ = [
    "COLUMNS",
    "HEURISTIC",
    "OF_LIGHT",
    "Choice",
    "Moment",
    "PhotoFile",
    "RankedGroup",
    "Ranker",
    "RankerError",
    "SetKind",
    "Verdict",
    "compare",
    "fit_personal",
    "judge_personal",
    "most_probable",
    "personal_from_json",
    "personal_to_json",
    "rank_group",
    "shelf_of",
    "shipped_ranker",
    "spread_order",
]
