"""Faces: finds them, judges whether their eyes are open, and matches the same person across shots.

Arrays in, faces out; models come from local files only. May use `measures`.
"""

from worker.analysis.faces.detector import FaceModelError, detector_for_this_thread
from worker.analysis.faces.people import eyes_lost

__all__ = ["FaceModelError", "detector_for_this_thread", "eyes_lost"]
