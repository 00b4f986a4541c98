"""Who edits an album together with its owner."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from albums.models.albums import Album


class Membership(models.Model):
    """A person who edits an album of somebody else.

    The row stays when the person leaves, without the person, because decisions name it. So they remain, without a name.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    album = models.ForeignKey(Album, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="memberships",
        db_index=False,
        help_text="Null: somebody who left.",
    )
    share = models.ForeignKey(
        "albums.Share",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="memberships",
        help_text="The link that invited the person.",
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        # Also the index by which a person's albums are found.
        constraints = [models.UniqueConstraint(fields=["person", "album"], name="albums_membership_once")]

    def __str__(self) -> str:
        return f"Membership of {self.person_id or 'somebody who left'}"
