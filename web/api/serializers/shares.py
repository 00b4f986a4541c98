"""Links to an album, as its owner sees them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from albums.models import Export, Guest, Photo, Share
from web.api import links
from web.api.serializers.fields import IdField, WholeNumberField
from web.api.serializers.review import AlbumChangeOutput

_SELECTION = (
    "Which photos guests see: the picks, only photos that somebody keeps, all photos that nobody rejects, or those of "
    "these that have stars. It is read at each request: what you reject is gone for guests at once."
)
_DOWNLOADS = (
    "What guests may save: nothing; the picture that the service made, which says nothing of the place; or the file as "
    "it was uploaded, which may say where it was taken."
)
_PLAYS_VIDEOS = (
    "Whether guests may play videos. That sends the files as they were uploaded, which may say where they were taken. "
    "With `downloads` of originals, videos always play."
)


class ShareChangeInput(serializers.Serializer[Any]):
    """What to change. What is left out stays. The role stays, too: make another link instead."""

    name = serializers.CharField(
        required=False, allow_blank=True, max_length=200, help_text="A note for yourself, such as: For Anna."
    )
    selection = serializers.ChoiceField(choices=Export.Selection.choices, required=False, help_text=_SELECTION)
    min_stars = WholeNumberField(required=False, min_value=1, max_value=5, help_text="With the selection `stars`.")
    wanted_count = WholeNumberField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=2_000,
        help_text="With the role `choose`: how many photos each guest may choose; null for any number.",
    )
    downloads = serializers.ChoiceField(choices=Share.Downloads.choices, required=False, help_text=_DOWNLOADS)
    plays_videos = serializers.BooleanField(required=False, help_text=_PLAYS_VIDEOS)
    password = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=128,
        trim_whitespace=False,
        help_text="Empty for none. Another one asks every guest again.",
    )
    ends_at = serializers.DateTimeField(required=False, allow_null=True, help_text="In the future; null for never.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Something must change."""
        if not attrs:
            names = ", ".join(f"`{name}`" for name in self.fields)
            raise serializers.ValidationError(f"Send one of {names}.", code="required")
        return attrs

    def validate_ends_at(self, moment: Any) -> Any:
        """A link that has ended already would be a mistake."""
        if moment is not None and moment <= timezone.now():
            raise serializers.ValidationError("This is in the past. Choose a later time, or revoke the link.")
        return moment


class ShareInput(ShareChangeInput):
    """A new link."""

    role = serializers.ChoiceField(
        choices=Share.Role.choices,
        default=Share.Role.LOOK,
        help_text="What guests may do: look, also give hearts, also choose photos, or edit the album with an account. "
        "Without an account, they may look with any of them.",
    )


class ShareOutput(serializers.ModelSerializer[Share]):
    """A link to an album."""

    role = serializers.ChoiceField(choices=Share.Role.choices)
    selection = serializers.ChoiceField(choices=Export.Selection.choices)
    downloads = serializers.ChoiceField(choices=Share.Downloads.choices)
    url = serializers.CharField(help_text="The link to send, below the service's public address.")
    is_open = serializers.BooleanField(help_text="False once it is revoked or has ended.")
    has_password = serializers.BooleanField()
    visit_count = serializers.IntegerField(
        help_text="Browsers with JavaScript that opened it, each once a day. Programs that fetch links are not counted."
    )
    download_count = serializers.IntegerField(help_text="Files that guests began to save.")
    guest_count = serializers.IntegerField(default=0, help_text="Guests who chose something or said their name.")
    chosen_count = serializers.IntegerField(default=0, help_text="Different photos that guests chose.")

    class Meta:
        model = Share
        fields = (
            "id",
            "name",
            "role",
            "selection",
            "min_stars",
            "wanted_count",
            "downloads",
            "plays_videos",
            "has_password",
            "ends_at",
            "revoked_at",
            "is_open",
            "url",
            "visit_count",
            "download_count",
            "last_visited_at",
            "created_at",
            "guest_count",
            "chosen_count",
        )
        read_only_fields = fields


class GuestOutput(serializers.ModelSerializer[Guest]):
    """Somebody who chose photos at a link."""

    name = serializers.CharField(help_text="As they call themselves; may be empty.")
    choice_count = serializers.IntegerField()

    class Meta:
        model = Guest
        fields = ("id", "name", "created_at", "finished_at", "choice_count")
        read_only_fields = fields


class ChosenByOutput(serializers.Serializer[Any]):
    """A guest who chose the photo."""

    id = serializers.UUIDField(source="guest.id")
    name = serializers.CharField(source="guest.name", help_text="As they call themselves; may be empty.")
    chosen_at = serializers.DateTimeField(source="created_at")


class ChosenPhotoOutput(serializers.ModelSerializer[Photo]):
    """A photo that guests chose, and who did."""

    decision = serializers.ChoiceField(choices=Photo.Decision.choices, help_text="The owner's.")
    placeholder = serializers.CharField()
    thumbnail_url = serializers.SerializerMethodField()
    preview_url = serializers.SerializerMethodField()
    guests = ChosenByOutput(many=True, source="shared_choices")

    class Meta:
        model = Photo
        fields = (
            "id",
            "name",
            "width",
            "height",
            "placeholder",
            "thumbnail_url",
            "preview_url",
            "decision",
            "picked",
            "guests",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.URLField())
    def get_thumbnail_url(self, photo: Photo) -> str:
        """512 px on the longer side."""
        return links.thumbnail_url(self.context["request"], photo.album_id, photo.id)

    @extend_schema_field(serializers.URLField())
    def get_preview_url(self, photo: Photo) -> str:
        """2,048 px on the longer side."""
        return links.preview_url(self.context["request"], photo.album_id, photo.id)


class ChosenInAlbumOutput(serializers.Serializer[Any]):
    """A photo that guests chose."""

    id = serializers.UUIDField()
    count = serializers.IntegerField(help_text="How many guests gave it a heart or chose it.")
    guests = serializers.ListField(
        child=serializers.IntegerField(), help_text="The first of them, by their places in the list of guests."
    )


class AlbumChoicesOutput(serializers.Serializer[Any]):
    """What guests chose at all links to an album."""

    guests = serializers.ListField(child=serializers.CharField(), help_text="What each calls themselves, or empty.")
    photos = ChosenInAlbumOutput(many=True)


class TakeOverInput(serializers.Serializer[Any]):
    """Whose choices to take over."""

    guests = serializers.ListField(
        child=IdField(), min_length=1, max_length=500, required=False, help_text="If left out, those of all guests."
    )


class GuestsDeleteInput(serializers.Serializer[Any]):
    """Guests who are to be forgotten."""

    guests = serializers.ListField(child=IdField(), min_length=1, max_length=500)


class GuestsDeletedOutput(serializers.Serializer[Any]):
    """How many guests were forgotten."""

    deleted = serializers.IntegerField()


class TakeOverOutput(serializers.Serializer[Any]):
    """What became of the photos that these guests chose. Photos deleted since then are not counted."""

    taken_over = serializers.IntegerField(help_text="Photos that are kept now, and were undecided before.")
    already_kept = serializers.IntegerField()
    rejected = serializers.IntegerField(help_text="Photos that you have rejected. They stay rejected.")
    change = AlbumChangeOutput(allow_null=True, help_text="The step, to undo; null if nothing changed.")
