"""Uploads: tickets before the bytes, a receipt after them."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from albums import services
from albums.models import Photo
from web.api.serializers.photos import PhotoIdsInput
from web.api.serializers.uploads import (
    DismissInput,
    DismissOutput,
    UploadReceiptOutput,
    UploadsInput,
    UploadsOutput,
)
from web.api.views.base import ApiView, body, own_album


class UploadsView(ApiView):
    """Files announced."""

    @extend_schema(operation_id="uploads_create", request=UploadsInput, responses=UploadsOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Announce up to 500 files. Each is answered by a ticket, or by being here, or by why it is refused.

        Announcing a file again that did not arrive is harmless and gives a fresh ticket.
        """
        album = own_album(request, album_id)
        slots = services.uploads_create(album, UploadsInput.requests(body(request, UploadsInput)))
        return Response(UploadsOutput({"uploads": slots}, context={"request": request}).data)


class UploadsCompleteView(ApiView):
    """Files sent."""

    @extend_schema(operation_id="uploads_complete", request=PhotoIdsInput, responses=UploadReceiptOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Say that photos were sent: their analysis begins. Those whose bytes are not here are named.

        Asking twice is harmless.
        """
        album = own_album(request, album_id)
        receipt = services.uploads_complete(album, body(request, PhotoIdsInput)["photos"])
        return Response(UploadReceiptOutput(receipt).data)


class UploadsDismissView(ApiView):
    """Files announced that never came."""

    @extend_schema(operation_id="uploads_dismiss", request=DismissInput, responses=DismissOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Forget photos that were announced and never sent, those named or all, some hundreds in a request.

        Nothing is lost of an upload that still runs: a photo whose bytes have come is analyzed, and one that is still
        to come can be announced again.
        """
        album = own_album(request, album_id)
        receipt = services.uploads_dismiss(album, body(request, DismissInput).get("photos"))
        shown = {
            "dismissed": len(receipt.missing),
            "uploaded": len(receipt.uploaded),
            "pending": album.photos.filter(state=Photo.State.PENDING).count(),
        }
        return Response(DismissOutput(shown).data)
