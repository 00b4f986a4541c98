"""Faces: finds them, judges whether their eyes are open, and matches the same person across shots.

Arrays in, faces out; models come from installed packages and local files only. May use `measures`.
"""

from worker.analysis.faces.close_ups import PeopleOfGroup, people_of_group
from worker.analysis.faces.detector import detector_for_this_thread
from worker.analysis.faces.people import PeopleFound, PeopleLost, people_found, people_lost

__all__ = [
    "PeopleFound",
    "PeopleLost",
    "PeopleOfGroup",
    "detector_for_this_thread",
    "people_found",
    "people_lost",
    "people_of_group",
]
