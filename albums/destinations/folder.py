"""A folder of this machine."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from albums.destinations.base import Destination, DestinationError, Presence


class FolderDestination(Destination):
    """A folder, which is made if it does not exist."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def presence(self, path: str, *, size: int, sha256: str) -> Presence:
        """Read the file that is there, if its size is right."""
        target = self._place(path)
        with _explained(target):
            if not os.path.lexists(target):
                return "missing"
            if not target.is_file() or target.stat().st_size != size:
                return "different"
            with target.open("rb") as file:
                return "same" if hashlib.file_digest(file, "sha256").hexdigest() == sha256 else "different"

    def write(self, path: str, chunks: Iterator[bytes], *, size: int, sha256: str) -> None:  # noqa: ARG002
        """Write beside it first, on the same file system."""
        target = self._place(path)
        with _explained(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".copying-", delete=False) as file:
                draft = Path(file.name)
                try:
                    file.writelines(chunks)
                    file.flush()
                    os.fsync(file.fileno())
                    draft.chmod(0o644)
                    _appear(draft, target)
                finally:
                    draft.unlink(missing_ok=True)

    def _place(self, path: str) -> Path:
        """Where the file goes: below the folder, and not where a link in it leads."""
        place = self._root / path
        with _explained(place):
            if place.parent.resolve() != (self._root.resolve() / path).parent:
                message = f"{place.parent} is a link to another folder. Remove it, or choose another destination."
                raise DestinationError(message)
        return place


def _appear(draft: Path, target: Path) -> None:
    """Give the file its name unless another has it."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:  # cards and many network drives have no hard links
        if os.path.lexists(target):
            raise FileExistsError from None
        draft.rename(target)


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise DestinationError(f"{target} has appeared meanwhile, and is not replaced.") from error
    except OSError as error:
        raise DestinationError(f"{target} cannot be written or read: {error.strerror or error}.") from error
