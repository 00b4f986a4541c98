"""Accounts in the admin pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest

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


admin.site.login_form = OperatorLoginForm
admin.site.site_header = admin.site.site_title = "Photo album"
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]
    """People."""

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

    def get_deleted_objects(
        self, objs: Iterable[User], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """List only the accounts. Their albums go with them, even if the operator may not delete albums."""
        emails = [user.email for user in objs]
        return emails, {"accounts with all their albums": len(emails)}, set(), []

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """Delete the account with its albums and their stored objects."""
        account_remove(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Delete the selected accounts."""
        for user in queryset:
            account_remove(user)


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """API tokens. Operators can revoke them, but not read or create them."""

    list_display = ("name", "user", "token_key", "created", "expiry")
    list_select_related = ("user",)
    search_fields = ("name", "user__email", "token_key")
    fields = ("name", "user", "token_key", "created", "expiry")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody creates tokens for other people."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        """Nobody changes a token."""
        return False
