"""History of a guest's comment on its status page."""

import re

import pytest

from blog.actions.guest_moderation import publish_guest_comment
from blog.actions.moderation import decide, report, undo_decision
from blog.models import Audience, Comment
from tests import factories


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course, "Out there", audience=Audience.PUBLIC)


def now(comment):
    return Comment.objects.select_related("guest", "post__course").get(pk=comment.pk)


def test_the_status_page_lists_what_happened_without_names(client, post, instructor, bob):
    comment = factories.make_guest_comment(post)
    publish_guest_comment(comment, by=instructor)
    report(now(comment), by=bob, sentence="He sells doors.")
    decide(now(comment), by=instructor, decision="hide", reason="Names a person.")
    undo_decision(now(comment), by=instructor)

    html = client.get(comment.guest.status_path).content.decode().partition('id="log-h"')[2]
    words = " ".join(re.sub(r"<[^>]*>", " ", html.partition("</ol>")[0]).split())

    assert re.findall(r"[A-Z][a-z ]+\.", words.partition("What happened")[2]) == [
        "You sent it.",
        "The course published it.",
        "The course hid it.",
        "Names a person.",
        "The course undid its decision.",
    ]
    for hidden in ("Ines", "Bob", "doors", "reported"):
        assert hidden not in words
