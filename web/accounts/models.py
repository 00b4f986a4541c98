"""The user, who has an e-mail address instead of a user name, the user's sessions, and the tokens of programs."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from knox.models import AbstractAuthToken

from albums.exceptions import AlbumsError

_NEEDS_ADDRESS = "A user needs an e-mail address."


class AccessEnded(AlbumsError):
    """The password or the address changed after the request was let in."""

    code = "not_authenticated"
    status = 401
    message = "You are not signed in any more. Sign in again."


class UserManager(BaseUserManager["User"]):
    """Creates users by e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a person's account. Without a password, nobody can sign in to it."""
        if not email:
            raise ValueError(_NEEDS_ADDRESS)
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an operator, who may use the admin pages."""
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> User:
        """The user with this address, in upper or lower case."""
        return self.get(email__iexact=username)

    def with_address(self, email: str) -> User | None:
        """Whose address this is, in upper or lower case. An address that an account only asked for is nobody's."""
        return self.alias(lower_email=Lower("email")).filter(lower_email=email.lower()).first()


class User(AbstractUser):  # type: ignore[django-manager-missing]  # knox is untyped
    """A person with albums.

    `email` is the only address of the account: it signs in, and gets the links that reset the password. allauth's
    `EmailAddress` says whether it is confirmed, and has at most one more row: the address that the person asked for.
    """

    username = None  # type: ignore[assignment]
    email = models.EmailField("e-mail address", unique=True)

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_any_case")]

    def __str__(self) -> str:
        return self.email

    def get_session_auth_hash(self) -> str:
        """What every session of the user holds. When it changes, with the password or the address, all of them end."""
        secret = f"{self.password}\n{self.email.lower()}"
        return salted_hmac("web.accounts.models.User.session", secret, algorithm="sha256").hexdigest()

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save. A new password or address ends all access that the old one gave, no matter who changes it.

        Raises:
            ValueError: when the address is empty. Only one account could have that, and nobody could sign in to it.

        """
        if not self.email:
            raise ValueError(_NEEDS_ADDRESS)
        written = kwargs.get("update_fields")
        may_change = not self._state.adding and (written is None or not {"email", "password"}.isdisjoint(written))
        ends_access = may_change and self._has_new_credentials()
        super().save(*args, **kwargs)
        if ends_access:
            self.end_access()

    def _has_new_credentials(self) -> bool:
        saved = User.objects.filter(pk=self.pk).values("email", "password").first()
        if saved is None:
            return False
        # Django empties `_password` when it only hashes the same password again, with a better algorithm.
        has_new_password = self._password is not None  # type: ignore[attr-defined]
        lost_password = is_password_usable(saved["password"]) and not self.has_usable_password()
        return has_new_password or lost_password or saved["email"].lower() != self.email.lower()

    def lock(self) -> None:
        """Keep the password and the address from changing until the end of the transaction.

        Raises:
            AccessEnded: when one of them changed after this user was read.

        """
        saved = User.objects.select_for_update().filter(pk=self.pk).first()
        if saved is None or saved.get_session_auth_hash() != self.get_session_auth_hash():
            raise AccessEnded

    def end_access(self) -> None:
        """End every session and token, and forget every address but the account's own.

        A link that would have confirmed such an address no longer works. Links that reset the password are signed with
        the old password and address.
        """
        Session.objects.filter(record__user=self).delete()
        ApiToken.objects.filter(user=self).delete()
        self.emailaddress_set.exclude(email=self.email.lower()).delete()  # type: ignore[attr-defined]  # allauth's


class SessionRecord(models.Model):
    """Whose a session is, and when it was last used: what Django's own table does not say."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Without a constraint, so that a release that does not know this table can delete sessions.
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="record", db_constraint=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="session_records", db_index=False)
    browser = models.CharField(max_length=200, blank=True, help_text="What the browser calls itself: its User-Agent.")
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now, help_text="To within a few minutes.")

    class Meta:
        indexes = [models.Index(fields=["user", "-created_at", "id"])]

    def __str__(self) -> str:
        return self.browser


class ApiToken(AbstractAuthToken):  # type: ignore[misc]
    """What a program sends instead of a session. Only a digest is stored: the token is shown once, when it is created.

    `token_key` holds its first characters, by which it is found. `expiry` is empty if it is valid until revoked.
    """

    id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="auth_token_set", db_index=False)
    name = models.CharField(max_length=100)
    used_at = models.DateTimeField(null=True, blank=True, help_text="To within a few minutes.")

    class Meta:
        indexes = [models.Index(fields=["user", "-created", "id"])]

    def __str__(self) -> str:
        return self.name
