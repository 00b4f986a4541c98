"""Sends single requests, as a browser would."""

from __future__ import annotations

import ssl
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from web.embedded.lan import AUTHORITY, FOLDER

_TIMEOUT = 10.0
_MOST_BYTES = 100_000


@dataclass(frozen=True)
class Answer:
    """The headers and the beginning of the body."""

    headers: Mapping[str, str]
    body: bytes


def send(method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes | None = None) -> Answer:
    """The answer to a request that was not refused.

    Raises:
        urllib.error.HTTPError: when it was refused. It is an OSError.
        OSError: when nobody answers.

    """
    if urlsplit(url).scheme not in {"http", "https"}:
        raise OSError(f"{url} is not an address for browsers")
    request = urllib.request.Request(url, data=body, headers=dict(headers or {}), method=method)  # noqa: S310
    with urllib.request.urlopen(request, timeout=_TIMEOUT, context=trusting()) as response:  # noqa: S310
        return Answer(response.headers, response.read(_MOST_BYTES))


def trusting() -> ssl.SSLContext:
    """Trust what browsers do, and the authority of HTTPS=lan, which the devices of the household trust."""
    context = ssl.create_default_context()
    household = Path(settings.DATA_DIR, FOLDER, AUTHORITY)
    if household.is_file():
        context.load_verify_locations(household)
    return context


def reason(problem: OSError) -> str:
    """What went wrong, without Python's wrapping."""
    return str(getattr(problem, "reason", problem))
