"""Signing out: no copy of what somebody typed stays in the browser, in whatever tab it was."""

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.steps import button, failure, log_in, store_copies, wait_for_copies

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
OTHER_TAB = "You signed out in another tab"


@pytest.fixture
def desk(window, instructor):
    """Return a browser of the instructor, with all dialogs that it showed."""
    page = window(instructor)
    page.asked = []
    page.on("dialog", lambda dialog: (page.asked.append(dialog.message), dialog.accept()))
    return page


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    button(page, "Sign out").last.click()
    expect(page.get_by_role("link", name="Create an account").first).to_be_visible()


def test_signing_out_asks_about_words_that_are_here_alone_and_leaves_none(desk, instructor):
    desk.goto("/me/")
    desk.get_by_label("About you").fill("Half a thought")
    wait_for_copies(desk, 1)
    sign_out(desk)
    assert [question[:40] for question in desk.asked] == [
        "This browser has text that was not saved"
    ]

    log_in(desk, instructor.email, factories.PASSWORD)
    desk.goto("/me/")

    expect(desk.get_by_label("About you")).to_be_visible()
    expect(desk.get_by_text("This browser has text from")).to_be_hidden()


def test_a_form_in_another_tab_leaves_no_copy_and_says_so(desk, instructor):
    desk.goto("/me/")
    about = desk.get_by_label("About you")
    about.fill("Half a thought")
    wait_for_copies(desk, 1)
    other = desk.context.new_page()
    other.on("dialog", lambda dialog: dialog.accept())
    sign_out(other)

    expect(desk.get_by_text(OTHER_TAB)).to_be_visible()
    about.fill("A whole thought")
    store_copies(desk)
    wait_for_copies(desk, 0)

    log_in(other, instructor.email, factories.PASSWORD)
    expect(desk.get_by_text(OTHER_TAB)).to_be_hidden()
    wait_for_copies(desk, 1)
    button(desk, "Save").click()
    button(desk, "Send it again").click()
    expect(desk.get_by_text("Profile saved.")).to_be_visible()
    wait_for_copies(desk, 0)


def test_words_in_a_tab_that_stays_open_are_asked_about_before_it_is_left(desk):
    desk.goto("/me/")
    desk.get_by_label("About you").press_sequentially("Half a thought")
    other = desk.context.new_page()
    other.on("dialog", lambda dialog: dialog.accept())
    sign_out(other)
    expect(desk.get_by_text(OTHER_TAB)).to_be_visible()

    desk.goto("/about/")

    assert len(desk.asked) == 1
    wait_for_copies(desk, 0)


def test_a_text_that_saves_itself_leaves_no_copy_in_another_tab(window, ada, course):
    post = factories.make_draft_post(ada, course)
    page = window(ada)
    page.goto(f"/c/networks/posts/{post.slug}/edit/")
    sign_out(page.context.new_page())
    expect(page.get_by_text(OTHER_TAB)).to_be_visible()

    page.locator("[name=text]").press_sequentially("Half a thought")

    expect(failure(page)).to_have_text("Not saved: you are signed out (leave this page open)")
    wait_for_copies(page, 0)

    other = page.context.new_page()
    log_in(other, ada.email, factories.PASSWORD)
    expect(page.locator("[data-words]")).to_contain_text("Saved")
    [draft] = post.drafts.all()
    assert "Half a thought" in draft.text
