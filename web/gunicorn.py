"""How gunicorn serves the web process: threads, since a request waits for the database and never computes."""

from __future__ import annotations

import os

from web import env

bind = f"{env.text('HOST', '0.0.0.0')}:{env.integer('PORT', 8000, minimum=1)}"  # noqa: S104 - a container's own
workers = env.integer("WEB_WORKERS", 2, minimum=1)
threads = env.integer("WEB_THREADS", 8, minimum=1)
worker_class = "gthread"
# A thread that streams a file to a slow phone says nothing to the arbiter for a while.
timeout = 120
graceful_timeout = 30
# Longer than proxies keep idle connections (60 seconds): one that is ended here while a request is on its way over it
# is an error there. And a page that polls needs no new connection each time. They wait in the poller, not in threads.
keepalive = 75
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108 - heartbeats off the disk
accesslog = None
# Otherwise every installation of a user would share one socket in the home folder, and leave it there.
control_socket_disable = True
