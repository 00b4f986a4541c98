"""Uploads: presigned uploads before the bytes, a completion after them."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from albums.models import Photo
from albums.services.uploads import uploads_complete, uploads_create, uploads_dismiss
from web.api.serializers.photos import PhotoIdsInput
from web.api.serializers.uploads import (
    DismissInput,
    DismissOutput,
    UploadCompletionOutput,
    UploadsInput,
    UploadsOutput,
)
from web.api.views.base import ApiView, body, own_album


class UploadsView(ApiView):
    """Files announced."""

    @extend_schema(operation_id="uploads_create", request=UploadsInput, responses=UploadsOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Announce up to 500 files. Each is answered by a presigned upload, or by being here, or by why it is refused.

        Announcing a file again that did not arrive is harmless and gives a fresh presigned upload.
        """
        album = own_album(request, album_id)
        results = uploads_create(album, UploadsInput.requests(body(request, UploadsInput)))
        return Response(UploadsOutput({"uploads": results}, context={"request": request}).data)


class UploadsCompleteView(ApiView):
    """Files sent."""

    @extend_schema(operation_id="uploads_complete", request=PhotoIdsInput, responses=UploadCompletionOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Say that photos were sent: their analysis begins. Those whose bytes are not here are named.

        Asking twice is harmless.
        """
        album = own_album(request, album_id)
        completion = uploads_complete(album, body(request, PhotoIdsInput)["photos"])
        return Response(UploadCompletionOutput(completion).data)


class UploadsDismissView(ApiView):
    """Files announced that never came."""

    @extend_schema(operation_id="uploads_dismiss", request=DismissInput, responses=DismissOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Forget photos that were announced and never sent, those named or all, some hundreds in a request.

        Nothing is lost of an upload that still runs: a photo whose bytes have come is analyzed, and one that is still
        to come can be announced again.
        """
        album = own_album(request, album_id)
        completion = uploads_dismiss(album, body(request, DismissInput).get("photos"))
        shown = {
            "dismissed": len(completion.missing),
            "uploaded": len(completion.uploaded),
            "pending": album.photos.filter(state=Photo.State.PENDING).count(),
        }
        return Response(DismissOutput(shown).data)
