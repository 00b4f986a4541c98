"""Contact sheets and photo books: which photos, and where each is on its pages, in millimetres.

The layout is arithmetic: numbers in, boxes out. The page shows the same boxes that a worker draws.
"""

from albums.prints.book import Book, book_pages
from albums.prints.contact_sheet import ContactSheet, contact_sheet_pages
from albums.prints.pages import DPI, Box, Line, Page, Paper, Picture, PrintPhoto, Text
from albums.prints.papers import PAPERS

__all__ = [
    "DPI",
    "PAPERS",
    "Book",
    "Box",
    "ContactSheet",
    "Line",
    "Page",
    "Paper",
    "Picture",
    "PrintPhoto",
    "Text",
    "book_pages",
    "contact_sheet_pages",
]
