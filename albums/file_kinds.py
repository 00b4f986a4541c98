"""Which files the service takes, by the endings of their names.

The pages choose by them before anything is sent; what a file really is, the analysis finds out from its bytes. The
pages have a copy, which `npm run generate` writes, so this is the place to add a format.
"""

from __future__ import annotations

from typing import Final


def _endings(text: str) -> frozenset[str]:
    return frozenset(text.split())


TAKEN: Final[dict[str, frozenset[str]]] = {
    "photo": _endings("avif bmp dib gif heic heif hif j2k jfif jp2 jpe jpeg jpg jxl mpo png tif tiff webp"),
    "raw": _endings(
        "3fr arw cr2 cr3 crw dcr dng erf fff gpr iiq kdc mef mos mrw nef nrw orf pef raf raw rw2 rwl sr2 srf srw x3f"
    ),
    "video": _endings("3g2 3gp avi m4v mkv mov mp4 webm"),
    "sidecar": _endings("aae json thm xmp"),
}
"""By kind. An ending has no dot and is in lower case."""

REFUSED: Final[dict[str, frozenset[str]]] = {
    "picture": _endings(
        "afphoto ai cdr cur dcm dds djvu emf eps exr fits hdr ico indd jxr kra pdf ps psb psd qoi svg tga wmf xcf"
    ),
    "video": _endings("flv insv lrv m2ts mpeg mpg mts vob wmv"),
    "sound": _endings("aac aif aiff amr flac m4a mid mp3 ogg opus wav wma"),
    "archive": _endings("7z bz2 dmg gz iso rar tar tgz xz zip zst"),
    "document": _endings("csv doc docx epub htm html key md numbers odp ods odt pages ppt pptx rtf txt xls xlsx xml"),
}
"""What people often have beside photos, by kind, so that the page can say what it is. Other endings are refused too."""
