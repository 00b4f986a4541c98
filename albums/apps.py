"""The albums app."""

from django.apps import AppConfig


class AlbumsConfig(AppConfig):
    """Primary keys are UUIDs, so that a link tells nothing about how many there are."""

    name = "albums"
