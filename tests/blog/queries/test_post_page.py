"""Facts for a post's page that the query of the post learns."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Membership, Post, PostLink, Prompt, SeenComments
from blog.queries.post_page import for_post_page
from tests import factories


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course)


def signs(reader, post):
    found = for_post_page(Post.objects.filter(pk=post.pk), reader).get()
    return {
        name
        for name in ("is_cited", "has_process", "has_drafts", "has_rota", "is_author_here")
        if getattr(found, name)
    }


def test_most_posts_have_nothing_beside_them(bob, post):
    assert signs(bob, post) == {"is_author_here"}


def test_what_is_beside_another_post_is_no_sign(bob, post, ada, course):
    other = factories.make_post(ada, course)
    third = factories.make_post(ada, course)
    factories.make_process_note(other)
    factories.make_draft_comment(bob, other)
    PostLink.objects.create(post=third, linked=other)

    assert signs(bob, post) == {"is_author_here"}


def test_links_and_works_are_signs_of_citing_posts(bob, course, post):
    PostLink.objects.create(post=factories.make_post(bob, course), linked=post)
    assert signs(bob, post) == {"is_author_here", "is_cited"}

    PostLink.objects.all().delete()
    factories.make_work(course, post=post)
    assert signs(bob, post) == {"is_author_here", "is_cited"}


@pytest.mark.parametrize("make", ["make_process_note", "make_help_statement"])
def test_notes_and_statements_are_signs_of_process(bob, post, make):
    getattr(factories, make)(post)

    assert signs(bob, post) == {"is_author_here", "has_process"}


def test_drafts_are_signs_for_their_writers_alone(ada, bob, post):
    factories.make_draft_comment(bob, post)

    assert signs(bob, post) == {"is_author_here", "has_drafts"}
    assert signs(ada, post) == {"is_author_here"}


@pytest.mark.parametrize(("hours_left", "is_sign"), [(96, True), (1, True), (-1, False)])
def test_rotas_are_signs_until_comments_are_due(bob, course, post, hours_left, is_sign):
    prompt = factories.make_rota_prompt(course)
    Prompt.objects.filter(pk=prompt.pk).update(
        due_at=timezone.now() - timedelta(days=2),
        comments_due_at=timezone.now() + timedelta(hours=hours_left),
    )

    assert ("has_rota" in signs(bob, post)) == is_sign


def test_authors_who_left_are_not_here(bob, post):
    Membership.objects.filter(user=post.author).update(ended_at=timezone.now())

    assert signs(bob, post) == set()


def test_last_visit_is_that_of_the_reader(ada, bob, post):
    at = timezone.now()
    SeenComments.objects.create(user=bob, post=post, seen_at=at)

    posts = Post.objects.filter(pk=post.pk)

    assert for_post_page(posts, bob).get().last_visit == at
    assert for_post_page(posts, ada).get().last_visit is None
