"""What all views share."""

from __future__ import annotations

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from drf_spectacular.utils import OpenApiResponse
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from albums.exceptions import NotFound, OnlyTheOwner
from albums.models import Album, Export, Photo, Share
from albums.rights import may_edit
from web.accounts.models import User
from web.api.pagination import PageInput, paginate
from web.api.throttling import AccountThrottle, AddressThrottle, RateThrottle

Row = TypeVar("Row", bound=Model)


NOT_MODIFIED = OpenApiResponse(description="Nothing has changed since the response with the ETag in If-None-Match.")


class ApiView(APIView):
    """A view for signed-in people. No cache between them and the service keeps its responses."""

    throttle_classes: tuple[type[RateThrottle], ...] = (AccountThrottle,)

    seals_cursors = False
    """For readers who may not see what lists are sorted by."""

    _began_at: float | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Count refused anonymous requests too: the framework counts only requests that it lets in."""
        self._began_at = time.monotonic()
        try:
            super().initial(request, *args, **kwargs)
        except (exceptions.NotAuthenticated, exceptions.AuthenticationFailed):
            throttle = AddressThrottle()
            if not throttle.allow_request(request, self):
                self.throttled(request, throttle.wait())
            raise

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Mark the response as private, and count the time it took."""
        if self._began_at is not None and request.user.is_authenticated:
            AccountThrottle().charge(request, self, time.monotonic() - self._began_at)
        final: HttpResponseBase = super().finalize_response(request, response, *args, **kwargs)
        final.headers.setdefault("Cache-Control", "private, no-store")
        return final

    def page(
        self,
        request: Request,
        queryset: QuerySet[Any],
        output: type[serializers.BaseSerializer[Any]],
        parameters: dict[str, Any] | None = None,
        *,
        weight: Callable[[Any], int] = lambda _row: 0,
    ) -> Response:
        """One page of a list. `parameters` are the query parameters, if they were read already."""
        parameters = query(request, PageInput) if parameters is None else parameters
        cursor, page_size = parameters.get("cursor"), parameters["page_size"]
        page = paginate(queryset, request, cursor=cursor, page_size=page_size, weight=weight, seals=self.seals_cursors)
        shown = output(page.results, many=True, context=self.output_context(request))
        return Response({"next": page.next, "results": shown.data})

    def output_context(self, request: Request) -> dict[str, Any]:
        """What the serializers of a page read besides its rows."""
        return {"request": request}


class RevalidatedView(ApiView):
    """A view whose responses browsers keep. They send the ETag to ask whether a response is still valid.

    The service reads the rows all the same. It saves sending the response, and the browser saves reading it.
    """

    @method_decorator(conditional_page)
    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer 304 if the client has the same response already."""
        return super().dispatch(request, *args, **kwargs)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Let only the browser keep the response, and ask before it uses it again."""
        if request.method == "GET" and response.status_code == HTTPStatus.OK:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return super().finalize_response(request, response, *args, **kwargs)


def person(request: Request) -> User:
    """The signed-in person. Only for views that refuse anonymous requests."""
    return cast("User", request.user)


def body(request: Request, expected: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    """The validated values of the body.

    Raises:
        ValidationError: naming every value that is wrong.

    """
    serializer = expected(data=request.data)
    serializer.is_valid(raise_exception=True)
    validated: dict[str, Any] = serializer.validated_data
    return validated


def query(request: Request, expected: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    """The validated query parameters.

    Raises:
        ValidationError: naming every value that is wrong.

    """
    # A plain dict: in a QueryDict the framework sees an HTML form, where a missing check box means False.
    serializer = expected(data=request.query_params.dict())
    serializer.is_valid(raise_exception=True)
    validated: dict[str, Any] = serializer.validated_data
    return validated


def editable_album(request: Request, album_id: UUID) -> Album:
    """An album that the person owns or edits.

    Raises:
        NotFound: also when it is somebody else's.

    """
    return _editable(request, Album.objects.filter(id=album_id), lambda album: album, "There is no such album.")


def own_album(request: Request, album_id: UUID) -> Album:
    """One of the person's own albums.

    Raises:
        NotFound: also when it is somebody else's.
        OnlyTheOwner: when the person only edits it.

    """
    return _owned(request, editable_album(request, album_id))


def editable_photo(request: Request, photo_id: UUID) -> Photo:
    """A photo of an album that the person owns or edits, with the album.

    Raises:
        NotFound: also when it is somebody else's.

    """
    photos = Photo.objects.select_related("album").filter(id=photo_id)
    return _editable(request, photos, lambda photo: photo.album, "There is no such photo.")


def own_photo(request: Request, photo_id: UUID) -> Photo:
    """A photo of one of the person's own albums, with the album.

    Raises:
        NotFound: also when it is somebody else's.
        OnlyTheOwner: when the person only edits its album.

    """
    photo = editable_photo(request, photo_id)
    _owned(request, photo.album)
    return photo


def editable_export(request: Request, export_id: UUID) -> Export:
    """An export of an album that the person owns or edits, with the album.

    Raises:
        NotFound: also when it is somebody else's.

    """
    exports = Export.objects.select_related("album").defer(*Export.LONG).filter(id=export_id)
    return _editable(request, exports, lambda export: export.album, "There is no such export.")


def own_share(request: Request, share_id: UUID) -> Share:
    """One of the person's links, with its album.

    Raises:
        NotFound: also when it belongs to another account.

    """
    shares = Share.objects.select_related("album").filter(album__owner=person(request), id=share_id)
    return _the(shares, "There is no such link.")


def _the(rows: QuerySet[Row], message: str) -> Row:
    row = rows.first()
    if row is None:
        raise NotFound(message)
    return row


def _editable(request: Request, rows: QuerySet[Row], album_of: Callable[[Row], Album], message: str) -> Row:
    row = _the(rows, message)
    if not may_edit(person(request).pk, album_of(row)):
        raise NotFound(message)
    return row


def _owned(request: Request, album: Album) -> Album:
    if album.owner_id != person(request).pk:
        raise OnlyTheOwner
    return album
