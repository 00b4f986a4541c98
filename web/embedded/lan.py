"""How other devices in the same network can call this machine. IPv4 alone, as `HOST=0.0.0.0` listens."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from collections.abc import Iterator
from typing import Final

FOLDER: Final = "tls"
AUTHORITY: Final = "authority.pem"
"""The file with the household's certificate authority, in this folder of the data folder."""
PRIVATE_NETWORKS: Final = tuple(
    ipaddress.ip_network(network)
    for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8")
)
"""Those of households, of carriers and VPNs, and of the machine itself (RFC 1918, 6598)."""
_FAR_AWAY: Final = ("192.0.2.1", 9)  # for documentation (RFC 5737); nothing is sent


def lan_names() -> list[str]:
    """The name to use first, NAME.local, then the bare name, this machine's private addresses, and localhost."""
    host = socket.gethostname().split(".")[0].lower()
    return list(dict.fromkeys([f"{host}.local", host, *lan_addresses(), "localhost", "127.0.0.1"]))


def lan_addresses() -> list[str]:
    """This machine's private addresses; that of the default route first."""
    addresses = [ipaddress.ip_address(text) for text in _addresses()]
    return [
        str(address)
        for address in dict.fromkeys(addresses)
        if not address.is_loopback and any(address in network for network in PRIVATE_NETWORKS)
    ]


def _addresses() -> Iterator[str]:
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(_FAR_AWAY)  # the kernel chooses the address from which it would send
        yield probe.getsockname()[0]
    with contextlib.suppress(OSError):
        yield from socket.gethostbyname_ex(socket.gethostname())[2]
