"""The log: lines for people or JSON for programs, with the ids of the current work and no personal data."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from django.test import Client
from rest_framework.test import APIClient

from albums import storage
from albums.log_context import current_context, log_context
from albums.models import Photo
from albums.services.photos import photos_delete
from albums.services.shares import share_create
from tests.conftest import PASSWORD
from tests.factories import make_album, make_photo
from web.accounts.models import User
from web.logs import JsonFormatter, LineFormatter
from worker import tasks
from worker.stages.prepare import prepare_photos


def _record(message: str, *arguments: object, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("albums.jobs", logging.WARNING, "x.py", 1, message, arguments, info)


def test_a_json_line_names_the_current_work() -> None:
    with log_context(task_id="t-1"), log_context(photo_id="p-1"):
        entry = json.loads(JsonFormatter().format(_record("Released: %s", "åäö\nand more")))

    assert entry.pop("time").endswith("+00:00")
    assert isinstance(entry.pop("process"), int)
    assert entry == {
        "level": "warning",
        "logger": "albums.jobs",
        "message": "Released: åäö\nand more",
        "task_id": "t-1",
        "photo_id": "p-1",
    }
    assert "\n" not in JsonFormatter().format(_record("two\nlines"))


def test_an_error_comes_with_its_traceback() -> None:
    try:
        int("no good")
    except ValueError as error:
        entry = json.loads(JsonFormatter().format(_record("Failed.", error=error)))

    assert "ValueError: invalid literal" in entry["exception"]


def test_a_line_for_people_ends_with_the_ids() -> None:
    with log_context(album_id="a-1"):
        assert LineFormatter("%(message)s").format(_record("Grouped.")) == "Grouped. [album_id=a-1]"
    assert LineFormatter("%(message)s").format(_record("Grouped.")) == "Grouped."


def test_the_context_ends_with_its_block_even_after_an_error() -> None:
    with pytest.raises(ValueError, match="x"), log_context(photo_id="p-1"):
        raise ValueError("x")
    assert current_context() == {}


class _Written(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(JsonFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def written() -> Iterator[_Written]:
    """All lines that the loggers of the process write."""
    handler, root = _Written(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.django_db
def test_it_names_the_photo_the_album_and_the_task(alice: User, written: _Written) -> None:
    """The original is not in the storage, so the photo fails."""
    photo = make_photo(make_album(alice), state=Photo.State.UPLOADED)

    tasks.prepare_photos.apply(args=([str(photo.id)],), task_id="message-1")

    [entry] = [json.loads(line) for line in written.lines if "object_missing" in line]
    assert (entry["photo_id"], entry["album_id"]) == (str(photo.id), str(photo.album_id))
    assert entry["task_id"] == "message-1"


@pytest.mark.django_db
def test_it_contains_no_personal_data(written: _Written, alice: User, alice_client: APIClient) -> None:
    """Sign-in, failed sign-in, upload, failure and deletion put no address, name or password into the log."""
    album = make_album(alice, name="Grandmother is ill")
    photo = make_photo(album, state=Photo.State.UPLOADED, name="Hospital bed.jpg")
    login = "/_allauth/browser/v1/auth/login"
    for password in ("wrong", PASSWORD):
        APIClient().post(login, {"email": alice.email, "password": password})
    alice_client.post(f"/api/v1/albums/{album.id}/uploads/", {"files": [{"name": "Hospital bed.jpg"}]})
    alice_client.get("/api/v1/albums/nonsense/")
    prepare_photos([photo.id], task_id="message")
    photos_delete(album, [photo.id])
    alice_client.delete("/api/v1/account/", {"password": PASSWORD})

    log = "\n".join(written.lines)

    assert str(photo.id) in log
    for secret in (alice.email, "Grandmother", "Hospital", PASSWORD, "wrong"):
        assert secret not in log


@pytest.mark.django_db
def test_it_names_no_link_to_a_shared_album(
    alice: User, client: Client, written: _Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even where the address is mistyped, the method is wrong, or the storage fails."""
    share = share_create(make_album(alice))
    photo = make_photo(share.album)
    api = f"/api/v1/shared/{share.token}"
    for path in (f"/s/{share.token}/", f"/s/{share.token}.", f"/s/{share.token[:-1]}", f"{api}/photos/1/preview/"):
        assert client.get(path).status_code == 404
    assert client.delete(f"/s/{share.token}").status_code == 405

    def fail(*_args: object) -> None:
        raise storage.StorageUnavailable("The bucket does not answer.")

    monkeypatch.setattr("albums.storage.folder.FolderStorage.read_bytes", fail)
    assert client.get(f"{api}/photos/{photo.id}/preview/").status_code == 503

    log = "\n".join(written.lines)
    assert "/s/***/" in log
    assert "/api/v1/shared/***/photos/" in log
    assert share.secret[:-1] not in log
