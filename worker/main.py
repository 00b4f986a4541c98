"""A worker for a supervisor: `python -m worker.main QUEUES PROCESSES NAME`.

It loads none of the other commands of Celery's command line, which take 9 MB. `celery -A worker worker` works too.
"""

from __future__ import annotations

import sys

from worker.celery import app


def main(queues: str, processes: int, name: str) -> int:
    """Work until a signal. Returns the exit status.

    It is the only worker. To look for others would take a second at each start, and nobody listens to its events.
    """
    worker = app.Worker(
        queues=queues,
        concurrency=processes,
        hostname=name,
        loglevel="INFO",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    worker.start()
    return int(worker.exitcode or 0)


if __name__ == "__main__":
    sys.argv[0:1] = ["-m", "worker.main"]  # what Celery executes on SIGHUP, to begin again
    sys.exit(main(sys.argv[2], int(sys.argv[3]), sys.argv[4]))
