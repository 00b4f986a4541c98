"""The albums app."""

from django.apps import AppConfig


class AlbumsConfig(AppConfig):
    """Primary keys are UUIDs, so that links do not reveal how many rows there are."""

    name = "albums"
