"""What our long commands show on the terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

from django.core.management.base import OutputWrapper
from tqdm import tqdm


class ProgressBar:
    """The progress of the whole job, on standard error: a bar on a terminal, else a line for each tenth, for logs."""

    def __init__(self, *, quiet: bool) -> None:
        self._bar = tqdm(
            total=100,
            disable=True if quiet else None,  # None: only on a terminal
            file=sys.stderr,
            bar_format="{desc:<8} {percentage:3.0f}% |{bar}| {elapsed}",
        )
        self._in_lines = self._bar.disable and not quiet
        self._tenths = -1  # of the last line

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def show(self, stage: str, done: float, total: float) -> None:
        """The upload is the first tenth of the bar, the export the last. A copy has the whole bar."""
        start, width = {"upload": (0, 10), "analyze": (10, 80), "export": (90, 10), "copy": (0, 100)}[stage]
        percent = start + width * (done / total if total else 1)
        if self._in_lines and percent // 10 > self._tenths:
            self._tenths = int(percent // 10)
            tqdm.write(f"{stage} {percent:.0f}%", file=sys.stderr)
        self._bar.set_description_str(stage, refresh=False)
        self._bar.n = percent
        self._bar.refresh()


def counted(count: int, one: str, several: str = "") -> str:
    """A number with its noun: 1 photo, 2 photos."""
    return f"{count} {one if count == 1 else several or f'{one}s'}"


def print_failed(stream: OutputWrapper, failed: Mapping[str, str]) -> None:
    """A line for each file that could not be used, with the reason. Names are quoted: they may hold anything."""
    if failed:
        stream.write(f"{len(failed)} failed:")
    for name, reason in failed.items():
        stream.write(f"  {json.dumps(name, ensure_ascii=False)}: {reason}")
