"""Whether a process of this machine still runs."""

from __future__ import annotations

from pathlib import Path


def runs(pid: int) -> bool:
    """Whether the process runs. A zombie has ended: only its parent has not asked for its exit status yet."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    # The name in parentheses may itself hold spaces and parentheses. The state follows the last one.
    return stat.rpartition(")")[2].split()[0] not in {"Z", "X"}
