"""TCP ports that a server can use again after a restart."""

from __future__ import annotations

import random
import socket
from pathlib import Path
from typing import Final

HOST: Final = "127.0.0.1"
LOWEST: Final = 12_000
USUAL_FIRST_EPHEMERAL: Final = 32_768
ATTEMPTS: Final = 200


def candidate_port() -> int:
    """A random port below the range from which the kernel takes ports for outgoing connections.

    Inside that range, a client that calls a stopped server may get the server's port as its own. It is then connected
    to itself, and the server cannot start again.
    """
    return random.SystemRandom().randrange(LOWEST, first_ephemeral_port())


def free_port() -> int:
    """A port on 127.0.0.1 that is not in use; raises OSError if none is found."""
    for _ in range(ATTEMPTS):
        port = candidate_port()
        if is_free(port):
            return port
    raise OSError(f"No free port was found among {ATTEMPTS} tried.")


def is_free(port: int) -> bool:
    """True if a server could listen on this port of 127.0.0.1."""
    with socket.socket() as probe:
        # As servers do: old connections in TIME_WAIT do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            return False
    return True


def first_ephemeral_port() -> int:
    """The start of the kernel's own range, 32768 unless the machine's owner moved it."""
    try:
        first = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return USUAL_FIRST_EPHEMERAL
    return min(first, USUAL_FIRST_EPHEMERAL) if first > LOWEST + 1_000 else USUAL_FIRST_EPHEMERAL
