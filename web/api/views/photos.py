"""Photos and what people decide about them."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponseRedirect
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from albums import selectors, storage
from albums.exports.entry_names import download_name
from albums.models import Photo
from albums.services.photos import photos_delete, photos_retry
from albums.services.review import photos_decide, photos_decide_each, photos_label, photos_star
from web.api.exceptions import NotPrepared, NotUploaded
from web.api.schema import page_of
from web.api.serializers.photo_detail import PhotoDetailOutput
from web.api.serializers.photos import (
    DecisionInput,
    DecisionOutput,
    DeletePhotosInput,
    DeletePhotosOutput,
    HistogramOutput,
    LabelInput,
    MarkedOutput,
    PhotoDecisionInput,
    PhotoFilterInput,
    PhotoOutput,
    RetryInput,
    RetryOutput,
    StarsInput,
    photo_changes_data,
)
from web.api.views.base import (
    NOT_MODIFIED,
    ApiView,
    RevalidatedView,
    body,
    editable_album,
    editable_photo,
    own_album,
    own_photo,
    person,
    query,
)


class PhotoListView(RevalidatedView):
    """The photos of an album."""

    @extend_schema(
        operation_id="photos_list",
        parameters=[PhotoFilterInput],
        responses={200: page_of(PhotoOutput), 304: NOT_MODIFIED},
    )
    def get(self, request: Request, album_id: UUID) -> Response:
        """List the photos in order of capture, photos without a time last. Pending photos need `state=pending`."""
        parameters = query(request, PhotoFilterInput)
        photos = selectors.photos_of(
            editable_album(request, album_id),
            state=parameters.get("state"),
            decision=parameters.get("decision"),
            picked=parameters.get("picked"),
            in_cluster=parameters.get("in_cluster"),
            cluster=parameters.get("cluster"),
            people=parameters.get("people"),
            shelved=parameters.get("shelved"),
            left_out=parameters.get("left_out"),
            stars=parameters.get("stars"),
            label=parameters.get("label"),
        )
        return self.page(request, photos, PhotoOutput, parameters)


class PhotoDecisionView(ApiView):
    """Decisions about several photos."""

    @extend_schema(operation_id="photos_decide", request=DecisionInput, responses=DecisionOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Keep or reject photos, or leave them to the ranking, in one step that can be undone.

        Send `photos` with one `decision` for all, or any of the lists `keep`, `reject` and `auto`. The response
        contains every photo that this changes.
        """
        album = editable_album(request, album_id)
        decisions = body(request, DecisionInput)["decisions"]
        reviewed = photos_decide_each(album, decisions, by=person(request))
        overruled = [
            {"id": photo_id, "decision": decision, "decided_by": reviewed.before.deciders.get(photo_id)}
            for photo_id, decision in reviewed.overruled.items()
        ]
        return Response({"photos": photo_changes_data(reviewed.photos), "overruled": overruled})


