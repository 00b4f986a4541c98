"""What the account page says about the personal ranker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from albums.models import PersonalRanker

CORRECTIONS_NEEDED = 20
"""With fewer choices against the shipped ranker, nothing is learned: a few groups show no pattern."""


class PersonalRankerState(models.TextChoices):
    """The state of the personal ranker as people see it."""

    OFF = "off"
    NOTHING = "nothing"
    COLLECTING = "collecting"
    NOT_BETTER = "not_better"
    IN_USE = "in_use"


@dataclass(frozen=True)
class Learning:
    """What was learned from one account, and how well. The counts are those of `PersonalRanker`."""

    state: PersonalRankerState
    enabled: bool
    choices: int = 0
    corrections: int = 0
    agreed: int = 0
    agreed_without: int = 0
    learned_at: datetime | None = None
    corrections_needed: int = CORRECTIONS_NEEDED


def personal_ranker_status(owner_id: Any) -> Learning:
    """What has been learned from the account's decisions so far."""
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
