"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Its label stays `accounts`, which the migrations of other apps name."""

    name = "web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
