"""Exports."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from albums.models import Export
from web.api import links


class ExportOutput(serializers.ModelSerializer[Export]):
    """A zip, or how far it is."""

    state = serializers.ChoiceField(choices=Export.State.choices)
    download_url = serializers.SerializerMethodField()

    class Meta:
        model = Export
        fields = (
            "id",
            "album_id",
            "state",
            "file_name",
            "photo_count",
            "photos_written",
            "byte_size",
            "error_message",
            "created_at",
            "finished_at",
            "expires_at",
            "download_url",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_download_url(self, export: Export) -> str | None:
        """Leads to a short-lived link; null unless the zip is ready."""
        if export.state != Export.State.READY:
            return None
        return links.export_url(self.context["request"], export)
