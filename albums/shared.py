"""What is read of shared albums: for guests, only what their link shows; for the owner, who chose what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.crypto import constant_time_compare

from albums.capture_order import CAPTURE_ORDER
from albums.exceptions import ShareGone
from albums.exports.plan import ExportOptions
from albums.filters import IS_SHOWN
from albums.models import Album, Guest, GuestChoice, Photo, Share
from albums.models.shares import LINK_ID_LENGTH

_COLUMNS: Final = (
    *("id", "album_id", "name", "kind", "width", "height", "thumbnail_width", "thumbnail_height", "placeholder"),
    *("timeline_at", "order_key", "cluster_id", "capture", "content_type"),
)

NAMED_GUESTS: Final = 20
"""Of each photo. Who chose it beyond them is only counted."""


@dataclass
class ChosenPhoto:
    """How many guests chose a photo, and the places of the first of them in the list of guests."""

    count: int = 0
    guests: list[int] = field(default_factory=list)


def share_of_token(token: str) -> Share:
    """The open share of a link, with its album.

    Raises:
        ShareGone: when the link is wrong, revoked or over, or its owner's account is deactivated.

    """
    if not (token.isascii() and token.isalnum()):
        raise ShareGone
    link_id, secret = token[:LINK_ID_LENGTH], token[LINK_ID_LENGTH:]
    share = Share.objects.select_related("album").filter(link_id=link_id, album__owner__is_active=True).first()
    # Compared in any case, so that the time does not tell whether the first part exists.
    is_right = constant_time_compare(share.secret if share else "", secret)
    if share is None or not is_right or not share.is_open:
        raise ShareGone
    return share


def photos_shared(share: Share) -> QuerySet[Photo]:
    """The photos that the link shows now, in order of capture. Photos that nobody shares any more are not in it."""
    photos = Photo.objects.filter(is_shown_by(share), album_id=share.album_id)
    return photos.only(*_COLUMNS).order_by(*CAPTURE_ORDER)


def photos_for_guest(share: Share, guest_id: UUID | None) -> QuerySet[Photo]:
    """The same with the number of each photo's moment, and whether this guest chose it (`is_chosen`)."""
    mine = GuestChoice.objects.filter(guest=guest_id, guest__share=share, photo=OuterRef("pk"))
    return photos_shared(share).annotate(moment=F("cluster__position") + 1, is_chosen=Exists(mine))


def guest_of(share: Share, guest_id: UUID | None) -> Guest | None:
    """The guest with this id, if they have chosen or said their name already, with `choice_count`."""
    if guest_id is None:
        return None
    return guests_of(share).filter(id=guest_id).first()


def shares_of(album: Album) -> QuerySet[Share]:
    """The album's links, the newest first, with `guest_count` and `chosen_count`."""
    return with_counts(Share.objects.filter(album=album)).order_by("-created_at", "id")


def with_counts(shares: QuerySet[Share]) -> QuerySet[Share]:
    """With how many guests there are, and how many different photos they chose."""
    return shares.annotate(
        guest_count=Count("guests", distinct=True),
        chosen_count=Count("guests__choices__photo", distinct=True),
    )


def guests_of(share: Share) -> QuerySet[Guest]:
    """The guests of a link in the order in which they came, with how many photos each chose."""
    return Guest.objects.filter(share=share).annotate(choice_count=Count("choices")).order_by("created_at", "id")


def photos_chosen(share: Share, guest_ids: list[UUID] | None = None) -> QuerySet[Photo]:
    """The photos that guests of the link chose, or some of the guests, in order of capture, with `shared_choices`.

    Photos that the link no longer shows are in it.
    """
    choices = GuestChoice.objects.filter(guest__share=share).select_related("guest").order_by("created_at", "id")
    if guest_ids is not None:
        choices = choices.filter(guest__in=guest_ids)
    photos = Photo.objects.filter(Exists(choices.order_by().filter(photo=OuterRef("pk"))), album_id=share.album_id)
    columns = (*_COLUMNS, "decision", "picked", "companion_of_id")
    with_guests = photos.prefetch_related(Prefetch("guest_choices", queryset=choices, to_attr="shared_choices"))
    return with_guests.only(*columns).order_by(*CAPTURE_ORDER)


def choices_in(album: Album) -> tuple[list[str], dict[UUID, ChosenPhoto]]:
    """What guests chose at any of the album's links: the names of the guests, and the photos."""
    choices = GuestChoice.objects.filter(guest__share__album=album).order_by("created_at", "id")
    places: dict[UUID, int] = {}
    names: list[str] = []
    photos: dict[UUID, ChosenPhoto] = {}
    for photo_id, guest_id, name in choices.values_list("photo_id", "guest_id", "guest__name").iterator():
        if guest_id not in places:
            places[guest_id] = len(names)
            names.append(name)
        photo = photos.setdefault(photo_id, ChosenPhoto())
        photo.count += 1
        if len(photo.guests) < NAMED_GUESTS:
            photo.guests.append(places[guest_id])
    return names, photos


def is_shown_by(share: Share) -> Q:
    """On photos: the link shows them."""
    rule, _ = ExportOptions(selection=share.selection, min_stars=share.min_stars).rules
    return IS_SHOWN & rule & Q(state=Photo.State.ANALYZED)
