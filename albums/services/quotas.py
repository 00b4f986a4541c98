"""Enforces quotas. Every write that adds to an account locks its row, so two of them cannot pass a limit together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model

from albums.quotas import Quota, QuotaExceeded, limits, usage


class Room:
    """What an account has left of some quotas. It is valid until the end of the transaction that asked."""

    def __init__(self, limited: Mapping[Quota, int], used: Mapping[Quota, int]) -> None:
        self._limits = limited
        self._used = dict(used)

    def take(self, **amounts: int) -> QuotaExceeded | None:
        """Take these amounts (`bytes=…, photos=…`). If one is more than is left, take nothing and return the reason."""
        wanted = {Quota(name): amount for name, amount in amounts.items()}
        for quota, amount in wanted.items():
            limit = self._limits.get(quota)
            if limit is not None and self._used[quota] + amount > limit:
                return QuotaExceeded(quota, limit=limit, used=self._used[quota])
        for quota in wanted.keys() & self._used.keys():
            self._used[quota] += wanted[quota]
        return None

    def require(self, **amounts: int) -> None:
        """Take these amounts.

        Raises:
            QuotaExceeded: when one is more than is left.

        """
        refusal = self.take(**amounts)
        if refusal is not None:
            raise refusal


def quota_room(owner_id: Any, *quotas: Quota) -> Room:
    """What the account has left. Locks the account's row until the end of the transaction, which must be open."""
    limited = {quota: limit for quota, limit in limits().items() if quota in quotas}
    if not limited:
        return Room({}, {})
    account_lock(owner_id)
    return Room(limited, usage(owner_id, *limited))


def account_lock(owner_id: Any) -> None:
    """Lock the account's row until the end of the transaction.

    It is locked before any album's row, so that no two transactions wait for each other. SQLite has no row locks and
    needs none: its transactions begin by taking the one lock for writing.
    """
    accounts = get_user_model()._default_manager.select_for_update(no_key=True)  # noqa: SLF001 - the documented name
    list(accounts.filter(pk=owner_id).values_list("pk"))


def quota_take(owner_id: Any, **amounts: int) -> None:
    """Lock the account's row and check that the account has room.

    Raises:
        QuotaExceeded: when it has no room.

    """
    quota_room(owner_id, *(Quota(name) for name in amounts)).require(**amounts)
