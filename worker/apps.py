"""The worker as a Django app, for its management commands and checks."""

from django.apps import AppConfig


class WorkerConfig(AppConfig):
    """Has no models, only commands and checks."""

    name = "worker"

    def ready(self) -> None:
        """Register the checks."""
        from worker import checks  # noqa: F401
