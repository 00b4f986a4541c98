"""The PDF of pages: read by another library."""

from __future__ import annotations

import io
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest
from fontTools.cffLib import CFFFontSet
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from albums.prints import PAPERS, Book, ContactSheet, Picture, PrintPhoto, book_pages, contact_sheet_pages
from albums.prints.wrapping import wrapped
from tests.drawing import draw_scene, jpeg_bytes
from worker.prints import MadePicture, write_pdf
from worker.prints.font_stack import FontStack

MADE_AT = datetime(2026, 5, 1, 12, tzinfo=UTC)
_POINTS = 72 / 25.4


def photos_of(count: int) -> list[PrintPhoto]:
    return [
        PrintPhoto(
            id=str(number), name=f"Åre Ωμέγα Ёлка {number}.jpg", width=6000, height=4000, stars=number, is_pick=True
        )
        for number in range(count)
    ]


class Pictures:
    """Draws the pictures, and knows which it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, picture: Picture) -> MadePicture:
        self.asked.append(picture.photo.id)
        return MadePicture(jpeg_bytes(draw_scene(int(picture.photo.id), (90, 60))), 90, 60)


def pdf_of(title: str, photos: list[PrintPhoto]) -> tuple[bytes, str]:
    written = io.BytesIO()
    pages = book_pages(Book(PAPERS["square_21"], title, "1 May 2026", photos))
    result = write_pdf(pages, written, title=title, made_at=MADE_AT, picture=Pictures())
    assert result.size == len(written.getvalue())
    return written.getvalue(), result.missing_characters


def test_pages_have_the_boxes_that_printers_need() -> None:
    reader = PdfReader(io.BytesIO(pdf_of("Sjön", photos_of(3))[0]), strict=True)
    assert len(reader.pages) == 4
    for page in reader.pages:
        assert float(page.mediabox.width) == pytest.approx(216 * _POINTS, abs=0.01)
        assert page.bleedbox == page.mediabox
        assert float(page.trimbox.left) == pytest.approx(3 * _POINTS, abs=0.01)
        assert float(page.trimbox.height) == pytest.approx(210 * _POINTS, abs=0.01)
    assert reader.metadata is not None
    assert reader.metadata.title == "Sjön"
    assert reader.metadata.creation_date == MADE_AT


def test_pictures_are_in_it_as_they_were_made() -> None:
    reader = PdfReader(io.BytesIO(pdf_of("Lake", photos_of(1))[0]))
    resource = reader.pages[0]["/Resources"]["/XObject"]["/I0"]  # type: ignore[index]
    assert resource._data == jpeg_bytes(draw_scene(0, (90, 60)))  # without another compression
    assert resource["/ColorSpace"][0] == "/ICCBased"
    assert resource["/ColorSpace"][1]["/N"] == 3


def test_texts_are_in_an_embedded_font_and_can_be_searched() -> None:
    written = io.BytesIO()
    pages = contact_sheet_pages(ContactSheet("Midsommar på Öland", photos_of(4)))
    write_pdf(pages, written, title="Lake", made_at=MADE_AT, picture=Pictures())
    page = PdfReader(written).pages[0]
    text = page.extract_text()
    assert "Midsommar på Öland" in text
    assert "Åre Ωμέγα Ёлка 3" in text
    font = page["/Resources"]["/Font"]["/F"]["/DescendantFonts"][0]  # type: ignore[index]
    embedded = font["/FontDescriptor"]["/FontFile2"].get_data()
    assert embedded.startswith(b"\x00\x01\x00\x00")
    assert len(embedded) < 60_000  # only the letters that were used


@pytest.mark.parametrize(
    ("title", "drawn", "lacking"),
    [
        ("Kyoto 🎉", "Kyoto ?", "🎉"),
        ("A family 👩\u200d👧", "A family ??", "👧👩"),
        ("Sun ☀\ufe0f", "Sun ?", "☀"),
        ("\u202b\u05d0\u05d1\u202c", "??", "\u05d0\u05d1"),
    ],
    ids=["emoji", "joined emoji", "variant", "right to left"],
)
def test_characters_that_the_fonts_lack_are_replaced_and_named(title: str, drawn: str, lacking: str) -> None:
    pdf, missing = pdf_of(title, photos_of(1))
    assert missing == lacking
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert text.replace("\n", "").startswith(f"{drawn}1 May 2026")


def eastern_font(pdf: bytes) -> Any:
    fonts: Any = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    return fonts.get("/E")


def test_chinese_japanese_and_korean_are_in_a_font_of_their_own_and_can_be_searched() -> None:
    pdf, missing = pdf_of("Kyoto 京都にて, 서울", photos_of(1))
    assert not missing
    assert "Kyoto 京都にて, 서울" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    descendant = eastern_font(pdf)["/DescendantFonts"][0]
    assert list(descendant["/W"])[1] == [1000]
    embedded = descendant["/FontDescriptor"]["/FontFile3"].get_data()
    cff = CFFFontSet()
    cff.decompile(io.BytesIO(embedded), None)
    assert len(cff[0].CharStrings) == 1 + len("京都にて서울")  # with the sign for none
    assert len(embedded) < 20_000
    assert eastern_font(pdf_of("Kyoto 🎉", photos_of(1))[0]) is None


LETTERS = (
    "abcdefghijklmnopqrstuvwxyzåäöéßœæABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÉÆ0123456789 .,:;!?'\"()-—…%&@€ЖЩжщюыΩωψ京あ한、"
)


@given(text=st.text(LETTERS, max_size=200), width=st.floats(15, 120))
def test_no_line_that_the_layout_made_is_wider_than_its_room(text: str, width: float) -> None:
    """Else the PDF would cut it, and lose letters in the middle of a caption."""
    with closing(FontStack()) as font:
        for line in wrapped(text, 8, width, 100):
            assert font.width(font.drawable(line), 8) <= width * _POINTS


def test_a_character_has_the_shape_of_its_language() -> None:
    """The same character in a Chinese, a Japanese and a Korean text: Noto has three glyphs for it."""
    codes = {
        list(eastern_font(pdf_of(title, photos_of(1))[0])["/DescendantFonts"][0]["/W"])[-2]
        for title in ("直", "直の", "直한")
    }
    assert len(codes) == 3


def test_the_same_pages_give_the_same_bytes() -> None:
    assert pdf_of("Lake", photos_of(5)) == pdf_of("Lake", photos_of(5))


def test_each_picture_is_made_when_its_turn_comes() -> None:
    pages = book_pages(Book(PAPERS["a4_portrait"], "Lake", "", photos_of(9)))
    pictures, sizes = Pictures(), []

    class Writer(io.BytesIO):
        def write(self, data: object) -> int:
            sizes.append(len(pictures.asked))
            return super().write(data)  # type: ignore[arg-type]

    write_pdf(pages, Writer(), title="Lake", made_at=MADE_AT, picture=pictures)
    assert pictures.asked == [picture.photo.id for page in pages for picture in page.pictures]
    # Each is written before the next is made: the number of pictures grows one by one.
    assert sorted(set(sizes)) == list(range(len(pictures.asked) + 1))
