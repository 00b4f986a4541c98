"""The admin pages: who has access, what they show, and that deleting a row deletes its objects."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from albums import storage
from albums.models import Album, Export, ObjectDeletion, Photo, Share, WorkerReport
from albums.services.shares import share_create
from tests.conftest import PASSWORD
from tests.factories import make_album, make_cluster, make_member, make_photo
from web.accounts.models import ApiToken, User
from web.accounts.services import token_create

MODELS = [model for model in admin.site._registry if model.__module__.startswith(("albums.", "web."))]


@pytest.fixture
def album(alice: User, bob: User) -> Album:
    """One row of each kind."""
    album = make_album(alice)
    make_member(album, bob)
    share_create(album, password="midnight sun")
    make_cluster(album)
    Export.objects.create(album=album, state=Export.State.READY, file_name="x.zip")
    ObjectDeletion.objects.create(prefix="albums/x/", final_after=album.created_at)
    WorkerReport.objects.create(name="worker@here")
    token_create(alice, name="a script")
    return album


def address(model: type[Model], page: str, row: Model | None = None) -> str:
    path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    return (
        path
        + {"list": "", "change": f"{row.pk if row else ''}/change/", "delete": f"{row.pk if row else ''}/delete/"}[page]
    )


def test_operators_sign_in_by_address(charlie: User) -> None:
    client = Client()

    response = client.post("/admin/login/?next=/admin/", {"username": "Charlie@example.org", "password": PASSWORD})

    assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200


def test_only_operators_get_in(alice: User) -> None:
    client = Client()

    response = client.post("/admin/login/", {"username": "alice@example.org", "password": PASSWORD})

    assert b"staff account" in response.content
    assert client.get("/admin/").status_code == 302


def test_it_limits_attempts_at_an_operators_password(charlie: User) -> None:
    client = Client()
    for number in range(6):
        client.post("/admin/login/", {"username": "charlie@example.org", "password": f"guess {number}"})

    response = client.post("/admin/login/", {"username": "charlie@example.org", "password": PASSWORD})

    assert b"Too many failed login attempts" in response.content
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_it_shows_every_list_and_every_row(charlie_client: Client, album: Album, model: type[Model]) -> None:
    row = model._default_manager.first()
    assert row is not None

    assert charlie_client.get(address(model, "list"), {"q": "x"}).status_code == 200
    assert charlie_client.get(address(model, "list")).status_code == 200
    assert charlie_client.get(address(model, "change", row)).status_code == 200


def test_it_shows_no_link_to_an_album(charlie_client: Client, album: Album) -> None:
    share = Share.objects.get()
    for page in ("list", "change"):
        shown = charlie_client.get(address(Share, page, share)).content.decode()
        assert str(share.id) in shown
        for secret in (share.link_id, share.secret, share.password):
            assert secret not in shown


@pytest.mark.parametrize("photos", [5, 50])
def test_lists_take_as_many_queries_for_any_number_of_rows(
    charlie_client: Client, alice: User, photos: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(photos):
        make_photo(make_album(alice))

    # Session, user, error codes for the filter, the number of rows, the rows.
    with django_assert_num_queries(5):
        charlie_client.get(address(Photo, "list"))


@pytest.mark.parametrize("model", [Album, Photo, Export], ids=lambda model: model.__name__)
def test_deleting_a_row_deletes_its_objects(charlie_client: Client, album: Album, model: type[Model]) -> None:
    row = model._default_manager.first()
    assert row is not None
    ObjectDeletion.objects.all().delete()

    assert charlie_client.post(address(model, "delete", row), {"post": "yes"}).status_code == 302

    assert not model._default_manager.filter(pk=row.pk).exists()
    assert str(row.pk) in ObjectDeletion.objects.get().prefix


def test_deleting_selected_photos_deletes_their_objects(charlie_client: Client, album: Album) -> None:
    ObjectDeletion.objects.all().delete()
    ids = [str(photo_id) for photo_id in album.photos.values_list("id", flat=True)]

    charlie_client.post(address(Photo, "list"), {"action": "delete_selected", "_selected_action": ids, "post": "yes"})

    assert not album.photos.exists()
    assert set(ObjectDeletion.objects.values_list("prefix", flat=True)) == {
        storage.photo_prefix(album.id, photo_id) for photo_id in ids
    }


def test_deleting_a_person_deletes_all_of_their_data(charlie_client: Client, album: Album, alice: User) -> None:
    ObjectDeletion.objects.all().delete()

    charlie_client.post(
        address(User, "list"), {"action": "delete_selected", "_selected_action": [alice.pk], "post": "yes"}
    )

    assert not User.objects.filter(pk=alice.pk).exists()
    assert ObjectDeletion.objects.get().prefix == storage.album_prefix(album.id)


@pytest.mark.parametrize("model", [Album, Photo])
def test_an_operator_retries_failed_photos(charlie_client: Client, album: Album, model: type[Model]) -> None:
    failed = make_photo(album, state=Photo.State.FAILED, error_code="crashed")
    ticked = failed if model is Photo else album

    response = charlie_client.post(
        address(model, "list"), {"action": "retry_failed", "_selected_action": [str(ticked.pk)]}, follow=True
    )

    assert b"1 photos will be analyzed again" in response.content
    assert Photo.objects.get(id=failed.id).state == Photo.State.UPLOADED


def test_an_operator_regroups_albums(charlie_client: Client, album: Album) -> None:
    charlie_client.post(address(Album, "list"), {"action": "group_again", "_selected_action": [str(album.pk)]})

    album.refresh_from_db()
    assert album.grouping == Album.Grouping.QUEUED


def test_an_operator_adds_a_person(charlie_client: Client) -> None:
    charlie_client.post(
        "/admin/accounts/user/add/",
        {"email": "dora@example.org", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert User.objects.get(email="dora@example.org").check_password(PASSWORD)


@pytest.mark.parametrize("model", [Photo, ApiToken], ids=lambda model: model.__name__)
def test_nobody_adds_rows_that_only_the_service_makes(charlie_client: Client, model: type[Model]) -> None:
    assert charlie_client.get(f"/admin/{model._meta.app_label}/{model._meta.model_name}/add/").status_code == 403


def test_an_operator_revokes_a_token(charlie_client: Client, album: Album) -> None:
    token = ApiToken.objects.get()

    charlie_client.post(address(ApiToken, "delete", token), {"post": "yes"})

    assert not ApiToken.objects.exists()


@pytest.fixture
def photos(alice: User, bob: User) -> list[Photo]:
    """Two photos of Alice's album, and one of Bob's with the same name as the first."""
    album = make_album(alice)
    return [make_photo(album, name="1.jpg"), make_photo(album, name="2.jpg"), make_photo(make_album(bob), name="1.jpg")]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("{photo.id}", [0]),
        ("{photo.album_id}", [0, 1]),
        ("Alice@example.org", [0, 1]),
        ("alice@example.org 1.JPG", [0]),
        ("1.jpg", [0, 2]),
        ("00000000-0000-0000-0000-000000000001", []),
    ],
)
def test_an_operator_finds_photos(charlie_client: Client, photos: list[Photo], words: str, found: list[int]) -> None:
    response = charlie_client.get(address(Photo, "list"), {"q": words.format(photo=photos[0])})

    assert set(response.context["cl"].result_list) == {photos[number] for number in found}


@pytest.mark.parametrize("narrow", ["q", "filter"])
def test_a_name_is_not_searched_among_all_photos_of_a_large_service(
    charlie_client: Client, photos: list[Photo], monkeypatch: pytest.MonkeyPatch, narrow: str
) -> None:
    monkeypatch.setattr("albums.admin.MOST_SEARCHED", 2)

    response = charlie_client.get(address(Photo, "list"), {"q": "1.jpg"})
    assert list(response.context["cl"].result_list) == []
    assert b"There are more than 2 photos. Add the id of an album or an address to the name." in response.content

    album_id = str(photos[2].album_id)
    narrowed = {"q": f"1.jpg {album_id}"} if narrow == "q" else {"q": "1.jpg", "album": album_id}
    assert list(charlie_client.get(address(Photo, "list"), narrowed).context["cl"].result_list) == [photos[2]]


def test_a_long_list_says_that_it_is_cut(
    charlie_client: Client, photos: list[Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("albums.admin.MOST_LISTED", len(photos) - 1)

    response = charlie_client.get(address(Photo, "list"))

    assert response.context["cl"].result_count == 2
    assert b"2 are listed. Search or filter for the others." in response.content


def test_an_action_for_all_that_are_listed_reaches_no_others(
    charlie_client: Client, album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = [make_photo(album, state=Photo.State.FAILED, error_code="crashed") for _ in range(3)]
    *first_listed, last = sorted((photo.id for photo in failed), reverse=True)
    monkeypatch.setattr("albums.admin.MOST_LISTED", len(first_listed))

    charlie_client.post(
        address(Photo, "list") + "?state__exact=failed",
        {"action": "retry_failed", "select_across": "1", "_selected_action": [str(failed[0].pk)]},
    )

    assert Photo.objects.get(state=Photo.State.FAILED).id == last


def test_an_operator_filters_photos_by_why_they_failed(charlie_client: Client, album: Album) -> None:
    crashed, _ = (make_photo(album, state=Photo.State.FAILED, error_code=code) for code in ("crashed", "empty"))

    response = charlie_client.get(address(Photo, "list"), {"error_code": "crashed"})

    assert list(response.context["cl"].result_list) == [crashed]
    assert b"?error_code=empty" in response.content
