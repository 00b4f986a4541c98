"""The admin pages, route by route, for a member of staff with one single permission, whichever it is."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.core import mail
from django.db.models import Model
from django.test import Client

from albums.models import Album, Cluster, Export, Membership, ObjectDeletion, Photo, Share, WorkerReport
from albums.services.shares import share_create
from tests.conftest import PASSWORD
from tests.factories import make_album, make_cluster, make_member, make_photo
from web.accounts.models import ApiToken, User
from web.accounts.services import token_create

pytestmark = pytest.mark.django_db

MODELS: list[type[Model]] = list(admin.site._registry)
DELETABLE = (User, ApiToken, Album, Photo, Export, WorkerReport)
VERBS = ("view", "add", "change", "delete")
PERMISSIONS = ["", *(f"{model._meta.app_label}.{verb}_{model._meta.model_name}" for model in MODELS for verb in VERBS)]
# What each action of a list changes. Who sees the list and may change that may use it.
ACTIONS = {
    (Album, "retry_failed"): "albums.change_photo",
    (Album, "stop_analysis"): "albums.change_photo",
    (Album, "group_again"): "albums.change_album",
    (Photo, "retry_failed"): "albums.change_photo",
    (Export, "stop_building"): "albums.change_export",
    (EmailAddress, "confirm"): "account.change_emailaddress",
}


def named(verb: str, model: type[Model]) -> str:
    return f"{model._meta.app_label}.{verb}_{model._meta.model_name}"


@dataclass
class World:
    """A row of each kind, none of them the operator's own."""

    photo: Photo
    rows: dict[type[Model], Model]


@pytest.fixture
def world(alice: User, bob: User) -> World:
    album = make_album(alice)
    cluster, _ = make_cluster(album, photo_count=1)
    failed = make_photo(album, state=Photo.State.FAILED, error_code="crashed", placeholder="data:image/webp;base64,AA")
    make_photo(album, state=Photo.State.UPLOADED)
    export = Export.objects.create(album=album, state=Export.State.QUEUED, file_name="x.zip")
    deletion = ObjectDeletion.objects.create(prefix="albums/x/", final_after=album.created_at)
    report = WorkerReport.objects.create(name="worker@here")
    token, _ = token_create(alice, name="a script")
    address = EmailAddress.objects.get(user=alice)
    share, member = share_create(album), make_member(album, bob)
    rows = [alice, token, album, failed, cluster, export, deletion, report, address, share, member]
    return World(failed, {type(row): row for row in rows})


def operator_with(*permissions: str) -> tuple[User, Client]:
    operator = User.objects.create_user("olga@example.org", PASSWORD, is_staff=True)
    for permission in filter(None, permissions):
        label, _, codename = permission.partition(".")
        operator.user_permissions.add(Permission.objects.get(content_type__app_label=label, codename=codename))
    client = Client()
    client.force_login(operator)
    return operator, client


def everything() -> str:
    """All rows that an operator could change, but for times of use."""
    models: list[type[Model]] = [Album, Photo, Cluster, Export, Share, Membership, WorkerReport, EmailAddress, ApiToken]
    rows = [list(model._default_manager.order_by("pk").values()) for model in models]
    people = list(User.objects.order_by("pk").exclude(email="olga@example.org").values())
    own = list(User.objects.filter(email="olga@example.org").values("is_superuser", "is_staff", "password"))
    return json.dumps([*rows, people, own], default=str)


def test_the_rows_cover_every_list(world: World) -> None:
    assert set(world.rows) == set(MODELS)
    actions = {
        (model, name)
        for model, model_admin in admin.site._registry.items()
        for name in model_admin.actions or ()
        if isinstance(name, str)
    }
    assert actions == set(ACTIONS), "every action is in the table"


@pytest.mark.slow
@pytest.mark.parametrize("permission", PERMISSIONS, ids=lambda permission: permission or "none")
def test_each_page_asks_for_its_permission(world: World, permission: str) -> None:
    _, client = operator_with(permission)
    before = everything()

    for model in MODELS:
        sees = permission in {named("view", model), named("change", model)}
        path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        row = f"{path}{world.rows[model].pk}/"
        expected = {
            path: sees,
            f"{row}change/": sees,
            f"{row}history/": sees,
            # Nobody adds rows with one permission: Django's page to add a person asks for two.
            f"{path}add/": False,
            f"{row}delete/": model in DELETABLE and permission == named("delete", model),
        }
        for page, allowed in expected.items():
            assert client.get(page).status_code == (200 if allowed else 403), page
        if permission != named("change", User):
            assert client.post(f"{row}change/", {"is_active": ""}).status_code == 403, row
    sees_work = permission in {"albums.view_photo", "albums.change_photo"}
    assert client.get("/admin/queues/").status_code == (200 if sees_work else 403)
    assert client.get(f"/admin/accounts/user/{world.rows[User].pk}/password/").status_code == 403

    assert everything() == before


