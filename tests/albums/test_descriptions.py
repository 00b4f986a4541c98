"""Which description counts of all the files of a shot."""

from __future__ import annotations

import pytest

from albums.descriptions import description_of, with_descriptions
from albums.models import Album, Photo
from tests.factories import make_album, make_photo
from web.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def sidecar(shown: Photo, name: str, content_type: str, description: str) -> Photo:
    columns = {"kind": Photo.Kind.SIDECAR, "content_type": content_type, "companion_of": shown}
    return make_photo(shown.album, name=name, description=description, **columns)


def test_a_sidecar_counts_before_the_photo_and_that_before_its_raw_file(album: Album) -> None:
    photo = make_photo(album, name="IMG_1.jpg")
    assert description_of(photo) == ""
    make_photo(album, name="IMG_1.nef", description="In the RAW file", companion_of=photo)
    assert description_of(photo) == "In the RAW file"
    Photo.objects.filter(id=photo.id).update(description="In the photo")
    assert description_of(photo) == "In the photo"
    sidecar(photo, "IMG_1.jpg.json", "application/json", "In Takeout's JSON")
    assert description_of(photo) == "In Takeout's JSON"
    sidecar(photo, "IMG_1.xmp", "application/rdf+xml", "In XMP")
    sidecar(photo, "IMG_1.jpg.xmp", "application/rdf+xml", "")
    assert description_of(photo) == "In XMP"


def test_those_of_many_photos_come_with_the_photos(album: Album, django_assert_num_queries: object) -> None:
    first, second = make_photo(album, description="The lake"), make_photo(album)
    sidecar(second, "b.xmp", "application/rdf+xml", "The wood")
    with django_assert_num_queries(1):  # type: ignore[operator]
        photos = with_descriptions(Photo.objects.filter(companion_of=None))
        found = {photo.id: photo.shot_description for photo in photos}
    assert found == {first.id: "The lake", second.id: "The wood"}
