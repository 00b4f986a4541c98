"""Uploads: the announced files, their presigned uploads, and the completion."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from albums.models import Photo
from albums.services.multipart import PART_SIZES, MissingParts, PresignedPart
from albums.services.uploads import FOLDER_LENGTH, UploadRequest, UploadResult
from albums.storage import PresignedUpload
from web.api.serializers.fields import IdField
from web.api.serializers.photos import MAX_PHOTOS_AT_ONCE, PhotoErrorOutput

MAX_FILES_AT_ONCE = 500


class UploadFileInput(serializers.Serializer[Any]):
    """A file, as the client describes it."""

    name = serializers.CharField(min_length=1, max_length=1024, trim_whitespace=False)
    size = serializers.IntegerField(min_value=0, max_value=2**63 - 1, help_text="In bytes.")
    sha256 = serializers.RegexField(r"^[0-9a-fA-F]{64}\Z", help_text="Of the whole file, in hexadecimal.")
    type = serializers.CharField(
        max_length=100,
        allow_blank=True,
        default="application/octet-stream",
        help_text="The MIME type. The service finds out the real type from the content.",
    )
    modified = serializers.DateTimeField(
        required=False,
        allow_null=True,
        default=None,
        help_text="When the file was last modified. It is the time of capture if the photo itself has none.",
    )
    folder = serializers.CharField(
        max_length=FOLDER_LENGTH,
        required=False,
        allow_blank=True,
        default="",
        trim_whitespace=False,
        help_text="Where the file was in what is uploaded: `Iceland/day 1`, not from the root and without `..`. It is "
        "composed (NFC), and control characters are dropped.",
    )
    modified_offset_minutes = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=-12 * 60,
        max_value=14 * 60,
        help_text="How far the clock of the computer was ahead of UTC at `modified`. Without it, the service takes the "
        "zone of the album's other photos.",
    )

    def validate_folder(self, folder: str) -> str:
        """Refuse a path from the root, and one that leaves what is uploaded."""
        parts = re.split(r"[/\\]", folder)
        if folder.startswith(("/", "\\")) or ".." in parts:
            raise serializers.ValidationError("Give a path such as a/b, not from the root and without `..`.", "invalid")
        return folder


class UploadsInput(serializers.Serializer[Any]):
    """Files to upload into an album."""

    files = serializers.ListField(child=UploadFileInput(), min_length=1, max_length=MAX_FILES_AT_ONCE)

    @staticmethod
    def requests(validated: dict[str, Any]) -> list[UploadRequest]:
        """The files as the services take them."""
        return [
            UploadRequest(
                name=file["name"],
                size=file["size"],
                sha256=file["sha256"].lower(),
                content_type=file["type"] or "application/octet-stream",
                modified=file["modified"],
                folder=file["folder"],
                modified_offset_minutes=file["modified_offset_minutes"],
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
    """The upload result of one file: a presigned upload, none if the file has arrived already, or why it is refused."""

    photo_id = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()
    upload = PresignedUploadOutput(allow_null=True)
    in_parts = serializers.BooleanField(
        help_text="The file is large. Better send it in parts (`/uploads/{photo_id}/parts/`): an interruption then "
        "costs one of them."
    )
    error = PhotoErrorOutput(allow_null=True)

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_photo_id(self, result: UploadResult) -> UUID | None:
        """The photo of this file; null if the file is refused."""
        return result.photo.id if result.photo else None

    @extend_schema_field(serializers.ChoiceField(choices=Photo.State.choices, allow_null=True))
    def get_state(self, result: UploadResult) -> str | None:
        """The state of the photo; null if the file is refused."""
        return result.photo.state if result.photo else None


class PartsInput(serializers.Serializer[Any]):
    """What the way to the storage lets through."""

    most_bytes = serializers.IntegerField(
        min_value=1,
        max_value=2**63 - 1,
        default=PART_SIZES[0],
        help_text="The most bytes of a part, if a proxy refuses larger ones. Parts have 5 MiB at least.",
    )


class PartOutput(serializers.Serializer[PresignedPart]):
    """A part that has not arrived: send `size` bytes of the file, from `start`, by this presigned upload."""

    start = serializers.IntegerField(help_text="In bytes.")
    size = serializers.IntegerField(help_text="In bytes.")
    upload = PresignedUploadOutput()


class PartsOutput(serializers.Serializer[MissingParts]):
    """Parts that have not arrived. Send them and ask again. When none is left, complete the upload."""

    parts = PartOutput(many=True, help_text="The first ones.")
    arrived_bytes = serializers.IntegerField(help_text="Of the whole file.")


class UploadsOutput(serializers.Serializer[Any]):
    """The upload results, in the order of the files."""

    uploads = UploadResultOutput(many=True)


class UploadLimitsOutput(serializers.Serializer[Any]):
    """What a client can know before it reads a file."""

    photo_bytes = serializers.IntegerField(help_text="The most bytes of a photo.")
    video_bytes = serializers.IntegerField(help_text="The most bytes of a video.")


class DismissInput(serializers.Serializer[Any]):
    """Which photos that never arrived to remove."""

    photos = serializers.ListField(
        child=IdField(),
        min_length=1,
        max_length=MAX_PHOTOS_AT_ONCE,
        required=False,
        help_text="If left out, all such photos of the album.",
    )


class DismissOutput(serializers.Serializer[Any]):
    """The result of the request."""

    dismissed = serializers.IntegerField(help_text="Photos that were removed.")
    uploaded = serializers.IntegerField(help_text="Photos that had arrived after all, and are analyzed instead.")
    pending = serializers.IntegerField(help_text="Announced photos that are left. Repeat the request until it is 0.")


class UploadCompletionOutput(serializers.Serializer[Any]):
    """The completion: what has arrived. Send missing photos again."""

    uploaded = serializers.ListField(child=serializers.UUIDField())
    missing = serializers.ListField(child=serializers.UUIDField())
