"""A request for every method of every route of the API, its status for each person, and the rows it might change."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from rest_framework.test import APIClient

from albums.models import Album, AlbumChange, Cluster, Export, Membership, PersonalRanker, Photo, Share
from tests.conftest import PASSWORD
from tests.web.api.world import World
from web.accounts.models import ApiToken, User

NOT_FOUND = 404
TOKEN = "<str:token>"


Body = Callable[[World], dict[str, Any]]


def _fixed(**values: Any) -> Body:
    return lambda _: values


@dataclass(frozen=True)
class Step:
    """A request, and its status for each person. An outsider's lists are their own: they get 200 and see nothing."""

    method: str
    route: str
    owner: int
    outsider: int = NOT_FOUND
    anonymous: int = 401
    with_token: int | None = None
    body: Body = field(default=_fixed())

    @property
    def name(self) -> str:
        return f"{self.method} {self.route}"

    @property
    def names(self) -> list[str]:
        """The names in the path, such as `album_id`."""
        return re.findall(r"<uuid:(\w+)>", self.route)

    def path(self, world: World, *, but: dict[str, World] | None = None) -> str:
        """The path with the ids of a world, except those in `but`, which come from another world."""
        worlds = dict.fromkeys(self.names, world) | (but or {})
        path = self.route
        for name, named in worlds.items():
            path = path.replace(f"<uuid:{name}>", str(named.ids[name]))
        return f"/{path.replace(TOKEN, world.share.token)}"


def _ids(world: World) -> dict[str, Any]:
    return {"photos": [str(world.photo.id)]}


def _decision(world: World) -> dict[str, Any]:
    return {**_ids(world), "decision": "keep"}


def _stars(world: World) -> dict[str, Any]:
    return {**_ids(world), "stars": 3}


def _label(world: World) -> dict[str, Any]:
    return {**_ids(world), "label": "red"}


def _two_places(world: World) -> dict[str, Any]:
    return {"photos": [str(world.photo.id)], "clusters": [str(world.other_cluster.id)]}


def _files(world: World) -> dict[str, Any]:
    return {"files": [{"name": "a.jpg", "size": 10, "sha256": "a" * 64}]}


