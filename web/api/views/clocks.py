"""The clocks of an album's cameras."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from albums import clocks
from albums.clocks import Camera
from albums.exceptions import NotFound
from albums.models import Album
from albums.services.clocks import camera_set_by_photo, camera_shift
from web.api.serializers.clocks import CameraClocksOutput, ClockShiftInput
from web.api.views.base import ApiView, body, editable_album, person


def _shown(request: Request, album: Album) -> dict[str, Any]:
    context = {"request": request, "album": album}
    return CameraClocksOutput({"results": clocks.clocks_of(album)}, context=context).data


class ClocksView(ApiView):
    """The clocks of the cameras."""

    @extend_schema(operation_id="albums_clocks", responses=CameraClocksOutput)
    def get(self, request: Request, album_id: UUID) -> Response:
        """List the cameras of an album, what their clocks showed, and what is added to them."""
        return Response(_shown(request, editable_album(request, album_id)))

    @extend_schema(operation_id="albums_clocks_shift", request=ClockShiftInput, responses={202: CameraClocksOutput})
    def post(self, request: Request, album_id: UUID) -> Response:
        """Shift the clock of a camera, also for photos that come later. A step of the review that can be undone.

        The photos move with the grouping that follows; the progress says when it is done.
        """
        album, asked = editable_album(request, album_id), body(request, ClockShiftInput)
        if "photo" in asked:
            photo = album.photos.filter(id=asked["photo"]).first()
            if photo is None:
                raise NotFound("This photo does not exist.")
            camera_set_by_photo(album, photo, asked["taken_at"], by=person(request))
        else:
            camera_shift(album, Camera(asked["camera"], asked["serial"]), asked["seconds"], by=person(request))
        album.refresh_from_db()
        return Response(_shown(request, album), status=status.HTTP_202_ACCEPTED)
