"""Writes stars, labels, picks and rejections as XMP, in the properties that other programs read.

- `xmp:Rating`: 0 to 5, and -1 for a rejected photo, as the standard says (XMP specification, part 1, 8.4). Bridge,
  darktable and Capture One read it; Capture One and Lightroom ignore -1.
- `xmp:Label`: the colour in English, as Lightroom's default set of labels has them.
- `xmpDM:pick` and `xmpDM:good`: Lightroom's flag, read and written since Lightroom Classic 13.2.
- `digiKam:PickLabel`: 1 for rejected, 3 for accepted.
- `photomechanic:Tagged`: the tag of Photo Mechanic.
- The moment as a keyword, if wanted (`worker/analysis/keywords.py`).

Everything else in existing XMP stays. exiv2 does the work: https://exiv2.org.
"""

from __future__ import annotations

from itertools import takewhile
from xml.parsers.expat import ExpatError, ParserCreate

import exiv2

from albums.analysis import LABEL_WORDS, Marks
from worker.analysis.files import Segment, jpeg_segments
from worker.analysis.keywords import KEYWORD_LISTS, keywords_write, other_keywords

_PHOTO_MECHANIC = "http://ns.camerabits.com/photomechanic/1.0/"
_LABEL = "Xmp.xmp.Label"
_PICK_LABELS = {-1: "1", 0: "0", 1: "3"}

exiv2.LogMsg.setLevel(exiv2.LogMsg.Level.mute)


_JPEG_START, _START_OF_SCAN = b"\xff\xd8\xff", 0xDA
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_BEFORE_XMP = (b"JFIF\0", b"JFXX\0", b"Exif\0\0")
_MOST_PROPERTIES = 8_000  # exiv2 needs two seconds for them, and four times as long for twice as many
_MOST_CONTENT = 65_533  # bytes of a segment, without its length
_SYNTAX = (
    *("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/XML/1998/namespace", "adobe:ns:meta/"),
    "about",
)
_OURS = {
    "http://ns.adobe.com/xap/1.0/ Rating",
    "http://ns.adobe.com/xap/1.0/ Label",
    "http://ns.adobe.com/xmp/1.0/DynamicMedia/ pick",
    "http://ns.adobe.com/xmp/1.0/DynamicMedia/ good",
    "http://www.digikam.org/ns/1.0/ PickLabel",
    f"{_PHOTO_MECHANIC} Tagged",
    # Only where nothing but the moment was in it.
    "http://purl.org/dc/elements/1.1/ subject",
    "http://ns.adobe.com/lightroom/1.0/ hierarchicalSubject",
    "http://www.digikam.org/ns/1.0/ TagsList",
    "http://ns.microsoft.com/photo/1.0/ LastKeywordXMP",
}


class NotMarked(Exception):
    """The file cannot be read as XMP or JPEG, or writing would have lost something of it."""


def marked(data: bytes, marks: Marks) -> bytes:
    """A copy of a JPEG or of an XMP sidecar with these marks, or a new sidecar if there are no bytes.

    Of a JPEG all bytes stay but those of its XMP.

    Raises:
        NotMarked: it is neither, it or its XMP is damaged, or something in it would be lost.
    """
    try:
        return _marked_jpeg(data, marks) if data.startswith(_JPEG_START) else _marked_xmp(data, marks)
    except (exiv2.Exiv2Error, ExpatError) as error:
        raise NotMarked(str(error)) from error


def _marked_jpeg(data: bytes, marks: Marks) -> bytes:
    """exiv2 writes only the XMP. EXIF, profiles and comments it would write again and in another order, so that some
    would be lost, and an index of further pictures (MPF) would be wrong.
    """
    head = _before_pixels(data)
    old = [segment for segment in head if segment.content.startswith(_XMP)]
    if len(old) > 1:
        raise NotMarked("It has more than one block of XMP.")
    leading = list(takewhile(lambda segment: segment.content.startswith(_BEFORE_XMP), head))
    start, end = (old[0].start, old[0].end) if old else 2 * (leading[-1].end if leading else len(b"\xff\xd8"),)
    content = _XMP + _marked_xmp(old[0].content[len(_XMP) :].rstrip(b"\0") if old else b"", marks)
    if len(content) > _MOST_CONTENT:
        raise NotMarked("Its XMP would be larger than a segment of a JPEG.")
    segment = b"\xff\xe1" + (len(content) + 2).to_bytes(2, "big") + content
    has_index = any(index.content.startswith(b"MPF\0") and index.start < start for index in head)
    if has_index and len(segment) != end - start:
        raise NotMarked("Its XMP is behind an index of further pictures, which would be wrong.")
    return data[:start] + segment + data[end:]


def _before_pixels(data: bytes) -> list[Segment]:
    found: list[Segment] = []
    for segment in jpeg_segments(data):
        if segment.marker == _START_OF_SCAN:
            return found
        found.append(segment)
    raise NotMarked("The JPEG is damaged.")


def _marked_xmp(data: bytes, marks: Marks) -> bytes:
    # Each time: exiv2 keeps the prefixes of a file, also where they are ours, and would use them for later ones.
    exiv2.XmpProperties.unregisterNs()
    exiv2.XmpProperties.registerNs(_PHOTO_MECHANIC, "photomechanic")
    image = exiv2.ImageFactory.open(data) if data else exiv2.ImageFactory.create(exiv2.ImageType.xmp)
    if image.imageType() != exiv2.ImageType.xmp:
        raise NotMarked("It is neither a JPEG nor XMP.")
    names = _names(data) if data else set()
    if data:
        image.readMetadata()
        # exiv2 takes XMP that it cannot parse for none.
        if names and image.xmpData().empty():
            raise NotMarked("Its XMP is damaged.")
        # What exiv2 derived from the XMP. It would be written back over it, in other digits.
        image.clearExifData()
        image.clearIptcData()
    xmp = image.xmpData()
    if len(xmp) > _MOST_PROPERTIES:
        raise NotMarked("Its XMP has too many properties.")
    others = _others(xmp, marks)
    for name, value in _properties(marks, xmp).items():
        if value is not None:
            xmp[name] = value
        elif name in xmp:
            del xmp[name]
    if marks.moment is not None:
        keywords_write(xmp, marks.moment)
    image.setXmpData(xmp)
    image.writeMetadata()
    written = bytes(image.io().data())
    check = exiv2.ImageFactory.open(written)
    check.readMetadata()
    # exiv2 tells properties apart by prefixes. It changes namespaces that end with neither a slash nor a hash.
    if _others(check.xmpData(), marks) != others or not names - _OURS <= _names(written):
        raise NotMarked("Something in its XMP would be lost.")
    return written


def _names(packet: bytes) -> set[str]:
    """The properties with their whole namespaces, as another parser reads them. Raises ExpatError."""
    names: set[str] = set()
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, attributes: names.update([name, *attributes])
    parser.EntityDeclHandler = _refuse
    parser.Parse(packet.strip(), True)
    return {name for name in names if not name.startswith(_SYNTAX)}


def _refuse(*_: object) -> None:
    raise NotMarked("Its XMP declares entities.")


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


def _others(xmp: exiv2.XmpData, marks: Marks) -> list[tuple[str, str]]:
    """All properties but those that marks are in, in the order of their names."""
    ours = {*_properties(Marks(pick=1), exiv2.XmpData()), *(KEYWORD_LISTS if marks.moment is not None else ())}
    others = [(datum.key(), str(datum.value())) for datum in xmp if datum.key() not in ours]
    return sorted(others + (other_keywords(xmp) if marks.moment is not None else []))
