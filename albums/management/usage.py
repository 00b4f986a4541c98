"""How our commands report wrong usage."""

from __future__ import annotations

from typing import NoReturn

from django.core.management.base import CommandError

BAD_USAGE = 2


def refuse(message: str) -> NoReturn:
    """End the command with this message and the exit status for wrong usage."""
    raise CommandError(message, returncode=BAD_USAGE)
