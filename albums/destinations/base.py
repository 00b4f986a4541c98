"""What every destination does."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Literal

Presence = Literal["missing", "same", "different"]


class DestinationError(Exception):
    """The whole destination cannot be used. The message says why and what to do."""


class Destination(ABC):
    """A place for files. Their paths are relative, with slashes, and safe on every common file system."""

    @abstractmethod
    def presence(self, path: str, *, size: int, sha256: str) -> Presence:
        """Whether there is a file with these bytes, or another, or none.

        Raises:
            DestinationError: when the place does not answer.

        """

    @abstractmethod
    def write(self, path: str, chunks: Iterator[bytes], *, size: int, sha256: str) -> None:
        """Write a file that was missing. It appears whole, or not at all if `chunks` raises.

        Raises:
            DestinationError: when it cannot be written, or another file is there now.

        """
