"""What one check found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is. Only errors make the command fail."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    """One sentence about one part, and for what is not well another that says what to do."""

    level: Level
    part: str
    sentence: str
    remedy: str = ""


Findings = Iterator[Finding]


def ok(part: str, sentence: str) -> Finding:
    """All is well."""
    return Finding(Level.OK, part, sentence)


def warning(part: str, sentence: str, remedy: str) -> Finding:
    """It works, but somebody should know."""
    return Finding(Level.WARNING, part, sentence, remedy)


def error(part: str, sentence: str, remedy: str) -> Finding:
    """It does not work, or is not safe."""
    return Finding(Level.ERROR, part, sentence, remedy)
