"""Metadata of a photo's file: reads capture times, camera settings and orientation, and blanks the location.

Reads and changes bytes, never decodes a picture. May use no other room of the analysis.
"""

from worker.analysis.metadata.capture import read_capture_information, read_orientation
from worker.analysis.metadata.location_blanking import blank_location
from worker.analysis.metadata.tiff_directory import Directory, read_tiff

__all__ = ["Directory", "blank_location", "read_capture_information", "read_orientation", "read_tiff"]