# The way from each kind of row to the person who owns it.
OWNERS: dict[type[Model], str] = {
    Album: "owner",
    Photo: "album__owner",
    Cluster: "album__owner",
    AlbumChange: "album__owner",
    Membership: "album__owner",
    Export: "album__owner",
    Share: "album__owner",
    PersonalRanker: "owner",
    ApiToken: "user",
    User: "pk",
}
# Not the times of the last use and of the last sign-in, and how often a link was used.
COMPARED = {
    Share: ("id", "secret", "role", "selection", "password", "revoked_at"),
    ApiToken: ("id",),
    User: ("id", "email", "password", "is_active"),
}
ALBUM = "api/v1/albums/<uuid:album_id>/"
SHARE = "api/v1/shares/<uuid:share_id>/"
SHARED = f"api/v1/shared/{TOKEN}/"
STEPS = [
    Step("GET", "api/v1/albums/", 200, outsider=200),
    Step("POST", "api/v1/albums/", 201, outsider=201, body=_fixed(name="New")),
    Step("GET", ALBUM, 200),
    Step("PATCH", ALBUM, 200, body=_fixed(name="Renamed")),
    Step("DELETE", ALBUM, 204),
    Step("POST", f"{ALBUM}regroup/", 202, body=_fixed(similarity=0.7)),
    Step("GET", f"{ALBUM}progress/", 200),
    Step("GET", f"{ALBUM}members/", 200),
    Step("DELETE", f"{ALBUM}members/<uuid:member_id>/", 204),
    Step("POST", f"{ALBUM}uploads/", 200, body=_files),
    Step("POST", f"{ALBUM}uploads/complete/", 200, body=_ids),
    Step("POST", f"{ALBUM}uploads/dismiss/", 200),
    Step("POST", f"{ALBUM}uploads/<uuid:photo_id>/parts/", 200),
    Step("GET", "api/v1/upload-limits/", 200, outsider=200),
    Step("GET", f"{ALBUM}photos/", 200),
    Step("POST", f"{ALBUM}photos/decision/", 200, body=_decision),
    Step("POST", f"{ALBUM}photos/stars/", 200, body=_stars),
    Step("POST", f"{ALBUM}photos/label/", 200, body=_label),
    Step("POST", f"{ALBUM}photos/delete/", 200, body=_ids),
    Step("POST", f"{ALBUM}photos/retry/", 200),
    Step("GET", f"{ALBUM}timeline/", 200),
    Step("GET", f"{ALBUM}thumbnails/", 200),
    Step("GET", f"{ALBUM}clusters/", 200),
    Step("GET", f"{ALBUM}clusters/<uuid:cluster_id>/", 200),
    Step("GET", f"{ALBUM}clusters/counts/", 200),
    Step("POST", f"{ALBUM}clusters/accept/", 200, body=_fixed(all=True, undecided=True)),
    Step("GET", f"{ALBUM}clocks/", 200),
    Step("POST", f"{ALBUM}clocks/", 202, body=_fixed(camera="", seconds=3600)),
    Step("POST", f"{ALBUM}undo/", 200),
    Step("POST", f"{ALBUM}redo/", 200),
    Step("GET", f"{ALBUM}changes/", 200),
    Step("POST", f"{ALBUM}clusters/split/", 200, body=_ids),
    Step("POST", f"{ALBUM}clusters/merge/", 200, body=_two_places),
    Step("POST", f"{ALBUM}clusters/release/", 200, body=_fixed(all=True)),
    Step("GET", f"{ALBUM}exports/", 200),
    Step("POST", f"{ALBUM}exports/", 201),
    Step("POST", f"{ALBUM}exports/preview/", 200, body=_fixed(layout="folders")),
    Step("POST", f"{ALBUM}prints/", 201, body=_fixed(kind="book")),
    Step("POST", f"{ALBUM}prints/preview/", 200, body=_fixed(kind="contact_sheet")),
    Step("GET", "api/v1/photos/<uuid:photo_id>/", 200),
    Step("PATCH", "api/v1/photos/<uuid:photo_id>/", 200, body=_fixed(decision="reject")),
    Step("DELETE", "api/v1/photos/<uuid:photo_id>/", 204),
    Step("GET", "api/v1/photos/<uuid:photo_id>/original/", 302),
    Step("GET", "api/v1/photos/<uuid:photo_id>/histogram/", 200),
    Step("GET", "api/v1/photos/<uuid:video_id>/frames/", 200),
    Step("POST", "api/v1/photos/<uuid:video_id>/frames/", 202),
    Step("GET", "api/v1/exports/<uuid:export_id>/", 200),
    Step("DELETE", "api/v1/exports/<uuid:export_id>/", 204),
    Step("GET", "api/v1/exports/<uuid:export_id>/download/", 302),
    Step("GET", "api/v1/account/", 200, outsider=200),
    Step("GET", "api/v1/account/usage/", 200, outsider=200),
    Step("GET", "api/v1/account/personal-ranker/", 200, outsider=200),
    Step("PATCH", "api/v1/account/personal-ranker/", 200, outsider=200, body=_fixed(enabled=False)),
    Step("DELETE", "api/v1/account/personal-ranker/", 204, outsider=204),
    Step("DELETE", "api/v1/account/", 204, outsider=204, with_token=403, body=_fixed(password=PASSWORD)),
    Step("GET", "api/v1/sessions/", 200, outsider=200, with_token=403),
    Step("DELETE", "api/v1/sessions/<uuid:session_id>/", 204, with_token=403),
    Step("GET", "api/v1/tokens/", 200, outsider=200, with_token=403),
    Step("POST", "api/v1/tokens/", 201, outsider=201, with_token=403, body=_fixed(name="Script")),
    Step("DELETE", "api/v1/tokens/<uuid:token_id>/", 204, with_token=403),
    Step("GET", f"{ALBUM}shares/", 200),
    Step("GET", f"{ALBUM}choices/", 200),
    Step("POST", f"{ALBUM}shares/", 201, body=_fixed(role="choose", wanted_count=5, password="secret")),
    Step("GET", SHARE, 200),
    Step("PATCH", SHARE, 200, body=_fixed(downloads="none", password="secret")),
    Step("DELETE", SHARE, 204),
    Step("POST", f"{SHARE}delete/", 204),
    Step("GET", f"{SHARE}guests/", 200),
    Step("POST", f"{SHARE}guests/delete/", 200, body=_fixed(guests=["00000000-0000-4000-8000-000000000000"])),
    Step("GET", f"{SHARE}choices/", 200),
    Step("POST", f"{SHARE}take-over/", 200),
    Step("GET", f"{SHARE}qr/", 200),
    # The link of the world invites nobody to edit: test_members.py.
    Step("POST", f"{SHARED}accept/", 403, outsider=403),
    # With the link, everybody is a guest. What guests may do is in shared/test_choosing.py.
    *(
        Step(method, f"{SHARED}{route}", 200, outsider=200, anonymous=200, body=_fixed(**body))
        for method, route, body in (
            ("GET", "", {}),
            ("POST", "password/", {"password": "secret"}),
            ("GET", "photos/", {}),
            ("GET", "photos/<uuid:photo_id>/thumbnail/", {}),
            ("GET", "photos/<uuid:photo_id>/preview/", {}),
            ("GET", "photos/<uuid:video_id>/video/", {}),
            ("GET", "photos/<uuid:photo_id>/download/", {}),
            ("PUT", "photos/<uuid:photo_id>/choice/", {}),
            ("DELETE", "photos/<uuid:photo_id>/choice/", {}),
            ("PATCH", "me/", {"name": "Anna"}),
            ("POST", "finish/", {}),
        )
    ),
    # Public:
    Step("GET", "api/v1/schema/", 200, outsider=200, anonymous=200),
    Step("GET", "api/v1/docs/", 200, outsider=200, anonymous=200),
    Step("GET", "api/v1/problems/", 200, outsider=200, anonymous=200),
]


def call(
    client: APIClient, step: Step, world: World, *, path: str | None = None, body: dict[str, Any] | None = None
) -> Any:
    """Send the request of a step."""
    if TOKEN in step.route and step.method != "GET":
        client.get(f"/{SHARED}".replace(TOKEN, world.share.token))  # for the cookie of the guest
    sent = json.dumps(step.body(world) if body is None else body)
    response = client.generic(step.method, path or step.path(world), sent, "application/json")
    if response.streaming:
        response.getvalue()  # reads and closes the file
    return response


def rows(owner: User | None = None) -> list[Any]:
    """All rows that somebody might have changed: everybody's, or one person's."""
    mine = {model: {path: owner.pk} if owner else {} for model, path in OWNERS.items()}
    return [
        list(model._default_manager.filter(**wanted).order_by("pk").values(*COMPARED.get(model, ())))
        for model, wanted in mine.items()
    ]
