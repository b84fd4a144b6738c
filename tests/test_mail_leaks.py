"""Canaries in mail: a digest of everything says what is for its reader, when it is sent."""

import pytest
from django.core import mail

from blog.models import Announcement, Comment, OutboxMessage
from blog.models.guest_comments import guest_mail
from blog.models.outbox import queue_mails
from blog.tasks import send_due_mail
from tests.leaks.canaries import CANARIES, MEMBERS, ROLES, mark
from tests.test_leaks import world

__all__ = ["world"]  # the fixture

pytestmark = pytest.mark.django_db
RECIPIENTS = [role for role in ROLES if role != "visitor"]


@pytest.fixture(autouse=True)
def _empty_outbox(world):
    OutboxMessage.objects.all().delete()


def said_in_mail():
    send_due_mail()
    words = "".join(f"{each.subject}{each.body}{each.alternatives}" for each in mail.outbox)
    return {name for name in CANARIES if mark(name) in words}


@pytest.mark.figure
@pytest.mark.parametrize("role", RECIPIENTS)
def test_a_digest_says_what_is_for_its_reader(role, world, figure):
    reader = world.people[role]
    OutboxMessage.objects.create(key=f"digest:{reader.pk}", recipient=reader, template="digest")

    seen = said_in_mail()

    assert seen - {name for name, roles in CANARIES.items() if role in roles} == set()
    assert ("opentalk" in seen) is (role in MEMBERS)
    figure(
        "No mail says a word that is not for its reader",
        f"{len(CANARIES)} words, {{readers}} readers",
        readers=1,
    )


@pytest.mark.parametrize("template", ["guest_comment_received", "guest_comment_decided"])
def test_a_guest_reads_no_title_of_a_post_that_is_hidden(world, template):
    comments = Comment.objects.filter(post__title=mark("hiddenpublictitle"))
    queue_mails([guest_mail(comment, template) for comment in comments])

    seen = said_in_mail()

    assert len(mail.outbox) == len(comments) == 1
    assert "a post that is not public now" in mail.outbox[0].subject
    assert seen == set()


@pytest.mark.parametrize("role", RECIPIENTS)
def test_an_announcement_is_mailed_to_members_when_its_time_has_come(role, world):
    for announcement in Announcement.objects.all():
        OutboxMessage.objects.create(
            key=f"announcement:{announcement.pk}",
            recipient=world.people[role],
            template="announcement",
            context={"announcement": announcement.pk},
        )

    seen = said_in_mail() & {"announced", "toannounce", "notannounced"}

    assert seen == ({"announced"} if role in MEMBERS else set())
