"""Download the weights of the embedding model, and explain the consequence when that fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from worker.analysis.models import RESNET50_IMAGENET, Progress, WeightsError, check_weights_file, download_weights
from worker.runtime import encoder_choice


class Command(BaseCommand):
    """Runs at every start. It does nothing when the weights are there, and gives up quickly without a network."""

    help = "Download the ImageNet weights of ResNet50 into MODEL_CACHE and verify them."
    requires_system_checks: list[str] = []  # they would ask to run this command
    source = RESNET50_IMAGENET

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="try even if a download failed less than a day ago")
        parser.add_argument(
            "--optional", action="store_true", help="succeed without the weights where the service works without them"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Exit with code 1 and a message when the service would not work as configured."""
        if settings.EMBEDDING_MODEL not in ("auto", "resnet50"):
            self._say(f"EMBEDDING_MODEL={settings.EMBEDDING_MODEL} needs no download.", options)
        elif settings.RESNET50_WEIGHTS:
            self._check_own_file(Path(settings.RESNET50_WEIGHTS).expanduser(), options)
        else:
            self._download(options)

    def _check_own_file(self, path: Path, options: dict[str, Any]) -> None:
        try:
            check_weights_file(path)
        except WeightsError as error:
            raise CommandError(f"RESNET50_WEIGHTS: {error}") from error
        self._say(f"ResNet50 uses the weights that RESNET50_WEIGHTS names, {path}.", options)

    def _download(self, options: dict[str, Any]) -> None:
        try:
            with tqdm(
                desc="ResNet50 weights",
                total=self.source.size,
                unit="B",
                unit_scale=True,
                file=self.stderr,
                disable=None if options["verbosity"] else True,  # None: only on a terminal
                leave=False,
            ) as bar:
                path = download_weights(
                    settings.MODEL_CACHE, self.source, force=options["force"], progress=_shown_on(bar)
                )
        except WeightsError as error:
            if settings.EMBEDDING_MODEL != "auto" or not options["optional"]:
                raise CommandError(f"The ResNet50 weights could not be downloaded. {error}") from error
            self.stdout.write(
                f"Photos are compared by {encoder_choice().name}, because ResNet50's weights are not here: {error} "
                "To try again now: .venv/bin/python manage.py download_models --force"
            )
        else:
            self._say(f"The ResNet50 weights are at {path}.", options)

    def _say(self, sentence: str, options: dict[str, Any]) -> None:
        if options["verbosity"] > 0:
            self.stdout.write(sentence)


def _shown_on(bar: tqdm[Any]) -> Progress:
    def show(received: int, _expected: int) -> None:
        bar.update(received - bar.n)

    return show
