"""How much is tried, and with which chances: short in `make test`, long in `make faults`.

FAULTS_SEED repeats a run: the moments at which processes are killed are drawn from it. What the machine does between
two moments it does not repeat.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import pytest

LONG, SEED = "FAULTS_LONG", "FAULTS_SEED"
ValueT = TypeVar("ValueT")


@dataclass(frozen=True)
class Scale:
    """The seed of this run, and whether it is the long one."""

    seed: int
    is_long: bool

    def of(self, short: ValueT, long: ValueT) -> ValueT:
        """One of two values for how much."""
        return long if self.is_long else short

    def chance(self, name: str) -> random.Random:
        """The chances of one test: the same for the same seed, whichever tests run before it."""
        return random.Random(f"{self.seed} {name}")


def is_long() -> bool:
    """Whether FAULTS_LONG asks for the long version."""
    return os.environ.get(LONG, "") not in {"", "0"}


@cache
def scale() -> Scale:
    """From FAULTS_LONG and FAULTS_SEED, which `tests/scheduling.py` draws where nobody has set it."""
    return Scale(int(os.environ[SEED]), is_long())


# What the short version leaves to the long one, to stay short: others of its tests go much the same way.
long_only = pytest.mark.skipif(not is_long(), reason="make faults does it")
