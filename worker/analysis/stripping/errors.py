"""The error of everything that strips a file."""

from __future__ import annotations

from albums.analysis import NotCleanedReason


class NotStripped(Exception):
    """The file may hold more than the picture, because we cannot tell all of its parts apart."""

    def __init__(self, reason: NotCleanedReason) -> None:
        super().__init__(reason)
        self.reason: NotCleanedReason = reason
