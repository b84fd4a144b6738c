"""An instructor writes to students who have not posted, by keyboard alone and on a phone."""

import pytest
from playwright.sync_api import expect

from blog.models import Message
from tests import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def prompt(course, ada, bob):
    return factories.make_prompt(course, title="Ties")


def test_a_message_is_written_looked_at_and_sent_by_keyboard(window, instructor, prompt, ada, bob):
    page = window(instructor, viewport={"width": 390, "height": 844})
    page.goto("/c/networks/prompts/1/")
    page.get_by_text("Write to those who…").press("Enter")
    page.get_by_role("link", name="have not posted").press("Enter")
    expect(page.get_by_role("heading", name="Write to those who have not posted")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390

    page.get_by_label("Bob Student").press("Space")
    page.get_by_label("Subject").fill("Your post on ties")
    page.get_by_role("button", name="Preview").press("Enter")
    preview = page.get_by_role("region", name="Preview")
    expect(preview).to_contain_text("Ada Student")
    expect(preview).not_to_contain_text("Bob Student")
    link = preview.get_by_role("link", name="Email 1, to 1 student")
    assert f"bcc={ada.email}&" in (link.get_attribute("href") or "")
    assert not Message.objects.exists()
    page.get_by_role("button", name="Send to 1 student").press("Enter")

    expect(page.get_by_text("Your message will be sent in 10 minutes")).to_be_visible()
    assert list(Message.objects.get().students.all()) == [ada]
    expect(page.get_by_label("Ada Student")).not_to_be_checked()
    page.get_by_role("button", name="Withdraw Your post on ties").press("Enter")
    expect(page.get_by_text("Message withdrawn. Nobody received it.")).to_be_visible()
