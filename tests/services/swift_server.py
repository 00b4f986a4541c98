"""A whole OpenStack Swift as one program: `swift_server.py FOLDER`, with the configuration in FOLDER.

It has object, container and account servers, the proxy with its S3 API, and the updater that repeats what a crash
interrupted. They are forked from one process that imported Swift once, since five imports would take most of the
start. The program ends, with all of them, as soon as one ends.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

# The folder of this script is not on the path (python -I): `swift` is the installed package.
import swift.account.server
import swift.common.middleware.s3api.s3api
import swift.common.utils
import swift.container.server
import swift.obj.server
import swift.obj.updater
import swift.proxy.server
from swift.common.ring import RingBuilder

PR_SET_PDEATHSIG = 1
STORAGE_SERVERS = ("object", "container", "account")
MAINS: dict[str, Callable[[], Any]] = {
    "object-server": swift.obj.server.main,
    "container-server": swift.container.server.main,
    "account-server": swift.account.server.main,
    "proxy-server": swift.proxy.server.main,
    "object-updater": swift.obj.updater.main,
}


class ProcessCache:
    """A cache in the one proxy process, in place of memcached: what the proxy knows of a bucket, for a minute.

    Without it each request asks the account and container servers again and takes twice as long. Values pass through
    JSON, as they would on their way to memcached.
    """

    def __init__(self) -> None:
        self._entries: dict[str, tuple[str, float]] = {}

    def set(self, key: str, value: Any, *, time: float = 0, **_options: Any) -> None:
        """Keep the value for `time` seconds, or without a limit if that is 0."""
        self._entries[key] = (json.dumps(value), _now() + time if time else float("inf"))

    def get(self, key: str, **_options: Any) -> Any:
        """The value, or None when it was never stored or is too old."""
        text, expires = self._entries.get(key, ("null", 0.0))
        return json.loads(text) if expires > _now() else None

    def delete(self, key: str, **_options: Any) -> None:
        """Forget the value."""
        self._entries.pop(key, None)


_now = time.monotonic


def process_cache(_global_conf: dict[str, str], **_conf: str) -> Callable[[Any], Any]:
    """The paste filter that gives the cache to the proxy. The proxy knows it as `__main__:process_cache`."""
    cache = ProcessCache()

    def wrap(application: Any) -> Any:
        def call(environ: dict[str, Any], start_response: Any) -> Any:
            environ["swift.cache"] = cache
            return application(environ, start_response)

        return call

    return wrap


def make_rings(folder: Path, host: str, ports: dict[str, int]) -> None:
    """Write the map from objects to the only device, for each kind of storage server."""
    for server in STORAGE_SERVERS:
        builder = RingBuilder(part_power=6, replicas=1, min_part_hours=0)
        port = ports[server]
        address = {"ip": host, "port": port, "replication_ip": host, "replication_port": port}
        builder.add_dev({"region": 1, "zone": 1, "device": "disk", "weight": 1.0, "meta": "", **address})
        builder.rebalance()
        builder.get_ring().save(str(folder / f"{server}.ring.gz"))


def fork(program: str, folder: Path) -> int:
    """Start one of the servers in a child process; returns its id."""
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if os.getppid() != parent:
        os._exit(1)
    configuration = "object-server" if program == "object-updater" else program
    sys.argv = [program, str(folder / f"{configuration}.conf"), "--verbose"]
    try:
        MAINS[program]()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(1)


def main() -> None:
    """Fork the servers. End when the first of them ends, or on a signal."""
    folder = Path(sys.argv[1])
    swift.common.utils.set_swift_dir(str(folder))
    if not (folder / "account.ring.gz").exists():
        servers = json.loads((folder / "servers.json").read_text(encoding="utf-8"))
        make_rings(folder, servers["address"], servers["ports"])

    def stop(*_signal: object) -> None:
        raise SystemExit(0)

    children: dict[int, str] = {}
    signal.signal(signal.SIGTERM, stop)
    try:
        for program in MAINS:
            children[fork(program, folder)] = program
        ended, _status = os.wait()
        raise SystemExit(f"Swift's {children.pop(ended)} ended, and Swift with it.")
    finally:
        for pid in children:
            os.kill(pid, signal.SIGTERM)
        for pid in children:
            os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
