"""A comment that is sent without a connection: the page stays, with all words, and says why."""

import pytest
from playwright.sync_api import expect

from blog.models import Comment
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOTICE = "Nothing was sent, and your text is still here."


def test_a_comment_and_a_reply_that_are_sent_offline_stay_and_go_out_later(
    window, ada, bob, course
):
    post = factories.make_post(ada, course, "Ties")
    comment = factories.make_comment(ada, post, "What do you think?")
    page = window(bob)
    page.goto(post.get_absolute_url())
    page.locator(f"#c{comment.pk}").get_by_role("link", name="Reply").click()
    reply = page.locator(f"#c{comment.pk} form[data-talk]")
    reply.get_by_role("textbox").first.fill("They carry news.")
    below = page.locator("form[data-talk]").last
    below.get_by_role("textbox").first.fill("And trust.")

    page.context.set_offline(True)
    for form in (reply, below):
        form.get_by_role("textbox").first.press("Control+Enter")
        expect(form.get_by_text(NOTICE)).to_be_in_viewport()
    expect(reply.get_by_role("textbox").first).to_have_value("They carry news.")
    page.context.set_offline(False)
    expect(page.get_by_text(NOTICE).filter(visible=True)).to_have_count(0)
    reply.get_by_role("textbox").first.press("Control+Enter")

    expect(page.get_by_text("Comment added.")).to_be_visible()
    assert Comment.objects.filter(text="They carry news.", parent=comment).exists()
