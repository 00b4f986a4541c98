"""What workers answer to `manage.py doctor`."""

from __future__ import annotations

from typing import Any

from celery.worker.control import inspect_command

from albums.condition import condition as condition_of_process


@inspect_command()
def condition(state: Any) -> dict[str, Any]:  # noqa: ARG001 - Celery's signature
    """The time, the code and the settings of this worker."""
    return condition_of_process().as_message()
