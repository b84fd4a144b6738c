"""A session that ends while somebody writes, as a real browser meets it."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from blog.models import Comment
from tests import factories
from tests.browser.steps import button, heading

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

WORDS = "First line\n\n  second & \"third\" 'line' <b>\n</textarea><script>alert(1)</script>"


@pytest.fixture
def sent_too_late(window):
    """Return Bob's comment, sent after his session had ended; with its post's author."""
    ada, bob = factories.make_user("Ada Student"), factories.make_user("Bob Student")
    course = factories.make_course("networks", instructor=ada)
    factories.add_member(course, bob)
    page = window(bob)
    page.goto(factories.make_post(ada, course).get_absolute_url())
    page.get_by_role("textbox", name="Your comment").fill(WORDS)
    Session.objects.all().delete()
    page.locator("form[data-talk]").get_by_role("button", name="Comment").click()
    expect(heading(page, "You are signed out, so this was not saved")).to_be_visible()
    expect(page.get_by_label("Your text, part 1")).to_have_value(WORDS)
    return page, ada, bob


def sign_in_from_another_tab(page, user):
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in from another tab").click()
    tab = opened.value
    tab.get_by_label("Email").fill(user.email)
    tab.get_by_label("Password").fill(factories.PASSWORD)
    button(tab, "Sign in").click()
    expect(heading(tab, "A post")).to_be_visible()


def test_comment_is_sent_after_signing_in_in_another_tab(sent_too_late):
    page, _ada, bob = sent_too_late
    sign_in_from_another_tab(page, bob)

    button(page, "Send it again").click()

    expect(page.get_by_text("Comment added.")).to_be_visible()
    comment = Comment.objects.get()
    assert (comment.author, comment.text.replace("\r\n", "\n")) == (bob, WORDS)


def test_comment_goes_out_as_somebody_else_only_when_they_say_so(sent_too_late):
    page, ada, _bob = sent_too_late
    sign_in_from_another_tab(page, ada)

    button(page, "Send it again").click()

    expect(page.get_by_text("Send it again as Ada Student.")).to_be_visible()
    assert not Comment.objects.exists()
