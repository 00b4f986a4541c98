"""Albums shared by link, the guests who open one, and what they chose."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from albums.models.albums import Album
from albums.models.exports import Export
from albums.models.photos import Photo

LINK_ID_LENGTH = 10
SECRET_LENGTH = 22
"""Letters and digits: 131 bits, which nobody guesses."""


def _link_id() -> str:
    return get_random_string(LINK_ID_LENGTH)


def _secret() -> str:
    return get_random_string(SECRET_LENGTH)


class Share(models.Model):
    """A link that shows some photos of an album to anybody who has it, until it ends or is revoked.

    The link is `link_id` and `secret`. The row is found by the first, and the second is compared in constant time.
    """

    class Role(models.TextChoices):
        """What the link is for. Everybody who has it may look."""

        LOOK = "look"
        HEART = "heart"
        CHOOSE = "choose"
        EDIT = "edit"  # invites people with an account

    class Downloads(models.TextChoices):
        """What guests may save."""

        NONE = "none"
        SMALL = "small"  # the picture that the service made, which says nothing of the place
        ORIGINAL = "original"  # the file as uploaded

    CHOOSING = (Role.HEART, Role.CHOOSE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    album = models.ForeignKey(Album, on_delete=models.CASCADE, related_name="shares", db_index=False)
    link_id = models.CharField(max_length=LINK_ID_LENGTH, unique=True, default=_link_id, editable=False)
    secret = models.CharField(max_length=SECRET_LENGTH, default=_secret, editable=False)
    name = models.CharField(max_length=200, blank=True, default="", help_text="The owner's note. Guests never see it.")
    role = models.CharField(max_length=6, choices=Role, default=Role.LOOK)
    selection = models.CharField(max_length=5, choices=Export.Selection, default=Export.Selection.PICKS)
    min_stars = models.PositiveSmallIntegerField(default=1, help_text="What a photo needs to be in one by stars.")
    wanted_count = models.PositiveIntegerField(
        null=True, blank=True, help_text="How many photos a guest may choose; null for any number."
    )
    downloads = models.CharField(max_length=8, choices=Downloads, default=Downloads.NONE)
    plays_videos = models.BooleanField(
        default=False, help_text="Videos play. That sends the files themselves, which may name the place."
    )
    password = models.CharField(max_length=128, blank=True, default="", editable=False, help_text="Hashed, or empty.")
    ends_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    visit_count = models.PositiveIntegerField(
        default=0, help_text="Browsers that opened it, each once a day, with JavaScript."
    )
    download_count = models.PositiveIntegerField(default=0, help_text="Files that guests began to save.")
    last_visited_at = models.DateTimeField(null=True, blank=True)
    # From the web host's clock: lists are paged by it, and SQLite's own clock has only milliseconds.
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["album", "-created_at", "id"])]

    def __str__(self) -> str:
        return self.name or str(self.id)

    @property
    def token(self) -> str:
        """What stands in the link."""
        return self.link_id + self.secret

    @property
    def url(self) -> str:
        """The link."""
        return f"{settings.PUBLIC_URL}/s/{self.token}"

    @property
    def is_open(self) -> bool:
        """Whether it is neither revoked nor ended."""
        return self.revoked_at is None and (self.ends_at is None or self.ends_at > timezone.now())

    @property
    def has_password(self) -> bool:
        """Whether guests are asked for a password."""
        return bool(self.password)

    def is_password(self, given: str) -> bool:
        """Whether this is the password. Takes as long as for an account."""
        return check_password(given, self.password)

    @property
    def password_proof(self) -> str:
        """What the cookie of a guest who gave the password holds. Another password makes it worthless."""
        return salted_hmac("albums.share.password", self.password, algorithm="sha256").hexdigest()[:22]

    @property
    def lets_videos_play(self) -> bool:
        """Whether guests may play videos. Who may save the files may play them."""
        return self.plays_videos or self.downloads == self.Downloads.ORIGINAL

    @property
    def choice_limit(self) -> int | None:
        """How many photos a guest may choose. Hearts have no limit."""
        return self.wanted_count if self.role == self.Role.CHOOSE else None

    @property
    def can_choose(self) -> bool:
        """Whether guests may mark photos, with hearts or as chosen."""
        return self.role in self.CHOOSING


class Guest(models.Model):
    """Somebody who chose photos at a link, known by a cookie of their browser. There is nothing else about them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="guests", db_index=False)
    name = models.CharField(max_length=80, blank=True, default="", help_text="As they call themselves; may be empty.")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True, help_text="When they said that they are done.")

    class Meta:
        indexes = [models.Index(fields=["share", "created_at", "id"])]

    def __str__(self) -> str:
        return self.name or "A guest"


class GuestChoice(models.Model):
    """A photo that a guest gave a heart or chose, as the link's role says."""

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="choices", db_index=False)
    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="guest_choices")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guest", "photo"], name="albums_guest_choice_once")]

    def __str__(self) -> str:
        return f"{self.guest_id}: {self.photo_id}"
