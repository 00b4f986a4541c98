"""Free TCP ports on 127.0.0.1, reserved for the whole run, even while the service on them is down."""

from __future__ import annotations

import socket

from web.embedded.ports import ATTEMPTS, candidate_port, is_free


class PortReservation:
    """A free port that no other test run on this machine takes until `release()` or the end of this process.

    The reservation is an abstract Unix socket named after the port. It needs no file, all users of the network
    namespace see it, and the kernel frees it.
    """

    def __init__(self) -> None:
        for _ in range(ATTEMPTS):
            port = candidate_port()
            held = _reserve(port)
            if held is None:
                continue
            if is_free(port):
                self.port = port
                self._held = held
                return
            held.close()
        raise OSError(f"No free port was found among {ATTEMPTS} tried.")

    def release(self) -> None:
        """Let others use the port."""
        self._held.close()


def _reserve(port: int) -> socket.socket | None:
    held = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        held.bind(f"\0photoalbum-test-port-{port}")
    except OSError:
        held.close()
        return None
    return held
