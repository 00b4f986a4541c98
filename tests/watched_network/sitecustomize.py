"""Notes what a process looks up or connects to beyond this machine: put this folder on PYTHONPATH, name a file for it.

Python imports this module when it starts, before anything that could use the network. The file is opened then, because
the sandbox cannot open it later. Libraries that call the system themselves are not seen: they need strace.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from typing import Any

VARIABLE = "NETWORK_LOG"

# Where each of Python's audit events has the host, or the address that begins with it.
_PLACES = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
    "socket.getnameinfo": 0,
}


def is_here(host: Any) -> bool:
    """Whether the host is this machine: a loopback address, its name, or the path of a socket."""
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if host in (None, "", "localhost") or "/" in host or host.startswith("\0"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def watch(path: str) -> None:
    """Note every other host in the file, one a line, with the event and the program."""
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _PLACES:
            place = arguments[_PLACES[event]]
            host = place[0] if isinstance(place, tuple) else place
            if not is_here(host):
                os.write(log, f"{event} {host!r} by {sys.argv[:4]}\n".encode())

    sys.addaudithook(note)


if VARIABLE in os.environ:
    watch(os.environ[VARIABLE])
