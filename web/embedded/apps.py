"""The embedded app, for its `serve` command."""

from django.apps import AppConfig


class EmbeddedConfig(AppConfig):
    """It has no models."""

    name = "web.embedded"
    label = "embedded"
