"""What is installed on this machine, found without importing it."""

from __future__ import annotations

from functools import cache
from importlib import metadata
from importlib.util import find_spec


@cache
def is_installed(module: str) -> bool:
    """Looked up once, because each photo asks, and the search through all folders takes half a millisecond."""
    return find_spec(module) is not None


def has_distribution(name: str) -> bool:
    """Whether pip would list it. Several distributions install the same module, such as those for GPUs."""
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True
