"""Steps of the review that are more than a decision about photos, and taking steps back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from albums import selectors
from albums.models import Album
from albums.services.arranging import Reviewed
from albums.services.changes import ReplayedChange, album_redo, album_undo
from albums.services.review import clusters_accept, clusters_merge, clusters_release, clusters_split
from web.api.pagination import PageInput
from web.api.schema import page_of
from web.api.serializers.review import (
    AcceptInput,
    AcceptOutput,
    AlbumChangeOutput,
    MergeInput,
    ReleaseInput,
    ReviewOutput,
    SplitInput,
    UndoOutput,
)
from web.api.views.base import ApiView, body, own_album, person


def changes_of(album: Album, reviewed: Reviewed) -> dict[str, Any]:
    """What `ReviewOutput` shows."""
    shown = selectors.clusters_of(album).filter(id__in=reviewed.cluster_ids) if reviewed.cluster_ids else []
    return {"photos": reviewed.photos, "clusters": shown, "removed_clusters": reviewed.removed_cluster_ids}


class _ReviewView(ApiView):
    def shown(self, request: Request, album: Album, reviewed: Reviewed) -> Response:
        """Answer with what was changed."""
        return Response(ReviewOutput(changes_of(album, reviewed), context={"request": request}).data)


class ClusterSplitView(_ReviewView):
    """Groups that are two."""

    @extend_schema(operation_id="clusters_split", request=SplitInput, responses=ReviewOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Take photos out of their groups, for good. What is left of a group stays together.

        The groups are those of the answer at once; their exact ranks follow with the grouping that the progress shows.
        """
        album, asked = own_album(request, album_id), body(request, SplitInput)
        return self.shown(
            request,
            album,
            clusters_split(album, asked["photos"], singles=asked["singles"], by=person(request)),
        )


class ClusterMergeView(_ReviewView):
    """Groups that are one."""

    @extend_schema(operation_id="clusters_merge", request=MergeInput, responses=ReviewOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Make one group of photos and groups, for good. Photos named leave the groups they are in.

        The groups are those of the answer at once; their exact ranks follow with the grouping that the progress shows.
        """
        album, asked = own_album(request, album_id), body(request, MergeInput)
        reviewed = clusters_merge(album, photo_ids=asked["photos"], cluster_ids=asked["clusters"], by=person(request))
        return self.shown(request, album, reviewed)


class ClusterReleaseView(_ReviewView):
    """Groups that the analysis may judge again."""

    @extend_schema(operation_id="clusters_release", request=ReleaseInput, responses=ReviewOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Leave photos that were split or merged to the analysis again.

        They stay where they are until the grouping that the progress shows is done.
        """
        album, asked = own_album(request, album_id), body(request, ReleaseInput)
        reviewed = clusters_release(
            album, photo_ids=asked["photos"], cluster_ids=asked["clusters"], everything=asked["all"], by=person(request)
        )
        return self.shown(request, album, reviewed)


class ClusterAcceptView(ApiView):
    """Groups whose picks are right."""

    @extend_schema(operation_id="clusters_accept", request=AcceptInput, responses=AcceptOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Keep what is picked in groups, those named or all that a filter finds, in one step that can be undone."""
        album, asked = own_album(request, album_id), body(request, AcceptInput)
        wanted = AcceptInput.wanted(asked) if asked["all"] else asked["clusters"]
        photos = clusters_accept(album, wanted, by=person(request)).photos
        accepted = len({photo.cluster_id for photo in photos})
        return Response(AcceptOutput({"accepted": accepted, "photos": photos}).data)


class _TakenView(ApiView):
    def shown(self, request: Request, album: Album, taken: ReplayedChange) -> Response:
        """Answer with what was changed, and by which step."""
        shown = {**changes_of(album, taken.reviewed), "change": taken.change}
        return Response(UndoOutput(shown, context={"request": request}).data)


class UndoView(_TakenView):
    """The last step."""

    @extend_schema(operation_id="albums_undo", request=None, responses=UndoOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Take back the last step of the review: a decision, a split, a merge, a release, or another similarity."""
        album = own_album(request, album_id)
        return self.shown(request, album, album_undo(album, person(request)))


class RedoView(_TakenView):
    """The step taken back last."""

    @extend_schema(operation_id="albums_redo", request=None, responses=UndoOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Take the step again that was taken back last, unless something else was done since."""
        album = own_album(request, album_id)
        return self.shown(request, album, album_redo(album, person(request)))


class ChangeListView(ApiView):
    """Steps of the review."""

    @extend_schema(operation_id="albums_changes", parameters=[PageInput], responses=page_of(AlbumChangeOutput))
    def get(self, request: Request, album_id: UUID) -> Response:
        """List the steps that are remembered, the latest first; those undone can be redone."""
        changes = selectors.changes_of(own_album(request, album_id), person(request))
        return self.page(request, changes, AlbumChangeOutput)
