"""The addresses: that people reach the service at PUBLIC_URL, and that what leaves the network is encrypted."""

from __future__ import annotations

import ipaddress
import json
import socket
import ssl
import urllib.error
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

from web import env
from web.doctor.finding import Findings, error, ok, warning
from web.doctor.http import reason, send, trusting
from web.production import is_public

_TIMEOUT = 10.0
_RENEW_BEFORE = timedelta(days=14)
_REMEDIES = {
    400: "The web process was started with another PUBLIC_URL. Start it again.",
    301: "It redirects to itself: the proxy must set X-Forwarded-Proto.",
    503: "Read the log of the web process; `npm run build` makes the pages.",
}
_HERE = (
    "Start the service, or correct PORT and PUBLIC_URL. In a container, that is another address: open it in a browser."
)


def check_public_address() -> Findings:
    """Open the page and the health page as a person's browser does."""
    try:
        is_ours = json.loads(send("GET", f"{settings.PUBLIC_URL}/health/").body) == {"status": "ok"}
        send("GET", f"{settings.PUBLIC_URL}/help")
    except urllib.error.HTTPError as refusal:
        remedy = _REMEDIES.get(refusal.code, "Read the log of the web process.")
        yield error("address", f"{settings.PUBLIC_URL} answers {refusal.code}.", remedy)
        return
    except ValueError:
        is_ours = False
    except OSError as problem:
        if settings.PUBLIC_URL.startswith("https:") and isinstance(getattr(problem, "reason", problem), ssl.SSLError):
            return  # check_encryption says it
        sentence = f"{settings.PUBLIC_URL} does not answer here: {reason(problem)}."
        if is_public():
            yield error("address", sentence, "Correct PUBLIC_URL, or let this machine reach it.")
        else:
            yield warning("address", sentence, _HERE)
        return
    if is_ours:
        yield ok("address", f"The service answers at {settings.PUBLIC_URL}.")
    else:
        yield error("address", f"Something else answers at {settings.PUBLIC_URL}.", "Correct PUBLIC_URL.")


def check_encryption() -> Findings:
    """Certificates of https addresses, and connections to public hosts without TLS."""
    storage_url = urlsplit(settings.STORAGE_URL)
    options = {name: values[-1] for name, values in parse_qs(storage_url.query).items()}
    for name, address in (("PUBLIC_URL", settings.PUBLIC_URL), ("public in STORAGE_URL", options.get("public", ""))):
        if urlsplit(address).scheme == "https":
            yield from _check_certificate(name, address)
    database = urlsplit(env.text("DATABASE_URL"))
    sslmode = parse_qs(database.query).get("sslmode", [""])[-1]
    encrypted = sslmode in {"require", "verify-ca", "verify-full"}
    plain = {
        "DATABASE_URL": (_hosts(database.netloc), not encrypted, "sslmode=verify-full"),
        "REDIS_URL": ([urlsplit(settings.REDIS_URL).hostname], settings.REDIS_URL.startswith("redis:"), "rediss://"),
        "STORAGE_URL": ([storage_url.hostname], options.get("scheme") == "http", "scheme=https"),
    }
    for name, (hosts, is_plain, remedy) in plain.items():
        for host in hosts if is_plain else ():
            if host and _is_elsewhere(host):
                yield warning("encryption", f"{name} goes to {host} without TLS.", f"Use {remedy}.")


def _hosts(netloc: str) -> list[str | None]:
    """The hosts of a database that has several, such as `user:password@first:5432,second:5432`."""
    return [urlsplit(f"//{part}").hostname for part in netloc.rpartition("@")[2].split(",")]


def _check_certificate(name: str, address: str) -> Findings:
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        with (
            socket.create_connection((host, parts.port or 443), timeout=_TIMEOUT) as plain,
            trusting().wrap_socket(plain, server_hostname=host) as secured,
        ):
            ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str((secured.getpeercert() or {})["notAfter"])), UTC)
    except ssl.SSLError as problem:
        remedy = (
            "Use a certificate that browsers trust. If yours do already, let this machine trust its authority, too."
        )
        yield error("encryption", f"{address} ({name}) is refused: {problem}", remedy)
    except OSError as problem:
        yield warning("encryption", f"{address} ({name}) does not answer here: {problem}.", "Try it in a browser.")
    else:
        sentence = f"The certificate of {host} ends on {ends:%Y-%m-%d}."
        soon = ends - datetime.now(UTC) < _RENEW_BEFORE
        yield warning("encryption", sentence, "Renew it.") if soon else ok("encryption", sentence)


def _is_elsewhere(host: str) -> bool:
    """True for a host with a public address."""
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return False
    return any(ipaddress.ip_address(str(entry[4][0]).partition("%")[0]).is_global for entry in found)
