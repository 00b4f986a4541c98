"""Claims the learning of a personal ranker and writes its result. Learning starts once a person's decisions settle."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce, Now

from albums.models import PersonalRanker
from albums.services.claims import Claim, claim_row, held, released
from albums.stages import LEARN

logger = logging.getLogger(__name__)

NOTHING_CHANGED: dict[str, Any] = {"changed_at": None, "changed_first_at": None}


@dataclass(frozen=True)
class Learned:
    """The result of learning. `ranker` is None when the shipped ranker is just as good."""

    choices: int
    corrections: int
    agreed: int
    shipped_agreed: int
    ranker: dict[str, Any] | None


def personal_ranker_mark_changed(owner_id: Any, *, decided: bool = True) -> None:
    """Record that decisions changed, or with `decided=False` that decided photos were deleted, which creates no row."""
    changed = {"changed_at": Now(), "changed_first_at": Coalesce(F("changed_first_at"), Now())}
    if not PersonalRanker.objects.filter(owner_id=owner_id).update(**changed) and decided:
        # When two transactions do this at once, one row is enough.
        PersonalRanker.objects.bulk_create(
            [PersonalRanker(owner_id=owner_id, changed_at=Now(), changed_first_at=Now())], ignore_conflicts=True
        )


def personal_ranker_claim(
    owner_id: Any, *, task_id: str, worker: UUID | None = None
) -> tuple[PersonalRanker, Claim] | None:
    """Claim the learning of this account. None when there is nothing to do for this message.

    It learns from the decisions made until now. Later decisions wait for the next learning.
    """
    claimed = claim_row(PersonalRanker, owner_id, LEARN, task_id=task_id, worker=worker)
    if claimed is None:
        return None
    personal_ranker, claim = claimed
    holding = held(PersonalRanker.objects.filter(owner_id=owner_id), LEARN, claim.token)
    if claim.is_one_too_many(LEARN):
        # Try again after the next decision. What was learned before stays.
        logger.error("Learning from account %s crashed the worker several times. It will be retried later.", owner_id)
        holding.update(learning=PersonalRanker.Learning.IDLE, attempts=0, **NOTHING_CHANGED, **released())
        return None
    holding.update(**NOTHING_CHANGED)
    return personal_ranker, claim


def personal_ranker_mark_learned(owner_id: Any, claim: Claim, learned: Learned) -> bool:
    """Write the result. False, and no change, when the claim was lost."""
    holding = held(PersonalRanker.objects.filter(owner_id=owner_id), LEARN, claim.token)
    return bool(
        holding.update(
            learning=PersonalRanker.Learning.IDLE,
            learned_at=Now(),
            choices=learned.choices,
            corrections=learned.corrections,
            agreed=learned.agreed,
            shipped_agreed=learned.shipped_agreed,
            ranker=learned.ranker,
            attempts=0,
            **released(),
        )
    )
