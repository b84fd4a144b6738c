"""A comment is marked, used and seen to be used; a text is opened behind its content note."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Error, expect

from blog.models import CommentUse, Draft
from tests import factories
from tests.browser.steps import button, failure, heading, loading
from tests.browser.test_axe import examine
from tests.browser.test_keyboard import tab_to

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

NOTE, SECRET = "a hospital scene", "The curtain was green."


@pytest.fixture
def post(ada, course):
    at = timezone.now() - timedelta(days=3)
    return factories.make_post(ada, course, "Of ties", "They carry news.", at=at)


def test_a_comment_is_marked_used_and_its_author_sees_what_changed(window, ada, bob, post):
    at = timezone.now() - timedelta(days=2)
    comment = factories.make_comment(bob, post, "Name the bakery.", at=at)
    page = window(ada)
    page.goto(post.get_absolute_url())

    tab_to(page, page.locator("summary").filter(has_text="More actions for the comment by Bob"))
    page.keyboard.press("Enter")
    button(page, "I’ll use this comment by Bob Student").press("Enter")
    expect(page.get_by_text("In your plan for the next version.")).to_be_visible()
    page.goto(f"{post.get_absolute_url()}edit/")
    page.get_by_label("Bob Student Name the bakery.").check()
    page.locator("textarea[name=text]").fill("They carry bread.")
    assert list(examine(page)) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    with loading(page):
        button(page, "Publish changes").press("Enter")

    expect(page.get_by_text("You used this in the version of")).to_be_visible()
    assert not CommentUse.objects.get(comment=comment).is_planned
    page = window(bob)
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="See what changed").click()
    expect(heading(page, "What changed")).to_be_visible()
    expect(page.locator("ins").filter(has_text="bread")).to_be_visible()
    expect(page.locator("del").filter(has_text="news")).to_be_visible()


def test_a_checked_box_is_kept_by_the_site_and_by_the_browser(window, ada, bob, post):
    comment = factories.make_comment(bob, post, "Name the bakery.")
    factories.make_comment_use(comment)
    page = window(ada)
    address = f"{post.get_absolute_url()}edit/"
    box = page.get_by_label("Bob Student Name the bakery.")
    saved = page.locator("[data-state] [data-ok]").first

    page.goto(address)
    box.check()
    expect(saved).to_be_visible()
    page.goto(post.get_absolute_url())
    page.goto(address)
    expect(box).to_be_checked()

    page.route("**/draft/", lambda route: route.abort())
    box.uncheck()
    expect(failure(page)).to_have_text(
        "Not saved: the site does not respond (stored on this device)"
    )
    with pytest.raises(Error, match="crash"):
        page.goto("chrome://crash")

    page = page.context.new_page()
    page.goto(address)
    box = page.get_by_label("Bob Student Name the bakery.")
    expect(box).to_be_checked()
    button(page, "Use this text").click()
    expect(box).not_to_be_checked()
    expect(page.locator("[data-state] [data-ok]").first).to_be_visible()
    assert Draft.objects.get().used_comments == []


def test_the_next_post_has_the_plan_folded_and_names_a_comment(window, ada, bob, course, post):
    comment = factories.make_comment(bob, post, "Name the bakery.")
    factories.make_comment_use(comment)
    draft = factories.make_draft_post(ada, course, "More ties", "They carry bread.")
    page = window(ada)

    page.goto(f"{draft.get_absolute_url()}edit/")
    tab_to(page, page.locator("summary").filter(has_text="Comments on your earlier posts"))
    page.keyboard.press("Enter")
    assert list(examine(page)) == []
    tab_to(page, page.get_by_label("Bob Student Name the bakery."))
    page.keyboard.press("Space")
    with loading(page):
        button(page, "Publish").press("Enter")

    assert CommentUse.objects.get().revision.post == draft
    page = window(bob)
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="More ties").first.click()
    expect(heading(page, "More ties")).to_be_visible()


def test_a_text_behind_a_note_is_opened_by_key_by_link_and_on_paper(window, bob, post):
    post.revision.content_note = NOTE
    post.revision.html = f'<p id="p1">{SECRET}</p>'
    post.revision.save()
    page = window(bob)
    page.goto(post.get_absolute_url())
    text = page.get_by_text(SECRET)
    expect(text).to_be_hidden()

    page.emulate_media(media="print")
    expect(text).to_be_visible()
    page.emulate_media(media="screen")
    expect(text).to_be_hidden()

    tab_to(page, page.locator("summary").filter(has_text=f"Content note: {NOTE}"))
    page.keyboard.press("Enter")
    expect(text).to_be_visible()
    page.keyboard.press("Enter")
    expect(text).to_be_hidden()

    page.goto(f"{post.get_absolute_url()}#p1")
    expect(text).to_be_visible()
    assert list(examine(page)) == []
