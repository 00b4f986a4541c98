"""Lays out a photo book: a cover, then spreads of two facing pages, each with one strong photo, then an empty page.

Photos are not cropped, but where one nearly has the shape of the page: there it may fill it, if that cuts off little
and no face.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from albums.prints.blocks import Block, best_block
from albums.prints.pages import POINT, Box, Page, Paper, Picture, PrintPhoto, Text, fitting_size
from albums.prints.spreads import spreads
from albums.prints.wrapping import wrapped

GAP = 4.0
MOST_CUT = 0.12
"""The share of a photo's width or height that may be cut off to fill a page."""
GOOD_DPI = 150
"""With fewer pixels an inch, prints look soft from a hand's distance. A photo that stands alone is printed smaller."""
FULL_PAGE_DPI = 180

_SMALLEST_SCALE = 0.5
_FACE_ROOM = 6.0  # millimetres between a face and the edge of the page
_SECOND = 0.72  # of the width and height of its page, for the one photo beside a strong one
_SCANT = 0.42  # a photo that covers less of its page looks lost there
_CAPTION_SIZE, _CAPTION_LINE = 8.0, 3.5
_CAPTION_ROOM = 2.5  # above and below the lines together
_CAPTION_BASE = 4.0  # from the photo to the base of the first line
_HEADING, _HEADING_SIZE = 16.0, 17.0
_TITLE_SIZE, _SUBTITLE_SIZE, _NUMBER_SIZE = 34.0, 12.0, 8.0
_COVER_SHARE = 0.72


@dataclass(frozen=True)
class Book:
    """What a book is made from. Its photos are in the order of capture."""

    paper: Paper
    title: str
    subtitle: str
    photos: Sequence[PrintPhoto]
    has_numbers: bool = True
    caption_lines: int = 0
    """The most below each photo."""


def book_pages(book: Book) -> list[Page]:
    """All pages of the book. Their number is even, as printers take them; the first and the last are the cover."""
    if not book.photos:
        return []
    pages = [_cover(book)]
    # No headings if all are of one day.
    day = book.photos[0].day if len({photo.day for photo in book.photos}) == 1 else None
    for spread in spreads(book.photos):
        headings = []
        for photos in spread:
            headings.append("" if photos[0].day == day else photos[0].day)
            day = photos[0].day
        number = len(pages) + 1
        if len(spread) == 1:
            pages += _spread(book, spread[0], headings[0], number)
        else:
            pages += [_day_page(book, spread[side], headings[side], number + side) for side in range(2)]
    return [*pages, Page(book.paper)]


def _cover(book: Book) -> Page:
    content = book.paper.content(is_left=False)
    photo = max(book.photos, key=_strength)
    upper = Box(content.x, content.y, content.width, content.height * _COVER_SHARE)
    picture = _alone(photo, upper)
    box = picture.frame
    middle = content.x + content.width / 2
    below = max(box.bottom, upper.y + upper.height * 0.8)
    base = below + (content.bottom - below) * 0.5
    title = Text(
        middle, base, book.title, fitting_size(book.title, _TITLE_SIZE, content.width), content.width, align="centre"
    )
    subtitle = Text(middle, base + 9, book.subtitle, _SUBTITLE_SIZE, content.width, align="centre", is_grey=True)
    return Page(book.paper, (picture,), (title, subtitle) if book.subtitle else (title,))


def _spread(book: Book, photos: Sequence[PrintPhoto], heading: str, number: int) -> list[Page]:
    """A left and a right page. The strong photo is on the side to which it belongs by time."""
    if heading and len(photos) == 1:  # the last of days with a photo each; no heading is alone on a page
        return [_day_page(book, photos, heading, number), Page(book.paper)]
    strong = max(photos, key=_strength)
    is_early = photos.index(strong) < len(photos) / 2
    on_left = is_early and not heading and len(photos) > 1
    others = [photo for photo in photos if photo is not strong]
    beside = _companion(book, strong, others, is_left=on_left)
    if beside is not None:
        others.remove(beside)
        pair = sorted([strong, beside], key=photos.index)
        strong_page = _page(book, _several(book, pair, book.paper.content(is_left=on_left)), number + (not on_left))
    else:
        strong_page = _strong_page(book, strong, number + (not on_left), is_left=on_left)
    area = book.paper.content(is_left=not on_left)
    if heading:
        area = area.inset(0, _HEADING, 0, 0)
    other_page = _page(book, _others(book, others, area), number + on_left, heading)
    return [strong_page, other_page] if on_left else [other_page, strong_page]


def _day_page(book: Book, photos: Sequence[PrintPhoto], heading: str, number: int) -> Page:
    """A page of a spread that two days share."""
    area = book.paper.content(is_left=number % 2 == 0).inset(0, _HEADING if heading else 0, 0, 0)
    pictures = _several(book, photos, area) if len(photos) > 1 else _single(book, photos[0], area)
    return _page(book, pictures, number, heading)


def _companion(book: Book, strong: PrintPhoto, others: Sequence[PrintPhoto], *, is_left: bool) -> PrintPhoto | None:
    """A photo to stand beside a strong one that would look lost on its page alone."""
    area = book.paper.content(is_left=is_left)
    alone = area.fitted(strong.aspect).area / area.area
    if alone >= _SCANT or len(others) < 2:
        return None
    fits = [photo for photo in others if (photo.aspect >= 1) == (strong.aspect >= 1)]
    best = max(fits, key=lambda photo: best_block([strong, photo], area, gap=GAP).score, default=None)
    return best if best and best_block([strong, best], area, gap=GAP).score > alone * 1.4 else None


