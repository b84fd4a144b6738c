"""The page with the former texts of a comment on a public page, for whoever reads that page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Audience, Comment
from tests import factories

TEAM, READERS, EVERYONE = Comment.Audience.values
LINK = '<span class="visually-hidden">: see what changed</span>'


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course, "Out there", audience=Audience.PUBLIC)


@pytest.fixture
def comment(bob, post):
    return factories.make_comment(
        bob, post, "As it is.", audience=EVERYONE, edited_at=timezone.now()
    )


def history_of(comment):
    return reverse("comment_public_history", args=[comment.pk])


def page_of(comment):
    return reverse("post_public", args=[comment.post.pk, comment.post.slug])


def change(thing, **fields):
    type(thing).objects.filter(pk=thing.pk).update(**fields)


@pytest.mark.parametrize("is_withheld", [False, True])
@pytest.mark.parametrize("audience", Comment.Audience.values)
@pytest.mark.parametrize("who", [None, "eve", "bob", "ada", "instructor"])
def test_only_texts_that_were_for_everyone_are_there_whoever_asks(
    request, client, comment, who, audience, is_withheld
):
    factories.make_former_text(comment, "Formerly.", audience=audience, is_withheld=is_withheld)
    if who:
        client.force_login(request.getfixturevalue(who))

    page = client.get(page_of(comment)).content.decode()
    history = client.get(history_of(comment)).content.decode()

    is_shown = audience == EVERYONE and not is_withheld
    assert (LINK in page) == (f'href="{history_of(comment)}"' in page) == is_shown
    assert ("Formerly" in history) == is_shown
    assert "As it is" in history


def test_what_changed_is_said_between_the_texts_that_are_shown(client, comment):
    factories.make_former_text(comment, "As it was.")
    factories.make_former_text(comment, "As the class read it.", audience=READERS)

    html = client.get(history_of(comment)).content.decode()

    assert '<del><span class="visually-hidden">removed: </span>was</del>' in html
    assert "class read" not in html


def test_page_says_public_names_alone(client, bob, course, comment):
    factories.make_former_text(comment, "As it was.")
    client.force_login(bob)

    response = client.get(history_of(comment))

    html = response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"
    assert "The comment by A student</a>" in html
    assert f'href="{page_of(comment)}#c{comment.pk}"' in html
    content = html.split("<main", 1)[1]
    assert bob.display_name not in content
    assert course.slug not in content


def gone(comment):
    change(comment, deleted_at=timezone.now())


def hidden(comment):
    change(comment, state=Comment.State.HIDDEN)


def for_the_course(comment):
    change(comment, audience=READERS)


def below_a_narrower_one(comment):
    parent = factories.make_comment(comment.author, comment.post, audience=READERS)
    change(comment, parent=parent)


def on_a_course_post(comment):
    change(comment.post, audience=Audience.COURSE)


def on_a_withdrawn_post(comment):
    change(comment.post, status="withdrawn")


def past_its_date(comment):
    change(comment.post, public_until=timezone.now())


@pytest.mark.parametrize(
    "happens",
    [
        gone,
        hidden,
        for_the_course,
        below_a_narrower_one,
        on_a_course_post,
        on_a_withdrawn_post,
        past_its_date,
    ],
)
def test_what_is_not_on_a_public_page_has_no_public_history(client, instructor, comment, happens):
    factories.make_former_text(comment)
    happens(comment)

    as_stranger = client.get(history_of(comment))
    client.force_login(instructor)
    as_instructor = client.get(history_of(comment))

    assert as_stranger.url == f"{reverse('account_login')}?next={history_of(comment)}"
    assert as_instructor.status_code == 404


def test_post_for_all_who_are_signed_in_has_histories_for_them(client, eve, comment):
    change(comment.post, audience=Audience.SIGNED_IN)
    factories.make_former_text(comment, "As it was.")

    as_stranger = client.get(history_of(comment))
    client.force_login(eve)
    html = client.get(history_of(comment)).content.decode()

    assert as_stranger.status_code == 302
    assert "was" in html


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_whatever_its_length(client, django_assert_num_queries, comment, count):
    for number in range(count):
        factories.make_former_text(comment, f"Version {number}")

    with django_assert_num_queries(2):
        client.get(history_of(comment))
