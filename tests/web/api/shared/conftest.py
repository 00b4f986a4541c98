"""An album to share, and its links."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
from pytest_django import Settings

from albums.models import Album, Photo, Share
from albums.services.shares import share_create
from tests.factories import make_album, make_photo
from tests.web.api.shared.visitor import store
from web.accounts.models import User


@pytest.fixture(autouse=True)
def _in_the_middle_of_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.api.throttling.time.time", lambda: 1_000_000_030.0)


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


@pytest.fixture
def photos(album: Album) -> list[Photo]:
    """Three picks, and their bytes."""
    made = [make_photo(album) for _ in range(3)]
    for photo in made:
        store(photo)
    return made


@pytest.fixture
def make_share(album: Album, photos: list[Photo]) -> Callable[..., Share]:
    return lambda **values: share_create(album, **values)


@pytest.fixture
def rates(settings: Settings) -> dict[str, str]:
    """The rates, which a test may change."""
    changed = copy.deepcopy(settings.REST_FRAMEWORK)
    settings.REST_FRAMEWORK = changed
    rates: dict[str, str] = changed["DEFAULT_THROTTLE_RATES"]
    return rates
