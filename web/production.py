"""What a service that others can reach must not run with: its web process does not start; `check --deploy` says why."""

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
# What examples, images and people in a hurry use.
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
    """True when PUBLIC_URL is more than this machine."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return host not in _HERE and not host.endswith(".localhost")


def refuse_defaults() -> None:
    """Stop here rather than serve with what everybody knows.

    Raises:
        ImproperlyConfigured: naming every variable to be set.

    """
    if found := list(_refusals()):
        raise ImproperlyConfigured(" ".join(found))


def _refusals() -> Iterator[str]:
    if not is_public():
        return
    if settings.DEBUG:
        yield "DEBUG=true shows code and settings to everybody who finds an error. Leave it out."
    key = env.text("SECRET_KEY")
    if not key and not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield "SECRET_KEY is not set. All web processes need the same: make one by `openssl rand -hex 32`."
    elif key and (
        len(key) < _LEAST_KEY_LENGTH or len(set(key)) < _LEAST_KEY_VARIETY or key.startswith("django-insecure-")
    ):
        yield f"SECRET_KEY can be guessed. Use {_LEAST_KEY_LENGTH} random characters: `openssl rand -hex 32`."
    for name in ("DATABASE_URL", "REDIS_URL", "STORAGE_URL"):
        if _password(env.text(name)).lower() in _DEFAULTS:
            yield f"{name} has a password that everybody knows. Choose another: `openssl rand -hex 32`."


def _password(url: str) -> str:
    return unquote(urlsplit(url).password or "") if url else ""


@register(Tags.security, deploy=True)
def check_production(app_configs: Sequence[Any] | None, **_: Any) -> list[CheckMessage]:  # noqa: ARG001
    """What `check --deploy` says beside Django's own."""
    messages: list[CheckMessage] = [
        Error(sentence, id=f"web.E{number:03}") for number, sentence in enumerate(_refusals(), 1)
    ]
    if is_public() and settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        messages.append(
            CheckWarning("Mails go to the log, links to reset passwords among them. Set EMAIL_URL.", id="web.W001")
        )
    if is_public() and not settings.SESSION_COOKIE_SECURE:
        messages.append(CheckWarning("PUBLIC_URL is not https: passwords and cookies go unencrypted.", id="web.W002"))
    return messages
