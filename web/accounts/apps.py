"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The label must stay `accounts`: the migrations of other apps name it."""

    name = "web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers."""
        from web.accounts import receivers  # noqa: F401  # needs the models
