"""Everything on one machine, from one command in the foreground."""

from __future__ import annotations

import contextlib
import errno
import io
import ipaddress
import os
import signal
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from web import env
from web.embedded import processes, valkey
from web.embedded.children import ChildSpecification
from web.embedded.guard import signal_when_parent_ends
from web.embedded.running import STACK_NAME, DataFolderInUseError, RunningStack, locked
from web.embedded.supervisor import Supervisor, SupervisorError


class Command(BaseCommand):
    """Runs web, worker, beat and, unless REDIS_URL names another broker, Valkey, until Ctrl-C."""

    help = "Run the whole service on this machine, until Ctrl-C."
    # The health page and the workers' log report problems; an installation without weights still serves.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to serve, and how many processes to run."""
        parser.add_argument(
            "--host", default=env.text("HOST", "127.0.0.1"), help="address to listen on (default: HOST)"
        )
        parser.add_argument(
            "--port", type=int, default=settings.PORT, help="port to listen on (default: PORT, or 8000)"
        )
        parser.add_argument("--without-web", action="store_true", help="only what works in the background")
        parser.add_argument("--concurrency", type=int, default=processes.worker_concurrency(), help="worker processes")
        parser.add_argument(
            "--with-parent", action="store_true", help="stop when the process that started this one ends"
        )
        parser.add_argument("--ready-file", type=Path, help="a file to write pid and addresses to, as JSON, when ready")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Lock, prepare, and supervise."""
        # Other users of this machine must not read photos, sessions, or the links in logged mails. Children inherit it.
        os.umask(0o077)
        if options["with_parent"]:
            signal_when_parent_ends(signal.SIGTERM)
        url = None if options["without_web"] else f"http://{_display_host(options['host'])}:{options['port']}"
        try:
            with locked(settings.DATA_DIR, url or "") as lock, ExitStack() as stack:
                listener = None if url is None else stack.enter_context(_listening(options["host"], options["port"]))
                redis_url, broker = _broker()
                # Missing tables or unreachable storage must show before anything runs.
                call_command("initialize", verbosity=0, stdout=io.StringIO())
                connections.close_all()
                specifications = [*broker, *_background(options["concurrency"], redis_url)]
                specifications += [processes.web(listener)] if listener else []
                self._supervise(specifications, lock, RunningStack(os.getpid(), redis_url, url), options)
        except (DataFolderInUseError, SupervisorError, valkey.ValkeyNotFoundError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"The data folder {settings.DATA_DIR} cannot be used: {error}.") from error

    def _supervise(
        self, specifications: list[ChildSpecification], lock: int, running: RunningStack, options: dict[str, Any]
    ) -> None:
        stack_file = settings.DATA_DIR / STACK_NAME
        ready_file: Path | None = options["ready_file"]
        # The children get the same settings, also those given as arguments.
        os.environ.update(
            {
                "REDIS_URL": running.redis_url,
                "HOST": options["host"],
                "PORT": str(options["port"]),
                "PYTHONPATH": os.pathsep.join(filter(None, [str(settings.BASE_DIR), os.environ.get("PYTHONPATH")])),
                "PYTHONUNBUFFERED": "1",
            }
        )
        supervisor = Supervisor(
            specifications,
            log_folder=settings.DATA_DIR / "logs",
            say=self._say,
            remove=stack_file,
            keep_open=[lock],
        )

        def on_ready() -> None:
            running.write(stack_file)
            if ready_file:
                _write_ready_file(running, ready_file)
            if running.url:
                self._say(f"The service runs at {running.url} (Ctrl-C stops it)")
                self._warn_about_names(options["host"])

        supervisor.run(on_ready, on_stop=lambda: stack_file.unlink(missing_ok=True))

    def _warn_about_names(self, host: str) -> None:
        if not _is_loopback(host) and not env.text("PUBLIC_URL"):
            self._say("Other machines are refused until PUBLIC_URL says how they call this one: http://NAME:PORT")

    def _say(self, sentence: str) -> None:
        # The console may be closed; that is no reason to stop.
        with contextlib.suppress(OSError):
            self.stdout.write(sentence)
            self.stdout.flush()


def _broker() -> tuple[str, list[ChildSpecification]]:
    """The broker's address, and its process if we run it ourselves."""
    if settings.REDIS_URL:
        problem = valkey.problem(settings.REDIS_URL)
        if problem:
            raise CommandError(f"The broker at REDIS_URL does not answer: {problem}")
        return settings.REDIS_URL, []
    server = valkey.prepare(settings.DATA_DIR / "valkey")
    return server.url, [processes.broker(server)]


def _background(concurrency: int, redis_url: str) -> list[ChildSpecification]:
    return [processes.worker(concurrency, redis_url), processes.beat(settings.DATA_DIR / "beat-schedule")]


def _write_ready_file(running: RunningStack, path: Path) -> None:
    try:
        running.write(path)
    except OSError as error:
        raise CommandError(f"The ready file {path} cannot be written: {error.strerror}.") from error


@contextmanager
def _listening(host: str, port: int) -> Iterator[processes.Listener]:
    """Open the port inside the block, or say why it cannot be opened."""
    try:
        listener = processes.listen(host, port)
    except OSError as error:
        raise CommandError(_why_not(host, port, error)) from error
    except OverflowError as error:
        raise CommandError(f"Port {port} does not exist. Choose one up to 65535 with PORT=.") from error
    with listener.socket:
        yield listener


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. Choose another: PORT={port + 1} make run"
    if error.errno == errno.EACCES:
        return f"Port {port} may only be opened by root. Choose one above 1023: PORT=8000 make run"
    return f"The address {host}, port {port}, cannot be listened on: {error.strerror or error}. HOST and PORT set it."


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


def _display_host(host: str) -> str:
    """The host to type into a browser on this machine."""
    if _is_loopback(host) or host in {"0.0.0.0", "::"}:  # noqa: S104
        return "localhost"
    return f"[{host}]" if ":" in host else host
