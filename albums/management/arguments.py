"""Arguments that several of our commands take."""

from __future__ import annotations

from argparse import ArgumentTypeError
from contextlib import suppress

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser

from albums.picks import Wanted

_TECHNICAL_USER = "makealbum@localhost"


def similarity(text: str) -> float:
    """A similarity: 0 groups loosely, 1 strictly."""
    value = float(text)
    if not 0 <= value <= 1:
        raise ArgumentTypeError("must be between 0 (loose) and 1 (strict)")
    return value


def wanted_picks(text: str) -> Wanted:
    """A number of photos, or a share with a percent sign."""
    number = text.removesuffix("%").strip()
    value = int(number) if number.isdecimal() else 0
    if not 1 <= value <= (100 if text.endswith("%") else 1_000_000):
        raise ArgumentTypeError("must be a number of photos such as 50, or a share such as 25%")
    return Wanted(share=value / 100) if text.endswith("%") else Wanted(count=value)


def owner_named(user: str | None) -> AbstractBaseUser:
    """The named account, created without a password if it does not exist. Without a name, a technical account."""
    users = get_user_model()._default_manager  # noqa: SLF001 - documented for swapped user models
    email = user or _TECHNICAL_USER
    if "@" not in email:
        email = f"{email}@localhost"
    with suppress(users.model.DoesNotExist):
        return users.get(email__iexact=email)
    return users.create_user(email)
