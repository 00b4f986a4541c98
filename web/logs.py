"""Log formats (LOG_FORMAT): lines for people, or JSON for log collectors."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Final

from albums.log_context import current_context

# The link to a shared album lets anybody in, also somebody who reads the log. Django and the server log paths.
_SHARE_LINK: Final = re.compile(r"(/s|/api/v1/shared)/[A-Za-z0-9]{20,}")


def without_links(text: str) -> str:
    """The text without the secrets of links to shared albums."""
    return _SHARE_LINK.sub(r"\1/***", text)


class LineFormatter(logging.Formatter):
    """One line per message, ending with the ids of the current work."""

    def format(self, record: logging.LogRecord) -> str:
        line = without_links(super().format(record))
        ids = " ".join(f"{name}={value}" for name, value in current_context().items())
        return f"{line} [{ids}]" if ids else line


class JsonFormatter(logging.Formatter):
    """One JSON object per line."""

    def format(self, record: logging.LogRecord) -> str:
        """Time (UTC), level, logger, message, process, the ids of the current work, and the error if there is one."""
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_links(record.getMessage()),
            "process": record.process,
            **current_context(),
        }
        if record.exc_info:
            entry["exception"] = without_links(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)
