"""What people must not see, what they share, and what the pages tell them."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from tests.drawing import DrawnPhoto
from tests.e2e.conftest import NewVisitor
from tests.e2e.visitor import PHONE, Clicks, Visitor
from tests.integration.deployment import Deployment


def test_two_people_do_not_see_each_others_albums(new_visitor: NewVisitor, drawn: list[DrawnPhoto]) -> None:
    ada, bert = new_visitor(), new_visitor()
    album = ada.make_analyzed_album("Private", [shot.path for shot in drawn[:2]])
    photo = ada.photos(album)[0]

    bert.page.goto("/albums")
    expect(bert.page.get_by_role("heading", name="Start with the photos from one occasion")).to_be_visible()
    expect(bert.page.get_by_text("Private")).to_have_count(0)
    for section in ("", "/upload", "/progress", "/review", "/download", f"/compare?photos={photo['id']}"):
        bert.page.goto(f"/albums/{album}{section}")
        expect(bert.page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    for path in (f"albums/{album}/photos/", f"photos/{photo['id']}/", f"photos/{photo['id']}/original/"):
        assert bert.context.request.get(f"/api/v1/{path}").status == 404


def test_an_owner_shares_by_a_link_and_takes_over_what_a_guest_chose(
    new_visitor: NewVisitor, browser: Browser, deployment: Deployment, drawn: list[DrawnPhoto]
) -> None:
    ada = new_visitor(permissions=[] if browser.browser_type.name == "firefox" else ["clipboard-write"])
    album = ada.make_analyzed_album("Midsummer", [drawn[first].path for first in (0, 4, 9)])
    page = ada.page

    # The link for a spouse, who only looks.
    page.goto(f"/albums/{album}/review")
    click = Clicks()
    click(page.get_by_role("link", name="Share"))
    click(page.get_by_role("button", name="Create a link"))
    click(page.get_by_role("button", name="Copy"))
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert click.count == 3

    # The link for a client, who chooses.
    page.goto(f"/albums/{album}/review")
    click = Clicks()
    click(page.get_by_role("link", name="Share"))
    click(page.get_by_role("button", name="Choose photos"))
    page.keyboard.type("2")
    click(page.get_by_role("button", name="Create a link"))
    expect(page.get_by_role("heading", name="Choose 2 photos")).to_be_visible()
    click(page.get_by_role("button", name="Copy").first)
    assert click.count == 4
    link = page.get_by_role("textbox", name="Address: Choose 2 photos").input_value()

    anna = Visitor(browser, deployment.url, **PHONE)
    anna.page.goto(link)
    for number in (1, 3):
        anna.page.get_by_role("button", name=f"Choose, Photo {number} of 3").tap()
        if number == 1:
            anna.page.get_by_role("textbox", name="Name").fill("Anna")
            anna.page.keyboard.press("Enter")
            expect(anna.page.get_by_role("dialog")).to_have_count(0)
    expect(anna.page.get_by_text("2 of 2")).to_be_visible()
    anna.page.get_by_role("button", name=re.compile("^I.m done")).tap()
    expect(anna.page.get_by_text("Thank you. Your choice has arrived.")).to_be_visible()
    picture = anna.page.get_by_role("button", name="Open Photo 1 of 3").locator("img").get_attribute("src")
    assert picture
    assert anna.context.request.get(picture).ok

    page.reload()
    page.get_by_role("button", name="1 person, 2 photos").click()
    expect(page.get_by_role("button", name=re.compile(r"Anna\s*2\s*done"))).to_be_visible()
    chosen = [bool(photo["guests"]) for photo in ada.get(_choices_of(ada, album))["results"]]
    assert chosen == [True, True]
    page.get_by_role("link", name="Review").click()
    expect(page.get_by_role("button", name=re.compile("chosen by Anna$"))).to_have_count(2)
    page.get_by_role("link", name="Share").click()
    page.get_by_role("button", name="1 person, 2 photos").click()
    page.get_by_role("button", name="Take over 2 photos").click()
    expect(page.get_by_text("2 photos kept.")).to_be_visible()
    assert sorted(photo["decision"] for photo in ada.photos(album)) == ["auto", "keep", "keep"]
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert {photo["decision"] for photo in ada.photos(album)} == {"auto"}

    page.get_by_role("button", name="Actions for the link: Choose 2 photos").click()
    page.get_by_role("menuitem", name="Revoke").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(page.get_by_role("heading", name="Revoked and ended")).to_be_visible()
    assert anna.context.request.get(picture).status == 404
    anna.page.reload()
    expect(anna.page.get_by_role("heading", name="This link leads nowhere")).to_be_visible()
    assert anna.close() == []


def test_two_people_edit_an_album_and_each_undoes_their_own_steps(
    new_visitor: NewVisitor, drawn: list[DrawnPhoto]
) -> None:
    ada, bert = new_visitor(), new_visitor()
    album = ada.make_analyzed_album("Midsummer", [drawn[first].path for first in (0, 4, 9)])
    ada.page.goto(f"/albums/{album}/share")
    ada.page.get_by_role("radio", name="Edit together with you").click()
    ada.page.get_by_role("button", name="Create a link").click()
    bert.page.goto(ada.page.get_by_role("textbox", name="Address: Edit with an account").input_value())
    bert.page.get_by_role("button", name="Accept").click()
    bert.page.wait_for_url(f"**/albums/{album}/review")

    first, second, _ = [photo["id"] for photo in ada.photos(album)]

    def decide(visitor: Visitor, key: str, photo: str) -> None:
        visitor.page.locator(f'[data-shot="{photo}"]').focus()
        visitor.page.keyboard.press(key)

    def decisions() -> dict[str, str]:
        return {photo["id"]: photo["decision"] for photo in ada.photos(album) if photo["decision"] != "auto"}

    decide(bert, "Space", first)
    bert.wait_until(lambda: decisions() == {first: "keep"}, what="Bert's decision")
    ada.page.goto(f"/albums/{album}/review")
    expect(ada.page.locator(f'[data-shot="{first}"]')).to_have_accessible_name(re.compile(f"kept by {bert.email}"))
    decide(ada, "x", second)
    ada.wait_until(lambda: decisions() == {first: "keep", second: "reject"}, what="Ada's decision")
    _come_back(bert)
    expect(bert.page.locator(f'[data-shot="{second}"]')).to_have_accessible_name(re.compile(f"rejected by {ada.email}"))
    # Ada's step is the last one in the album, and not Bert's to undo.
    bert.page.keyboard.press("u")
    bert.wait_until(lambda: decisions() == {second: "reject"}, what="Bert's undo")
    ada.page.keyboard.press("u")
    ada.wait_until(lambda: decisions() == {}, what="Ada's undo")

    ada.page.get_by_role("button", name="Actions for").click()
    ada.page.get_by_role("menuitem", name="People…").click()
    ada.page.get_by_role("button", name=f"Remove {bert.email}").click()
    ada.page.get_by_role("button", name="Remove", exact=True).click()
    expect(ada.page.get_by_text(f"{bert.email} can no longer open the album.")).to_be_visible()
    _come_back(bert)
    expect(bert.page.get_by_role("heading", name="You can no longer open this album")).to_be_visible()
    bert.page.get_by_role("link", name="To your albums").click()
    expect(bert.page.get_by_role("heading", name="Start with the photos from one occasion")).to_be_visible()


def _come_back(visitor: Visitor) -> None:
    """Come back to the tab, which asks for what has changed without waiting for the next time."""
    visitor.page.evaluate("dispatchEvent(new Event('visibilitychange'))")


def _choices_of(owner: Visitor, album: str) -> str:
    newest = owner.get(f"/api/v1/albums/{album}/shares/")["results"][0]
    return f"/api/v1/shares/{newest['id']}/choices/"


def test_nothing_is_missing_without_the_weights_of_resnet50(new_visitor: NewVisitor) -> None:
    """The features of a package stand in, so people are not told that their groups are less exact."""
    ada = new_visitor()
    ada.page.wait_for_load_state("networkidle")
    expect(ada.page.get_by_role("heading", name="Start with the photos from one occasion")).to_be_visible()
    expect(ada.page.get_by_text("Groups are less exact than usual")).to_have_count(0)


def test_an_expired_session_is_renewed_in_place(new_visitor: NewVisitor) -> None:
    ada = new_visitor()
    album = ada.make_album("Kept open")
    ada.page.get_by_role("link", name="Download").wait_for()
    ada.page.wait_for_load_state("networkidle")
    ada.context.clear_cookies(name="sessionid")
    ada.page.get_by_role("link", name="Download").click()
    dialog = ada.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Sign in again to continue")
    dialog.get_by_label("Password").first.fill("a long enough pass phrase")
    ada.page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(ada.page.get_by_text("The album has no photos yet")).to_be_visible()
    assert ada.page.url.endswith(f"/albums/{album}/download")
