"""A digest as its reader meets it: the dot, the list, the mail, and the way out of it."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.core import mail
from playwright.sync_api import expect

from blog.actions.comments import add_comment
from blog.models import MailChoices, Notification, OutboxMessage
from blog.tasks import send_due_mail
from tests import factories
from tests.browser.steps import button, heading
from tests.browser.test_axe import FITS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def post(course, ada, bob):
    post = factories.make_post(ada, course, "Half-open doors")
    add_comment(post, by=bob, text="And who opens the upper half?")
    return post


def send_digest():
    """Send Ada what waits for her as the digest of today, whatever the hour is."""
    waiting = Notification.objects.not_mailed()
    message = OutboxMessage.objects.create(
        key="digest", recipient=waiting[0].reader, template="digest"
    )
    waiting.update(mail_key=message.key)
    send_due_mail()
    return mail.outbox[-1]


def test_a_digest_is_read_and_unsubscribed_from(window, live_server, settings, ada, post):
    settings.SITE_URL = live_server.url
    [(html, _kind)] = send_digest().alternatives
    page = window(**PHONE)

    page.set_content(html)
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        "() => axe.run().then(({ violations }) => violations.map(({ id }) => id))"
    )
    expect(
        page.get_by_role("link", name="Bob Student commented on Half-open doors")
    ).to_be_visible()
    assert (found, page.evaluate(FITS)) == ([], True)

    page.get_by_role("link", name="Stop these emails").click()
    expect(heading(page, "Stop the digest?")).to_be_visible()
    assert not MailChoices.objects.exists()

    button(page, "Stop these emails").click()
    expect(heading(page, "You get no more digests")).to_be_visible()
    assert MailChoices.objects.get(user=ada).has_digest is False

    button(page, "Get these emails again").click()
    expect(page.get_by_text("You get these emails again, as before.")).to_be_visible()
    assert MailChoices.objects.get(user=ada).has_digest is True


def test_the_list_is_seen_by_being_looked_at_and_says_no_number(window, ada, post):
    page = window(ada)
    page.goto("/")
    bell = page.get_by_role("banner").get_by_role("link", name="Notifications")
    expect(bell).to_have_accessible_name("Notifications There is something new")

    bell.click()
    expect(
        page.get_by_role("link", name="Bob Student commented on Half-open doors")
    ).to_be_visible()
    expect(button(page, "I have seen these")).to_have_count(0)
    expect(bell).to_have_accessible_name("Notifications")
    page.reload()

    expect(page.get_by_text("Nothing new. You are caught up.")).to_be_visible()
    expect(heading(page, "Earlier")).to_be_visible()
