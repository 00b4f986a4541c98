"""The API app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """It has no models."""

    name = "web.api"
    label = "api"

    def ready(self) -> None:
        """Register the checks for a public service."""
        from web import production  # noqa: F401
