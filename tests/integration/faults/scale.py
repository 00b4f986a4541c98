"""How much the fault tests try, and their random numbers: short in `make test`, long in `make faults`.

FAULTS_SEED repeats a run: it determines the moments at which processes are killed. It does not determine what the
machine does in between.
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
    """The seed of this run, and whether it is a long one."""

    seed: int
    is_long: bool

    def of(self, short: ValueT, long: ValueT) -> ValueT:
        """One of two values, for a short or a long run."""
        return long if self.is_long else short

    def chance(self, name: str) -> random.Random:
        """The random numbers of one test. They depend only on the seed, not on the tests that run before."""
        return random.Random(f"{self.seed} {name}")


def is_long() -> bool:
    """True when FAULTS_LONG asks for a long run."""
    return os.environ.get(LONG, "") not in {"", "0"}


@cache
def scale() -> Scale:
    """Read FAULTS_LONG and FAULTS_SEED. `tests/scheduling.py` draws a seed if none is set."""
    return Scale(int(os.environ[SEED]), is_long())


# Work that takes longer counts as lost. A long run may meet a machine that is ten times as busy: it tries faults that a
# photo meets again and again, and each time the photo is examined again.
SETTLE_SECONDS = 900.0 if is_long() else 180.0

# A short run skips these tests, because its other tests cover nearly the same.
long_only = pytest.mark.skipif(not is_long(), reason="only in make faults")
