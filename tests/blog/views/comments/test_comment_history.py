"""The page with the former texts of a comment, and the words that lead there."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.actions.comments import add_comment, edit_comment
from blog.models import Comment
from blog.queries.comment_history import PAGE_SIZE
from tests import factories

LINK = '<span class="visually-hidden">: see what changed</span>'


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course)


@pytest.fixture
def edited(bob, post):
    """Return a comment of Bob's that he wrote an hour ago and changed twice since."""
    at = timezone.now() - timedelta(hours=1)
    comment = add_comment(post, by=bob, text="Weak ties carry news.", at=at)
    for text in ("Weak ties carry most news.", "Weak ties carry *most* of the news."):
        comment = edit_comment(comment, by=bob, text=text)
    return comment


def history_of(comment):
    return reverse("comment_history", args=[comment.post.course.slug, comment.pk])


def test_post_says_which_comments_were_edited_and_leads_to_their_history(
    client, observer, post, edited
):
    factories.make_comment(edited.author, post)
    client.force_login(observer)

    html = client.get(post.get_absolute_url()).content.decode()

    assert html.count(LINK) == 1
    assert f'href="{history_of(edited)}"' in html


def test_page_shows_each_version_and_what_changed_word_by_word(client, observer, edited):
    client.force_login(observer)

    response = client.get(history_of(edited))

    html = response.content.decode()
    versions = response.context["history"].versions
    assert [version.is_current for version in versions] == [True, False, False]
    assert [version.html for version in versions] == [
        '<p dir="auto">Weak ties carry <em>most</em> of the news.</p>',
        '<p dir="auto">Weak ties carry most news.</p>',
        '<p dir="auto">Weak ties carry news.</p>',
    ]
    assert '<ins><span class="visually-hidden">added: </span>of the </ins>' in html
    assert '<ins><span class="visually-hidden">added: </span>most </ins>' in html
    assert '<p dir="auto">Weak ties carry news.</p>' in html
    assert "*most*" not in html


def test_page_leaves_out_a_text_that_was_for_fewer_people(client, ada, bob, observer, post):
    comment = factories.make_comment(bob, post, "For all of you.", edited_at=timezone.now())
    factories.make_former_text(comment, "Between us.", audience=Comment.Audience.TEAM)

    pages = []
    for reader in (ada, observer):
        client.force_login(reader)
        pages.append(client.get(history_of(comment)).content.decode())

    assert ["Between us." in page for page in pages] == [True, False]
    assert "For all of you." in pages[1]


@pytest.mark.parametrize(
    ("now", "before"), [("a flood", ""), ("", "a flood")], ids=["given later", "taken away"]
)
def test_words_stay_behind_the_content_note_that_any_text_has(
    client, observer, bob, post, now, before
):
    comment = factories.make_comment(bob, post, "It rose.", content_note=now)
    factories.make_former_text(comment, "The water rose.", content_note=before)
    client.force_login(observer)

    html = client.get(history_of(comment)).content.decode()

    outside = re.sub(r'<details class="content-note">.*?</details>', "", html, flags=re.DOTALL)
    assert "Content note: a flood" in html
    assert "The water" in html
    assert "water" not in outside.split("<h2", 1)[1]


@pytest.mark.parametrize("who", ["bob", "instructor"])
def test_deleted_comment_has_no_page(request, client, edited, who):
    Comment.objects.filter(pk=edited.pk).update(deleted_at=timezone.now())
    client.force_login(request.getfixturevalue(who))

    assert client.get(history_of(edited)).status_code == 404


def test_page_of_a_comment_that_was_never_edited_shows_its_text(client, observer, bob, post):
    comment = factories.make_comment(bob, post, "As it was.")
    client.force_login(observer)

    html = client.get(history_of(comment)).content.decode()

    assert "As it was." in html


@pytest.mark.parametrize("before", ["x", "-1", "", "9" * 30])
def test_page_that_begins_nowhere_does_not_exist(client, observer, edited, before):
    client.force_login(observer)

    assert client.get(history_of(edited), {"before": before}).status_code == 404


def test_long_history_has_pages_and_no_version_is_lost(client, observer, bob, post):
    comment = factories.make_comment(bob, post, "Version 45")
    for number in range(45):
        factories.make_former_text(comment, f"Version {number}")
    client.force_login(observer)

    pages, before = [], None
    while not pages or before:
        address = history_of(comment) + (f"?before={before}" if before else "")
        history = client.get(address).context["history"]
        pages.append([version.html for version in history.versions])
        before = history.older

    assert [len(page) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 6]
    assert sum(pages, []) == [f"<p>Version {number}</p>" for number in range(45, -1, -1)]


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_whatever_its_length(
    client, django_assert_num_queries, observer, bob, post, count
):
    comment = factories.make_comment(bob, post)
    for number in range(count):
        factories.make_former_text(comment, f"Version {number}")
    client.force_login(observer)

    # session, user with memberships, comment, former texts
    with django_assert_num_queries(4):
        client.get(history_of(comment))
