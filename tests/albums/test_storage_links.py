"""Signed links, and what all links share."""

from __future__ import annotations

from dataclasses import astuple, replace
from email.message import Message

import pytest
from django.core import signing
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from albums import storage
from albums.storage.links import (
    FileGrant,
    attachment_disposition,
    read_grant,
    sign_grant,
    stable_window,
)

DAY = 24 * 3600
GRANT = FileGrant("upload", "albums/1/photos/2/original", "image/jpeg", 2_000, size=5, sha256="ab" * 32)


def test_a_token_contains_what_was_signed() -> None:
    for grant in (GRANT, replace(GRANT, action="download", size=None, sha256=None, file_name="Été „2024“.zip")):
        assert read_grant(sign_grant(grant), now=1_999) == grant


def test_a_token_needs_no_escaping_in_a_path() -> None:
    assert set(sign_grant(GRANT)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:.")


def test_a_token_expires() -> None:
    with pytest.raises(storage.LinkInvalid, match="expired"):
        read_grant(sign_grant(GRANT), now=2_000)


@given(st.data())
def test_a_changed_token_is_refused(data: st.DataObject) -> None:
    token = sign_grant(GRANT)
    position = data.draw(st.integers(0, len(token) - 1))
    character = data.draw(st.sampled_from("ABab01-_:").filter(lambda one: one != token[position]))
    changed = token[:position] + character + token[position + 1 :]
    # The last character of a base64 text has unused bits, so a different one may mean the same bytes.
    if position == len(token) - 1 or (position + 1 < len(token) and token[position + 1] == ":"):
        return
    with pytest.raises(storage.LinkInvalid):
        read_grant(changed, now=0)


@pytest.mark.parametrize("token", ["", ":", "a", "a:b", "\x00", "é" * 10, "." * 500])
def test_nonsense_is_refused(token: str) -> None:
    with pytest.raises(storage.LinkInvalid):
        read_grant(token)


def test_a_token_signed_by_another_part_of_the_site_is_refused() -> None:
    foreign = signing.Signer(salt="something else").sign_object(list(astuple(GRANT)))
    with pytest.raises(storage.LinkInvalid):
        read_grant(foreign, now=0)


def test_a_token_of_another_installation_is_refused() -> None:
    with override_settings(SECRET_KEY="another"):
        token = sign_grant(GRANT)
    with pytest.raises(storage.LinkInvalid):
        read_grant(token, now=0)


@given(key=st.text(alphabet="abc/1", min_size=1), now=st.integers(10**9, 2 * 10**9))
def test_a_window_is_stable_for_a_day_and_valid_for_twelve_more_hours(key: str, now: int) -> None:
    window = stable_window(key, now=now)
    assert window.start <= now < window.start + DAY
    assert window.end - now >= 12 * 3600
    assert stable_window(key, now=window.start) == window
    assert stable_window(key, now=window.start + DAY - 1) == window
    assert stable_window(key, now=window.start + DAY).start == window.start + DAY


def test_keys_change_their_links_at_different_times() -> None:
    starts = {stable_window(f"albums/1/photos/{number}/thumbnail", now=1_800_000_000).start for number in range(100)}
    assert len(starts) > 90


@pytest.mark.parametrize(
    ("file_name", "received"),
    [
        ("Summer 2024.zip", "Summer 2024.zip"),
        ("Été „à la mer“.zip", "Été „à la mer“.zip"),
        ("写真.zip", "写真.zip"),
        ('a"b\\c/d.zip', "a_b_c_d.zip"),
        ("a\r\nSet-Cookie: x=1.zip", "a Set-Cookie_ x=1.zip"),
        ("100%;x=',.zip", "100%;x=',.zip"),
        ("", "download"),
    ],
)
def test_an_attachment_arrives_under_its_name(file_name: str, received: str) -> None:
    header = attachment_disposition(file_name)
    assert header.startswith("attachment;")
    assert header.isascii()
    assert header.isprintable()
    message = Message()
    message["Content-Disposition"] = header
    assert message.get_filename() == received
