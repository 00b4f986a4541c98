"""What the threat model names as its proof exists."""

from __future__ import annotations

import re
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]


def test_every_test_that_it_names_exists() -> None:
    text = (REPOSITORY / "docs/threat-model.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:tests/[\w/*.]+|test_[\w*]+\.py))`", text))
    files = {path.name for path in (REPOSITORY / "tests").rglob("test_*.py")}

    missing = {name for name in named if not (list(REPOSITORY.glob(name)) if "/" in name else name in files)}

    assert len(named) > 20
    assert not missing
