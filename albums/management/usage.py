"""How our commands check and report wrong usage."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NoReturn

from django.core.management.base import CommandError

from albums.sources import Source, SourceError
from albums.sources.opening import SourceUnknown, open_source

BAD_USAGE = 2


def refuse(message: str) -> NoReturn:
    """End the command with this message and the exit status for wrong usage."""
    raise CommandError(message, returncode=BAD_USAGE)


def check_writable(option: str, path: Path) -> None:
    """End the command with a message unless the file of this option can be written."""
    if path.is_dir():
        refuse(f"{option} {path} is a folder. Choose a file name.")
    if not path.parent.is_dir():
        refuse(f"{option} {path}: the folder {path.parent} does not exist. Create it first.")
    if not os.access(path.parent, os.W_OK | os.X_OK) or (path.exists() and not os.access(path, os.W_OK)):
        refuse(f"{option} {path} cannot be written. Check the permissions of {path.parent}.")


def opened_source(names: Sequence[str], *, leave_out: Collection[Path] = ()) -> Source:
    """Open the sources that the command names, or end it with a message."""
    try:
        source = open_source(names, leave_out=leave_out)
    except SourceUnknown as error:
        refuse(str(error))
    except SourceError as error:
        raise CommandError(str(error)) from error
    if source.total == 0:
        raise CommandError(f"{' '.join(names)} contains no files. Choose a folder with photos.")
    return source
