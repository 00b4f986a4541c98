"""Metadata of a photo's file: reads capture times, camera settings and orientation.

Reads bytes, never decodes a picture. May use no other room of the analysis.
"""

from worker.analysis.metadata.capture import read_capture_information, read_exif, read_orientation
from worker.analysis.metadata.names import NameEvidence, NameTime, read_name, read_name_time
from worker.analysis.metadata.sidecars import MAX_SIDECAR_BYTES, may_be_sidecar, read_sidecar
from worker.analysis.metadata.tiff_directory import Directory, read_chain, read_tiff
from worker.analysis.metadata.tiff_layout import (
    MAX_VALUES,
    Entry,
    Layout,
    Table,
    read_header,
    read_numbers,
    read_table,
)
from worker.analysis.metadata.timestamps import FIRST_DIGITAL_CAMERAS, is_possible, parse_timestamp
from worker.analysis.metadata.xmp import xmp_number, xmp_text

__all__ = [
    "FIRST_DIGITAL_CAMERAS",
    "MAX_SIDECAR_BYTES",
    "MAX_VALUES",
    "Directory",
    "Entry",
    "Layout",
    "NameEvidence",
    "NameTime",
    "Table",
    "is_possible",
    "may_be_sidecar",
    "parse_timestamp",
    "read_capture_information",
    "read_chain",
    "read_exif",
    "read_header",
    "read_name",
    "read_name_time",
    "read_numbers",
    "read_orientation",
    "read_sidecar",
    "read_table",
    "read_tiff",
    "xmp_number",
    "xmp_text",
]
