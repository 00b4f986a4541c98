"""Faces: where they are, whether their eyes are open, and who is the same person across shots.

May use `measures`.
"""

from worker.analysis.faces.detector import FaceModelError, detector_for_this_thread
from worker.analysis.faces.people import eyes_lost

__all__ = ["FaceModelError", "detector_for_this_thread", "eyes_lost"]
