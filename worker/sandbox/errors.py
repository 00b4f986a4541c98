"""How an examination ends without a result."""

from __future__ import annotations


class SandboxError(Exception):
    """An examination did not finish; the message is for the operator."""


class ExaminationCrashed(SandboxError):
    """The process died, because of the photo or something else."""


class ExaminationTooSlow(SandboxError):
    """The examination exceeded its time limit."""


class SandboxUnavailable(SandboxError):
    """The process does not start. That is not the photo's fault."""


class UnexpectedError(Exception):
    """The process is alive, but its examination raised an unexpected error."""


def unavailable(error: Exception) -> SandboxUnavailable:
    """The error for the operator."""
    return SandboxUnavailable(f"The process that examines photos does not start. {error}")
