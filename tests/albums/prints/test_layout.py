"""Layouts of books and contact sheets, for photos of any shape."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albums.prints import PAPERS, Book, Box, ContactSheet, Page, PrintPhoto, Text, book_pages, contact_sheet_pages
from albums.prints.book import GAP, MOST_CUT
from albums.prints.pages import POINT
from albums.prints.spreads import spreads
from albums.prints.wrapping import wrapped

_ROUNDING = 1e-6
faces = st.tuples(*[st.floats(0, 0.45)] * 2, *[st.floats(0.5, 1)] * 2)
CAPTIONS = ("", "12:30", "Anna\noch Bo vid sjön", "Three generations at the lake, " * 40, "京都府東山区" * 30)
Row = tuple[int, int, int, int, float, tuple[float, float, float, float] | None]
shapes = st.builds(
    lambda width, height, gap, day, weight, around: (width, height, gap, day, weight, around),
    st.integers(200, 9000),
    st.integers(200, 9000),
    st.integers(0, 90),
    st.integers(0, 2),
    st.floats(0, 6),
    st.none() | faces,
)


def photos_of(
    rows: list[Row],
) -> list[PrintPhoto]:
    """Photos of up to three days, some of them in groups."""
    minute, photos = 0, []
    for number, (width, height, gap, day, weight, around) in enumerate(sorted(rows, key=lambda row: row[3])):
        minute += gap
        photos.append(
            PrintPhoto(
                id=str(number),
                name=f"IMG_{number}.jpg",
                width=width,
                height=height,
                day=f"Day {day}",
                minute=minute,
                moment=str(minute // 30) if gap < 20 else "",
                weight=weight,
                faces=around,
                caption=CAPTIONS[width % len(CAPTIONS)],
            )
        )
    return photos


@given(
    rows=st.lists(shapes, min_size=1, max_size=14),
    paper=st.sampled_from(sorted(PAPERS)),
    caption_lines=st.integers(0, 4),
    has_numbers=st.booleans(),
)
def test_a_book_shows_each_photo_once_within_its_margins(
    rows: list[Row],
    paper: str,
    *,
    caption_lines: int,
    has_numbers: bool,
) -> None:
    photos = photos_of(rows)
    pages = book_pages(Book(PAPERS[paper], "Lake", "May", photos, has_numbers, caption_lines))
    assert len(pages) % 2 == 0
    assert not pages[-1].pictures
    assert not pages[-1].texts
    inside = [picture.photo.id for page in pages[1:] for picture in page.pictures]
    assert sorted(inside, key=int) == [photo.id for photo in photos]
    assert len(pages[0].pictures) == 1
    for number, page in enumerate(pages, start=1):
        _check_page(page, PAPERS[paper].content(is_left=number % 2 == 0))


def _check_page(page: Page, content: Box) -> None:
    for picture in page.pictures:
        assert picture.whole.width / picture.whole.height == pytest.approx(picture.photo.aspect)
        if picture.frame == page.paper.sheet:
            _check_cut(page, picture.whole, picture.photo.faces)
        else:
            assert picture.frame == picture.whole
            assert _is_within(picture.frame, content)
    for one, other in combinations([picture.frame for picture in page.pictures], 2):
        across = max(one.x, other.x) - min(one.right, other.right)
        down = max(one.y, other.y) - min(one.bottom, other.bottom)
        assert max(across, down) >= GAP - _ROUNDING
    for text in page.texts:
        assert 0 < text.y < page.paper.height
        assert not any(_is_on(text, picture.frame) for picture in page.pictures)


def _is_on(text: Text, box: Box) -> bool:
    """Whether the text, whose base line begins there, may cover a part of the box."""
    left = text.x - {"left": 0.0, "centre": text.width / 2, "right": text.width}[text.align]
    is_beside = left >= box.right or left + text.width <= box.x
    return not is_beside and box.y < text.y and text.y - text.size * POINT < box.bottom


def _check_cut(page: Page, whole: Box, faces: tuple[float, float, float, float] | None) -> None:
    """A photo that fills the page covers its bleed, and loses little and no face."""
    assert _is_within(page.paper.sheet, whole)
    assert 1 - page.paper.width / whole.width <= MOST_CUT + _ROUNDING
    assert 1 - page.paper.height / whole.height <= MOST_CUT + _ROUNDING
    if faces is not None:
        left, top, right, bottom = faces
        around = Box(
            whole.x + left * whole.width,
            whole.y + top * whole.height,
            (right - left) * whole.width,
            (bottom - top) * whole.height,
        )
        assert _is_within(around, page.paper.trim)


def _is_within(box: Box, outer: Box) -> bool:
    return (
        box.x >= outer.x - _ROUNDING
        and box.y >= outer.y - _ROUNDING
        and box.right <= outer.right + _ROUNDING
        and box.bottom <= outer.bottom + _ROUNDING
    )


@given(rows=st.lists(shapes, min_size=1, max_size=40), columns=st.integers(3, 8))
def test_a_contact_sheet_shows_all_photos_in_order(rows: list[Row], columns: int) -> None:
    photos = photos_of(rows)
    pages = contact_sheet_pages(ContactSheet("Lake", photos, columns))
    assert [picture.photo.id for page in pages for picture in page.pictures] == [photo.id for photo in photos]
    for page in pages:
        assert all(_is_within(picture.frame, page.paper.trim) for picture in page.pictures)
        assert all(text.y < page.paper.height - 5 for text in page.texts)
        for one, other in combinations([picture.frame for picture in page.pictures], 2):
            assert one.right <= other.x or other.right <= one.x or one.bottom < other.y or other.bottom < one.y


def photo(number: int, **columns: object) -> PrintPhoto:
    return PrintPhoto(**{"id": str(number), "name": f"{number}.jpg", "width": 6000, "height": 4000, **columns})  # type: ignore[arg-type]


def test_a_moment_is_not_cut_by_a_spread() -> None:
    # Seven photos: four and three would be the best spreads, if not for the moments.
    moments = ["a"] * 3 + ["b"] * 4
    photos = [photo(place, moment=moment, minute=place) for place, moment in enumerate(moments)]
    assert [[len(part) for part in spread] for spread in spreads(photos)] == [[3], [4]]


def test_the_strongest_photo_of_a_spread_has_a_page() -> None:
    photos = [photo(place, minute=place, weight=5 * (place == 2)) for place in range(4)]
    _, left, right, _ = book_pages(Book(PAPERS["a4_landscape"], "Lake", "", photos))
    assert [picture.photo.id for picture in right.pictures] == ["2"]
    assert right.pictures[0].frame == PAPERS["a4_landscape"].sheet
    assert len(left.pictures) == 3


def test_a_face_at_the_edge_keeps_a_photo_whole() -> None:
    photos = [photo(0, faces=(0.0, 0.4, 0.1, 0.6))]
    _, _, page, _ = book_pages(Book(PAPERS["a4_landscape"], "Lake", "", photos))
    assert page.pictures[0].frame == page.pictures[0].whole


def test_a_photo_with_few_pixels_is_printed_smaller() -> None:
    small, large = photo(0, width=900, height=600), photo(1)
    sizes = []
    for one in (small, large):
        page = book_pages(Book(PAPERS["square_21"], "Lake", "", [one]))[2]
        sizes.append(page.pictures[0].frame.width)
    assert sizes[0] < sizes[1]
    assert 900 / sizes[0] * 25.4 == pytest.approx(150)


def test_each_day_begins_a_spread_with_its_name() -> None:
    photos = [photo(place, day=f"{place // 3 + 1} May 2026", minute=place * 500) for place in range(6)]
    pages = book_pages(Book(PAPERS["square_30"], "Lake", "", photos, has_numbers=False))
    assert [[text.text for text in page.texts] for page in pages[1:-1]] == [["1 May 2026"], [], ["2 May 2026"], []]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([1, 4], ["1", "2", "", ""]),
        ([4, 1], ["1", "", "", "2"]),
        ([3, 1, 1], ["1", "", "2", "3"]),
        ([1, 2, 1], ["1", "2", "", "3"]),
        ([1, 1, 1], ["1", "2", "3", ""]),
    ],
)
def test_a_day_with_one_photo_has_a_page_beside_another_day(sizes: list[int], expected: list[str]) -> None:
    days = [day for day, size in enumerate(sizes, start=1) for _ in range(size)]
    photos = [photo(place, day=str(day), minute=place * 500) for place, day in enumerate(days)]
    pages = book_pages(Book(PAPERS["square_30"], "Lake", "", photos, has_numbers=False))[1:-1]
    headings = [page.texts[0].text if page.texts else "" for page in pages]
    assert headings == expected
    for heading, page in zip(headings, pages, strict=True):
        assert not heading or heading == page.pictures[0].photo.day


def captions_of(page: Page) -> list[str]:
    return [text.text for text in page.texts if text.is_grey and not text.text.isdigit()]


def test_a_long_caption_is_broken_into_lines_and_ends_with_dots() -> None:
    book = Book(PAPERS["square_21"], "Lake", "", [photo(0, caption="Three generations at the lake " * 30)], True, 4)
    page = book_pages(book)[2]
    lines = captions_of(page)
    assert len(lines) == 4
    assert lines[-1].endswith("…")
    assert not any(line.endswith("…") for line in lines[:-1])
    assert page.pictures[0].frame.bottom < min(text.y for text in page.texts)


def test_photos_are_larger_where_captions_are_shorter() -> None:
    heights = []
    for caption in ("", "The lake", "Three generations at the lake " * 30):
        book = Book(PAPERS["square_21"], "Lake", "", [photo(0, width=3000, caption=caption)], True, 4)
        heights.append(book_pages(book)[2].pictures[0].frame.height)
    assert heights[0] > heights[1] > heights[2]


def test_a_photo_without_a_caption_may_fill_its_page_beside_others_that_have_one() -> None:
    filled = []
    for caption in ("", "The lake"):
        photos = [photo(0, caption=caption, weight=5), photo(1, caption="The wood")]
        pages = book_pages(Book(PAPERS["a4_landscape"], "Lake", "", photos, True, 4))
        filled.append(any(picture.frame == page.paper.sheet for page in pages for picture in page.pictures))
    assert filled == [True, False]


def test_a_contact_sheet_leaves_room_for_two_lines() -> None:
    photos = [photo(place, caption="Three generations at the lake in the first summer") for place in range(200)]
    short, long = (contact_sheet_pages(ContactSheet("Lake", photos, 5, lines))[0] for lines in (0, 2))
    assert len(long.pictures) < len(short.pictures)
    assert len(captions_of(long)) - 1 == 2 * len(long.pictures)  # the number of the page is grey, too


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("The lake", ["The lake"]),
        ("", []),
        ("One\n\ntwo", ["One", "two"]),
        ("Anna and Bo at the lake", ["Anna and Bo at", "the lake"]),
        ("a" * 34, ["a" * 14, "a" * 14, "a" * 6]),
        ("京都の東山区にて、友人と。", ["京都の東山区に", "て、友人と。"]),
    ],
)
def test_lines_are_broken_at_spaces_and_between_eastern_characters(text: str, lines: list[str]) -> None:
    assert wrapped(text, 8, 22, 4) == lines
