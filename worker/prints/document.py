"""Writes pages as one PDF, as a stream: only one picture is in memory, and the same pages give the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial

import pydyf

from albums.prints import Page, Picture
from albums.storage import StorageWriter
from worker.prints.drawing import PageDrawing
from worker.prints.font_stack import FontStack


@dataclass(frozen=True)
class MadePicture:
    """A JPEG in sRGB with its size in pixels."""

    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True)
class WrittenPdf:
    """The size of the file in bytes, and the characters that no font has."""

    size: int
    missing_characters: str


Make = Callable[[Picture], MadePicture | None]


class _Jpeg(pydyf.Object):  # type: ignore[misc]  # pydyf has no types
    """A picture that is made when it is written, and forgotten after it."""

    def __init__(self, make: Callable[[], MadePicture | None], colours: pydyf.Object) -> None:
        super().__init__()
        self._make = make
        self._colours = colours

    @property
    def data(self) -> bytes:
        """A stream, or nothing where there is no picture."""
        made = self._make()
        if made is None:
            return b"null"
        extra = {
            "Type": "/XObject",
            "Subtype": "/Image",
            "Width": made.width,
            "Height": made.height,
            "BitsPerComponent": 8,
            "ColorSpace": self._colours.reference,
            "Filter": "/DCTDecode",
        }
        return bytes(pydyf.Stream([made.jpeg], extra).data)


def write_pdf(
    pages: Sequence[Page],
    writer: StorageWriter,
    *,
    title: str,
    made_at: datetime,
    picture: Make,
) -> WrittenPdf:
    """Write the pages in their order. `picture` makes each picture when its turn comes, in the order of the pages.

    Where it returns None the page has a gap.
    """
    with closing(FontStack()) as fonts:
        return _write(pages, writer, fonts, title=title, made_at=made_at, picture=picture)


def _write(
    pages: Sequence[Page], writer: StorageWriter, fonts: FontStack, *, title: str, made_at: datetime, picture: Make
) -> WrittenPdf:
    document = pydyf.PDF()
    profile = pydyf.Stream([_srgb_profile()], {"N": 3, "Alternate": "/DeviceRGB"}, compress=True)
    document.add_object(profile)
    colours = pydyf.Array(["/ICCBased", profile.reference])
    document.add_object(colours)
    for font in fonts.both:
        document.add_object(font.dictionary)
    for page in pages:
        drawing = PageDrawing(page, fonts)
        content = drawing.draw()
        images = [_Jpeg(partial(picture, shown), colours) for shown in page.pictures]
        for part in (*images, content):
            document.add_object(part)
        resources = {
            "Font": pydyf.Dictionary({font.resource: font.dictionary.reference for font in fonts.both if font.used}),
            "XObject": pydyf.Dictionary({f"I{place}": image.reference for place, image in enumerate(images)}),
        }
        document.add_page(_page_object(drawing, document.pages, content, resources))
    fonts.add_to(document)
    document.info |= {
        "Title": pydyf.String(title),
        "Producer": pydyf.String("AI.photoalbum"),
        "CreationDate": pydyf.String(f"D:{made_at.astimezone(UTC):%Y%m%d%H%M%S}Z"),
    }
    counted = _Counted(writer)
    document.write(counted)
    return WrittenPdf(counted.size, "".join(sorted(fonts.missing)))


def _page_object(
    drawing: PageDrawing, pages: pydyf.Object, content: pydyf.Object, resources: dict[str, pydyf.Object]
) -> pydyf.Dictionary:
    paper = drawing.page.paper
    sheet = drawing.points(paper.sheet)
    left, bottom, width, height = drawing.points(paper.trim)
    return pydyf.Dictionary(
        {
            "Type": "/Page",
            "Parent": pages.reference,
            "MediaBox": pydyf.Array(sheet),
            "BleedBox": pydyf.Array(sheet),
            "TrimBox": pydyf.Array([left, bottom, left + width, bottom + height]),
            "Contents": content.reference,
            "Resources": pydyf.Dictionary(resources),
        }
    )


class _Counted:
    """Counts what is written."""

    def __init__(self, writer: StorageWriter) -> None:
        self._writer = writer
        self.size = 0

    def write(self, data: bytes) -> int:
        """Write all of `data`."""
        self.size += len(data)
        return self._writer.write(data)


@cache
def _srgb_profile() -> bytes:
    """The profile of sRGB, without the time at which it was made."""
    from PIL import ImageCms

    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes(12)
    return bytes(profile)
