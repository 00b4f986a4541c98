"""How our commands say that they were called wrongly."""

from __future__ import annotations

from typing import NoReturn

from django.core.management.base import CommandError

BAD_USAGE = 2


def refuse(message: str) -> NoReturn:
    """End the command with this sentence and the exit status of bad usage."""
    raise CommandError(message, returncode=BAD_USAGE)
