"""Uploads: the files a client has, and leave to send them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from albums.models import Photo
from albums.services.uploads import UploadRequest, UploadResult
from albums.storage import PresignedUpload
from web.api.serializers.photos import MAX_PHOTOS_AT_ONCE, PhotoErrorOutput

MAX_FILES_AT_ONCE = 500


class UploadFileInput(serializers.Serializer[Any]):
    """A file as the client sees it."""

    name = serializers.CharField(max_length=1024, trim_whitespace=False)
    size = serializers.IntegerField(min_value=0, max_value=2**63 - 1, help_text="In bytes.")
    sha256 = serializers.RegexField(r"^[0-9a-fA-F]{64}\Z", help_text="Of the whole file, in hexadecimal.")
    type = serializers.CharField(
        max_length=100,
        allow_blank=True,
        default="application/octet-stream",
        help_text="The MIME type. What the file really is, is found out from its content.",
    )
    modified = serializers.DateTimeField(
        required=False,
        allow_null=True,
        default=None,
        help_text="When the file was last changed: the time of capture where the photo itself has none.",
    )


class UploadsInput(serializers.Serializer[Any]):
    """Files to upload into an album."""

    files = serializers.ListField(child=UploadFileInput(), min_length=1, max_length=MAX_FILES_AT_ONCE)

    @staticmethod
    def requests(validated: dict[str, Any]) -> list[UploadRequest]:
        """The files in the terms of the services."""
        return [
            UploadRequest(
                name=file["name"],
                size=file["size"],
                sha256=file["sha256"].lower(),
                content_type=file["type"] or "application/octet-stream",
                modified=file["modified"],
            )
            for file in validated["files"]
        ]


class PresignedUploadOutput(serializers.Serializer[PresignedUpload]):
    """Send the file as the body of `method` to `url`, with exactly these headers and no cookies."""

    url = serializers.SerializerMethodField()
    method = serializers.CharField()
    headers = serializers.DictField(child=serializers.CharField())
    expires_in = serializers.SerializerMethodField()

    @extend_schema_field(serializers.URLField())
    def get_url(self, presigned: PresignedUpload) -> str:
        """Absolute, on this service or on the storage."""
        return str(self.context["request"].build_absolute_uri(presigned.url))

    def get_expires_in(self, presigned: PresignedUpload) -> int:  # noqa: ARG002
        """Seconds until the presigned upload expires."""
        return int(settings.PRESIGNED_UPLOAD_SECONDS)


class UploadResultOutput(serializers.Serializer[UploadResult]):
    """The answer for one file: a presigned upload, none because the bytes are already here, or why it is refused."""

    photo_id = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()
    upload = PresignedUploadOutput(allow_null=True)
    error = PhotoErrorOutput(allow_null=True)

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_photo_id(self, result: UploadResult) -> UUID | None:
        """The photo the file is, or will be; null for a file that is refused."""
        return result.photo.id if result.photo else None

    @extend_schema_field(serializers.ChoiceField(choices=Photo.State.choices, allow_null=True))
    def get_state(self, result: UploadResult) -> str | None:
        """Where the photo stands; null for a file that is refused."""
        return result.photo.state if result.photo else None


class UploadsOutput(serializers.Serializer[Any]):
    """The answers, in the order of the files."""

    uploads = UploadResultOutput(many=True)


class DismissInput(serializers.Serializer[Any]):
    """Which photos that never came are to be forgotten."""

    photos = serializers.ListField(
        child=serializers.UUIDField(),
        min_length=1,
        max_length=MAX_PHOTOS_AT_ONCE,
        required=False,
        help_text="All of the album's when left out.",
    )


class DismissOutput(serializers.Serializer[Any]):
    """What came of it."""

    dismissed = serializers.IntegerField(help_text="Photos that are forgotten now.")
    uploaded = serializers.IntegerField(help_text="Photos whose bytes had arrived: these are analyzed instead.")
    pending = serializers.IntegerField(help_text="Photos still announced; ask again when it should be none.")


class UploadCompletionOutput(serializers.Serializer[Any]):
    """What has arrived. Photos that are missing must be sent (again)."""

    uploaded = serializers.ListField(child=serializers.UUIDField())
    missing = serializers.ListField(child=serializers.UUIDField())
