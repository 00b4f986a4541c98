"""Kills what a supervisor leaves when it is killed itself; a script of the standard library alone.

The kernel kills a supervisor's direct children with it (PR_SET_PDEATHSIG), but not their children in turn. This process
reads the process groups from standard input, `+GROUP` when one starts and `-GROUP` when it has ended. When the input
ends, it kills the groups that are left and removes the file it was given. It also shares the lock of the data folder,
so the next supervisor starts only after that.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys


def main() -> None:
    """`guard.py FILE`: watch until the supervisor's end of the pipe is closed."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        group = int(line[1:])
        if line[0] == "+":
            groups.add(group)
        else:
            groups.discard(group)
    for group in groups:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.unlink(sys.argv[1])  # noqa: PTH108 - without pathlib this starts twice as fast


if __name__ == "__main__":
    main()
