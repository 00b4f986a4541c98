"""Hosts of their own on one machine: network namespaces, and a switch between them that loses, delays and cuts.

The kernel has everything but the switch, which is this process: it passes Ethernet frames from one TAP device to
another. So it needs root and /dev/net/tun, but neither netem nor a firewall. Nothing is left when the process ends: a
namespace lives as long as the program that holds it, and a device as long as it is open.
"""

from __future__ import annotations

import fcntl
import heapq
import itertools
import os
import random
import select
import struct
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Final

from tests.services.keeper import Keeper
from tests.services.service import Program, ServiceError
from web.embedded.process_manager import ManagedProcess

# A range that is kept for tests of networks (RFC 2544). Each test run has a part of it.
SUBNET: Final = f"198.18.{os.getpid() % 256}"
OBSERVER: Final = "observer"
_TUN: Final = Path("/dev/net/tun")
_TUNSETIFF, _IFF_TAP, _IFF_NO_PI = 0x400454CA, 0x0002, 0x1000
_OFF: Final = -1
_FRAME_BYTES: Final = 65_536
# What a slow link holds back before it drops.
_BUFFER_SECONDS: Final = 1.0
_TOOLS: Final = ("ip", "unshare", "nsenter", "setpriv")


def missing() -> str:
    """Why this machine cannot have such hosts; empty if it can."""
    if os.geteuid():
        return "Hosts of their own need root, for network namespaces."
    if not os.access(_TUN, os.R_OK | os.W_OK):
        return f"Hosts of their own need {_TUN}."
    absent = [tool for tool in _TOOLS if which(tool) is None]
    return f"Hosts of their own need {', '.join(absent)} (iproute2, util-linux)." if absent else ""


@dataclass(frozen=True)
class Link:
    """What happens to frames between two hosts, in both directions."""

    is_cut: bool = False
    delay_seconds: float = 0.0
    """In each direction."""
    loss: float = 0.0
    """The share of frames that are lost."""
    bytes_per_second: int = 0
    """0 is no limit."""


_WHOLE = Link()


class Host:
    """A network namespace with one address. It starts programs as a keeper does."""

    def __init__(self, keeper: Keeper, name: str, number: int) -> None:
        self.name = name
        self.address = f"{SUBNET}.{number}"
        self._keeper = keeper
        self.folder = keeper.folder
        self._holder: Program | None = None
        self.renew()

    def renew(self) -> None:
        """Take a new namespace, which knows nothing of the connections of the one before."""
        if self._holder is not None:
            self._holder.kill()
        hold = ["unshare", "--net", "sleep", "infinity"]
        self._holder = Program(
            self._keeper, f"host-{self.name}", hold, environment=os.environ, directory=self._keeper.folder
        )
        self._holder.start()
        self.pid = self._holder.pid
        namespace = Path(f"/proc/{self.pid}/ns/net")
        self._enter = ["nsenter", f"--net={namespace}", "--"]
        while namespace.readlink() == Path("/proc/self/ns/net").readlink():
            if not self._holder.is_running:
                raise ServiceError(f"No namespace could be made.\n{self._holder.log_tail()}")
            time.sleep(0.01)

    def start(
        self,
        argv: Sequence[str | Path],
        *,
        environment: Mapping[str, str],
        directory: Path,
        log: Path,
        user: tuple[int, int] | None = None,
    ) -> ManagedProcess:
        """Start a program on this host. Only root may enter it, so the program changes its user itself."""
        become: list[str] = []
        if user is not None:
            become = ["setpriv", f"--reuid={user[0]}", f"--regid={user[1]}", "--clear-groups", "--pdeathsig=KILL"]
        return self._keeper.start([*self._enter, *become, *argv], environment=environment, directory=directory, log=log)

    def configure(self, device: str, hardware: str) -> None:
        """Give the host this device, and its address."""
        _run("ip", "link", "set", device, "netns", str(self.pid))
        for arguments in _up(device, self.address, hardware):
            _run(*self._enter, *arguments)
        _run(*self._enter, "ip", "link", "set", "lo", "up")


