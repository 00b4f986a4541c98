"""PostgreSQL, Valkey and S3 together: the production shape of the service on one machine."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final, Self

from tests.services.keeper import Keeper
from tests.services.postgres import PostgreSQL
from tests.services.s3 import Swift
from tests.services.service import Program, Service
from tests.services.valkey import Valkey

REPOSITORY: Final = Path(__file__).resolve().parents[2]
# What child processes get from the developer's environment.
INHERITED: Final = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH")


class Stack:
    """The three services of one test run. Start one with `start(service)`, or all of them with `start()`.

    Leaving the `with` block stops them and removes their files. So does the end of this process, even by SIGKILL.
    """

    def __init__(self, *, durable: bool = False, allowed_origins: str = "*") -> None:
        self.keeper = Keeper()
        self.postgres = PostgreSQL(self.keeper, durable=durable)
        self.valkey = Valkey(self.keeper)
        self.s3 = Swift(self.keeper, allowed_origins=allowed_origins)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def start(self, *services: Service) -> None:
        """Start these services, or all three, side by side. Those that already run are left alone."""
        # PostgreSQL comes last: making its data folder takes time, in which the others load.
        launched = [service for service in services or (self.s3, self.valkey, self.postgres) if not service.is_running]
        for service in launched:
            service.launch()
        for service in launched:
            service.wait_until_ready()

    @property
    def urls(self) -> dict[str, str]:
        """The three variables that the service is configured with."""
        return {"DATABASE_URL": self.postgres.url, "REDIS_URL": self.valkey.url, "STORAGE_URL": self.s3.url}

    @cached_property
    def environment(self) -> dict[str, str]:
        """The complete environment for a process of our service on this stack."""
        data_dir = self.keeper.folder / "data"
        data_dir.mkdir(exist_ok=True)
        return {
            **{name: os.environ[name] for name in INHERITED if name in os.environ},
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "web.settings",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DATA_DIR": str(data_dir),
            **self.urls,
        }

    def program(
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        environment: dict[str, str] | None = None,
        answers: Callable[[], bool] | None = None,
    ) -> Program:
        """A process of our service, such as a worker. It is not started yet.

        It runs in the repository with the stack's environment, to which `environment` adds.
        """
        whole = {**self.environment, **(environment or {})}
        return Program(self.keeper, name, argv, environment=whole, directory=REPOSITORY, answers=answers)

    def close(self) -> None:
        """Stop everything and remove its files."""
        # The services need no orderly end, since their data are removed.
        self.keeper.close()
        for service in (self.postgres, self.valkey, self.s3):
            service.release_ports()
