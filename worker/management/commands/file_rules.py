"""Print what the pages know of files: which are taken, refused and passed over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.management.base import BaseCommand

from albums import passed_over
from albums.file_kinds import REFUSED, TAKEN
from worker.analysis.files import first_bytes


class Command(BaseCommand):
    """`npm run generate` in web/frontend writes this into the pages."""

    help = "Print as JSON which files are taken, refused and passed over."
    requires_system_checks: list[str] = []  # it reads no configuration

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Write to the standard output."""
        self.stdout.write(json.dumps(file_rules()))


def file_rules() -> dict[str, Any]:
    """The rules; bytes in hexadecimal."""
    return {
        "taken": _sorted(TAKEN),
        "refused": _sorted(REFUSED),
        "photoBytes": [{"offset": offset, "hex": mark.hex()} for offset, mark in first_bytes.PHOTOS],
        "refusedBytes": [{"offset": offset, "hex": mark.hex()} for offset, mark in first_bytes.refused()],
        "refusedTexts": list(first_bytes.refused_texts()),
        "passedOver": {
            "names": passed_over.NAMES,
            "endings": passed_over.ENDINGS,
            "libraryEndings": passed_over.LIBRARY_ENDINGS,
            "originals": passed_over.ORIGINALS,
        },
    }


def _sorted(endings: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    return {kind: sorted(names) for kind, names in endings.items()}
