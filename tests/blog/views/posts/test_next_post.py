"""The end of a post: the next post to comment on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Audience
from tests import factories

WAITS = "Next post waiting for a first comment"
GIVEN = "Next post for you to comment on, by "
NONE = "No other post is waiting for a first comment."


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course, "Ferries")


@pytest.fixture
def waiting(ada, course):
    return factories.make_post(ada, course, "Kitchens <b>", at=timezone.now() - timedelta(days=1))


def end_of(client, reader, post):
    """Return what a post's page has after its comments."""
    client.force_login(reader)
    html = client.get(post.get_absolute_url()).content.decode()
    return " ".join(html.partition('class="text talk"')[2].partition("</main>")[0].split())


def test_the_end_of_a_post_leads_to_the_next_that_waits(client, bob, post, waiting):
    end = end_of(client, bob, post)

    assert WAITS in end
    assert f'<a dir="auto" href="{waiting.get_absolute_url()}">Kitchens &lt;b&gt;</a>' in end
    assert end.index('id="say"') < end.index(WAITS)
    assert NONE not in end


def test_it_says_when_it_is_of_ones_pod(client, ada, bob, course, post, waiting):
    factories.make_pod(course, "Alder", ada, bob)

    assert ", in your pod" in end_of(client, bob, post).partition(WAITS)[2]


def test_it_says_when_no_other_post_waits(client, bob, post):
    end = end_of(client, bob, post)

    assert (NONE in end, WAITS in end, GIVEN in end) == (True, False, False)


def test_it_says_by_when_a_given_post_is_to_be_commented_on(client, bob, course, post, waiting):
    prompt = factories.make_rota_prompt(course)
    given = factories.make_post(factories.make_user(), course, "Bridges", prompt=prompt)
    factories.make_rota_entry(bob, given)

    end = end_of(client, bob, post)

    assert (GIVEN in end, WAITS in end, "Bridges" in end, "Kitchens" in end) == (
        True,
        False,
        True,
        False,
    )


def test_who_cannot_comment_is_led_nowhere(client, observer, bob, course, post, waiting):
    course_over = course.today() - timedelta(days=1)

    ends = [end_of(client, observer, post)]
    course.ends_on = course_over
    course.save()
    ends.append(end_of(client, bob, post))

    assert [(WAITS in end, NONE in end) for end in ends] == [(False, False)] * 2


def test_the_public_page_leads_nowhere(client, bob, course, waiting):
    public = factories.make_post(bob, course, "Open", audience=Audience.PUBLIC)

    html = client.get(f"/p/{public.pk}/{public.slug}/").content.decode()

    assert "Open" in html
    assert (WAITS in html, "Kitchens" in html) == (False, False)


def test_after_the_comment_the_page_leads_on(client, bob, post, waiting):
    factories.make_comment(bob, waiting)

    assert NONE in end_of(client, bob, post)
