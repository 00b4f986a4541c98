"""The words of the page in a zip, in the languages of `Export.Language`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """One language. Texts of numbers have a form for one and a form for others."""

    photos: tuple[str, str]
    videos: tuple[str, str]
    undated: str
    days: str
    view: str
    close: str
    previous: str
    next: str
    open_file: str

    def count(self, photos: int, videos: int) -> str:
        """3 photos, 1 video."""
        numbers = ((photos, self.photos), (videos, self.videos))
        return ", ".join(f"{number} {forms[number != 1]}" for number, forms in numbers if number)


_ENGLISH = Words(
    photos=("photo", "photos"),
    videos=("video", "videos"),
    undated="No date",
    days="Days",
    view="Large view",
    close="Close",
    previous="Previous",
    next="Next",
    open_file="Open the file",
)
_SWEDISH = Words(
    photos=("bild", "bilder"),
    videos=("film", "filmer"),
    undated="Utan datum",
    days="Dagar",
    view="Stor vy",
    close="Stäng",
    previous="Föregående",
    next="Nästa",
    open_file="Öppna filen",
)
WORDS = {"en": _ENGLISH, "sv": _SWEDISH}
