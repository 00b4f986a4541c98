"""Reads which shot it is by the camera's own count, from the few maker notes that say it in one plain number.

The layouts are those of https://exiftool.org/TagNames/. Only numbers that fit into their entry are read, so it does not
matter from where a note counts its offsets.
"""

from __future__ import annotations

from worker.analysis.metadata.tiff_directory import Directory, read_tiff

_MAKER_NOTE = 0x927C
_IMAGE_NUMBER = 0x9211  # TIFF/EP
_MOST = 2**32 - 1
_NONE_OF_SONY = 65535


def read_shot_number(first: Directory, shot: Directory) -> int | None:
    """A number that rises from shot to shot of one camera, at least within one burst; None if the file has none."""
    written = shot.integer(_IMAGE_NUMBER) if _IMAGE_NUMBER in shot.entries else first.integer(_IMAGE_NUMBER)
    number = written if written is not None else _in_maker_note(first, shot)
    return number if number is not None and 0 < number < _MOST else None


def _in_maker_note(first: Directory, shot: Directory) -> int | None:
    note, make = shot.raw(_MAKER_NOTE)[:16], (first.text(0x010F) or "").casefold()
    if note.startswith(b"Nikon\0\x02"):
        return read_tiff(shot.raw(_MAKER_NOTE)[10:]).integer(0x00A7)  # ShutterCount
    if note.startswith(b"FUJIFILM"):
        whole = shot.raw(_MAKER_NOTE)
        return read_tiff(b"II*\0" + whole[8:12] + whole[8:]).integer(0x1101)  # SequenceNumber
    if note.startswith(b"Panasonic\0"):
        return shot.inside(_MAKER_NOTE, 12).integer(0x002B)  # SequenceNumber
    if note.startswith((b"SONY DSC", b"SONY CAM")):
        number = shot.inside(_MAKER_NOTE, 12).integer(0xB04A)  # SequenceNumber
        return None if number == _NONE_OF_SONY else number
    # FileNumber counts on where the names begin again: 1019999 is followed by 1020001.
    return shot.inside(_MAKER_NOTE, 0).integer(0x0008) if make.startswith("canon") else None
