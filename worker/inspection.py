"""What workers answer to `manage.py doctor`."""

from __future__ import annotations

from typing import Any

from celery.worker.control import inspect_command

from albums import process_info as info


@inspect_command()
def process_info(state: Any) -> dict[str, Any]:  # noqa: ARG001 - Celery's signature
    """The time, the code and the settings of this worker."""
    return info.process_info().as_message()
