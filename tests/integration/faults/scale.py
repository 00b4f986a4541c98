"""How much is tried, and with which chances: short in `make test`, long in `make faults`.

FAULTS_SEED repeats a run: the moments at which processes are killed are drawn from it. What the machine does between
two moments it does not repeat.
"""

from __future__ import annotations

import os
import random
import secrets
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import pytest

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


@cache
def scale() -> Scale:
    """From FAULTS_SEED and FAULTS_LONG."""
    seed = os.environ.get("FAULTS_SEED", "")
    return Scale(int(seed) if seed else secrets.randbelow(10**6), os.environ.get("FAULTS_LONG", "") not in {"", "0"})


# What the short version leaves to the long one, to stay short: others of its tests go much the same way.
long_only = pytest.mark.skipif(not scale().is_long, reason="make faults does it")
