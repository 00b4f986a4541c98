"""Exports: zips of the picked originals."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponseRedirect
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from albums import selectors, storage
from albums.exceptions import AlbumsError
from albums.exports.parts import plan_parts
from albums.exports.plan import ExportOptions, export_plan, is_still_working, selection_counts, star_counts
from albums.models import Export
from albums.services.exports import export_create, export_delete
from web.api.exceptions import ExportExpired, ExportFailed, ExportNotReady
from web.api.pagination import PageInput
from web.api.schema import page_of
from web.api.serializers.exports import ExportInput, ExportOutput, ExportPreviewOutput
from web.api.views.base import ApiView, body, editable_album, editable_export

ZIP_LINK_SECONDS = 6 * 3600
"""Browsers resume a download at the link that they were redirected to."""

WHY_NOT_READY: dict[str, type[AlbumsError]] = {
    Export.State.QUEUED: ExportNotReady,
    Export.State.BUILDING: ExportNotReady,
    Export.State.FAILED: ExportFailed,
    Export.State.EXPIRED: ExportExpired,
}


class ExportListView(ApiView):
    """The exports of an album."""

    @extend_schema(operation_id="exports_list", parameters=[PageInput], responses=page_of(ExportOutput))
    def get(self, request: Request, album_id: UUID) -> Response:
        """List the exports, the newest first. A page with many names of files has fewer exports."""
        exports = selectors.exports_of(editable_album(request, album_id))
        return self.page(request, exports, ExportOutput, weight=lambda export: export.named_count)

    @extend_schema(operation_id="exports_create", request=ExportInput, responses={201: ExportOutput})
    def post(self, request: Request, album_id: UUID) -> Response:
        """Create an export: a zip of the photos as they are now. Its state says when it is ready.

        If it is made in parts, all are created, and the answer is the first.
        """
        album, options = editable_album(request, album_id), ExportOptions(**body(request, ExportInput))
        export = export_create(album, options)
        shown = ExportOutput(export, context={"request": request})
        return Response(shown.data, status=status.HTTP_201_CREATED)


class ExportPreviewView(ApiView):
    """A zip before it is built."""

    @extend_schema(operation_id="exports_preview", request=ExportInput, responses=ExportPreviewOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Show what a zip would contain. This builds nothing."""
        album, options = editable_album(request, album_id), ExportOptions(**body(request, ExportInput))
        plan = export_plan(album, options)
        context = {
            "request": request,
            "parts": plan_parts(plan),
            "ready": not is_still_working(album),
            "selection_counts": selection_counts(album, options.sets),
            "star_counts": star_counts(album, options.sets),
            "shelved_counts": selectors.shelved_counts(album),
            "left_out_count": album.photos.filter(left_out=True).count(),
        }
        return Response(ExportPreviewOutput(plan, context=context).data)


class ExportView(ApiView):
    """One export."""

    @extend_schema(operation_id="exports_retrieve", responses=ExportOutput)
    def get(self, request: Request, export_id: UUID) -> Response:
        """Show an export and its progress."""
        return Response(ExportOutput(editable_export(request, export_id), context={"request": request}).data)

    @extend_schema(operation_id="exports_delete", responses={204: None})
    def delete(self, request: Request, export_id: UUID) -> Response:
        """Delete an export and its zip."""
        export_delete(editable_export(request, export_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ExportDownloadView(ApiView):
    """The zip itself."""

    @extend_schema(
        operation_id="exports_download",
        responses={
            302: OpenApiResponse(
                description="Redirects to a link for some hours that downloads the zip and supports ranges."
            )
        },
    )
    def get(self, request: Request, export_id: UUID) -> HttpResponseRedirect:
        """Redirect to the zip. To resume an interrupted download, send the request again with the missing range."""
        export = editable_export(request, export_id)
        if export.state != Export.State.READY:
            raise WHY_NOT_READY[export.state]
        link = storage.get_storage().download_link(
            storage.export_key(export.album_id, export.id),
            file_name=export.file_name,
            content_type=export.content_type,
            expires_in=max(settings.DOWNLOAD_LINK_SECONDS, ZIP_LINK_SECONDS),
        )
        return HttpResponseRedirect(link)
