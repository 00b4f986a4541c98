"""Compute the vectors of all photos with the current embedding model."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from albums.services.photos import photos_reembed
from worker.runtime import encoder_choice


class Command(BaseCommand):
    """Computes the vectors from the thumbnails. Groups and picks follow; people's decisions stay."""

    help = "Compute new vectors with the configured embedding model, for example after its weights were downloaded."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Send the photos in chunks, so that the command can be stopped and run again."""
        choice = encoder_choice()
        count = photos_reembed(model=choice.name, version=choice.version)
        self.stdout.write(f"Enqueued {count} photos for {choice.name}, version {choice.version}.")
