"""The settings of drf-spectacular, which describes the API as OpenAPI."""

from __future__ import annotations

from typing import Any, Final

SPECTACULAR_SETTINGS: Final[dict[str, Any]] = {
    "TITLE": "Photo album API",
    "DESCRIPTION": (
        "Upload the photos of an event, see them grouped by moment with the best of each group picked, change the "
        "picks, and export the chosen originals as a zip."
    ),
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "OAS_VERSION": "3.1.0",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    # The serializers say which fields a change needs.
    "COMPONENT_SPLIT_PATCH": False,
    "ENUM_NAME_OVERRIDES": {
        "PhotoState": "albums.models.Photo.State",
        "PhotoKind": "albums.models.Photo.Kind",
        "PhotoDecision": "albums.models.Photo.Decision",
        "PhotoLabel": "albums.models.Photo.Label",
        "ReasonCode": "web.api.serializers.analysis.REASON_CODES",
        "ExposureMode": "web.api.serializers.analysis.EXPOSURE_MODES",
        "TimeSource": "albums.models.Photo.TimeSource",
        "QuotaName": "albums.quotas.Quota",
        "PersonalRankerState": "albums.personal_ranker.PersonalRankerState",
        "ClusterKind": "albums.models.Cluster.Kind",
        "AlbumChangeKind": "albums.models.AlbumChange.Kind",
        "GroupingState": "albums.models.Album.Grouping",
        "ExportState": "albums.models.Export.State",
        "ExportSelection": "albums.models.Export.Selection",
        "ExportLayout": "albums.models.Export.Layout",
        "ExportLanguage": "albums.models.Export.Language",
        "ExportSets": "albums.models.Export.Sets",
        "ExportLocation": "albums.models.Export.Location",
        "ShareRole": "albums.models.Share.Role",
        "ShareDownloads": "albums.models.Share.Downloads",
    },
}
