"""The words of the page in a zip, in the languages of `Export.Language`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Words:
    """One language. Texts of numbers have a form for one and a form for others."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    photos: tuple[str, str]
    films: tuple[str, str]
    undated: str
    days: str
    view: str
    close: str
    previous: str
    next: str
    open_file: str

    def day(self, day: date) -> str:
        """Sunday 17 May 2026."""
        return f"{self.weekdays[day.weekday()]} {day.day} {self.months[day.month - 1]} {day.year}"

    def count(self, photos: int, films: int) -> str:
        """3 photos, 1 film."""
        numbers = ((photos, self.photos), (films, self.films))
        return ", ".join(f"{number} {forms[number != 1]}" for number, forms in numbers if number)


_ENGLISH = Words(
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    photos=("photo", "photos"),
    films=("film", "films"),
    undated="No date",
    days="Days",
    view="Large view",
    close="Close",
    previous="Previous",
    next="Next",
    open_file="Open the file",
)
_SWEDISH = Words(
    weekdays=("Måndag", "Tisdag", "Onsdag", "Torsdag", "Fredag", "Lördag", "Söndag"),
    months=(
        *("januari", "februari", "mars", "april", "maj", "juni"),
        *("juli", "augusti", "september", "oktober", "november", "december"),
    ),
    photos=("bild", "bilder"),
    films=("film", "filmer"),
    undated="Utan datum",
    days="Dagar",
    view="Stor vy",
    close="Stäng",
    previous="Föregående",
    next="Nästa",
    open_file="Öppna filen",
)
WORDS = {"en": _ENGLISH, "sv": _SWEDISH}
