"""Photos that are taken from a video."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from albums.models import FrameSearch
from albums.services.frame_searches import frames_ask
from web.api.serializers.frames import FramesOutput, frames_data
from web.api.views.base import ApiView, editable_photo


class FramesView(ApiView):
    """The photos that were taken from a video."""

    @extend_schema(operation_id="frames_retrieve", responses=FramesOutput)
    def get(self, request: Request, video_id: UUID) -> Response:
        """Show the photos that were taken from a video, or how far the search for them is."""
        video = editable_photo(request, video_id)
        return Response(frames_data(video, FrameSearch.objects.filter(video=video).first()))

    @extend_schema(operation_id="frames_create", request=None, responses={202: FramesOutput})
    def post(self, request: Request, video_id: UUID) -> Response:
        """Take the best frames of a video as photos of its album. Asking again changes nothing while it has some."""
        video = editable_photo(request, video_id)
        return Response(frames_data(video, frames_ask(video)), status=status.HTTP_202_ACCEPTED)
