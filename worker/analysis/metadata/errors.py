"""The error of everything that blanks metadata."""

from __future__ import annotations


class CannotBlank(Exception):
    """The location may remain in this metadata, because we cannot read it well enough to be sure."""
