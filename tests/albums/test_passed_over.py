"""Tests that what systems keep beside photos is passed over. The pages are tested with the same cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from albums.passed_over import ENDINGS, LIBRARY_ENDINGS, NAMES, ORIGINALS, is_passed_over

CASES = json.loads(Path(__file__).with_name("passed_over_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", CASES["passed over"])
def test_what_systems_keep_is_passed_over(path: str) -> None:
    assert is_passed_over(path)


@pytest.mark.parametrize("path", CASES["taken"])
def test_what_people_keep_is_taken(path: str) -> None:
    assert not is_passed_over(path)


def test_the_rules_can_match() -> None:
    rules = [*NAMES, *ENDINGS, *LIBRARY_ENDINGS, *ORIGINALS]
    assert rules == [rule.lower() for rule in rules]
