"""Stripping: keeps of a photo's file what is known to be harmless, so that no place and no serial number is left.

What decodes the picture stays byte for byte, with its colour profile, orientation, capture time, make and model.
Everything else goes. A file with parts that cannot be told apart raises NotStripped. May use `files` and `metadata`.
"""

from worker.analysis.stripping.harmless import Harmless
from worker.analysis.stripping.jpeg import bare_jpeg, with_metadata
from worker.analysis.stripping.stripping import strip

__all__ = ["Harmless", "bare_jpeg", "strip", "with_metadata"]
