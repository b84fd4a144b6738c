"""A session that ends while somebody writes, as a real browser meets it."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from blog.models import Comment
from tests import factories
from tests.browser.steps import button, heading

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]

WORDS = "First line\n\n  second & \"third\" 'line' <b>\n</textarea><script>alert(1)</script>"


def test_comment_is_sent_after_signing_in_in_another_tab(window):
    ada, bob = factories.make_user("Ada Student"), factories.make_user("Bob Student")
    course = factories.make_course("networks", instructor=ada)
    factories.add_member(course, bob)
    post = factories.make_post(ada, course)
    page = window(bob)
    page.goto(post.get_absolute_url())
    page.get_by_label("Your comment").fill(WORDS)
    Session.objects.all().delete()

    page.locator("form[data-talk]").get_by_role("button", name="Comment").click()
    expect(heading(page, "You are signed out, so this was not saved")).to_be_visible()
    expect(page.get_by_label("Your text, part 1")).to_have_value(WORDS)

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in from another tab").click()
    tab = opened.value
    tab.get_by_label("Email").fill(bob.email)
    tab.get_by_label("Password").fill(factories.PASSWORD)
    button(tab, "Sign in").click()
    expect(heading(tab, "A post")).to_be_visible()

    button(page, "Send it again").click()
    expect(page.get_by_text("Send it again as Bob Student.")).to_be_visible()
    button(page, "Send it again").click()
    expect(page.get_by_text("Comment added.")).to_be_visible()
    assert Comment.objects.get().text.replace("\r\n", "\n") == WORDS
