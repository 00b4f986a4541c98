"""Checks an installation."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from web.doctor.addresses import check_encryption, check_public_address
from web.doctor.broker import check_broker
from web.doctor.configuration import check_mail, check_settings
from web.doctor.database import check_database
from web.doctor.finding import Level
from web.doctor.photo_storage import check_storage
from web.doctor.workers import check_workers

_CHECKS = (
    check_settings,
    check_database,
    check_broker,
    check_storage,
    check_public_address,
    check_encryption,
    check_mail,
    check_workers,
)


class Command(BaseCommand):
    """Prints what is well, what is not, and what to do. Changes nothing but one object that it removes again."""

    help = "Check everything that one can get wrong. The exit status is 1 if something does not work or is not safe."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """One line for each finding, as soon as it is found."""
        errors = 0
        for check in _CHECKS:
            for finding in check():
                errors += finding.level == Level.ERROR
                self.stdout.write(f"{finding.level:<8} {finding.part}: {finding.sentence}")
                if finding.remedy:
                    self.stdout.write(f"{'':<8} → {finding.remedy}")
        if errors:
            raise CommandError(f"{errors} {'thing needs' if errors == 1 else 'things need'} to be mended.")
        self.stdout.write("Nothing needs to be mended.")
