"""A wrong clock, for tests: with this folder on PYTHONPATH a process sees a time CLOCK_AHEAD_SECONDS later, or earlier.

Python imports this module when it starts, before anything that reads the time. It shifts `time.time`, `time.time_ns`,
`time.gmtime`, `time.localtime` and the present of `datetime`. The monotonic clock is right, as on a machine with a
wrong clock. The files that the process writes keep the kernel's times.
"""

from __future__ import annotations

import datetime
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
VARIABLE = "CLOCK_AHEAD_SECONDS"

_true_time, _true_time_ns = time.time, time.time_ns
_true_gmtime, _true_localtime = time.gmtime, time.localtime
_TrueDatetime = datetime.datetime


class _LikeBuiltin:
    """A function that, as those of C, does not become a method as the attribute of a class (`Formatter.converter`)."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def __call__(self, *arguments: Any) -> Any:
        return self._function(*arguments)


def _shift(seconds: int) -> None:
    def shifted_time() -> float:
        return _true_time() + seconds

    def shifted_time_ns() -> int:
        return _true_time_ns() + seconds * 1_000_000_000

    def shifted_gmtime(moment: float | None = None) -> time.struct_time:
        return _true_gmtime(shifted_time() if moment is None else moment)

    def shifted_localtime(moment: float | None = None) -> time.struct_time:
        return _true_localtime(shifted_time() if moment is None else moment)

    class AnyDatetime(type):
        """Those that C code makes are of the true class, and count as well."""

        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, _TrueDatetime)

        def __subclasscheck__(cls, subclass: type) -> bool:
            return issubclass(subclass, _TrueDatetime)

    class ShiftedDatetime(_TrueDatetime, metaclass=AnyDatetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Any:
            return cls.fromtimestamp(shifted_time(), tz)

        @classmethod
        def today(cls) -> Any:
            return cls.fromtimestamp(shifted_time())

        @classmethod
        def utcnow(cls) -> Any:
            return cls.fromtimestamp(shifted_time(), datetime.UTC).replace(tzinfo=None)

    # By these names it is pickled, and told in errors.
    ShiftedDatetime.__name__ = ShiftedDatetime.__qualname__ = "datetime"
    ShiftedDatetime.__module__ = "datetime"
    shifted: dict[str, Callable[..., Any]] = {
        "time": shifted_time,
        "time_ns": shifted_time_ns,
        "gmtime": shifted_gmtime,
        "localtime": shifted_localtime,
    }
    vars(time).update({name: _LikeBuiltin(function) for name, function in shifted.items()})
    vars(datetime)["datetime"] = ShiftedDatetime


def _load_contract() -> None:
    """Load the types of the analysis first: msgspec accepts only the true datetime class in them."""
    sys.path.insert(0, str(Path(__file__).parents[2]))
    try:
        import albums.analysis  # noqa: F401
    finally:
        sys.path.pop(0)


if VARIABLE in os.environ:
    _load_contract()
    _shift(int(os.environ[VARIABLE]))
