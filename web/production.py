"""Refuses unsafe settings of a public service: its web process does not start, and `check --deploy` says why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as CheckWarning
from django.core.exceptions import ImproperlyConfigured

from web import env

_HERE = {"localhost", "127.0.0.1", "::1"}
_LEAST_KEY_LENGTH = 32
_LEAST_KEY_VARIETY = 8
# Passwords from examples and container images, and those of people in a hurry.
_DEFAULTS = {
    "admin",
    "changeme",
    "change-me",
    "default",
    "example",
    "minioadmin",
    "password",
    "photoalbum",
    "postgres",
    "redis",
    "root",
    "secret",
    "test",
}


def is_public() -> bool:
    """True when PUBLIC_URL is not an address of this machine only."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return host not in _HERE and not host.endswith(".localhost")


def refuse_defaults() -> None:
    """Stop instead of serving with well-known secrets.

    Raises:
        ImproperlyConfigured: naming every variable to set.

    """
    if found := list(_refusals()):
        raise ImproperlyConfigured(" ".join(found))


def _refusals() -> Iterator[str]:
    if not is_public():
        return
    if settings.DEBUG:
        yield "DEBUG=true shows code and settings on error pages. Remove it."
    key = env.text("SECRET_KEY")
    if not key and not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield "SECRET_KEY is not set. All web processes need the same key: create one with `openssl rand -hex 32`."
    elif key and (
        len(key) < _LEAST_KEY_LENGTH or len(set(key)) < _LEAST_KEY_VARIETY or key.startswith("django-insecure-")
    ):
        yield f"SECRET_KEY can be guessed. Use {_LEAST_KEY_LENGTH} random characters: `openssl rand -hex 32`."
    for name in ("DATABASE_URL", "REDIS_URL", "STORAGE_URL"):
        if _password(env.text(name)).lower() in _DEFAULTS:
            yield f"{name} has a password that is well known. Choose another: `openssl rand -hex 32`."


def _password(url: str) -> str:
    return unquote(urlsplit(url).password or "") if url else ""


@register(Tags.security, deploy=True)
def check_production(app_configs: Sequence[Any] | None, **_: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Our checks for `check --deploy`, besides Django's own."""
    messages: list[CheckMessage] = [
        Error(sentence, id=f"web.E{number:03}") for number, sentence in enumerate(_refusals(), 1)
    ]
    if is_public() and settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        messages.append(
            CheckWarning("Mails go to the log, including links that reset passwords. Set EMAIL_URL.", id="web.W001")
        )
    if is_public() and not settings.SESSION_COOKIE_SECURE:
        messages.append(
            CheckWarning("PUBLIC_URL is not https: passwords and cookies are sent unencrypted.", id="web.W002")
        )
    elif is_public() and not (settings.BEHIND_PROXY or settings.TLS_CERTIFICATE or settings.HTTPS == "lan"):
        messages.append(
            CheckWarning(
                "PUBLIC_URL is https, and nothing says who encrypts. Set BEHIND_PROXY=true, or TLS_CERTIFICATE and "
                "TLS_KEY.",
                id="web.W003",
            )
        )
    return messages
