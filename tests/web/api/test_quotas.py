"""Quotas over HTTP."""

from __future__ import annotations

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from tests.factories import make_album, make_photo
from web.accounts.models import User


def test_it_shows_limits_and_current_usage(alice_client: APIClient, alice: User, settings: Settings) -> None:
    settings.QUOTA_PHOTOS, settings.QUOTA_ALBUMS = 10, 0
    make_photo(make_album(alice))

    shown = {entry.pop("quota"): entry for entry in alice_client.get("/api/v1/account/usage/").json()["quotas"]}

    assert shown == {
        "bytes": {"used": 1000, "limit": settings.QUOTA_BYTES},
        "photos": {"used": 1, "limit": 10},
        "albums": {"used": 1, "limit": None},
        "exports": {"used": 0, "limit": settings.QUOTA_EXPORTS},
        "export_bytes": {"used": 0, "limit": settings.QUOTA_BYTES},
        "jobs": {"used": 0, "limit": settings.QUOTA_JOBS},
    }


@pytest.mark.parametrize(
    ("quota", "path", "body", "used"),
    [
        ("albums", "/api/v1/albums/", {"name": "One more"}, 1),
        ("photos", "uploads/", {"files": [{"name": "a.jpg", "size": 10, "sha256": "a" * 64}]}, 1),
        ("bytes", "uploads/", {"files": [{"name": "a.jpg", "size": 10, "sha256": "a" * 64}]}, 1000),
        ("exports", "exports/", {}, 1),
        ("jobs", "exports/", {}, 1),
    ],
)
def test_the_problem_names_the_quota_that_is_used_up(
    alice_client: APIClient, alice: User, settings: Settings, quota: str, path: str, body: dict[str, object], used: int
) -> None:
    album = make_album(alice)
    make_photo(album)
    album.exports.create(file_name="a.zip")
    setattr(settings, f"QUOTA_{quota.upper()}", used)
    address = path if path.startswith("/") else f"/api/v1/albums/{album.id}/{path}"

    response = alice_client.post(address, body)

    assert response.status_code == 403
    problem = response.json()
    assert {name: problem[name] for name in ("code", "quota", "limit", "used")} == {
        "code": "quota_exceeded",
        "quota": quota,
        "limit": used,
        "used": used,
    }
