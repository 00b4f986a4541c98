"""Clocks. A storage refuses requests of a clock that is a quarter of an hour off. Links end early or late before."""

from __future__ import annotations

from web.doctor.finding import Finding, error, ok

_MOST_SECONDS = 60.0


def clock(whose: str, theirs: float, ours: float) -> Finding:
    """Compare two times in seconds since 1970."""
    off = theirs - ours
    if abs(off) <= _MOST_SECONDS:
        return ok("clocks", f"That of the {whose} agrees with this machine's.")
    return error(
        "clocks",
        f"That of the {whose} is {abs(off):.0f} s {'ahead of' if off > 0 else 'behind'} this machine's.",
        "Set both by NTP.",
    )
