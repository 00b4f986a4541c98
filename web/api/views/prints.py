"""Books and contact sheets, which become exports."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from albums.exports.plan import is_still_working, selection_counts, star_counts
from albums.prints.plan import PrintOptions, can_be_printed, photos_to_print, print_plan
from albums.services.prints import print_create
from web.api.serializers.exports import ExportOutput
from web.api.serializers.prints import PrintInput, PrintPreviewOutput
from web.api.views.base import ApiView, body, editable_album


class PrintsView(ApiView):
    """What is printed of an album."""

    @extend_schema(operation_id="prints_create", request=PrintInput, responses={201: ExportOutput})
    def post(self, request: Request, album_id: UUID) -> Response:
        """Make a book or a contact sheet as PDF. It is an export: it is listed, downloaded and deleted like a zip."""
        album, options = editable_album(request, album_id), PrintOptions(**body(request, PrintInput))
        shown = ExportOutput(print_create(album, options), context={"request": request})
        return Response(shown.data, status=status.HTTP_201_CREATED)


class PrintPreviewView(ApiView):
    """A book or a contact sheet before it is made."""

    @extend_schema(operation_id="prints_preview", request=PrintInput, responses=PrintPreviewOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Show the pages. This makes nothing."""
        album, options = editable_album(request, album_id), PrintOptions(**body(request, PrintInput))
        context = {
            "request": request,
            "album_id": album.id,
            "photo_count": photos_to_print(album, options).count(),
            "ready": not is_still_working(album),
            "selection_counts": selection_counts(album, among=can_be_printed(options)),
            "star_counts": star_counts(album, among=can_be_printed(options)),
        }
        return Response(PrintPreviewOutput(print_plan(album, options), context=context).data)
