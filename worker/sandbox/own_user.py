"""Keeps processes of one machine apart where Landlock, which does more, may be missing.

The process that opens photos changes to a user of its own if it may: if the worker runs as root, or has the three
rights below. And a worker closes its memory, its environment and its list of open files to other processes of its user.
"""

from __future__ import annotations

import ctypes
import os
import re
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

_PR_SET_DUMPABLE = 4
_CAPABILITY_VERSION_3 = 0x20080522
# To kill a process of another user, which the worker must be able to, and to change the groups and the user.
_NEEDED_RIGHTS = 1 << 5 | 1 << 6 | 1 << 7
# Nobody gives out the numbers from here on (https://systemd.io/UIDS-GIDS/). Each process gets the one of its id.
_FIRST_USER = 1_879_048_192


def hide_memory() -> None:
    """Close this process, and those that it forks, to other processes of its user. It will also write no core file."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def take_own_user(readable: Iterable[Path]) -> bool:
    """Change to a user that no other process has, if this one may and that user can read these files and folders.

    In any case, this process gives up every right of root. Returns whether it has changed.
    """
    if sys.platform != "linux":
        return False
    has_changed = _may_change_user() and _change_to(_FIRST_USER + os.getpid(), readable)
    ctypes.CDLL(None).capset(struct.pack("=Ii", _CAPABILITY_VERSION_3, 0), bytes(24))
    return has_changed


def _may_change_user() -> bool:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    rights = re.search(r"^CapEff:\s*(\w+)", status, re.MULTILINE)
    return rights is not None and int(rights[1], 16) & _NEEDED_RIGHTS == _NEEDED_RIGHTS


def _change_to(user: int, readable: Iterable[Path]) -> bool:
    groups = os.getgroups()
    try:
        os.setgroups([])
        os.setegid(user)
        os.seteuid(user)
        can_read = all(os.access(path, os.R_OK, effective_ids=True) for path in readable)
    except OSError:  # this container does not have the number
        can_read = False
    os.seteuid(os.getuid())
    os.setegid(os.getgid())
    if can_read:
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    else:
        os.setgroups(groups)
    return can_read
