"""Make accounts and albums for `benchmarks.load` directly in a service's database, without its rate limits.

Run this in a process whose environment names the service. `accounts` signs people in and prints their sessions.
`albums` copies the rows of an analysed album for each person, with thumbnails for the first visible photos.
"""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from albums import storage  # noqa: E402
from albums.models import Album, Cluster, Photo  # noqa: E402
from albums.timeline import timeline_clusters, timeline_singles  # noqa: E402
from benchmarks._large_album import BATCH, cloned, later_copy  # noqa: E402

SEEN_AT_ONCE = 12


def make_accounts(emails: list[str]) -> dict[str, str]:
    """Create accounts. Returns the key of a signed-in session for each address."""
    sessions = {}
    for email in emails:
        client = Client()
        client.force_login(get_user_model().objects.create_user(email, None))
        sessions[email] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return sessions


def make_albums(template: Album, emails: list[str], photos: int) -> dict[str, str]:
    """Give each account an album of this many photos. Returns the album's id for each address."""
    store = storage.get_storage()
    first = Photo.objects.filter(album=template, state=Photo.State.ANALYZED).order_by("id")[0]
    thumbnail = store.read_bytes(storage.thumbnail_key(template.id, first.id))
    albums = {}
    for email in emails:
        with transaction.atomic():
            albums[email] = _copied(template, get_user_model().objects.get(email=email), photos)
    with ThreadPoolExecutor(4) as threads:
        keys = [storage.thumbnail_key(album.id, photo) for album in albums.values() for photo in _first_seen(album)]
        list(threads.map(lambda key: store.write_bytes(key, thumbnail, "image/jpeg"), keys))
    with connection.cursor() as cursor:
        # Otherwise the query plans would be for a small table.
        cursor.execute("ANALYZE")
    return {email: str(album.id) for email, album in albums.items()}


def _copied(template: Album, owner: Any, wanted: int) -> Album:
    album: Album = cloned(template, owner_id=owner.pk)
    album.save(force_insert=True)
    clusters = {cluster.id: cluster for cluster in Cluster.objects.filter(album=template)}
    shots = list(Photo.objects.filter(album=template, state=Photo.State.ANALYZED))
    for turn in range(-(-wanted // len(shots))):
        copies = {
            key: cloned(cluster, album_id=album.id, position=cluster.position + turn * len(clusters))
            for key, cluster in clusters.items()
        }
        Cluster.objects.bulk_create(copies.values(), batch_size=BATCH)
        Photo.objects.bulk_create(
            (
                later_copy(shot, turn, album_id=album.id, cluster_id=shot.cluster_id and copies[shot.cluster_id].id)
                for shot in shots[: wanted - turn * len(shots)]
            ),
            batch_size=BATCH,
        )
    return album


def _first_seen(album: Album) -> list[str]:
    grouped = [photo.id for cluster in timeline_clusters(album) for photo in cluster.photos]
    return [*grouped, *(photo.id for photo in timeline_singles(album))][:SEEN_AT_ONCE]


def main() -> None:
    """Read addresses as JSON from standard input, and print the sessions or albums as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["accounts", "albums"])
    parser.add_argument("--template", help="the id of the album to copy")
    parser.add_argument("--photos", type=int, default=300)
    options = parser.parse_args()
    emails = json.load(sys.stdin)
    if options.what == "accounts":
        made = make_accounts(emails)
    else:
        made = make_albums(Album.objects.get(id=options.template), emails, options.photos)
    json.dump(made, sys.stdout)


if __name__ == "__main__":
    main()
