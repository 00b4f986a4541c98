"""What the grouping saw in the pictures of an album."""

from __future__ import annotations

from django.db import models

from albums.models.albums import Album


class AlbumLooks(models.Model):
    """What groupings found when they compared an album's thumbnails, so that none compares them again."""

    album = models.OneToOneField(Album, primary_key=True, on_delete=models.CASCADE, related_name="looks")
    version = models.CharField(max_length=32, help_text="Of the code that looked; others look again.")
    answers = models.BinaryField(help_text="MessagePack, by `albums.services.looks`.")

    def __str__(self) -> str:
        return f"looks at {self.album_id}"
