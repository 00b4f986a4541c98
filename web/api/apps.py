"""The API app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """It has no models."""

    name = "web.api"
    label = "api"
