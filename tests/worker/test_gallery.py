"""The page in a zip: what it says, and that no name can change what it does."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albums.exports.entry_names import NamedPhoto, entry_names
from albums.filenames import safe_file_name, safe_folder
from albums.models import Export
from worker.gallery import PagePhoto, page_html
from worker.gallery.words import WORDS

NOON = datetime(2026, 5, 17, 12)  # noqa: DTZ001
HOSTILE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            '"><script>alert(1)</script>',
            "' onerror='alert(1)",
            "javascript:alert(1)",
            "//example.org/a.jpg",
            "&lt;img src=x onerror=alert(1)&gt;",
            "a#b?c%2e%2e.jpg",
            "</title></style></script><base href=//example.org>",
        ]
    ),
)


class Read(HTMLParser):
    """The elements of a page with their attributes, and its texts."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def photo(file: str, *, minutes: float | None = 0, **columns: Any) -> PagePhoto:
    taken_at = None if minutes is None else NOON + timedelta(minutes=minutes)
    shown = {"file": file, "picture": file, "thumbnail": b"jpeg", "size": (4, 3), "taken_at": taken_at, **columns}
    return PagePhoto(**shown)


@given(st.lists(HOSTILE, min_size=1, max_size=4), HOSTILE, HOSTILE, HOSTILE)
def test_no_words_change_what_the_page_does(names: list[str], folder: str, title: str, description: str) -> None:
    named = [NamedPhoto(name, "image/jpeg", folder=safe_folder(folder)) for name in names]
    files = entry_names(named, "{name}")
    plain = [f"photo {number}.jpg" for number in range(len(names))]
    read, expected = (
        Read(
            page_html(
                words,
                "en",
                [photo(file, picture=f"gallery/{number}.jpg", description=said) for number, file in enumerate(shown)],
            )
        )
        for words, shown, said in ((safe_file_name(title, fallback="album"), files, description), ("album", plain, ""))
    )
    assert [(tag, sorted(attributes)) for tag, attributes in read.elements] == [
        (tag, sorted(attributes)) for tag, attributes in expected.elements
    ]
    addresses = [link["data-file"] for link in read.all("a") if "data-file" in link]
    for address, file in zip(addresses, files, strict=True):
        parts = urlsplit(address or "")
        assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
        assert unquote(parts.path) == file
    alternatives = [description or file.rpartition("/")[2] for file in files]
    assert [image["alt"] for image in read.all("img")[:-1]] == alternatives


def test_only_its_own_style_and_script_may_run_and_nothing_is_loaded_from_elsewhere() -> None:
    read = Read(page_html("Midsummer", "en", [photo("a.jpg")]))
    policy = next(meta["content"] for meta in read.all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None and policy.startswith("default-src 'none'; ")
    assert not re.search(r"unsafe|http|\*", policy)
    page = page_html("Midsummer", "en", []).decode()
    for tag in ("style", "script"):
        content = page.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
        assert base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() in policy
    assert not any(attribute.startswith("on") or attribute == "style" for _, has in read.elements for attribute in has)


def test_it_is_divided_by_days_and_by_moments() -> None:
    minutes = (0, 29, 60, 12 * 60 + 1, None)
    page = page_html("Midsummer", "en", [photo(f"{number}.jpg", minutes=at) for number, at in enumerate(minutes)])
    read = Read(page)
    assert [heading["id"] for heading in read.all("h2")] == ["day-2026-05-17", "day-2026-05-18", "day-none"]
    assert [text for text in read.texts if re.fullmatch(r"\d\d:\d\d", text)] == ["12:00", "13:00", "00:01"]
    assert [link["href"] for link in read.all("a")[:3]] == ["#day-2026-05-17", "#day-2026-05-18", "#day-none"]
    assert {"Sunday 17 May 2026", "No date", "5 photos"} <= set(read.texts)


def test_a_video_plays_and_many_thumbnails_are_beside_the_page() -> None:
    video = photo("video.mp4", thumbnail="gallery/0001s.jpg", is_video=True)
    read = Read(page_html("Midsummer", "sv", [video]))
    link, image = read.all("a")[0], read.all("img")[0]
    assert (link["href"], link["class"]) == ("video.mp4", "video")
    assert (image["src"], image["loading"]) == ("gallery/0001s.jpg", "lazy")
    assert {"1 film", "Söndag 17 maj 2026"} <= set(read.texts)


@pytest.mark.parametrize("language", Export.Language.values)
def test_each_language_has_its_words(language: str) -> None:
    assert all(vars(WORDS[language]).values())
