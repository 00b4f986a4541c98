"""`python -m tests.services`: PostgreSQL, Valkey and S3 in the foreground, until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
from typing import NoReturn

from tests.services.service import ServiceError
from tests.services.stack import Stack


def _end(*_signal: object) -> NoReturn:
    raise SystemExit(0)


def main() -> int:
    """Start, print the three URLs as NAME=value lines, and wait for SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m tests.services", description=__doc__)
    parser.add_argument("--durable", action="store_true", help="PostgreSQL as safe, and as slow, as in production")
    parser.add_argument(
        "--allowed-origins", default="*", help="origins, with commas, whose pages may use S3 (default: all)"
    )
    options = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    with Stack(durable=options.durable, allowed_origins=options.allowed_origins) as stack:
        try:
            stack.start()
        except ServiceError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        for name, value in stack.urls.items():
            sys.stdout.write(f"{name}={value}\n")
        sys.stdout.flush()
        while True:
            signal.pause()


if __name__ == "__main__":
    sys.exit(main())