def _strong_page(book: Book, photo: PrintPhoto, number: int, *, is_left: bool) -> Page:
    has_caption = book.caption_lines and photo.caption
    if not has_caption and (filling := _filling(photo, book.paper)):
        return Page(book.paper, (filling,))
    content = book.paper.content(is_left=is_left)
    return _page(book, _single(book, photo, content), number)


def _single(book: Book, photo: PrintPhoto, area: Box) -> list[Picture]:
    return _captioned(book, lambda room: [_alone(photo, area.inset(0, 0, 0, room))])


def _others(book: Book, photos: Sequence[PrintPhoto], area: Box) -> list[Picture]:
    if len(photos) == 1:
        return [_alone(photos[0], area.scaled(_SECOND))]
    return _several(book, photos, area) if photos else []


def _several(book: Book, photos: Sequence[PrintPhoto], area: Box) -> list[Picture]:
    def arranged(room: float) -> list[Picture]:
        block: Block = best_block(photos, area, gap=GAP, caption=room)
        return [Picture.uncut(photo, box) for photo, box in zip(block.photos, block.boxes, strict=False)]

    return _captioned(book, arranged)


def _captioned(book: Book, arranged: Callable[[float], list[Picture]]) -> list[Picture]:
    """Pictures with as little room below them as their captions need, or the most that captions get."""
    for lines in range(book.caption_lines):
        pictures = arranged(_room(lines))
        if all(len(_caption(picture, lines + 1)) <= lines for picture in pictures):
            return pictures
    return arranged(_room(book.caption_lines))


def _room(lines: int) -> float:
    return _CAPTION_ROOM + lines * _CAPTION_LINE if lines else 0.0


def _caption(picture: Picture, most: int) -> list[str]:
    return wrapped(picture.photo.caption, _CAPTION_SIZE, picture.frame.width, most)


def _alone(photo: PrintPhoto, area: Box) -> Picture:
    """The whole photo as large as the area allows, or smaller where it has too few pixels."""
    picture = Picture.uncut(photo, area.fitted(photo.aspect))
    scale = max(_SMALLEST_SCALE, min(1.0, picture.dpi / GOOD_DPI))
    return Picture.uncut(photo, picture.frame.scaled(scale))


def _filling(photo: PrintPhoto, paper: Paper) -> Picture | None:
    """The photo over the whole page, if little of it and no face is cut off, and it has the pixels."""
    sheet = paper.sheet
    whole = sheet.filled(photo.aspect)
    whole = whole._replace(x=_shifted(whole.x, whole.width, sheet.x, sheet.width, photo, horizontally=True))
    whole = whole._replace(y=_shifted(whole.y, whole.height, sheet.y, sheet.height, photo, horizontally=False))
    picture = Picture(photo, sheet, whole)
    cut = 1 - paper.width / whole.width, 1 - paper.height / whole.height
    if max(cut) > MOST_CUT or picture.dpi < FULL_PAGE_DPI:
        return None
    if photo.faces is not None:
        left, top, right, bottom = photo.faces
        faces = Box(
            whole.x + left * whole.width,
            whole.y + top * whole.height,
            (right - left) * whole.width,
            (bottom - top) * whole.height,
        )
        safe = paper.trim.inset(_FACE_ROOM, _FACE_ROOM, _FACE_ROOM, _FACE_ROOM)
        if faces.x < safe.x or faces.y < safe.y or faces.right > safe.right or faces.bottom > safe.bottom:
            return None
    return picture


def _shifted(start: float, size: float, sheet: float, length: float, photo: PrintPhoto, *, horizontally: bool) -> float:
    """Where the photo begins so that its faces are as near to the middle of the page as the cut allows."""
    if photo.faces is None:
        return start
    low, high = photo.faces[::2] if horizontally else photo.faces[1::2]
    wanted = sheet + length / 2 - (low + high) / 2 * size
    return min(sheet, max(sheet + length - size, wanted))


def _strength(photo: PrintPhoto) -> float:
    """A photo with few pixels is no strong one in print."""
    return photo.weight - (0 if min(photo.width, photo.height) >= 1200 else 100)


def _page(book: Book, pictures: Sequence[Picture], number: int, heading: str = "") -> Page:
    is_left = number % 2 == 0
    content = book.paper.content(is_left=is_left)
    texts = []
    if heading:
        base = content.y + _HEADING_SIZE * POINT
        texts.append(Text(content.x, base, heading, _HEADING_SIZE, content.width))
    texts += [
        Text(
            picture.frame.x,
            picture.frame.bottom + _CAPTION_BASE + place * _CAPTION_LINE,
            line,
            _CAPTION_SIZE,
            picture.frame.width + GAP / 2,  # no line of the estimated width is cut
            is_grey=True,
        )
        for picture in pictures
        for place, line in enumerate(_caption(picture, book.caption_lines) if book.caption_lines else [])
    ]
    if book.has_numbers and pictures:
        outer, align = (content.x, "left") if is_left else (content.right, "right")
        foot = book.paper.height - book.paper.margin * 0.55
        texts.append(Text(outer, foot, str(number), _NUMBER_SIZE, 20, align=align, is_grey=True))  # type: ignore[arg-type]
    return Page(book.paper, tuple(pictures), tuple(texts))
