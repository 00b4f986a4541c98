"""gunicorn's settings. It uses threads, because requests wait for the database and compute next to nothing."""

from __future__ import annotations

import os

from web import env

bind = f"{env.text('HOST', '0.0.0.0')}:{env.integer('PORT', 8000, minimum=1)}"  # noqa: S104 - a container's own
workers = env.integer("WEB_WORKERS", 2, minimum=1)
threads = env.integer("WEB_THREADS", 8, minimum=1)
worker_class = "gthread"
# A thread that streams a file to a slow phone does not report to the arbiter for a while.
timeout = 120
graceful_timeout = 30
# Longer than proxies keep idle connections (60 seconds). If gunicorn closed a connection while a request was on its
# way, the proxy would report an error. A page that polls also needs no new connection each time. Idle connections wait
# in the poller and occupy no threads.
keepalive = 75
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108 - heartbeats off the disk
accesslog = None
# Otherwise all installations of one user would share a socket in the home folder, and leave it there.
control_socket_disable = True
