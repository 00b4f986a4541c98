"""Steps of the review other than decisions about photos, and undo and redo."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from albums import selectors, timeline
from albums.models import Album
from albums.services.arranging import Reviewed
from albums.services.changes import ReplayedChange, album_redo, album_undo
from albums.services.review import clusters_accept, clusters_merge, clusters_release, clusters_split
from web.api.schema import page_of
from web.api.serializers.photos import photo_changes_data
from web.api.serializers.review import (
    AcceptInput,
    AcceptOutput,
    AlbumChangeOutput,
    ChangesInput,
    MergeInput,
    ReleaseInput,
    ReviewOutput,
    SplitInput,
    UndoOutput,
)
from web.api.serializers.timeline import timeline_cluster_data
from web.api.views.base import NOT_MODIFIED, ApiView, RevalidatedView, body, editable_album, person, query


def review_data(album: Album, reviewed: Reviewed) -> dict[str, Any]:
    """What `ReviewOutput` describes, as plain values: a step may change thousands of photos."""
    clusters = timeline.timeline_clusters_by_id(album, reviewed.cluster_ids)
    return {
        "photos": photo_changes_data(reviewed.photos),
        "clusters": [timeline_cluster_data(cluster) for cluster in clusters],
        "removed_clusters": reviewed.removed_cluster_ids,
    }


class _ReviewView(ApiView):
    def shown(self, album: Album, reviewed: Reviewed) -> Response:
        """Answer with what the step changed."""
        return Response(review_data(album, reviewed))


class ClusterSplitView(_ReviewView):
    """Splits groups."""

    @extend_schema(operation_id="clusters_split", request=SplitInput, responses=ReviewOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Take photos out of their groups, also for later groupings. The rest of each group stays together.

        The response has the new groups. Their exact ranks follow when the grouping is done, as the progress shows.
        """
        album, asked = editable_album(request, album_id), body(request, SplitInput)
        return self.shown(album, clusters_split(album, asked["photos"], singles=asked["singles"], by=person(request)))


class ClusterMergeView(_ReviewView):
    """Merges groups."""

    @extend_schema(operation_id="clusters_merge", request=MergeInput, responses=ReviewOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Make one group of photos and groups, also for later groupings. Photos leave the groups they are in.

        The response has the new groups. Their exact ranks follow when the grouping is done, as the progress shows.
        """
        album, asked = editable_album(request, album_id), body(request, MergeInput)
        reviewed = clusters_merge(album, photo_ids=asked["photos"], cluster_ids=asked["clusters"], by=person(request))
        return self.shown(album, reviewed)


class ClusterReleaseView(_ReviewView):
    """Returns split or merged photos to automatic grouping."""

    @extend_schema(operation_id="clusters_release", request=ReleaseInput, responses=ReviewOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Group photos automatically again that a person split or merged.

        They stay where they are until the grouping is done, as the progress shows.
        """
        album, asked = editable_album(request, album_id), body(request, ReleaseInput)
        reviewed = clusters_release(
            album, photo_ids=asked["photos"], cluster_ids=asked["clusters"], everything=asked["all"], by=person(request)
        )
        return self.shown(album, reviewed)


class ClusterAcceptView(ApiView):
    """Accepts the picks of groups."""

    @extend_schema(operation_id="clusters_accept", request=AcceptInput, responses=AcceptOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Keep the picks of groups, either those in `clusters` or all that match the filters, in one undoable step."""
        album, asked = editable_album(request, album_id), body(request, AcceptInput)
        wanted = AcceptInput.wanted(asked) if asked["all"] else asked["clusters"]
        photos = clusters_accept(album, wanted, by=person(request)).photos
        accepted = len({photo.cluster_id for photo in photos})
        return Response({"accepted": accepted, "photos": photo_changes_data(photos)})


class _ReplayedChangeView(ApiView):
    def shown(self, request: Request, album: Album, replayed: ReplayedChange) -> Response:
        """Answer with the step and what it changed."""
        change = AlbumChangeOutput(replayed.change, context={"request": request}).data
        changed_since = replayed.changed_since
        return Response({**review_data(album, replayed.reviewed), "change": change, "changed_since": changed_since})


class UndoView(_ReplayedChangeView):
    """Undoes the last step."""

    @extend_schema(operation_id="albums_undo", request=None, responses=UndoOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Undo the last step of the review: a decision, stars, a label, a split, merge or release, a similarity, a
        number of picks, or the shift of a clock. Only one's own steps can be undone.
        """
        album = editable_album(request, album_id)
        return self.shown(request, album, album_undo(album, person(request)))


class RedoView(_ReplayedChangeView):
    """Redoes the step that was undone last."""

    @extend_schema(operation_id="albums_redo", request=None, responses=UndoOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Redo the step that was undone last, unless something else has changed since."""
        album = editable_album(request, album_id)
        return self.shown(request, album, album_redo(album, person(request)))


class ChangeListView(RevalidatedView):
    """The steps of the review."""

    @extend_schema(
        operation_id="albums_changes",
        parameters=[ChangesInput],
        responses={200: page_of(AlbumChangeOutput), 304: NOT_MODIFIED},
    )
    def get(self, request: Request, album_id: UUID) -> Response:
        """List the remembered steps, the latest first. One's own undone steps can be redone."""
        album, parameters = editable_album(request, album_id), query(request, ChangesInput)
        if parameters["everybody"]:
            changes = selectors.changes_of_everybody(album)
        else:
            changes = selectors.changes_of(album, person(request))
        return self.page(request, changes, AlbumChangeOutput, parameters)
