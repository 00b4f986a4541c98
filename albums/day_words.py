"""Days in words, for people."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format


def day_in_words(day: date) -> str:
    """Sunday 17 May 2026, in the language that is active."""
    words = date_format(day, "l j F Y")
    return words[:1].upper() + words[1:]