@pytest.mark.slow
@pytest.mark.parametrize("permission", PERMISSIONS, ids=lambda permission: permission or "none")
def test_each_action_asks_for_the_permission_to_change_what_it_changes(world: World, permission: str) -> None:
    EmailAddress.objects.update(verified=False)
    _, client = operator_with(permission)
    before = everything()

    allowed = {
        (model, name)
        for (model, name), needed in ACTIONS.items()
        if needed == permission and named("change", model) == permission
    }
    for model, name in set(ACTIONS) - allowed:
        run(client, model, name, world)
    if permission != "albums.change_photo":
        assert client.post("/admin/queues/", {"code": "crashed"}).status_code == 403
    assert everything() == before

    for model, name in allowed:
        run(client, model, name, world)
        assert everything() != before, name


def run(client: Client, model: type[Model], action: str, world: World) -> None:
    path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    client.post(path, {"action": action, "_selected_action": [str(world.rows[model].pk)]})


def test_an_action_on_photos_in_the_list_of_albums_asks_for_photos(world: World) -> None:
    _, client = operator_with("albums.view_album", "albums.change_photo")

    run(client, Album, "retry_failed", world)
    assert Photo.objects.get(pk=world.photo.pk).state == Photo.State.UPLOADED
    run(client, Album, "group_again", world)
    assert Album.objects.get().grouping != Album.Grouping.QUEUED


# --- Nobody gives themselves more than they have -------------------------------------------------------------------

RIGHTS = {"is_active": "on", "is_staff": "on", "is_superuser": "on"}


@pytest.mark.parametrize("permission", ["accounts.change_user", "accounts.add_user", "accounts.view_user"])
@pytest.mark.parametrize("whose", ["own", "a person's", "a superuser's"])
def test_nobody_gets_more_rights_or_into_another_account(
    alice: User, charlie: User, permission: str, whose: str
) -> None:
    olga, client = operator_with(permission)
    user = {"own": olga, "a person's": alice, "a superuser's": charlie}[whose]
    everything_else = list(Permission.objects.values_list("pk", flat=True))
    page = f"/admin/accounts/user/{user.pk}"

    client.post(f"{page}/change/", {**RIGHTS, "email": "olga@example.net", "user_permissions": everything_else})
    client.post(f"{page}/password/", {"usable_password": "true", "password1": "known" * 4, "password2": "known" * 4})

    after = User.objects.get(pk=user.pk)
    assert (after.email, after.is_superuser, after.is_staff) == (user.email, user.is_superuser, user.is_staff)
    assert after.check_password(PASSWORD)
    assert after.user_permissions.count() == (1 if whose == "own" else 0)
    assert not mail.outbox


def test_who_may_change_people_keeps_them_out_and_lets_them_in_but_not_operators(alice: User, charlie: User) -> None:
    _, client = operator_with("accounts.change_user")

    for user, box in itertools.product((alice, charlie), ({}, {"is_active": "on"})):
        client.post(f"/admin/accounts/user/{user.pk}/change/", box)
        user.refresh_from_db()
        assert user.is_active is (bool(box) or user == charlie)


def test_who_may_change_and_add_people_adds_no_operator(charlie: User) -> None:
    _, client = operator_with("accounts.change_user", "accounts.add_user")
    form = {"email": "new@example.org", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}

    assert client.post("/admin/accounts/user/add/", {**form, **RIGHTS}).status_code == 302

    added = User.objects.get(email="new@example.org")
    assert not added.is_staff and not added.is_superuser


@pytest.mark.parametrize("how", ["page", "action"])
def test_who_may_delete_people_deletes_no_operator(alice: User, charlie: User, how: str) -> None:
    _, client = operator_with("accounts.delete_user", "accounts.view_user")

    for user in (alice, charlie):
        if how == "page":
            client.post(f"/admin/accounts/user/{user.pk}/delete/", {"post": "yes"})
        else:
            data: dict[str, Any] = {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}
            client.post("/admin/accounts/user/", data)

    assert not User.objects.filter(pk=alice.pk).exists()
    assert User.objects.filter(pk=charlie.pk).exists()


def test_an_address_that_a_person_only_asked_for_is_confirmed_by_its_mailbox_alone(alice: User) -> None:
    _, client = operator_with("account.change_emailaddress")
    wanted = EmailAddress.objects.create(user=alice, email="wanted@example.org")

    client.post("/admin/account/emailaddress/", {"action": "confirm", "_selected_action": [wanted.pk]})

    wanted.refresh_from_db()
    assert not wanted.verified


# --- Pictures ------------------------------------------------------------------------------------------------------


def test_no_page_shows_a_picture_or_a_link_to_one(world: World, charlie_client: Client) -> None:
    for model in MODELS:
        path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        for page in (path, f"{path}{world.rows[model].pk}/change/", f"{path}{world.rows[model].pk}/delete/"):
            html = charlie_client.get(page).content.decode()
            assert "data:image" not in html and "/files/" not in html, page
            for source in html.split("<img")[1:]:
                assert 'src="/static/admin/' in source.split(">")[0], page
