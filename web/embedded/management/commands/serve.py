"""Everything on one machine, from one command in the foreground."""

from __future__ import annotations

import contextlib
import errno
import io
import ipaddress
import os
import signal
import ssl
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from web import env
from web.embedded import processes, valkey
from web.embedded.certificates import certify, fingerprint
from web.embedded.children import ChildSpecification
from web.embedded.guard import signal_when_parent_ends
from web.embedded.handover import Plan, become_supervisor
from web.embedded.lan import FOLDER, lan_addresses, lan_names
from web.embedded.running import DataFolderInUseError, RunningStack, locked
from web.embedded.upgrade import UpgradeError, note_version, upgrade_database


class Command(BaseCommand):
    """Runs web, worker, beat and, unless REDIS_URL names another broker, Valkey, until Ctrl-C."""

    help = "Run the whole service on this machine, until Ctrl-C."
    # The health page and the workers' log report problems; an installation without weights still serves.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to serve, and how many processes to run."""
        parser.add_argument(
            "--host", default=env.text("HOST", _default_host()), help="address to listen on (default: HOST)"
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
        _check_certificate()
        if options["with_parent"]:
            signal_when_parent_ends(signal.SIGTERM)
        url = None if options["without_web"] else _url(options["host"], options["port"])
        try:
            with locked(settings.DATA_DIR, url or "") as lock, ExitStack() as stack:
                listener = None if url is None else stack.enter_context(_listening(options["host"], options["port"]))
                redis_url, broker = _broker()
                # Missing tables or unreachable storage must show before anything runs.
                upgrade_database()
                call_command("initialize", verbosity=0, stdout=io.StringIO())
                note_version()
                connections.close_all()
                children = [*broker, *_background(options["concurrency"])]
                children += [processes.web(listener)] if listener else []
                os.environ.update(_environment(redis_url, options))
                sentences = _sentences(url, options["host"])
                if url and settings.HTTPS == "lan":
                    sentences += _encrypt_for_lan(options["port"])
                become_supervisor(
                    Plan(
                        children=children,
                        data_dir=str(settings.DATA_DIR),
                        lock=lock,
                        running=RunningStack(os.getpid(), redis_url, url),
                        ready_file=str(options["ready_file"] or ""),
                        ready=sentences,
                    )
                )
        except UpgradeError as error:
            raise CommandError(str(error), returncode=os.EX_CONFIG) from error
        except (DataFolderInUseError, valkey.ValkeyNotFoundError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"The data folder {settings.DATA_DIR} cannot be used: {error}.") from error


def _environment(redis_url: str, options: dict[str, Any]) -> dict[str, str]:
    """The children get the same settings, also those given as arguments."""
    return {
        "REDIS_URL": redis_url,
        "HOST": options["host"],
        "PORT": str(options["port"]),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(settings.BASE_DIR), os.environ.get("PYTHONPATH")])),
        "PYTHONUNBUFFERED": "1",
    }


def _sentences(url: str | None, host: str) -> list[str]:
    """What to say when everything runs."""
    if url is None:
        return []
    sentences = [f"The service runs at {url} (Ctrl-C stops it)"]
    if not _is_loopback(host) and not env.text("PUBLIC_URL") and settings.HTTPS == "off":
        sentences += ["Other machines are refused until PUBLIC_URL says how they call this one: http://NAME:PORT"]
    return sentences


def _check_certificate() -> None:
    if not settings.TLS_CERTIFICATE:
        return
    if settings.HTTPS == "lan":
        raise CommandError("HTTPS=lan makes a certificate itself. Remove it, or TLS_CERTIFICATE and TLS_KEY.")
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(settings.TLS_CERTIFICATE, settings.TLS_KEY)
    except OSError as error:
        message = f"TLS_CERTIFICATE and TLS_KEY are not the PEM files of a certificate and its key: {error}"
        raise CommandError(message) from error


def _encrypt_for_lan(port: int) -> list[str]:
    """Make the certificate, have the children use it, and say how a phone trusts it."""
    names = lan_names()
    public = urlsplit(env.text("PUBLIC_URL"))
    if public.hostname:
        names.insert(0, public.hostname)
    try:
        files = certify(settings.DATA_DIR / FOLDER, names)
    except ValueError as error:
        folder = settings.DATA_DIR / FOLDER
        message = f"The certificates in {folder} cannot be used: {error} Remove the folder to get new ones."
        raise CommandError(message) from error
    os.environ.update(
        {
            "TLS_CERTIFICATE": str(files.certificate),
            "TLS_KEY": str(files.key),
            "PUBLIC_URL": env.text("PUBLIC_URL") or f"https://{names[0]}:{port}",
            "ALLOWED_HOSTS": ",".join([*env.words("ALLOWED_HOSTS"), *names]),
        }
    )
    return [
        f"In this network: https://{names[0]}:{port}",
        f"Once on each phone or computer: http://{(lan_addresses() or names)[0]}:{port}/trust/",
        f"The SHA-256 fingerprint that the device must show: {fingerprint(files.authority)}",
    ]


def _broker() -> tuple[str, list[ChildSpecification]]:
    """The broker's address, and its process if we run it ourselves."""
    if settings.REDIS_URL:
        problem = valkey.problem(settings.REDIS_URL)
        if problem:
            raise CommandError(f"The broker at REDIS_URL does not answer: {problem}")
        return settings.REDIS_URL, []
    server = valkey.prepare(settings.DATA_DIR / "valkey")
    return server.url, [processes.broker(server)]


def _background(concurrency: int) -> list[ChildSpecification]:
    data_dir = settings.DATA_DIR
    return [processes.worker(concurrency, data_dir / "worker-ready"), processes.beat(data_dir / "beat-schedule")]


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


def _default_host() -> str:
    return "0.0.0.0" if settings.HTTPS == "lan" else "127.0.0.1"  # noqa: S104


def _url(host: str, port: int) -> str:
    """What to type into a browser on this machine."""
    scheme = "https" if settings.TLS_CERTIFICATE or settings.HTTPS == "lan" else "http"
    if _is_loopback(host) or host in {"0.0.0.0", "::"}:  # noqa: S104
        host = "localhost"
    return f"{scheme}://{_bracketed(host)}:{port}"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
