"""An album as one list, for pages that lay out all of it and show the part in view."""

from __future__ import annotations

from uuid import UUID

from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from albums import timeline
from web.api.serializers.clusters import ClusterOrder
from web.api.serializers.timeline import ThumbnailsInput, ThumbnailsOutput, TimelineInput, TimelineOutput, timeline_data
from web.api.views.base import NOT_MODIFIED, RevalidatedView, editable_album, query


# Compress here, because not every proxy does it: a fifth of the size. The response holds no secret that an attacker
# could guess by its length (BREACH), and Django varies the length besides.
@method_decorator(gzip_page, name="dispatch")
class TimelineView(RevalidatedView):
    """All of an album."""

    @extend_schema(
        operation_id="albums_timeline",
        parameters=[TimelineInput],
        responses={200: TimelineOutput, 304: NOT_MODIFIED},
    )
    def get(self, request: Request, album_id: UUID) -> Response:
        """List all groups with their photos, and all photos in no group, in one response with few fields.

        `thumbnails` has their pictures.
        """
        parameters = query(request, TimelineInput)
        album = editable_album(request, album_id)
        uncertain_first = parameters["order"] == ClusterOrder.NO_CLEAR_WINNER_FIRST
        wanted = TimelineInput.wanted(parameters)
        clusters, singles = [], []
        if parameters["clusters"]:
            clusters = timeline.timeline_clusters(album, wanted, uncertain_first=uncertain_first)
        if parameters["singles"]:
            singles = timeline.timeline_singles(
                album,
                people=wanted.people,
                shelved=parameters.get("shelved"),
                left_out=wanted.left_out,
                stars=wanted.stars,
                label=wanted.label,
            )
        return Response(timeline_data(clusters, singles))


class ThumbnailsView(RevalidatedView):
    """The pictures of some photos."""

    @extend_schema(
        operation_id="albums_thumbnails",
        parameters=[ThumbnailsInput],
        responses={200: ThumbnailsOutput, 304: NOT_MODIFIED},
    )
    def get(self, request: Request, album_id: UUID) -> Response:
        """Show the pictures of photos, and why they are picked or not."""
        album = editable_album(request, album_id)
        photos = timeline.thumbnails_of(album, query(request, ThumbnailsInput).get("photos", ()))
        return Response(ThumbnailsOutput({"results": photos}, context={"request": request}).data)
