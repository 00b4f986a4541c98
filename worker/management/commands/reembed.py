"""Moves an installation to the model it would use now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from albums.services.photos import photos_reembed
from worker.runtime import encoder_choice


class Command(BaseCommand):
    """The vectors are computed from the thumbnails; groups and picks follow, decisions stay."""

    help = "Describe every photo with the embedding model configured now, for example after its weights have come."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Enqueue in portions, so that the command can be stopped and run again."""
        choice = encoder_choice()
        count = 0
        while sent := photos_reembed(model=choice.name, version=choice.version):
            count += sent
        self.stdout.write(f"{count} photos will be described by {choice.name}, version {choice.version}.")
