"""The Celery application of the workers of `benchmarks.coordination`: it counts statements, and the analysis sleeps.

`celery -A benchmarks._coordination_worker worker …`. Each process writes its counts into the folder that
COORDINATION_FOLDER names when it ends.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from celery import signals

from worker.celery import app

__all__ = ["app"]

_OURS = ("/albums/", "/worker/stages/", "/benchmarks/")
_PASSED_OVER = ("bulk.py", "claims.py", "_coordination_worker.py")

_counted: Counter[str] = Counter()


@signals.worker_init.connect
def _replace_analysis(**_: Any) -> None:
    # Not at the top: Django is not set up when Celery loads the application.
    from benchmarks._sleeping_analysis import replace_analysis

    replace_analysis(Path(os.environ["COORDINATION_FOLDER"]))


@signals.worker_process_init.connect
def _begin_to_count(**_: Any) -> None:
    from django.db import connection

    connection.execute_wrappers.append(_count)


def _count(execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
    """Count a statement under the function of ours that asked for it. One for many rows counts as as many."""
    verb = sql.split(maxsplit=1)[0]
    _counted[f"{_asked_by()}: {verb}"] += len(parameters) if many else 1
    return execute(sql, parameters, many, context)


def _asked_by() -> str:
    frame: Any = sys._getframe(2)  # noqa: SLF001 - its documented name
    while frame is not None:
        path = frame.f_code.co_filename
        if any(part in path for part in _OURS) and not path.endswith(_PASSED_OVER):
            return str(frame.f_code.co_name)
        frame = frame.f_back
    return "other"


@signals.worker_process_shutdown.connect
def _write_counts(**_: Any) -> None:
    path = Path(os.environ["COORDINATION_FOLDER"], f"{os.getpid()}.json")
    path.write_text(json.dumps(_counted), encoding="utf-8")
