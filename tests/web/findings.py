"""What the doctor's checks found, as one text."""

from __future__ import annotations

from web.doctor.finding import Findings, Level


def sentences(findings: Findings, level: Level = Level.ERROR) -> str:
    """The sentences of this level. What is not well has a remedy."""
    found = list(findings)
    assert all(bool(each.remedy) == (each.level != Level.OK) for each in found if each.part != "settings")
    return "\n".join(f"{each.sentence} {each.remedy}" for each in found if each.level == level)
