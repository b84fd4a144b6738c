"""The page of a post, as its readers and its author find it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.actions.drafts import save_draft
from blog.models import Comment, Post, PostTarget
from tests import factories


@pytest.fixture
def post(ada, course, prompt):
    return factories.make_post(ada, course, "Weak ties", "What weak ties bring.", prompt=prompt)


def address(name, post):
    return reverse(name, args=[post.course.slug, post.slug])


def page_of(client, user, url):
    client.force_login(user)
    return client.get(url)


# Four questions


OWN = ["post_withdraw", "post_delete", "post_restore"]


@pytest.mark.parametrize("name", ["post_page", *OWN])
def test_a_post_asks_strangers_to_log_in(client, post, name):
    url = address(name, post)

    response = client.post(url) if name == "post_restore" else client.get(url)

    assert response.status_code == 302
    assert response.url == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("name", ["post_page", *OWN])
def test_a_post_does_not_exist_for_outsiders(client, post, eve, name):
    client.force_login(eve)
    url = address(name, post)

    response = client.post(url) if name == "post_restore" else client.get(url)

    assert response.status_code == 404


# The page


def test_post_page_shows_text_prompt_and_byline(client, post, bob):
    response = page_of(client, bob, address("post_page", post))

    html = response.content.decode()
    assert response.status_code == 200
    assert '<h1 dir="auto" class="p-name" id="post-title">Weak ties</h1>' in html
    assert re.search(
        r'<p id="p1"><a class="on-paragraph" [^>]*></a>What weak ties bring.</p>', html
    )
    assert "What does it mean to learn in a network?" in html
    assert "Visible to: course" in html
    assert reverse("person_page", args=[post.course.slug, post.author.username]) in html


def test_post_page_lists_references_with_their_way_back(client, post, bob):
    post.revision.references = [
        {
            "key": "doe:2012",
            "work": 1,
            "csl": {},
            "html": "Doe, J. (2012). <i>Ties</i>.",
            "cited_in": [1, 3],
        }
    ]
    post.revision.save()

    html = page_of(client, bob, address("post_page", post)).content.decode()

    assert '<li class="ref" id="ref-doe.3a.2012">' in html
    assert '<p dir="auto">Doe, J. (2012). <i>Ties</i>.</p>' in html
    assert re.findall(r'<a href="#p(\d)"><span class="visually-hidden">paragraph', html) == [
        "1",
        "3",
    ]


def test_a_draft_leads_its_author_to_the_editor(client, ada, bob, course):
    draft = factories.make_draft_post(ada, course)

    assert page_of(client, ada, address("post_page", draft)).url == address("post_edit", draft)
    assert page_of(client, bob, address("post_page", draft)).status_code == 404


def test_a_withdrawn_post_says_so_to_author_and_team(client, ada, bob, assistant, post):
    Post.objects.filter(pk=post.pk).update(status=Post.Status.WITHDRAWN)

    own = page_of(client, ada, address("post_page", post)).content.decode()
    assert "You have withdrawn" in own
    assert "Visible to: you and the teaching team" in own
    theirs = page_of(client, assistant, address("post_page", post)).content.decode()
    assert "has withdrawn this post" in theirs
    assert "Visible to: the author and the teaching team" in theirs
    editor = page_of(client, ada, address("post_edit", post)).content.decode()
    assert "Publish again" in editor
    assert page_of(client, bob, address("post_page", post)).status_code == 404


def test_lateness_is_between_author_and_team(client, ada, bob, assistant, post, prompt):
    prompt.opens_at = timezone.now() - timedelta(days=9)
    prompt.due_at = timezone.now() - timedelta(days=2)
    prompt.save()
    url = address("post_page", post)

    shown = [
        b"after the due date" in page_of(client, u, url).content for u in (ada, assistant, bob)
    ]

    assert shown == [True, True, False]


def test_the_deadlines_minute_still_counts(client, ada, post, prompt):
    prompt.due_at = timezone.now().replace(second=0, microsecond=0)
    prompt.save()
    Post.objects.filter(pk=post.pk).update(published_at=prompt.due_at + timedelta(seconds=59))

    assert b"after the due date" not in page_of(client, ada, address("post_page", post)).content


def test_the_private_margin_is_between_author_and_team(client, ada, bob, assistant, observer, post):
    url = address("post_page", post)

    shown = [
        b"and the teaching team can see this" in page_of(client, u, url).content
        for u in (ada, assistant, bob, observer)
    ]

    assert shown == [True, True, False, False]


def test_nothing_of_a_grade_is_on_the_page_before_its_release(
    client, ada, bob, instructor, post, prompt
):
    prompt.rubric = factories.make_rubric(prompt.course)
    prompt.save()
    factories.make_grading(post, instructor, "Which design first?", level=3)

    for reader in (ada, bob):
        response = page_of(client, reader, address("post_page", post))
        html = response.content.decode()
        assert response.context["grade"] is None
        assert "Which design first?" not in html
        assert "Uses evidence" not in html
        assert ("Not released" in html) == (reader == ada)


def test_released_feedback_is_its_authors(client, ada, bob, assistant, instructor, post, prompt):
    prompt.rubric = factories.make_rubric(prompt.course)
    prompt.save()
    factories.make_grading(
        post, instructor, "Which design first?", level=3, released_at=timezone.now()
    )
    url = address("post_page", post)

    html = page_of(client, ada, url).content.decode()

    assert "Which design first?</p>" in html
    assert re.findall(r"<dt[^>]*>(.*?)</dt>\s*<dd>\s*<span[^>]*>(.*?)</span>,\s*(.*)", html) == [
        ("Answers the prompt", "Well", "3 of 4"),
        ("Uses evidence", "Well", "3 of 4"),
    ]
    assert "6 of 8 points" in html
    assert "Not released" not in html
    for reader in (bob, assistant):
        assert b"Which design first?" not in page_of(client, reader, url).content


def test_not_released_is_said_only_where_there_is_a_rubric(client, ada, post):
    assert b"Not released" not in page_of(client, ada, address("post_page", post)).content


def test_the_thread_has_two_levels(client, ada, bob, instructor, post):
    first = factories.make_comment(bob, post, "First.")
    second = factories.make_comment(ada, post, "Second.", parent=first)
    third = factories.make_comment(instructor, post, "Third.", parent=second)

    html = page_of(client, bob, address("post_page", post)).content.decode()

    assert re.findall(r'id="(c\d+)"', html) == [f"c{c.pk}" for c in (first, second, third)]
    assert html.count("<ol>") == 1
    assert f'<a href="#c{second.pk}">to Ada Student</a>' in html


def test_a_hidden_comment_is_announced_as_hidden_to_those_who_see_it(
    client, ada, bob, observer, post
):
    factories.make_comment(bob, post, "Rude.", state=Comment.State.HIDDEN)
    url = address("post_page", post)

    for reader, shown in ((ada, True), (bob, True), (observer, False)):
        html = page_of(client, reader, url).content
        assert (b"Rude." in html) == shown
        assert (b"Hidden by the teaching team." in html) == shown


def test_a_post_tells_its_author_alone_of_unpublished_changes(client, ada, bob, instructor, post):
    url, told = address("post_page", post), "You have unpublished changes."
    assert told not in page_of(client, ada, url).content.decode()
    save_draft(PostTarget(post), by=ada, text="What weak ties do not bring.")

    for reader, is_told in ((ada, True), (bob, False), (instructor, False)):
        assert (told in page_of(client, reader, url).content.decode()) is is_told


@pytest.mark.parametrize(("reader", "cost"), [("bob", 5), ("ada", 6), ("instructor", 5)])
def test_post_page_costs_the_same_at_one_and_three_comments(
    request, client, django_assert_num_queries, post, bob, instructor, reader, cost
):
    # session, person with memberships, post with what there is beside it and what waits for a first
    # comment, comments; whom the reader has muted and follows; for the author their feedback
    client.force_login(request.getfixturevalue(reader))
    first = factories.make_comment(bob, post)

    with django_assert_num_queries(cost):
        client.get(address("post_page", post))
    factories.make_comment(instructor, post, parent=first)
    factories.make_comment(factories.make_user(), post, deleted_at=timezone.now())
    with django_assert_num_queries(cost):
        client.get(address("post_page", post))


def test_the_composer_closes_with_the_course(client, bob, post, course):
    course.ends_on = course.today() - timedelta(days=1)
    course.save()

    html = page_of(client, bob, address("post_page", post)).content.decode()

    assert "You can no longer comment." in html
    assert 'id="say"' not in html


def test_observers_read_without_a_composer(client, observer, post):
    factories.make_comment(post.author, post)

    html = page_of(client, observer, address("post_page", post)).content.decode()

    assert 'id="say"' not in html
    assert "Reply to" not in html
