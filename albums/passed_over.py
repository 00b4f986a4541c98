"""What systems, network storage and photo programs keep beside photos, such as thumbnails and deleted files.

It is not uploaded, and not reported file by file. A folder with Synology's thumbnails would have four files a photo,
and deleted photos would come back. The pages have a copy of these rules, which `npm run generate` writes.
"""

from __future__ import annotations

import re
from itertools import pairwise

NAMES = (
    # Windows
    "$recycle.bin",
    "desktop.ini",
    "ehthumbs.db",
    "recycler",
    "system volume information",
    "thumbs.db",
    # macOS
    "__macosx",
    "icon\r",
    "network trash folder",
    "temporary items",
    # Linux
    "lost+found",
    # Synology and QNAP
    "#recycle",
    "#snapshot",
    "@__thumb",
    "@eadir",
    "@recently-snapshot",
    "@recycle",
    "@synoresource",
    "@tmp",
    "@transcode",
    # Cameras: a small JPEG of each film of a Sony
    "thmbnl",
    # Photo programs
    "picasa.ini",
    "zbthumbnail.info",
)
"""Names of files and folders, in lower case."""

ENDINGS = (".cocatalog", ".lrcat-data", ".lrdata")
"""Of the folders in which Capture One and Lightroom keep previews, in lower case."""

LIBRARY_ENDINGS = (".photolibrary", ".photoslibrary")
"""Of the folders that are libraries of Apple Photos and iPhoto, in lower case."""

ORIGINALS = ("masters", "originals")
"""Folders of a library that have the photos, in lower case. Its others have thumbnails and databases."""


def is_passed_over(path: str) -> bool:
    r"""Whether a file is passed over, because of its own name or that of a folder above it.

    Hidden files and folders are: those whose names begin with a dot.

    Args:
        path: as in a folder that somebody chose, `a/b.jpg`; that folder's own name is not part of it. Backslashes
            separate as well.

    >>> is_passed_over("2024/@eaDir/IMG_1.JPG/SYNOPHOTO_THUMB_XL.jpg"), is_passed_over("2024/IMG_1.JPG")
    (True, False)

    """
    names = [name.lower() for name in re.split(r"[/\\]", path) if name]
    in_library = any(folder.endswith(LIBRARY_ENDINGS) and inside not in ORIGINALS for folder, inside in pairwise(names))
    return in_library or any(name.startswith(".") or name in NAMES or name.endswith(ENDINGS) for name in names)
