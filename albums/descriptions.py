"""What people wrote about photos, of all files of each shot: what is shown, printed and put into a page."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Left, NullIf

from albums.models import Photo


def with_descriptions(photos: QuerySet[Photo], *, at_most: int | None = None) -> QuerySet[Any]:
    """The photos with `shot_description`: a sidecar's, else that in the photo, else that in another file of the shot.

    A sidecar is newer than what is inside a photo, and XMP newer than the JSON that Takeout writes. Empty if none.
    `at_most` is how many characters are read of each.
    """
    companions = Photo.objects.filter(companion_of=OuterRef("pk")).exclude(description="")
    sidecars = companions.filter(kind=Photo.Kind.SIDECAR).order_by("-content_type", "name", "id")
    others = companions.exclude(kind=Photo.Kind.SIDECAR).order_by("name", "id")
    in_order = (_first(sidecars), NullIf(F("description"), Value("")), _first(others), Value(""))
    whole = Coalesce(*in_order, output_field=TextField())
    return photos.annotate(shot_description=whole if at_most is None else Left(whole, at_most))


def description_of(photo: Photo) -> str:
    """That of the shot of one photo, in one query."""
    found = with_descriptions(Photo.objects.filter(id=photo.id)).values_list("shot_description", flat=True).first()
    return found or ""


def _first(photos: QuerySet[Photo]) -> Subquery:
    return Subquery(photos.values("description")[:1])
