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
        raise SystemExit("Django is missing. Run `make run` once, then use .venv/bin/python.") from error
    from django.core.exceptions import ImproperlyConfigured

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # The operator has to correct a setting. The message says which; a traceback would not help.
        raise SystemExit(f"{sys.argv[0]}: {error}") from error


if __name__ == "__main__":
    main()
