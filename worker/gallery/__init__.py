"""The page in a zip that shows its photos: by days and moments, without a network, and also without scripts."""

from worker.gallery.page import PagePhoto, page_html

__all__ = ["PagePhoto", "page_html"]
