"""Pasting into a comment and into feedback: what they can hold comes along, as on the desk."""

import re

import pytest
from playwright.sync_api import expect

from blog.models import Comment
from tests import factories
from tests.browser.visual.test_pasting import BRING

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

HTML = """<h2>Head</h2><p>See <b>bold</b> and <i>slanted</i> <a href="https://x.org">link</a>
<img src="https://x.org/a.png"></p><ul><li>a</li><li>b</li></ul><blockquote>Hers</blockquote>"""
PLAIN = "Head\nSee bold and slanted link\na\nb\nHers"
READY = "Head\n\nSee **bold** and *slanted* [link](https://x.org)\n\n- a\n- b\n\n> Hers"
BACK = "Press Ctrl+Z to get the plain text back."


@pytest.fixture
def post(bob, course):
    return factories.make_post(bob, course, "Ties")


@pytest.fixture
def page(window, writer, post):
    page = window(writer)
    page.goto(post.get_absolute_url())
    return page


def write(page, label="Your comment"):
    page.get_by_role("textbox", name=label).click()
    expect(page.locator(".page-text")).to_be_focused()
    return page.locator(".page-text")


def field(page):
    return page.locator("textarea[name=text]")


def test_a_comment_keeps_what_it_can_hold_and_says_the_way_back(page):
    text = write(page)

    text.evaluate(BRING, ["paste", PLAIN, HTML])

    told = page.locator("[data-paste-told]")
    expect(told).to_contain_text(BACK)
    expect(told).to_contain_text("1 heading, table or footnote is plain text here.")
    expect(field(page)).to_have_value(READY)
    page.keyboard.press("Control+z")
    expect(text.locator("strong, a, li, blockquote")).to_have_count(0)
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Comment added.")).to_be_visible()
    expect(page.locator(".comment a[href='https://x.org']")).to_have_text("link")
    assert Comment.objects.get().text == READY


def test_a_comment_in_markdown_has_the_same(page):
    write(page)
    page.get_by_role("radio", name="Markdown").check()

    field(page).evaluate(BRING, ["paste", PLAIN, HTML])

    expect(field(page)).to_have_value(READY)
    expect(page.locator("[data-paste-told]")).to_contain_text(BACK)
    field(page).press("Control+z")
    expect(field(page)).to_have_value(PLAIN)


def test_a_reply_tells_it_beside_its_own_text(page, bob, post):
    factories.make_comment(bob, post, "First.")
    page.reload()
    page.get_by_role("link", name="Reply to Bob").click()
    text = page.locator(".comment .page-text")
    expect(text).to_be_focused()

    text.evaluate(BRING, ["paste", PLAIN, HTML])

    expect(page.locator(".comment [data-paste-told]")).to_contain_text(BACK)
    expect(page.locator(".comment textarea[name=text]")).to_have_value(READY)


def test_markdown_in_a_comment_is_what_it_means(page):
    text = write(page)

    text.evaluate(BRING, ["paste", "Some **bold** words\n\n- one", ""])

    expect(text.locator("strong")).to_have_text("bold")
    expect(text.locator("li")).to_have_text("one")
    expect(page.locator("[data-paste-told]")).to_contain_text("Your Markdown is formatted now.")
    assert field(page).input_value() == "Some **bold** words\n\n- one"


def test_a_site_that_does_not_answer_leaves_the_plain_text(page):
    text = write(page)
    page.route("**/comments/paste/", lambda route: route.abort())

    text.evaluate(BRING, ["paste", "See bold", "See <b>bold</b>"])

    expect(page.locator("[data-paste-told]")).to_contain_text("What you pasted stays plain text")
    expect(text).to_have_text("See bold")


def test_feedback_keeps_it_too(window, course, bob, instructor, prompt):
    post = factories.make_post(bob, course, "Ties", prompt=prompt)
    instructor.editor = ""
    instructor.save()
    page = window(instructor)
    page.goto(f"/c/{course.slug}/desk/{prompt.number}/{post.slug}/")
    text = write(page, re.compile("^Feedback for"))

    text.evaluate(BRING, ["paste", PLAIN, HTML])

    expect(field(page)).to_have_value(READY)
    expect(page.locator("[data-paste-told]")).to_contain_text(BACK)
