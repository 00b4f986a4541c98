"""How much one account, and one address that is nobody's, may ask of the API.

The framework's own throttles read a list, add to it and write it back, so requests that come at once count as one. Here
a counter per window of time is raised by the cache itself, for all processes together.
"""

from __future__ import annotations

import ipaddress
import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle, UserRateThrottle

# What a provider gives to one customer: single addresses of it are free.
_IPV6_PREFIX = 64


class RateThrottle(UserRateThrottle):
    """So many requests a window, for each account, and for each address that is signed in to none."""

    def __init__(self) -> None:
        # The base class reads rates when it is imported; operators' and tests' settings are read now.
        rates: Any = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
        self.rate = rates[self.scope]
        self.num_requests, self.duration = self.parse_rate(self.rate)
        self._window_end = 0.0

    def get_ident(self, request: Request) -> str:
        """The address, of IPv6 the network."""
        address = super().get_ident(request) or ""
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return address
        if parsed.version == 4:
            return address
        return str(ipaddress.ip_network((parsed, _IPV6_PREFIX), strict=False).network_address)

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request, and say whether it is one too many; without a key it is not for this throttle to count."""
        key = self.get_cache_key(request, view)
        if key is None or not self.num_requests or not self.duration:
            return True
        window = int(time.time() // self.duration)
        self._window_end = (window + 1) * self.duration
        return _count(f"{key}:{window}", timeout=self.duration + 1) <= self.num_requests

    def wait(self) -> float:
        """Seconds until the next window, for Retry-After."""
        return max(1.0, self._window_end - time.time())


def _count(key: str, *, timeout: int) -> int:
    """The number of this request, from 1."""
    if cache.add(key, 1, timeout=timeout):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # gone meanwhile: the window is over, or the cache was emptied
        return 1


class AccountThrottle(RateThrottle):
    """Everything that an account asks for. Photos themselves do not pass the API and do not count."""

    scope = "account"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        """None for strangers, whom `AddressThrottle` counts."""
        return super().get_cache_key(request, view) if request.user.is_authenticated else None


class AddressThrottle(RateThrottle):
    """Everything that is asked without an account, also with tokens that are none."""

    scope = "address"

    def get_cache_key(self, request: Request, view: Any) -> str:  # noqa: ARG002
        """The address."""
        return str(self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)})


class PasswordThrottle(RateThrottle):
    """Against guessing the password from a session left open."""

    scope = "password"


class TokenThrottle(RateThrottle):
    """Against making tokens by the thousand."""

    scope = "token"


def throttles(*special: type[RateThrottle]) -> list[BaseThrottle]:
    """What every view counts, and what this one counts beside."""
    return [AccountThrottle(), *(throttle() for throttle in special)]
