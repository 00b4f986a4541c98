"""Writes the page. Everything that people have named is escaped, and the page may load nothing but files beside it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from django.utils import translation

from albums.day_words import day_in_words
from worker.gallery.words import WORDS, Words

_FOLDER = Path(__file__).parent
_STYLE = (_FOLDER / "page.css").read_text(encoding="utf-8")
_SCRIPT = (_FOLDER / "page.js").read_text(encoding="utf-8")
_MOMENT_GAP = timedelta(minutes=30)


@dataclass(frozen=True)
class PagePhoto:
    """A photo or video on the page.

    Attributes:
        file: its name in the zip.
        picture: the name in the zip of what the large view shows; of a video the video itself.
        thumbnail: the JPEG itself, or its name in the zip.
        size: width and height of the thumbnail in pixels.
        taken_at: wall-clock time, if known.
        description: what somebody wrote about it, shown instead of the name of the file.
    """

    file: str
    picture: str
    thumbnail: bytes | str
    size: tuple[int, int]
    taken_at: datetime | None
    is_video: bool = False
    description: str = ""


def page_html(title: str, language: str, photos: Sequence[PagePhoto]) -> bytes:
    """The page, in UTF-8."""
    with translation.override(language):
        return "".join(_page(title, language, photos)).encode()


def _page(title: str, language: str, photos: Sequence[PagePhoto]) -> Iterator[str]:
    words = WORDS.get(language, WORDS["en"])
    videos = sum(photo.is_video for photo in photos)
    files = "file: data: 'self'"
    policy = (
        f"default-src 'none'; img-src {files}; media-src {files}; style-src {_hash(_STYLE)}; "
        f"script-src {_hash(_SCRIPT)}; base-uri 'none'; form-action 'none'"
    )
    days = [(day, list(of_day)) for day, of_day in groupby(photos, key=_day)]
    yield (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<header>\n<h1>{escape(title)}</h1>\n<p>{words.count(len(photos) - videos, videos)}</p>\n"
    )
    if len(days) > 1:
        links = (f'<a href="#{_anchor(day)}">{_day_text(day, words)}</a>' for day, _ in days)
        yield f'<nav aria-label="{words.days}">{"".join(links)}</nav>\n'
    yield "</header>\n<main>\n"
    for day, of_day in days:
        yield f'<section>\n<h2 id="{_anchor(day)}">{_day_text(day, words)}</h2>\n'
        for moment in _moments(of_day):
            at = moment[0].taken_at
            yield f"<h3>{at:%H:%M}</h3>\n<ul>\n" if at else "<ul>\n"
            yield from map(_item, moment)
            yield "</ul>\n"
        yield "</section>\n"
    yield (
        f'</main>\n<dialog aria-label="{words.view}">\n<img alt=""><video controls hidden></video>\n'
        f'<p class="caption"><span dir="auto"></span> <a>{words.open_file}</a></p>\n'
        f'<button class="previous" aria-label="{words.previous}">&lsaquo;</button>\n'
        f'<button class="next" aria-label="{words.next}">&rsaquo;</button>\n'
        f'<button class="close" aria-label="{words.close}">&times;</button>\n'
        f"</dialog>\n<script>{_SCRIPT}</script>\n</body>\n</html>\n"
    )


def _item(photo: PagePhoto) -> str:
    is_inline = isinstance(photo.thumbnail, bytes)
    thumbnail = _data(photo.thumbnail) if isinstance(photo.thumbnail, bytes) else _link(photo.thumbnail)
    width, height = photo.size
    kind = ' class="video"' if photo.is_video else ""
    own = "" if photo.picture == photo.file else f' data-file="{_link(photo.file)}"'
    words = escape(photo.description or photo.file.rpartition("/")[2])
    lazy = "" if is_inline else ' loading="lazy"'
    return (
        f'<li><a href="{_link(photo.picture)}"{kind}{own}>'
        f'<img src="{thumbnail}" alt="{words}" width="{width}" height="{height}"{lazy} decoding="async"></a></li>\n'
    )


def _moments(photos: Iterable[PagePhoto]) -> list[list[PagePhoto]]:
    """What was taken with less than half an hour between."""
    moments: list[list[PagePhoto]] = []
    last: datetime | None = None
    for photo in photos:
        if not moments or (photo.taken_at and last and photo.taken_at - last > _MOMENT_GAP):
            moments.append([])
        moments[-1].append(photo)
        last = photo.taken_at
    return moments


def _day(photo: PagePhoto) -> date | None:
    return photo.taken_at.date() if photo.taken_at else None


def _day_text(day: date | None, words: Words) -> str:
    return day_in_words(day) if day else words.undated


def _anchor(day: date | None) -> str:
    return f"day-{day.isoformat() if day else 'none'}"


def _link(name: str) -> str:
    """A relative address, in which nothing is taken for a scheme, a query or markup."""
    return quote(name)


def _data(jpeg: bytes) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(jpeg).decode()


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
