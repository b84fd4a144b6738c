"""The page that one writes on, by touch: what is above the text, hints, room for a finger."""

import pytest
from playwright.sync_api import expect

from blog.actions.drafts import start_post
from blog.actions.posts import publish_post
from blog.models import Audience, Post
from tests.browser.test_write_page import MODES, PHONE, SMALL_PHONE, TOP

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def open_in(window, ada, course):
    """Return a function that opens a draft in a mode; it returns the page."""

    def open_draft(mode, options):
        ada.editor = "" if mode == "visual" else mode
        ada.save()
        post = start_post(course, by=ada, title="Half-open doors", text="Says @zzztop.")
        page = window(ada, **options)
        page.goto(f"/c/{course.slug}/posts/{post.slug}/edit/")
        expect(page.locator(".frame")).to_have_attribute("data-mode", mode)
        return page

    return open_draft


@pytest.mark.parametrize("mode", MODES)
def test_on_a_phone_words_that_are_no_references_do_not_push_the_text_down(open_in, mode):
    page = open_in(mode, PHONE)
    text = page.locator(".page-text, textarea[name=text]").locator("visible=true")

    unknown = page.get_by_text("“@zzztop” is not in your references.")

    expect(unknown).to_be_visible()
    assert text.evaluate(TOP) < 0.4 * PHONE["viewport"]["height"]
    assert unknown.bounding_box()["y"] > text.bounding_box()["y"]


@pytest.mark.parametrize("mode", MODES)
def test_on_a_phone_there_are_no_hints_on_keys(open_in, mode):
    page = open_in(mode, PHONE)

    for hint in ("press Escape, then Tab", "to save."):
        expect(page.get_by_text(hint)).to_be_hidden()


@pytest.mark.parametrize("options", [PHONE, SMALL_PHONE], ids=["390", "320"])
def test_on_a_phone_the_link_to_the_published_post_has_room_for_a_finger(open_in, ada, options):
    page = open_in("markdown", options)
    post = Post.objects.get()
    publish_post(post, by=ada, title="Half-open doors", text="Ajar.", audience=Audience.COURSE)
    page.reload()

    assert page.locator(".write-state a.state").bounding_box()["height"] >= 24
