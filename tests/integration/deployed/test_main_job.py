"""The main job over HTTP, as in production: PostgreSQL, Valkey, S3, one worker for each queue."""

from __future__ import annotations

import io
import zipfile
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import requests

from albums import storage
from tests.drawing import write_album
from tests.integration.deployment import Deployment
from tests.integration.person import Person, wait_until
from tests.services import Stack


def test_a_person_makes_an_album(deployment: Deployment, stack: Stack, tmp_path: Path) -> None:
    shots = write_album(tmp_path, moments=4, shots=[4, 3, 2, 1])
    (tmp_path / "notes.jpg").write_bytes(b"This is text, although the name says JPEG.")
    originals = {shot.path.name: shot.path.read_bytes() for shot in shots}
    person = Person(deployment.url, "ada@example.org")
    person.sign_up()
    album = person.make_album("Midsummer")

    # Upload straight to S3. The second time nothing is sent.
    photos = person.upload(album, sorted(tmp_path.iterdir()))
    assert person.upload(album, sorted(tmp_path.iterdir())) == photos
    fractions = person.wait_until_done(album)
    assert fractions[-1] == 1.0
    progress = person.progress(album)
    assert (progress["total"], progress["analyzed"], progress["failed"]) == (11, 10, 1)
    [failed] = person.pages(f"/api/v1/albums/{album}/photos/", state="failed")
    assert (failed["name"], failed["error"]["code"]) == ("notes.jpg", "not_an_image")

    # The groups are the moments that were drawn.
    clusters = person.clusters(album)
    truth = [{photos[shot.path.name] for shot in shots if shot.moment == moment} for moment in range(3)]
    assert [{photo["id"] for photo in cluster["photos"]} for cluster in clusters] == truth
    assert all(len(cluster["picks"]) == 1 for cluster in clusters)
    assert all(photo["reasons"] for cluster in clusters for photo in cluster["photos"])

    # Browsers get the thumbnails through links that they may cache.
    first = clusters[0]["photos"][0]
    for link in (first["thumbnail_url"], first["preview_url"]):
        image = person.request("GET", link)
        assert image.content.startswith(b"\xff\xd8")
        assert "max-age" in image.headers["Cache-Control"]

    # Overrule a pick. Regrouping keeps the decision.
    kept = clusters[0]["photos"][-1]["id"]
    person.post(f"/api/v1/albums/{album}/photos/decision/", {"photos": [kept], "decision": "keep"})
    person.post(f"/api/v1/albums/{album}/regroup/", {"similarity": 0.45})
    person.wait_until_done(album)
    assert person.clusters(album)[0]["picks"] == [kept]

    # Export, and download in two ranges straight from S3, as a browser resumes.
    export = person.export(album)
    redirect = person.request("GET", f"/api/v1/exports/{export['id']}/download/", allow_redirects=False)
    assert redirect.status_code == 302
    link = redirect.headers["Location"]
    assert urlsplit(link).netloc == urlsplit(stack.s3.url).netloc.rpartition("@")[2]
    half = export["byte_size"] // 2
    parts = [
        requests.get(link, headers={"Range": f"bytes={span}"}, timeout=60) for span in (f"0-{half - 1}", f"{half}-")
    ]
    assert [part.status_code for part in parts] == [206, 206]
    assert "Midsummer.zip" in parts[0].headers["Content-Disposition"]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(part.content for part in parts)))
    assert archive.testzip() is None

    # Byte for byte: the pick of each group and the single, in the order of capture.
    picked = {photo["name"] for photo in person.pages(f"/api/v1/albums/{album}/photos/", picked=True)}
    assert len(picked) == 4
    inside = [(entry.filename.partition(" ")[2], archive.read(entry)) for entry in archive.infolist()]
    assert inside == [(name, originals[name]) for name in originals if name in picked]


def test_another_person_finds_nothing(deployment: Deployment, tmp_path: Path) -> None:
    owner, outsider = (Person(deployment.url, f"{name}@example.org") for name in ("grace", "mallory"))
    owner.sign_up()
    outsider.sign_up()
    album = owner.make_album("Private")
    photos = owner.upload(album, [shot.path for shot in write_album(tmp_path, moments=1, shots=1, seed=7)])
    [photo] = photos.values()
    for path in (f"/api/v1/albums/{album}/", f"/api/v1/albums/{album}/photos/", f"/api/v1/photos/{photo}/"):
        assert outsider.request("GET", path).status_code == 404
        assert owner.request("GET", path).status_code == 200
    assert list(outsider.pages("/api/v1/albums/")) == []


def test_deleting_an_album_empties_the_bucket(deployment: Deployment, stack: Stack, tmp_path: Path) -> None:
    person = Person(deployment.url, "edsger@example.org")
    person.sign_up()
    album = person.make_album("Short-lived")
    person.upload(album, [shot.path for shot in write_album(tmp_path, moments=1, shots=2, seed=8)])
    person.wait_until_done(album)
    prefix = f"albums/{album}/"
    with closing(storage.open_storage(stack.s3.url)) as bucket:
        assert len(list(bucket.list_keys(prefix))) == 6  # original, preview and thumbnail of each
        assert person.request("DELETE", f"/api/v1/albums/{album}/").status_code == 204
        wait_until(lambda: not list(bucket.list_keys(prefix)), what="the deletion", seconds=60)
