"""The worker as a Django app, for its management commands and checks."""

from django.apps import AppConfig


class WorkerConfig(AppConfig):
    """It has no models."""

    name = "worker"

    def ready(self) -> None:
        """Register the checks."""
        from worker import checks  # noqa: F401
