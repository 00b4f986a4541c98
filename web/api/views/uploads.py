"""Uploads: a presigned upload before a file is sent, a completion after it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from albums.exceptions import NotFound
from albums.models import Photo
from albums.services.multipart import multipart_upload_continue
from albums.services.uploads import uploads_complete, uploads_create, uploads_dismiss
from web.api.serializers.photos import PhotoIdsInput
from web.api.serializers.uploads import (
    DismissInput,
    DismissOutput,
    PartsInput,
    PartsOutput,
    UploadCompletionOutput,
    UploadLimitsOutput,
    UploadsInput,
    UploadsOutput,
)
from web.api.views.base import ApiView, body, editable_album


class UploadsView(ApiView):
    """Announces files."""

    @extend_schema(operation_id="uploads_create", request=UploadsInput, responses=UploadsOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Announce up to 500 files. Each gets a presigned upload, the photo that has arrived already, or an error.

        A file that did not arrive can be announced again, and gets a new presigned upload.
        """
        album = editable_album(request, album_id)
        results = uploads_create(album, UploadsInput.requests(body(request, UploadsInput)))
        return Response(UploadsOutput({"uploads": results}, context={"request": request}).data)


class UploadLimitsView(ApiView):
    """The limits of uploads."""

    @extend_schema(operation_id="uploads_limits", responses=UploadLimitsOutput)
    def get(self, request: Request) -> Response:  # noqa: ARG002
        """Show what files the service takes at most, so that a client can leave out others before it sends any."""
        limits = {"photo_bytes": settings.MAX_PHOTO_BYTES, "video_bytes": settings.MAX_VIDEO_BYTES}
        return Response(UploadLimitsOutput(limits).data)


class UploadPartsView(ApiView):
    """Uploads a file in parts."""

    @extend_schema(operation_id="uploads_parts", request=PartsInput, responses=PartsOutput)
    def post(self, request: Request, album_id: UUID, photo_id: UUID) -> Response:
        """Begin to send an announced file in parts, or go on. The response has the first parts that have not arrived.

        Repeating the request is harmless. With a smaller `most_bytes` than before, the upload starts again.
        """
        photo = Photo.objects.filter(album=editable_album(request, album_id), id=photo_id).first()
        if photo is None:
            raise NotFound
        missing = multipart_upload_continue(photo, most_bytes=body(request, PartsInput)["most_bytes"])
        return Response(PartsOutput(missing, context={"request": request}).data)


class UploadsCompleteView(ApiView):
    """Completes uploads."""

    @extend_schema(operation_id="uploads_complete", request=PhotoIdsInput, responses=UploadCompletionOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Complete uploads: the analysis of these photos begins. The response lists photos that have not arrived.

        Repeating the request is harmless.
        """
        album = editable_album(request, album_id)
        completion = uploads_complete(album, body(request, PhotoIdsInput)["photos"])
        return Response(UploadCompletionOutput(completion).data)


class UploadsDismissView(ApiView):
    """Removes announced photos that never arrived."""

    @extend_schema(operation_id="uploads_dismiss", request=DismissInput, responses=DismissOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Remove photos that were announced but never arrived: those in `photos`, or all, some hundreds per request.

        An upload that still runs loses at most the parts of large files that have arrived. A photo that has arrived is
        analyzed, and a photo that is still missing can be announced again.
        """
        album = editable_album(request, album_id)
        completion = uploads_dismiss(album, body(request, DismissInput).get("photos"))
        shown = {
            "dismissed": len(completion.missing),
            "uploaded": len(completion.uploaded),
            "pending": album.photos.filter(state=Photo.State.PENDING).count(),
        }
        return Response(DismissOutput(shown).data)
