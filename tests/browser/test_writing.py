"""The editor's script: what it adds, and that the editor stays whole without it."""

import pytest
from playwright.sync_api import expect

from blog.actions.drafts import start_post
from blog.actions.references import add_reference
from blog.actions.works import add_work
from blog.models import Draft
from tests import factories
from tests.browser.steps import button, failure, loading

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def post(ada, course):
    post = start_post(course, by=ada, title="Ties", text="News travel")
    add_reference(post, add_work(course, factories.ARTICLE, by=ada), by=ada)
    return post


def desk(post):
    return f"/c/{post.course.slug}/posts/{post.slug}/edit/"


def test_cite_puts_the_key_at_the_caret_and_the_preview_keeps_up(window, ada, post):
    page = window(ada)
    page.goto(desk(post))
    text = page.get_by_label("Post, in Markdown")
    text.press("End")

    page.get_by_role("button", name="Cite Granovetter, 1973").click()

    expect(text).to_have_value("News travel[@granovetter1973]")
    button(page, "Preview").click()
    expect(page.get_by_role("link", name="Granovetter, 1973")).to_be_visible()
    expect(page.locator(".shelf")).to_contain_text("Cited in ¶1")


def test_keys_make_marks_and_save(window, ada, post):
    page = window(ada)
    page.goto(desk(post))
    text = page.get_by_label("Post, in Markdown")
    text.select_text()
    text.press("Control+b")

    with loading(page):
        text.press("Control+s")

    expect(page.get_by_label("Post, in Markdown")).to_have_value("**News travel**")
    assert Draft.objects.get().version == 2


def test_whoever_leaves_is_not_asked_while_the_words_are_in_the_browser(window, ada, post):
    page = window(ada)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(desk(post))
    page.get_by_label("Post, in Markdown").fill("They carry news (Calder, 2014).")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("button", name="Publish anyway")).to_be_visible()
    page.goto("/about/")

    page.goto(desk(post))
    page.get_by_label("Post, in Markdown").press_sequentially("!")
    page.goto("/about/")

    assert asked == []


def test_whoever_leaves_with_words_that_are_nowhere_else_is_asked(window, ada, post):
    page = window(ada)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.add_init_script(
        "Object.defineProperty(window, 'indexedDB', { value: { open() { throw 0 } } })"
    )
    page.route("**/draft/", lambda route: route.abort())
    page.goto(desk(post))
    page.get_by_label("Post, in Markdown").press_sequentially("!")
    expect(failure(page)).to_have_text(
        "Not saved: the site does not respond (leave this page open)"
    )

    page.goto("/about/")

    assert asked == ["beforeunload"]


def test_without_scripts_every_action_is_there(window, ada, post):
    page = window(ada, java_script_enabled=False)
    page.goto(desk(post))
    page.get_by_label("Post, in Markdown").fill("They carry *news*.")

    page.get_by_role("button", name="Update preview").click()
    expect(page.locator(".preview em")).to_have_text("news")
    page.get_by_role("button", name="Type it in").click()
    expect(page.get_by_role("heading", name="Add a reference")).to_be_visible()
    page.get_by_role("link", name="Back to the editor").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_role("button", name="Publish anyway").click()

    expect(page.get_by_role("heading", name="Ties")).to_be_visible()
    expect(page.locator("article em")).to_have_text("news")
