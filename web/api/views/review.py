"""Steps of the review that change groups."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from albums import selectors, services
from albums.models import Album
from albums.services import Reviewed
from web.api.serializers.review import MergeInput, ReleaseInput, ReviewOutput, SplitInput
from web.api.views.base import ApiView, body, own_album


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
        return self.shown(request, album, services.clusters_split(album, asked["photos"], singles=asked["singles"]))


class ClusterMergeView(_ReviewView):
    """Groups that are one."""

    @extend_schema(operation_id="clusters_merge", request=MergeInput, responses=ReviewOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Make one group of photos and groups, for good. Photos named leave the groups they are in.

        The groups are those of the answer at once; their exact ranks follow with the grouping that the progress shows.
        """
        album, asked = own_album(request, album_id), body(request, MergeInput)
        reviewed = services.clusters_merge(album, photo_ids=asked["photos"], cluster_ids=asked["clusters"])
        return self.shown(request, album, reviewed)


class ClusterReleaseView(_ReviewView):
    """Groups that the analysis may judge again."""

    @extend_schema(operation_id="clusters_release", request=ReleaseInput, responses=ReviewOutput)
    def post(self, request: Request, album_id: UUID) -> Response:
        """Leave photos that were split or merged to the analysis again.

        They stay where they are until the grouping that the progress shows is done.
        """
        album, asked = own_album(request, album_id), body(request, ReleaseInput)
        reviewed = services.clusters_release(
            album, photo_ids=asked["photos"], cluster_ids=asked["clusters"], everything=asked["all"]
        )
        return self.shown(request, album, reviewed)
