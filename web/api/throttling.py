"""Limits of API requests, per account and, for anonymous requests, per IP address.

The framework's own throttles read a list, add to it and write it back, so concurrent requests count as one. Here the
cache itself counts up one number per time window, for all processes together.
"""

from __future__ import annotations

import ipaddress
import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle, UserRateThrottle

# Providers give a network of this size to each customer, who can use any address in it.
_IPV6_PREFIX = 64


class RateThrottle(UserRateThrottle):
    """A limit of requests per time window, for each account or anonymous IP address."""

    def __init__(self) -> None:
        # The base class reads the rates at import. Read them now, so that changed settings count.
        rates: Any = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
        self.rate = rates[self.scope]
        self.num_requests, self.duration = self.parse_rate(self.rate)
        self._window_end = 0.0

    def get_ident(self, request: Request) -> str:
        """The IP address; for IPv6, its network."""
        address = super().get_ident(request) or ""
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return address
        if parsed.version == 4:
            return address
        return str(ipaddress.ip_network((parsed, _IPV6_PREFIX), strict=False).network_address)

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request, and return whether it is within the limit. A request without a key is not counted here."""
        key = self.get_cache_key(request, view)
        if key is None or not self.num_requests or not self.duration:
            return True
        return self._count(key, self.duration) <= self.num_requests

    def wait(self) -> float:
        """Seconds until the next window, for Retry-After."""
        return max(1.0, self._window_end - time.time())

    def charge(self, request: Request, view: Any, seconds: float) -> None:
        """Count the time of a request as requests."""
        key = self.get_cache_key(request, view)
        if key is None or not self.num_requests or not self.duration:
            return
        extra = int(seconds * self.num_requests / self.duration)
        if extra:
            self._count(key, self.duration, extra)

    def _count(self, key: str, duration: int, by: int = 1) -> int:
        """Add `by` to the requests of this window. Returns how many it has now."""
        window = int(time.time() // duration)
        self._window_end = (window + 1) * duration
        counter = f"{key}:{window}"
        try:
            return int(cache.incr(counter, by))
        except ValueError:  # the first in this window, or the cache was emptied
            if cache.add(counter, by, timeout=duration + 1):
                return by
        try:  # another request was the first just now
            return int(cache.incr(counter, by))
        except ValueError:
            return by


class AccountThrottle(RateThrottle):
    """All requests of an account. Photos do not go through the API and do not count.

    Requests also count by the time they take, because some take seconds in a large album: an account that occupies one
    thread for a whole time window has used up its limit.
    """

    scope = "account"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        """None for anonymous requests, which `AddressThrottle` counts."""
        return super().get_cache_key(request, view) if request.user.is_authenticated else None


class AddressThrottle(RateThrottle):
    """All anonymous requests, also those with an invalid token."""

    scope = "address"

    def get_cache_key(self, request: Request, view: Any) -> str:  # noqa: ARG002
        """The key of the IP address."""
        return str(self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)})


class GuestThrottle(AddressThrottle):
    """All requests of guests from one IP address."""

    scope = "guest"


class ShareThrottle(RateThrottle):
    """All requests at one link, and the time they take: guests cannot take the service away from others."""

    scope = "share"

    def get_cache_key(self, request: Request, view: Any) -> str:  # noqa: ARG002
        """The key of the link."""
        return str(self.cache_format % {"scope": self.scope, "ident": view.share.id})


class SharePasswordThrottle(RateThrottle):
    """Wrong passwords for one link from one IP address."""

    scope = "share_password"

    def get_cache_key(self, request: Request, view: Any) -> str:
        """The key of both."""
        ident = f"{view.share.id}:{self.get_ident(request)}"
        return str(self.cache_format % {"scope": self.scope, "ident": ident})

    def take_back(self, request: Request, view: Any) -> None:
        """Do not count the last one: it was right."""
        self._count(self.get_cache_key(request, view), self.duration or 0, -1)


class SharePasswordAnywhereThrottle(SharePasswordThrottle):
    """Wrong passwords for one link from everywhere. Guests who gave the right one before are not asked again."""

    scope = "share_password_anywhere"

    def get_cache_key(self, request: Request, view: Any) -> str:  # noqa: ARG002
        """The key of the link."""
        return str(self.cache_format % {"scope": self.scope, "ident": view.share.id})


class SchemaThrottle(RateThrottle):
    """Against making the web processes write out the description of the API all day."""

    scope = "schema"


class PasswordThrottle(RateThrottle):
    """Against guessing the password in a session that was left open."""

    scope = "password"


class TokenThrottle(RateThrottle):
    """Against creating thousands of tokens."""

    scope = "token"


def throttles(*special: type[RateThrottle]) -> list[BaseThrottle]:
    """The throttles of every view, and the special ones of this view."""
    return [AccountThrottle(), *(throttle() for throttle in special)]
