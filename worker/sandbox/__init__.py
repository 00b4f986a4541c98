"""Photos are decoded and measured in a process of their own, which they may bring down without harm to anything else.

`Sandbox` is the worker's side, `__main__` what runs in the process, `wire` what the two say to each other.
"""

from worker.sandbox.client import ExaminationCrashed, ExaminationTooSlow, Sandbox, SandboxUnavailable

__all__ = ["ExaminationCrashed", "ExaminationTooSlow", "Sandbox", "SandboxUnavailable"]
