"""What the service knows of its storage."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class MultipartUpload(models.Model):
    """A multipart upload that was begun. If a photo has several, the latest continues.

    The sweep aborts an upload that its photo does not wait for, and then deletes the row. `photo_id` is no foreign key,
    because a photo is deleted without asking the storage.
    """

    photo_id = models.UUIDField(db_index=True)
    key = models.CharField(max_length=255)
    upload_id = models.TextField(help_text="The storage's name for it.")
    part_bytes = models.BigIntegerField(help_text="The size of every part but the last.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return self.key


class StorageProbe(models.Model):
    """The result of a probe of one storage."""

    place = models.CharField(max_length=1024, unique=True, help_text="The storage, in words.")
    takes_checksum = models.BooleanField(help_text="Whether it takes presigned uploads with a checksum.")
    probed_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.place
