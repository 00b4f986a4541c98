"""The moment as a keyword: beside the keywords that there are, in the lists that other programs read."""

from __future__ import annotations

import exiv2
import pytest

from albums.analysis import Marks
from worker.analysis.marking import marked

NOON, LATER = "Moment 2026-06-20 12.00.00", "Moment 2026-06-20 13.30.00 (2)"


def sidecar(**lists: str) -> bytes:
    """XMP with lists of keywords, by prefix and name, in which a comma parts them."""
    found = "".join(
        f"<{name.replace('_', ':')}><rdf:Bag>{''.join(f'<rdf:li>{each}</rdf:li>' for each in words.split(','))}"
        f"</rdf:Bag></{name.replace('_', ':')}>"
        for name, words in lists.items()
    )
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:lr="http://ns.adobe.com/lightroom/1.0/" xmlns:digiKam="http://www.digikam.org/ns/1.0/">'
        f"{found}</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def keywords(xmp: bytes) -> dict[str, list[str]]:
    image = exiv2.ImageFactory.open(xmp)
    image.readMetadata()
    lists = (datum for datum in image.xmpData() if isinstance(datum.value(), exiv2.XmpArrayValue))
    return {datum.key().removeprefix("Xmp."): list(datum.value()) for datum in lists}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", {"dc.subject": [NOON], "lr.hierarchicalSubject": [f"Moments|{NOON}"]}),
        (sidecar(dc_subject="Oslo,Ada"), {"dc.subject": ["Oslo", "Ada", NOON]}),
        (
            sidecar(dc_subject="Oslo", lr_hierarchicalSubject="Norway|Oslo", digiKam_TagsList="Norway/Oslo"),
            {
                "dc.subject": ["Oslo", NOON],
                "lr.hierarchicalSubject": ["Norway|Oslo", f"Moments|{NOON}"],
                "digiKam.TagsList": ["Norway/Oslo", f"Moments/{NOON}"],
            },
        ),
    ],
    ids=["no keywords", "flat", "in trees"],
)
def test_it_is_added_to_the_keywords_that_there_are(before: bytes, after: dict[str, list[str]]) -> None:
    written = marked(before, Marks(moment=NOON))
    assert keywords(written) == after
    assert marked(written, Marks(moment=NOON)) == written


def test_another_moment_takes_its_place_and_none_takes_it_away() -> None:
    written = marked(sidecar(dc_subject="Moment of truth,Oslo"), Marks(moment=LATER))
    assert keywords(marked(written, Marks(moment=NOON))) == {"dc.subject": ["Moment of truth", "Oslo", NOON]}
    assert keywords(marked(written, Marks(moment=""))) == {"dc.subject": ["Moment of truth", "Oslo"]}
    assert keywords(marked(marked(b"", Marks(moment=NOON)), Marks(moment=""))) == {}


def test_keywords_stay_as_they_are_where_nobody_wants_moments() -> None:
    written = marked(sidecar(dc_subject="Oslo"), Marks(moment=NOON))
    assert keywords(marked(written, Marks(stars=2))) == {"dc.subject": ["Oslo", NOON]}
