"""How the log is written: lines for people, or JSON for programs that collect them (LOG_FORMAT)."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from albums.log_context import current_context


class LineFormatter(logging.Formatter):
    """A line, with the ids of what is worked on at its end."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = super().format(record)
        ids = " ".join(f"{name}={value}" for name, value in current_context().items())
        return f"{line} [{ids}]" if ids else line


class JsonFormatter(logging.Formatter):
    """A JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The object: time (UTC), level, logger, message, process, the ids of what is worked on, and the error."""
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
            **current_context(),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)
