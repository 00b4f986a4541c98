"""Free TCP ports on 127.0.0.1 that stay ours for the whole run, also while the service on them is down."""

from __future__ import annotations

import random
import socket
from pathlib import Path
from typing import Final

LOWEST: Final = 12_000
ATTEMPTS: Final = 200


class PortReservation:
    """A free port, reserved against other test runs on this machine until `release()` or the process's end.

    The port lies below the range from which the kernel takes ports for outgoing connections; otherwise one of
    those could sit on it just when a killed service wants it back. The reservation is an abstract Unix socket
    named after the port: no file, seen by all users of the network namespace, and freed by the kernel.
    """

    def __init__(self) -> None:
        choices = random.SystemRandom()
        for _ in range(ATTEMPTS):
            port = choices.randrange(LOWEST, _first_ephemeral_port())
            held = _reserve(port)
            if held is None:
                continue
            if _is_free(port):
                self.port = port
                self._held = held
                return
            held.close()
        raise OSError(f"No free port was found among {ATTEMPTS} tried.")

    def release(self) -> None:
        """Give the port back."""
        self._held.close()


def _reserve(port: int) -> socket.socket | None:
    held = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        held.bind(f"\0photoalbum-test-port-{port}")
    except OSError:
        held.close()
        return None
    return held


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As servers do: connections of a former server that linger in TIME_WAIT do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _first_ephemeral_port() -> int:
    """Where the kernel's own range begins, 32768 unless the machine's owner moved it."""
    try:
        first = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 32_768
    return min(first, 32_768) if first > LOWEST + 1_000 else 32_768
