"""Draws pages as PDF: fonts, pictures, and the file itself, written as a stream."""

from worker.prints.document import MadePicture, write_pdf

__all__ = ["MadePicture", "write_pdf"]
