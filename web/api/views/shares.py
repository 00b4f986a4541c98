"""Links to an album, for its owner."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

import segno
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from albums.models import AlbumChange, Share
from albums.services.guests import guests_delete
from albums.services.shares import share_change, share_create, share_delete, share_revoke, share_take_over
from albums.shared import choices_in, guests_of, photos_chosen, shares_of, with_counts
from web.api.pagination import PageInput
from web.api.schema import page_of
from web.api.serializers.shares import (
    AlbumChoicesOutput,
    ChosenPhotoOutput,
    GuestOutput,
    GuestsDeletedOutput,
    GuestsDeleteInput,
    ShareChangeInput,
    ShareInput,
    ShareOutput,
    TakeOverInput,
    TakeOverOutput,
)
from web.api.views.base import NOT_MODIFIED, ApiView, RevalidatedView, body, own_album, own_share, person


def _shown(share_id: UUID) -> Response:
    return Response(ShareOutput(with_counts(Share.objects.filter(id=share_id)).get()).data)


class ShareListView(ApiView):
    """The links to an album."""

    @extend_schema(operation_id="shares_list", parameters=[PageInput], responses=page_of(ShareOutput))
    def get(self, request: Request, album_id: UUID) -> Response:
        """List the links, the newest first, also those that are revoked or over."""
        return self.page(request, shares_of(own_album(request, album_id)), ShareOutput)

    @extend_schema(operation_id="shares_create", request=ShareInput, responses={201: ShareOutput})
    def post(self, request: Request, album_id: UUID) -> Response:
        """Make a link. Everybody who has it sees the photos of its selection, without an account."""
        share = share_create(own_album(request, album_id), **body(request, ShareInput))
        return Response(ShareOutput(share).data, status=status.HTTP_201_CREATED)


@method_decorator(gzip_page, name="dispatch")
class AlbumChoicesView(RevalidatedView):
    """What guests chose at all links to an album."""

    @extend_schema(operation_id="albums_choices", responses={200: AlbumChoicesOutput, 304: NOT_MODIFIED})
    def get(self, request: Request, album_id: UUID) -> Response:
        """List all photos that guests chose, in one response with few fields: for marks beside the photos.

        Of each photo at most 20 guests are named. `shares/{share_id}/choices/` has all of them.
        """
        guests, photos = choices_in(own_album(request, album_id))
        shown = [{"id": photo_id, "count": one.count, "guests": one.guests} for photo_id, one in photos.items()]
        return Response({"guests": guests, "photos": shown})


class ShareView(ApiView):
    """One link."""

    @extend_schema(operation_id="shares_retrieve", responses=ShareOutput)
    def get(self, request: Request, share_id: UUID) -> Response:
        """Show a link."""
        return _shown(own_share(request, share_id).id)

    @extend_schema(operation_id="shares_change", request=ShareChangeInput, responses=ShareOutput)
    def patch(self, request: Request, share_id: UUID) -> Response:
        """Change a link. What guests see and may do changes at once."""
        share = own_share(request, share_id)
        share_change(share, **body(request, ShareChangeInput))
        return _shown(share.id)

    @extend_schema(operation_id="shares_revoke", responses={204: None})
    def delete(self, request: Request, share_id: UUID) -> Response:
        """Revoke a link for good: it leads nowhere from now on, and neither do the addresses of its pictures.

        The link is listed as before, with what guests chose. `POST …/delete/` deletes that, too.
        """
        share_revoke(own_share(request, share_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ShareDeleteView(ApiView):
    """A link that is not needed any more."""

    @extend_schema(operation_id="shares_delete", request=None, responses={204: None})
    def post(self, request: Request, share_id: UUID) -> Response:
        """Delete a link with its guests and what they chose, for good. Decisions that were taken over stay."""
        share_delete(own_share(request, share_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ShareGuestsView(ApiView):
    """The guests of a link."""

    @extend_schema(operation_id="shares_guests", parameters=[PageInput], responses=page_of(GuestOutput))
    def get(self, request: Request, share_id: UUID) -> Response:
        """List the guests who chose something or said their name, in the order in which they came."""
        return self.page(request, guests_of(own_share(request, share_id)), GuestOutput)


class ShareGuestsDeleteView(ApiView):
    """Guests of a link who should not be there."""

    @extend_schema(operation_id="shares_guests_delete", request=GuestsDeleteInput, responses=GuestsDeletedOutput)
    def post(self, request: Request, share_id: UUID) -> Response:
        """Forget guests with what they chose, for good. They may choose again as long as they have the link.

        Decisions that were taken over stay.
        """
        deleted = guests_delete(own_share(request, share_id), body(request, GuestsDeleteInput)["guests"])
        return Response(GuestsDeletedOutput({"deleted": deleted}).data)


class ShareChoicesView(ApiView):
    """What guests chose."""

    @extend_schema(operation_id="shares_choices", parameters=[PageInput], responses=page_of(ChosenPhotoOutput))
    def get(self, request: Request, share_id: UUID) -> Response:
        """List the photos that guests chose, in order of capture, and who chose each.

        A page with many guests has fewer photos. Photos that the link no longer shows are listed, deleted ones are not.
        """
        photos = photos_chosen(own_share(request, share_id))
        return self.page(request, photos, ChosenPhotoOutput, weight=lambda photo: len(photo.shared_choices))


class ShareTakeOverView(ApiView):
    """What guests chose, and the album."""

    @extend_schema(operation_id="shares_take_over", request=TakeOverInput, responses=TakeOverOutput)
    def post(self, request: Request, share_id: UUID) -> Response:
        """Keep all photos that guests chose, or these guests, in one step that can be undone.

        Photos that you have rejected stay rejected. Photos that the link no longer shows are kept, too.
        """
        share = own_share(request, share_id)
        taken = share_take_over(share, by=person(request), guest_ids=body(request, TakeOverInput).get("guests"))
        changes = AlbumChange.objects.filter(album=share.album_id, person=person(request))
        return Response(
            TakeOverOutput(
                {
                    "taken_over": taken.taken_over,
                    "already_kept": taken.already_kept,
                    "rejected": taken.rejected,
                    "change": changes.latest("id") if taken.reviewed.changed_anything else None,
                },
                context={"request": request},
            ).data
        )


class ShareQRView(ApiView):
    """A link for cameras."""

    @extend_schema(
        operation_id="shares_qr",
        responses={(200, "image/svg+xml"): OpenApiResponse(str, description="A drawing of black squares on white.")},
    )
    def get(self, request: Request, share_id: UUID) -> HttpResponse:
        """The link as a QR code, in SVG."""
        drawing = BytesIO()
        code = segno.make_qr(own_share(request, share_id).url, error="m")
        code.save(drawing, kind="svg", border=4, light="#fff", omitsize=True, xmldecl=False)
        return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")
