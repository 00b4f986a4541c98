"""What a process tells `manage.py doctor` about itself: its time, code and settings."""

from __future__ import annotations

import hashlib
import time
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings

# `.env.example` says that all processes need the same values of these.
_SHARED_SETTINGS = (
    "PHOTOS_PER_TASK",
    "TURN_SECONDS",
    "TASK_TIME_LIMIT",
    "MAX_ATTEMPTS",
    "CLAIM_LEASE_SECONDS",
    "WORKER_SILENT_SECONDS",
    "SWEEP_SECONDS",
    "REQUEUE_AFTER_SECONDS",
    "LEARN_AFTER_SECONDS",
)
_PACKAGES = ("albums", "worker")


@dataclass(frozen=True)
class ProcessInfo:
    """`time` is in seconds since 1970, `code` a digest of the source; all processes need the same `settings`."""

    time: float
    code: str
    settings: dict[str, int]

    def as_message(self) -> dict[str, Any]:
        """For `read`."""
        return asdict(self)

    @classmethod
    def read(cls, message: Any) -> ProcessInfo | None:
        """Read the message of another process. None if there is none, or another version sent it in another form."""
        try:
            return cls(float(message["time"]), str(message["code"]), dict(message["settings"]))
        except (KeyError, TypeError, ValueError):
            return None


def process_info() -> ProcessInfo:
    """The information about this process. Reads all of our source."""
    digest = hashlib.sha256()
    for package in _PACKAGES:
        for path in sorted((settings.BASE_DIR / package).rglob("*.py")):
            digest.update(path.read_bytes())
    values = {name: int(getattr(settings, name)) for name in _SHARED_SETTINGS}
    return ProcessInfo(time.time(), digest.hexdigest()[:12], values)
