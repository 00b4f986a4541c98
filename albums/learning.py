"""What is told of what a person's decisions have taught."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from albums.models import Taste

CORRECTIONS_NEEDED = 20
"""With fewer choices against the shipped ranker, nothing is learned: a handful of groups is no taste."""


class LearningState(models.TextChoices):
    """How far the learning is, as people see it."""

    OFF = "off"
    NOTHING = "nothing"
    COLLECTING = "collecting"
    NOT_BETTER = "not_better"
    IN_USE = "in_use"


@dataclass(frozen=True)
class Learning:
    """What was learned from one account, and how well; the counts are those of `Taste`."""

    state: LearningState
    enabled: bool
    choices: int = 0
    corrections: int = 0
    agreed: int = 0
    agreed_without: int = 0
    learned_at: datetime | None = None
    corrections_needed: int = CORRECTIONS_NEEDED


def learning_of(owner_id: Any) -> Learning:
    """What the account's decisions have taught by now."""
    taste = Taste.objects.filter(owner_id=owner_id).first()
    if taste is None:
        return Learning(LearningState.NOTHING, enabled=True)
    return Learning(
        _state(taste),
        enabled=taste.is_enabled,
        choices=taste.choices,
        corrections=taste.corrections,
        agreed=taste.agreed,
        agreed_without=taste.shipped_agreed,
        learned_at=taste.learned_at,
    )


def _state(taste: Taste) -> LearningState:
    if not taste.is_enabled:
        return LearningState.OFF
    if taste.ranker is not None:
        return LearningState.IN_USE
    if not taste.choices:
        return LearningState.NOTHING
    return LearningState.NOT_BETTER if taste.corrections >= CORRECTIONS_NEEDED else LearningState.COLLECTING
