"""Comments by somebody whom their reader has muted: folded wherever they are read or sent."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from blog.actions.comments import add_comment
from blog.actions.drafts import start_post
from blog.actions.posts import publish_post
from blog.models import Audience, Comment, MailChoices
from blog.tasks import queue_due_digests, send_due_mail
from blog.text.passages import Selection
from network.actions import mute, unmute
from tests import factories

WORDS = "Zebras shout"
FOLDED = "Folded, because you muted this person"


@pytest.fixture
def post(course, ada, bob):
    """Return a post by Ada, on a passage of which Bob has commented, whom she has muted."""
    post = start_post(course, by=ada)
    publish_post(post, by=ada, title="Ties", text="Weak ties.", audience=Audience.COURSE)
    selection = Selection(post.revision.number, "Weak ties")
    add_comment(post, by=bob, text=f"{WORDS} here.", selection=selection)
    mute(course, by=ada, person=bob)
    return post


def html_of(client, reader, address):
    client.force_login(reader)
    return client.get(address).content.decode()


def outside_folds(html):
    """Return the text in view before anything is opened."""
    return re.sub(r'<details class="content-note">.*?</details>', "", html, flags=re.DOTALL)


@pytest.fixture
def pages(course, post, bob):
    return {
        "thread and passage": (post.get_absolute_url(), 2),
        "search": (reverse("search", args=[course.slug]) + "?q=zebras", 1),
        "tie": (reverse("tie_page", args=[course.slug, bob.username]), 1),
    }


def test_every_page_folds_them_for_who_muted_alone(client, pages, ada, instructor, post):
    for address, places in pages.values():
        html = html_of(client, ada, address)
        assert html.count(FOLDED) == places
        assert WORDS.lower() in re.sub(r"</?mark[^>]*>", "", html).lower()
        assert "shout" not in outside_folds(html)
    html = html_of(client, instructor, post.get_absolute_url())
    assert FOLDED not in html


def test_a_muted_person_can_be_read_again(client, pages, course, ada, bob):
    unmute(course, by=ada, person=bob)

    for address, _places in pages.values():
        html = html_of(client, ada, address)
        assert FOLDED not in html
        assert "shout" in html


def test_news_name_the_comment_without_its_words(client, course, ada, bob, post):
    html = html_of(client, ada, reverse("notification_list"))

    assert "commented on" in html
    assert "shout" not in html


def test_a_feed_leads_to_the_comment_in_place_of_its_words(client, course, ada, instructor, post):
    address = reverse("comment_feed", args=[course.slug, post.slug])

    muted, open_to_others = (html_of(client, one, address) for one in (ada, instructor))

    assert FOLDED in muted
    assert "shout" not in muted
    assert "shout" in open_to_others


def test_the_page_of_a_student_folds_them_for_an_instructor_too(client, course, instructor, bob):
    ada = factories.make_user("Ada Again")
    factories.add_member(course, ada)
    factories.make_comment(bob, factories.make_post(ada, course), WORDS)
    mute(course, by=instructor, person=bob)

    html = html_of(client, instructor, reverse("person_page", args=[course.slug, ada.username]))

    assert FOLDED in html
    assert "shout" not in outside_folds(html)


def test_mails_name_the_comment_without_its_words(monkeypatch, course, ada, bob, post):
    reply = add_comment(post, by=ada, text="Owls do not.", parent=Comment.objects.get())
    mute(course, by=bob, person=ada)
    MailChoices.objects.create(user=bob, has_replies_at_once=True)
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(
        "django.utils.timezone.now", lambda: tomorrow.replace(hour=12, minute=0, second=0)
    )

    queue_due_digests()
    send_due_mail()

    said = {
        address: message.body + message.alternatives[0][0]
        for message in mail.outbox
        for address in message.to
    }
    assert "Bob Student commented on Ties" in said[ada.email]
    assert WORDS not in said[ada.email]
    assert "Ada Student replied to your comment on Ties" in said[bob.email]
    assert f"#c{reply.pk}" in said[bob.email]
    assert "Owls" not in said[bob.email]
    assert "<blockquote" not in said[ada.email] + said[bob.email]


def test_a_mute_is_of_one_course(client, course, ada, bob, post):
    other = factories.make_course("others", instructor=factories.make_user())
    for person in (ada, bob):
        factories.add_member(other, person)
    elsewhere = factories.make_post(ada, other)
    factories.make_comment(bob, elsewhere, WORDS)

    html = html_of(client, ada, elsewhere.get_absolute_url())

    assert FOLDED not in html
    assert WORDS in html
