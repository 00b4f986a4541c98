#!/usr/bin/env python
"""The command line of the service: `python manage.py help` lists the commands."""

import os
import sys


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "web.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit("Django is missing. `make run` makes .venv with everything; use .venv/bin/python.") from error
    from django.core.exceptions import ImproperlyConfigured

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # What the operator wrote cannot be used; where in the program that was noticed helps nobody.
        raise SystemExit(f"{sys.argv[0]}: {error}") from error


if __name__ == "__main__":
    main()
