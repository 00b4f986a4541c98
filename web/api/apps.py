"""The API app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """It has no models."""

    name = "web.api"
    label = "api"

    def ready(self) -> None:
        """Register the checks of a service that others can reach."""
        from web import production  # noqa: F401