class Network:
    """Hosts on one switch. This process is on it, too, as the observer: its links are always whole."""

    def __init__(self, keeper: Keeper, names: Sequence[str]) -> None:
        self._ports: list[int] = []
        self._names = [OBSERVER, *names]
        self._links: dict[frozenset[str], Link] = {}
        self.hosts: dict[str, Host] = {}
        for number, name in enumerate(self._names, 1):
            if name != OBSERVER:
                self.hosts[name] = Host(keeper, name, number)
            self._ports.append(self._connect(name, number))
        self._begin()

    def _connect(self, name: str, number: int) -> int:
        """Give a host its device and address; returns the switch's end."""
        device = f"tests{os.getpid()}-{number}"[-15:]
        port = _open_tap(device)
        hardware = f"02:00:00:00:00:{number:02x}"
        if name == OBSERVER:
            for arguments in _up(device, f"{SUBNET}.{number}", hardware):
                _run(*arguments)
        else:
            self.hosts[name].configure(device, hardware)
        return port

    def _begin(self) -> None:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._switch, name="switch", daemon=True)
        self._thread.start()

    def _stop(self) -> None:
        self._over.set()
        self._thread.join()

    def close(self) -> None:
        """End the switch. The devices go with it."""
        self._stop()
        for port in self._ports:
            os.close(port)

    @contextmanager
    def without_power(self, name: str) -> Iterator[None]:
        """Inside the block the host is off the network. Afterwards it is back, and knows no connection of before.

        The test kills its programs inside the block: nobody hears of it.
        """
        number = self._names.index(name)
        self._stop()
        os.close(self._ports[number])
        self._ports[number] = _OFF
        self._begin()
        try:
            yield
        finally:
            self._stop()
            self.hosts[name].renew()
            self._ports[number] = self._connect(name, number + 1)
            self._begin()

    @contextmanager
    def between(self, pairs: Sequence[tuple[str, str]], link: Link) -> Iterator[None]:
        """Inside the block, these pairs of hosts have such a link."""
        changed = dict.fromkeys(map(frozenset, pairs), link)
        self._links = self._links | changed
        try:
            yield
        finally:
            self._links = {pair: kept for pair, kept in self._links.items() if pair not in changed}

    def _switch(self) -> None:
        """Pass frames on until the end."""
        waiting: list[tuple[float, int, int, bytes]] = []
        order = itertools.count()
        free_at: dict[tuple[int, int], float] = {}
        chance = random.Random(0)
        number_of = {port: number for number, port in enumerate(self._ports)}
        poll = select.poll()
        for port in set(self._ports) - {_OFF}:
            poll.register(port, select.POLLIN)
        while not self._over.is_set():
            pause = max(0.0, min(0.2, waiting[0][0] - time.monotonic())) if waiting else 0.2
            for port, _ in poll.poll(pause * 1000):
                frame = os.read(port, _FRAME_BYTES)
                source = number_of[port]
                for target in self._targets(source, frame):
                    link = self._links.get(frozenset((self._names[source], self._names[target])), _WHOLE)
                    at = _arrival(link, len(frame), free_at, (source, target), chance)
                    if at is not None:
                        heapq.heappush(waiting, (at, next(order), target, frame))
            now = time.monotonic()
            while waiting and waiting[0][0] <= now:
                _, _, target, frame = heapq.heappop(waiting)
                # A host without power takes nothing.
                with suppress(OSError):
                    os.write(self._ports[target], frame)

    def _targets(self, source: int, frame: bytes) -> Sequence[int]:
        """The port that the frame is for, or all others for a broadcast. The hardware addresses count from 1."""
        if frame[0] & 1:
            return [number for number in range(len(self._ports)) if number != source]
        return [target] if 0 <= (target := frame[5] - 1) < len(self._ports) else []


def _arrival(
    link: Link, size: int, free_at: dict[tuple[int, int], float], direction: tuple[int, int], chance: random.Random
) -> float | None:
    """When a frame arrives that is sent now, or None if it is lost."""
    now = time.monotonic()
    if link.is_cut or chance.random() < link.loss:
        return None
    if link.bytes_per_second:
        begins = max(now, free_at.get(direction, 0.0))
        if begins - now > _BUFFER_SECONDS:
            return None
        now = free_at[direction] = begins + size / link.bytes_per_second
    return now + link.delay_seconds


def _open_tap(device: str) -> int:
    port = os.open(_TUN, os.O_RDWR)
    fcntl.ioctl(port, _TUNSETIFF, struct.pack("16sH22x", device.encode(), _IFF_TAP | _IFF_NO_PI))
    return port


def _up(device: str, address: str, hardware: str) -> Iterator[Sequence[str]]:
    """The commands that give a device its addresses."""
    yield "ip", "link", "set", device, "address", hardware
    yield "ip", "address", "add", f"{address}/24", "dev", device
    yield "ip", "link", "set", device, "up"


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
