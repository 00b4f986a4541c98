"""What a photo's file says about itself: capture times, cameras, XMP, and taking the place out of it.

Reads and blanks bytes; never decodes a picture. May use nothing else of the analysis.
"""

from worker.analysis.metadata.capture import read_capture_information, read_orientation
from worker.analysis.metadata.location_blanking import blank_location
from worker.analysis.metadata.tiff_directory import Directory, read_tiff

__all__ = ["Directory", "blank_location", "read_capture_information", "read_orientation", "read_tiff"]
