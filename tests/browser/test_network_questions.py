"""Ask my network, the whole way: ask, the line in the digest, and a comment or a decline."""

import pytest
from django.core import mail
from playwright.sync_api import expect

from blog.models import OutboxMessage
from blog.tasks import send_due_mail
from network.models import QuestionOffer
from tests import factories
from tests.browser.steps import button, comment, heading
from tests.browser.test_axe import FITS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

WORDS = "Who opens the upper half?"


@pytest.fixture
def post(course, ada, bob, settings, live_server):
    settings.SITE_URL = live_server.url
    work = factories.make_work(course)
    posts = [
        factories.make_post(ada, course, "Half-open windows"),
        factories.make_post(bob, course, "Of ties"),
    ]
    for each in posts:
        factories.make_reference(each, work, cited=True)
    return posts[0]


def ask(page, post):
    """Ask about a post from its page; return the page of the question."""
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Ask my network").click()
    expect(page.get_by_text("Bob cites Granovetter, 1973, too.")).to_be_visible()
    page.get_by_label("Your question").fill(WORDS)
    button(page, "Ask these people").click()
    expect(heading(page, "My question")).to_be_visible()
    expect(page.get_by_text("You are not told who has seen it")).to_be_visible()


def open_digest(page, reader):
    """Show somebody the digest of today, whatever the hour is."""
    message = OutboxMessage.objects.create(key="digest", recipient=reader, template="digest")
    QuestionOffer.objects.filter(person=reader).record_mail(message.key)
    send_due_mail()
    [(html, _kind)] = mail.outbox[-1].alternatives
    page.set_content(html)
    expect(page.get_by_role("link", name="Ada Student asks you about")).to_be_visible()


def test_a_question_is_declined_from_the_digest_and_its_author_sees_no_change(
    window, ada, bob, post
):
    own = window(ada)
    ask(own, post)
    own.reload()  # without the message that it is saved
    expect(heading(own, "My question")).to_be_visible()
    before = own.locator("main").inner_text()
    page = window(bob, viewport={"width": 390, "height": 844})
    open_digest(page, bob)

    page.get_by_role("link", name="Not this time").click()
    expect(heading(page, "Questions for you")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_in_viewport()
    assert page.evaluate(FITS)
    button(page, "Not this time", exact=False).click()

    expect(page.get_by_text("You will not see this question again.")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_have_count(0)
    own.reload()
    expect(heading(own, "My question")).to_be_visible()
    assert own.locator("main").inner_text() == before


def test_a_question_leads_to_the_comment_form_and_is_gone_after_the_comment(window, ada, bob, post):
    ask(window(ada), post)
    page = window(bob)
    open_digest(page, bob)

    page.get_by_role("link", name="Write a comment").click()
    expect(page.get_by_role("complementary", name="A question for you")).to_contain_text(WORDS)
    expect(page.get_by_label("Your comment")).to_be_in_viewport()
    comment(page, "Whoever has read the same page.")

    page.get_by_role("link", name="My network").click()
    expect(page.get_by_role("heading", name="My network", level=1)).to_be_visible()
    expect(page.get_by_text(WORDS)).to_have_count(0)
