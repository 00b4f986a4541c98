"""How soon both ends of a connection notice that the other is gone without a word: 25 seconds.

By default a kernel waits for a quarter of an hour after something was sent, and for two hours where it only receives.
The database would keep the row locks of a lost host for so long, and a query without an answer would go on.
"""

from __future__ import annotations

import socket
from typing import Final

# Seconds of silence until the first probe, seconds between probes, and how many of them may stay unanswered.
_IDLE, _INTERVAL, _COUNT = 10, 5, 3
_UNANSWERED_MILLISECONDS = (_IDLE + _INTERVAL * _COUNT) * 1000

# For libpq.
DATABASE_CLIENT: Final = {
    "keepalives_idle": _IDLE,
    "keepalives_interval": _INTERVAL,
    "keepalives_count": _COUNT,
    "tcp_user_timeout": _UNANSWERED_MILLISECONDS,
}
# For PostgreSQL, which takes them from the client for this connection.
DATABASE_SERVER: Final = " ".join(
    f"-c {name}={value}"
    for name, value in {
        "tcp_keepalives_idle": _IDLE,
        "tcp_keepalives_interval": _INTERVAL,
        "tcp_keepalives_count": _COUNT,
        "tcp_user_timeout": _UNANSWERED_MILLISECONDS,
    }.items()
)
# For sockets to the broker, as far as this system knows them.
SOCKET: Final = {
    getattr(socket, name): value
    for name, value in {
        "TCP_KEEPIDLE": _IDLE,
        "TCP_KEEPINTVL": _INTERVAL,
        "TCP_KEEPCNT": _COUNT,
        "TCP_USER_TIMEOUT": _UNANSWERED_MILLISECONDS,
    }.items()
    if hasattr(socket, name)
}
