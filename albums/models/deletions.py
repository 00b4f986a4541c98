"""Objects that are still to be deleted from the storage."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class ObjectDeletion(models.Model):
    """Objects whose rows are deleted. Written in the same transaction, so nothing is lost when the storage is down.

    The row stays until the last presigned upload for the prefix has ended, since that can bring an object back.
    """

    prefix = models.CharField(max_length=255)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    returning_bytes = models.BigIntegerField(
        default=0, db_default=0, help_text="What presigned uploads from before the deletion may still bring back."
    )
    requested_at = models.DateTimeField(db_default=Now())
    attempted_at = models.DateTimeField(null=True, blank=True)
    final_after = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["final_after"])]

    def __str__(self) -> str:
        return self.prefix
