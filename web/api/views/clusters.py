"""Groups of photos."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from albums import selectors
from albums.exceptions import NotFound
from albums.models import Cluster
from web.api.pagination import paginate
from web.api.schema import page_of
from web.api.serializers.clusters import ClusterOrder, ClusterOutput, ClusterPageInput, ReviewCountsOutput
from web.api.views.base import NOT_MODIFIED, ApiView, RevalidatedView, editable_album, query


def _shown(request: Request, clusters: Sequence[Cluster]) -> Any:
    selectors.best_photos_read(clusters)
    return ClusterOutput(clusters, many=True, context={"request": request}).data


class ClusterListView(RevalidatedView):
    """The groups of an album."""

    @extend_schema(
        operation_id="clusters_list",
        parameters=[ClusterPageInput],
        responses={200: page_of(ClusterOutput), 304: NOT_MODIFIED},
    )
    def get(self, request: Request, album_id: UUID) -> Response:
        """List the groups in order of capture, each with its photos, the best first.

        Photos without similar photos are in no group. A page of groups with many photos has fewer groups.
        """
        parameters = query(request, ClusterPageInput)
        clusters = selectors.clusters_of(
            editable_album(request, album_id),
            ClusterPageInput.wanted(parameters),
            uncertain_first=parameters["order"] == ClusterOrder.NO_CLEAR_WINNER_FIRST,
        )
        page = paginate(
            clusters.prefetch_related(None),
            request,
            cursor=parameters.get("cursor"),
            page_size=parameters["page_size"],
            weight=lambda cluster: min(cluster.photo_count, selectors.BEST_PHOTOS),
        )
        return Response({"next": page.next, "results": _shown(request, page.results)})


class ClusterView(ApiView):
    """One group."""

    @extend_schema(operation_id="clusters_retrieve", responses=ClusterOutput)
    def get(self, request: Request, album_id: UUID, cluster_id: UUID) -> Response:
        """Show a group with its photos, the best first. Grouping again replaces all groups, also this one."""
        clusters = list(editable_album(request, album_id).clusters.filter(id=cluster_id))
        if not clusters:
            raise NotFound("There is no such group.")
        return Response(_shown(request, clusters)[0])


class ClusterCountsView(RevalidatedView):
    """The counts of the review."""

    @extend_schema(operation_id="clusters_counts", responses={200: ReviewCountsOutput, 304: NOT_MODIFIED})
    def get(self, request: Request, album_id: UUID) -> Response:
        """Count the groups that each filter finds."""
        return Response(ReviewCountsOutput(selectors.review_counts(editable_album(request, album_id))).data)
