"""Decode, measure and strip photos in a separate process, so that a hostile file can crash only that process.

`client.Sandbox` is the worker's side, `__main__` runs in the process, `wire` defines the messages between them.
`confinement` and `own_user` keep the process from everything else.
"""

from worker.sandbox.client import Sandbox
from worker.sandbox.errors import ExaminationCrashed, ExaminationTooSlow, SandboxUnavailable
from worker.sandbox.own_user import hide_memory

__all__ = ["ExaminationCrashed", "ExaminationTooSlow", "Sandbox", "SandboxUnavailable", "hide_memory"]
