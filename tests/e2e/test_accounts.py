"""Account tasks that need a browser and the person's mail."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.conftest import NewVisitor
from tests.e2e.visitor import Visitor

LINK = re.compile(r"https?://\S+/account/password/reset/\S+")


def _mailed_link(visitor: Visitor, mails: Path) -> str:
    """The link from the one mail about a new password to this person."""
    found: list[str] = []

    def look() -> bool:
        found[:] = [
            link
            for path in (mails.iterdir() if mails.exists() else [])
            if f"To: {visitor.email}" in (text := path.read_text(encoding="utf-8"))
            for link in LINK.findall(text)
        ]
        return len(found) > 0

    visitor.wait_until(look, what="the mail")
    [link] = found
    return link


def test_a_mailed_link_sets_a_new_password(new_visitor: NewVisitor, mails: Path) -> None:
    ada = new_visitor()
    page = ada.page
    ada.context.clear_cookies()
    page.goto("/account/login")
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("E-mail").fill(ada.email)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Check your mail")).to_be_visible()

    link = _mailed_link(ada, mails)
    page.goto(link)
    page.get_by_label("New password").first.fill("an altogether different phrase")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your password has been set")).to_be_visible()
    # The link also signs in.
    page.wait_for_url("**/albums")
    page.goto("/account")
    expect(page.get_by_text("This browser", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Sign out "))).to_have_count(0)
    ada.context.clear_cookies()
    page.goto("/account/login")
    ada.sign_in("an altogether different phrase")
    expect(page.get_by_role("heading", name="Start with the photos from one occasion")).to_be_visible()

    # The link works only once.
    page.goto(link)
    expect(page.get_by_text("This link no longer works")).to_be_visible()
