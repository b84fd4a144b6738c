"""Ways to start a sentence: whoever can comment finds them, and no form sends them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from blog.models import Audience
from tests import factories

STARTERS = re.compile(r"<details class=\"fold\" data-starters>.*?</details>", re.DOTALL)


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course, audience=Audience.PUBLIC)


def starters(client, reader, url):
    client.force_login(reader)
    return STARTERS.findall(client.get(url).content.decode())


@pytest.mark.parametrize(
    ("reader", "count"),
    [("ada", 1), ("bob", 1), ("instructor", 1), ("assistant", 1), ("observer", 0)],
)
def test_who_can_comment_finds_them(request, client, post, reader, count):
    reader = request.getfixturevalue(reader)

    assert len(starters(client, reader, post.get_absolute_url())) == count


@pytest.mark.parametrize("name", ["comment_reply", "comment_edit"])
def test_a_reply_and_an_edit_have_them(client, bob, course, post, name):
    comment = factories.make_comment(bob, post)

    assert len(starters(client, bob, reverse(name, args=[course.slug, comment.pk]))) == 1


def test_after_the_course_nobody_finds_them(client, bob, course, post):
    course.ends_on = course.today() - timedelta(days=1)
    course.save()

    assert starters(client, bob, post.get_absolute_url()) == []


def test_the_public_page_has_none(client, bob, post):
    assert starters(client, bob, reverse("post_public", args=[post.pk, post.slug])) == []


def test_the_form_does_not_send_them(client, bob, post):
    (found,) = starters(client, bob, post.get_absolute_url())

    assert "I think that …" in found
    assert not re.search(r"<(input|button|select|textarea)|\bname=|\bvalue=", found)
