"""An album to work on."""

from __future__ import annotations

import pytest

from albums.models import Album
from tests.factories import make_album
from web.accounts.models import User


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)
