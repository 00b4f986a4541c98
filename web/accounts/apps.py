"""The accounts app."""

from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.mail import DNS_NAME
from django.utils.encoding import punycode


class AccountsConfig(AppConfig):
    """The label must stay `accounts`: the migrations of other apps name it."""

    name = "web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers, and give mails the service's public name.

        Django would look up the name of the machine, and tell it to everybody who gets a mail.
        """
        from web.accounts import receivers  # noqa: F401  # needs the models

        public = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
        DNS_NAME._fqdn = punycode(public)  # noqa: SLF001
