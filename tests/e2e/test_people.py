"""What people must not see, and what the pages tell them."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.drawing import DrawnPhoto
from tests.e2e.conftest import NewVisitor


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
