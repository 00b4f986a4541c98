"""Fixtures that several tests of the domain share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from albums import jobs


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[Any]]]:
    """The messages that would be sent to the broker."""
    messages: list[tuple[str, list[Any]]] = []
    monkeypatch.setattr(jobs, "_send", lambda job, arguments: messages.append((job.value, arguments)))
    return messages


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder with one file of five bytes, a.jpg."""
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(b"bytes")
    return folder
