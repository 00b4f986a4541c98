"""What the benchmark of large tables says of a plan."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks._statement_costs import read_whole

SCAN: dict[str, Any] = {"Node Type": "Seq Scan", "Relation Name": "albums_photo"}
BY_INDEX: dict[str, Any] = {**SCAN, "Node Type": "Index Scan", "Index Name": "albums_photo_pkey"}


@pytest.mark.parametrize(
    ("plan", "found"),
    [
        (SCAN, ["albums_photo"]),
        ({**SCAN, "Relation Name": "albums_workerreport"}, []),
        (BY_INDEX, ["albums_photo_pkey"]),
        ({**BY_INDEX, "Index Cond": "(id = $0)"}, []),
        ({"Node Type": "Limit", "Plans": [BY_INDEX]}, []),
        ({"Node Type": "Limit", "Plans": [{"Node Type": "Sort", "Plans": [SCAN]}]}, ["albums_photo"]),
    ],
)
def test_which_large_tables_a_plan_reads_to_the_end(plan: dict[str, Any], found: list[str]) -> None:
    assert list(read_whole(plan, ["albums_photo", "albums_photo_pkey"])) == found
