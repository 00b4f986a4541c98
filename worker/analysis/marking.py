"""Writes stars, labels, picks and rejections as XMP, in the properties that other programs read.

- `xmp:Rating`: 0 to 5, and -1 for a rejected photo, as the standard says (XMP specification, part 1, 8.4). Bridge,
  darktable and Capture One read it; Capture One and Lightroom ignore -1.
- `xmp:Label`: the colour in English, as Lightroom's default set of labels has them.
- `xmpDM:pick` and `xmpDM:good`: Lightroom's flag, read and written since Lightroom Classic 13.2.
- `digiKam:PickLabel`: 1 for rejected, 3 for accepted.
- `photomechanic:Tagged`: the tag of Photo Mechanic.

Everything else in existing XMP stays. exiv2 does the work: https://exiv2.org.
"""

from __future__ import annotations

import exiv2

from albums.analysis import LABEL_WORDS, Marks

_PHOTO_MECHANIC = "http://ns.camerabits.com/photomechanic/1.0/"
_LABEL = "Xmp.xmp.Label"
_PICK_LABELS = {-1: "1", 0: "0", 1: "3"}

exiv2.XmpProperties.registerNs(_PHOTO_MECHANIC, "photomechanic")
exiv2.LogMsg.setLevel(exiv2.LogMsg.Level.mute)


class NotMarked(Exception):
    """The file cannot be read as XMP or JPEG, or writing would have lost something of it."""


def marked(data: bytes, marks: Marks) -> bytes:
    """A copy of a JPEG or of an XMP sidecar with these marks, or a new sidecar if there are no bytes.

    The picture and all other metadata stay.

    Raises:
        NotMarked: it is neither, it or its XMP is damaged, or its XMP says something that would be lost.
    """
    try:
        image = exiv2.ImageFactory.open(data) if data else exiv2.ImageFactory.create(exiv2.ImageType.xmp)
        if image.imageType() not in (exiv2.ImageType.jpeg, exiv2.ImageType.xmp):
            raise NotMarked("It is neither a JPEG nor XMP.")
        if data:
            image.readMetadata()
            # exiv2 takes XMP that it cannot parse for none.
            if image.xmpPacket() and image.xmpData().empty():
                raise NotMarked("Its XMP is damaged or empty.")
            if image.imageType() == exiv2.ImageType.xmp:
                # What exiv2 derived from the XMP. It would be written back over it, in other digits.
                image.clearExifData()
                image.clearIptcData()
        return _written(image, marks)
    except exiv2.Exiv2Error as error:
        raise NotMarked(str(error)) from error


def _written(image: exiv2.Image, marks: Marks) -> bytes:
    xmp = image.xmpData()
    others = _others(xmp)
    for name, value in _properties(marks, xmp).items():
        if value is not None:
            xmp[name] = value
        elif name in xmp:
            del xmp[name]
    image.setXmpData(xmp)
    image.writeMetadata()
    written = bytes(image.io().data())
    check = exiv2.ImageFactory.open(written)
    check.readMetadata()
    if _others(check.xmpData()) != others:
        raise NotMarked("Something in its XMP would be lost.")
    return written


def _properties(marks: Marks, existing: exiv2.XmpData) -> dict[str, str | None]:
    """The values to write, None for what has to go. Flags that nobody set are written only over existing ones."""

    def flag(name: str, value: str | None, unset: str) -> dict[str, str | None]:
        return {name: value} if value is not None else {name: unset} if name in existing else {}

    is_flagged = marks.pick != 0
    return {
        "Xmp.xmp.Rating": str(-1 if marks.pick == -1 else marks.stars),
        _LABEL: _label(marks, existing),
        **flag("Xmp.xmpDM.pick", str(marks.pick) if is_flagged else None, "0"),
        **flag("Xmp.xmpDM.good", str(marks.pick == 1).lower() if is_flagged else None, "false"),
        **flag("Xmp.digiKam.PickLabel", _PICK_LABELS[marks.pick] if is_flagged else None, "0"),
        **flag("Xmp.photomechanic.Tagged", "True" if marks.pick == 1 else None, "False"),
    }


def _label(marks: Marks, existing: exiv2.XmpData) -> str | None:
    """The word for the label: the existing one if it means the same, or if it is of one's own and none replaces it."""
    word = str(existing[_LABEL].value()) if _LABEL in existing else ""
    meaning = LABEL_WORDS.get(word.casefold())
    if word and (meaning == marks.label or (meaning is None and not marks.label)):
        return word
    return marks.label.capitalize() or None


def _others(xmp: exiv2.XmpData) -> list[tuple[str, str]]:
    """All properties but those that marks are in, in the order of their names."""
    ours = _properties(Marks(pick=1), exiv2.XmpData())
    return sorted((datum.key(), str(datum.value())) for datum in xmp if datum.key() not in ours)
