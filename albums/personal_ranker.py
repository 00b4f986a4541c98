"""What is told of what a person's decisions have taught."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from albums.models import PersonalRanker

CORRECTIONS_NEEDED = 20
"""With fewer choices against the shipped ranker, nothing is learned: a handful of groups is no taste."""


class PersonalRankerState(models.TextChoices):
    """How far the learning is, as people see it."""

    OFF = "off"
    NOTHING = "nothing"
    COLLECTING = "collecting"
    NOT_BETTER = "not_better"
    IN_USE = "in_use"


@dataclass(frozen=True)
class Learning:
    """What was learned from one account, and how well; the counts are those of `PersonalRanker`."""

    state: PersonalRankerState
    enabled: bool
    choices: int = 0
    corrections: int = 0
    agreed: int = 0
    agreed_without: int = 0
    learned_at: datetime | None = None
    corrections_needed: int = CORRECTIONS_NEEDED


def personal_ranker_status(owner_id: Any) -> Learning:
    """What the account's decisions have taught by now."""
    personal_ranker = PersonalRanker.objects.filter(owner_id=owner_id).first()
    if personal_ranker is None:
        return Learning(PersonalRankerState.NOTHING, enabled=True)
    return Learning(
        _state(personal_ranker),
        enabled=personal_ranker.is_enabled,
        choices=personal_ranker.choices,
        corrections=personal_ranker.corrections,
        agreed=personal_ranker.agreed,
        agreed_without=personal_ranker.shipped_agreed,
        learned_at=personal_ranker.learned_at,
    )


def _state(personal_ranker: PersonalRanker) -> PersonalRankerState:
    if not personal_ranker.is_enabled:
        return PersonalRankerState.OFF
    if personal_ranker.ranker is not None:
        return PersonalRankerState.IN_USE
    if not personal_ranker.choices:
        return PersonalRankerState.NOTHING
    return (
        PersonalRankerState.NOT_BETTER
        if personal_ranker.corrections >= CORRECTIONS_NEEDED
        else PersonalRankerState.COLLECTING
    )
