"""gunicorn's settings. It uses threads, because requests wait for the database and compute next to nothing.

No thread waits for the network (`web/server.py`), so a slow or silent client costs a connection and no thread.
"""

from __future__ import annotations

import gc
import os
import resource

from web import env

bind = f"{env.text('HOST', '0.0.0.0')}:{env.integer('PORT', 8000, minimum=1)}"  # noqa: S104 - a container's own
workers = env.integer("WEB_WORKERS", 2, minimum=1)
threads = env.integer("WEB_THREADS", 8, minimum=1)
certfile = env.file("TLS_CERTIFICATE") or None
keyfile = env.file("TLS_KEY") or None
worker_class = "web.server.WaitressWorker"
# For each worker. When they are taken, those that were idle longest make room.
worker_connections = 1000
timeout = 120
graceful_timeout = 30
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108 - heartbeats off the disk
accesslog = None
# Otherwise all installations of one user would share a socket in the home folder, and leave it there.
control_socket_disable = True


def pre_fork(_server: object, _worker: object) -> None:
    """Let the processes share what was imported before: the collector would write into each object of it."""
    gc.freeze()


# A connection takes a file descriptor, and one more while a large request or response is on its way.
_soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
_wanted = 4 * worker_connections if _hard == resource.RLIM_INFINITY else min(_hard, 4 * worker_connections)
if resource.RLIM_INFINITY != _soft < _wanted:
    resource.setrlimit(resource.RLIMIT_NOFILE, (_wanted, _hard))
