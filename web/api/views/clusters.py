"""Groups of photos."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from albums import selectors
from web.api.schema import page_of
from web.api.serializers.clusters import ClusterOutput, ClusterPageInput
from web.api.views.base import ApiView, own_album, query


class ClusterListView(ApiView):
    """The groups of an album."""

    @extend_schema(operation_id="clusters_list", parameters=[ClusterPageInput], responses=page_of(ClusterOutput))
    def get(self, request: Request, album_id: UUID) -> Response:
        """List the groups in order of capture, each with its photos, the best first.

        Photos that have no others like them are in no group.
        """
        parameters = query(request, ClusterPageInput)
        clusters = selectors.clusters_of(own_album(request, album_id))
        return self.page(request, clusters, ClusterOutput, parameters)
