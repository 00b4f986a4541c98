"""Albums, their regrouping and their progress."""

from __future__ import annotations

import hashlib
import json
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from albums import selectors
from albums.picks import Wanted
from albums.services.albums import album_create, album_delete, album_rename
from albums.services.review import album_regroup, album_want
from web.api.pagination import PageInput
from web.api.schema import page_of
from web.api.serializers.albums import (
    AlbumChangeInput,
    AlbumInput,
    AlbumOutput,
    ProgressOutput,
    RegroupInput,
)
from web.api.views.base import NOT_MODIFIED, ApiView, RevalidatedView, body, editable_album, own_album, person


def _shown(request: Request, album_id: UUID) -> AlbumOutput:
    return AlbumOutput(selectors.album_of(person(request), album_id), context={"request": request})


class AlbumListView(RevalidatedView):
    """The albums of the signed-in person."""

    @extend_schema(
        operation_id="albums_list", parameters=[PageInput], responses={200: page_of(AlbumOutput), 304: NOT_MODIFIED}
    )
    def get(self, request: Request) -> Response:
        """List the albums, the newest first."""
        return self.page(request, selectors.albums_of(person(request)), AlbumOutput)

    @extend_schema(operation_id="albums_create", request=AlbumInput, responses={201: AlbumOutput})
    def post(self, request: Request) -> Response:
        """Create an empty album."""
        album = album_create(owner=person(request), **body(request, AlbumInput))
        return Response(_shown(request, album.id).data, status=status.HTTP_201_CREATED)


class AlbumView(ApiView):
    """One album."""

    @extend_schema(operation_id="albums_retrieve", responses=AlbumOutput)
    def get(self, request: Request, album_id: UUID) -> Response:
        """Show an album."""
        return Response(_shown(request, album_id).data)

    @extend_schema(operation_id="albums_update", request=AlbumChangeInput, responses=AlbumOutput)
    def patch(self, request: Request, album_id: UUID) -> Response:
        """Give an album another name, or say how many picks it wants. The second is a step that can be undone."""
        album, changes = editable_album(request, album_id), body(request, AlbumChangeInput)
        if "name" in changes:
            album_rename(album, name=changes["name"])
        if not changes.keys().isdisjoint({"wanted_count", "wanted_share"}):
            wanted = Wanted(changes.get("wanted_count"), changes.get("wanted_share"))
            album_want(album, wanted, by=person(request))
        return Response(_shown(request, album_id).data)

    @extend_schema(operation_id="albums_delete", responses={204: None})
    def delete(self, request: Request, album_id: UUID) -> Response:
        """Delete an album with its photos and exports."""
        album_delete(own_album(request, album_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class RegroupView(ApiView):
    """The grouping of an album."""

    @extend_schema(operation_id="albums_regroup", request=RegroupInput, responses={202: AlbumOutput})
    def post(self, request: Request, album_id: UUID) -> Response:
        """Group an album again, more loosely or strictly. Decisions stay. The progress says when it is done."""
        similarity = body(request, RegroupInput).get("similarity")
        album_regroup(editable_album(request, album_id), similarity=similarity, by=person(request))
        return Response(_shown(request, album_id).data, status=status.HTTP_202_ACCEPTED)


class ProgressView(ApiView):
    """The progress of an album."""

    @extend_schema(
        operation_id="albums_progress",
        parameters=[
            OpenApiParameter(
                "If-None-Match", str, OpenApiParameter.HEADER, description="The ETag of the last response."
            )
        ],
        responses={200: ProgressOutput, 304: OpenApiResponse(description="Nothing has changed since that response.")},
    )
    def get(self, request: Request, album_id: UUID) -> HttpResponseBase | None:
        """Show the progress of an album. Repeat the request with the ETag of the last response: 304 means no change."""
        progress = ProgressOutput(selectors.progress_of(editable_album(request, album_id))).data
        etag = f'"{hashlib.sha256(json.dumps(progress).encode()).hexdigest()[:32]}"'
        headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
        response = Response(progress, headers=headers)
        return get_conditional_response(request._request, etag=etag, response=response)  # noqa: SLF001
