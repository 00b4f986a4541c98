"""Accounts in the admin pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import allauth.account.admin  # noqa: F401  # registers what is unregistered below
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from albums.admin import ReadOnlyAdmin, needs_permission
from web.accounts.models import ApiToken, User
from web.accounts.services import account_remove


class OperatorLoginForm(AdminAuthenticationForm):
    """Sign-in to the admin pages, with the same limit on attempts as every other sign-in."""

    def clean(self) -> dict[str, Any]:
        """Sign in through allauth, which counts failures per IP address and per account."""
        email, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if email and password:
            self.user_cache = get_adapter().authenticate(self.request, email=email, password=password)
            if self.user_cache is None:
                raise self.get_invalid_login_error()
            self.confirm_login_allowed(self.user_cache)
        return self.cleaned_data


def _own_password(request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # noqa: ARG001
    """Send operators to the account page, which counts guesses and mails that the password was changed."""
    return redirect("/account")


admin.site.password_change = _own_password  # type: ignore[assignment]
admin.site.login_form = OperatorLoginForm
admin.site.site_header = admin.site.site_title = "Photo album"
admin.site.unregister([Group, EmailAddress])


class OperatorPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    """Sets somebody's password, and tells them."""

    def save(self, commit: bool = True) -> User:
        """Save, and mail that the password was changed."""
        user: User = super().save(commit)
        get_adapter().send_notification_mail("account/email/password_changed", user, email=user.email)
        return user


@admin.register(User)
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]
    """People.

    Only superusers give rights, and change addresses and passwords: with either, one can sign in as that person. The
    permission to change accounts is for letting people in and keeping them out, and never for operators' accounts.
    """

    ordering = ("-date_joined",)
    list_display = ("email", "is_active", "is_staff", "date_joined", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser")
    search_fields = ("email",)
    readonly_fields = ("date_joined", "last_login")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        ("Rights", {"fields": ("is_active", "is_staff", "is_superuser", "user_permissions")}),
        ("Times", {"fields": ("date_joined", "last_login")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "usable_password", "password1", "password2")}),)
    filter_horizontal = ("user_permissions",)
    show_full_result_count = False
    change_password_form = OperatorPasswordForm

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Show other operators only what they may change or read."""
        if obj is None or _is_superuser(request):
            return super().get_fieldsets(request, obj)
        return ((None, {"fields": ("email", "is_active", "is_staff", "date_joined", "last_login")}),)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Let other operators change only whether a person may sign in."""
        if obj is None or _is_superuser(request):
            return self.readonly_fields
        return ("email", "is_staff", *self.readonly_fields)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Let only superusers change operators, themselves included."""
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Let only superusers delete operators."""
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        """Let only superusers set passwords."""
        if not _is_superuser(request):
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save. Tell the old address that there is a new one, and keep the session of who changed their own."""
        old = User.objects.get(pk=obj.pk).email if change else obj.email
        super().save_model(request, obj, form, change)
        if old.lower() != obj.email.lower():
            context = {"from_email": old, "to_email": obj.email}
            get_adapter().send_notification_mail("account/email/email_changed", obj, context, email=old)
            if request.user == obj:
                update_session_auth_hash(request, obj)

    def get_deleted_objects(
        self, objs: Iterable[User], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """List only the accounts. Their albums go with them, even if the operator may not delete albums."""
        people = list(objs)
        emails = [user.email for user in people]
        refused = {"operator"} if not all(_may_touch(request, user) for user in people) else set()
        return emails, {"accounts with all their albums": len(emails)}, refused, []

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """Delete the account with its albums and their stored objects."""
        account_remove(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Delete the selected accounts."""
        for user in queryset:
            account_remove(user)


def _is_superuser(request: HttpRequest) -> bool:
    return request.user.is_active and request.user.is_superuser


def _may_touch(request: HttpRequest, user: User | None) -> bool:
    return _is_superuser(request) or user is None or not (user.is_staff or user.is_superuser)


@admin.register(EmailAddress)
class EmailAddressAdmin(ReadOnlyAdmin):
    """Which addresses are confirmed.

    With allauth's own page, who may change addresses could hand a mailed link, and with it an account, to themselves.
    """

    list_display = ("email", "user", "primary", "verified")
    list_filter = ("primary", "verified")
    list_select_related = ("user",)
    search_fields = ("email", "user__email")
    actions = ("confirm",)
    has_change_emailaddress_permission = needs_permission("account.change_emailaddress")

    @admin.action(description="Mark as confirmed", permissions=["change_emailaddress"])
    def confirm(self, request: HttpRequest, queryset: QuerySet[EmailAddress]) -> None:
        """Confirm those of these addresses that are an account's own. The others wait for the mailed link."""
        own = queryset.filter(verified=False, user__email__iexact=F("email"))
        count = sum(address.set_verified() for address in own)
        self.message_user(request, f"{count} addresses are confirmed.", messages.SUCCESS)


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """API tokens. Operators can revoke them, but not read or create them."""

    list_display = ("name", "user", "token_key", "created", "used_at", "expiry")
    list_select_related = ("user",)
    search_fields = ("name", "user__email", "token_key")
    fields = ("name", "user", "token_key", "created", "used_at", "expiry")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody creates tokens for other people."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        """Nobody changes a token."""
        return False