class PhotoStarsView(ApiView):
    """The stars of several photos."""

    @extend_schema(operation_id="photos_star", request=StarsInput, responses=MarkedOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Give photos 1 to 5 stars, or take them back with 0, in one step that can be undone."""
        album, asked = editable_album(request, album_id), body(request, StarsInput)
        photos = photos_star(album, asked["photos"], asked["stars"], by=person(request))
        return Response({"photos": photo_changes_data(photos)})


class PhotoLabelView(ApiView):
    """The colour labels of several photos."""

    @extend_schema(operation_id="photos_label", request=LabelInput, responses=MarkedOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Give photos a colour label, or take it back with an empty one, in one step that can be undone."""
        album, asked = editable_album(request, album_id), body(request, LabelInput)
        photos = photos_label(album, asked["photos"], asked["label"], by=person(request))
        return Response({"photos": photo_changes_data(photos)})


class PhotoRetryView(ApiView):
    """Failed photos."""

    @extend_schema(operation_id="photos_retry", request=RetryInput, responses=RetryOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Analyze failed photos again: those in `photos`, or all. Each photo can be retried three times."""
        album = editable_album(request, album_id)
        retried = photos_retry(album, body(request, RetryInput).get("photos"))
        return Response(RetryOutput({"retried": retried}).data)


class PhotosDeleteView(ApiView):
    """Several photos."""

    @extend_schema(operation_id="photos_delete_several", request=DeletePhotosInput, responses=DeletePhotosOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Delete photos of an album, their originals and their previews, at once and for good."""
        album = own_album(request, album_id)
        deleted = photos_delete(album, body(request, DeletePhotosInput)["photos"])
        return Response(DeletePhotosOutput({"deleted": deleted}).data)


class PhotoView(ApiView):
    """One photo."""

    @extend_schema(operation_id="photos_retrieve", responses=PhotoDetailOutput)
    def get(self, request: Request, photo_id: UUID) -> Response:
        """Show a photo."""
        return self._shown(request, editable_photo(request, photo_id))

    @extend_schema(operation_id="photos_decide_one", request=PhotoDecisionInput, responses=PhotoDetailOutput)
    def patch(self, request: Request, photo_id: UUID) -> Response:
        """Keep or reject a photo, or leave it to the ranking. Other picks in its group may change."""
        photo = editable_photo(request, photo_id)
        decision = body(request, PhotoDecisionInput)["decision"]
        photos_decide(photo.album, [photo.id], decision, by=person(request))
        return self._shown(request, editable_photo(request, photo_id))

    @extend_schema(operation_id="photos_delete", responses={204: None})
    def delete(self, request: Request, photo_id: UUID) -> Response:
        """Delete a photo, its original and its previews. Photos that were taken from a video stay."""
        photo = own_photo(request, photo_id)
        photos_delete(photo.album, [photo.id])
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _shown(self, request: Request, photo: Photo) -> Response:
        return Response(PhotoDetailOutput(photo, context={"request": request}).data)


class PhotoHistogramView(ApiView):
    """The exposure of one photo."""

    @extend_schema(operation_id="photos_histogram", responses=HistogramOutput)
    def get(self, request: Request, photo_id: UUID) -> Response:
        """Show the exposure of a photo. It does not change, so browsers may keep it for a day."""
        photo = editable_photo(request, photo_id)
        if photo.histogram is None:
            raise NotPrepared
        return Response(HistogramOutput(photo).data, headers={"Cache-Control": "private, max-age=86400"})


VIDEO_LINK_SECONDS = 6 * 3600
"""Players ask for the ranges of a video at one link, for as long as somebody watches and pauses."""


class PhotoOriginalView(ApiView):
    """The bytes of one photo."""

    @extend_schema(
        operation_id="photos_original",
        responses={302: OpenApiResponse(description="Redirects to a short-lived link that downloads the original.")},
    )
    def get(self, request: Request, photo_id: UUID) -> HttpResponseRedirect:
        """Redirect to the original, byte for byte as it was uploaded.

        The same link again for half its life lets a browser that returns to a photo keep the bytes it has.
        """
        photo = editable_photo(request, photo_id)
        if photo.state == Photo.State.PENDING:
            raise NotUploaded
        # Browsers run the scripts of some XML.
        content_type = "" if photo.kind == Photo.Kind.SIDECAR else photo.content_type
        link = storage.get_storage().download_link(
            storage.original_key(photo.album_id, photo.id),
            file_name=download_name(photo.name, content_type),
            content_type=content_type or "application/octet-stream",
            expires_in=max(settings.DOWNLOAD_LINK_SECONDS, VIDEO_LINK_SECONDS if photo.is_video else 0),
        )
        kept = settings.DOWNLOAD_LINK_SECONDS // 2
        return HttpResponseRedirect(link, headers={"Cache-Control": f"private, max-age={kept}"})
