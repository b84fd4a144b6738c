"""Undoing an import from WordPress: what goes, and what stays since somebody worked with it."""

import pytest

from blog.actions.comments import add_comment
from blog.actions.post_states import withdraw_post
from blog.actions.posts import publish_post
from blog.actions.wordpress_imports import undo_wordpress_import
from blog.models import (
    Comment,
    ImportedComment,
    ImportedPost,
    Picture,
    Post,
    Revision,
    SearchEntry,
)
from network import ties
from tests import factories
from tests.blog.actions.wordpress_steps import THREE, bring, key_of, zip_of
from tests.wordpress_files import comment, item

pytestmark = pytest.mark.django_db


def test_an_undo_takes_everything_back(course, instructor, ada, bob):
    done = bring(
        course,
        instructor,
        item(
            1,
            '<p><img src="https://blog.example/a.png"></p>',
            comments=[comment(1), comment(2, account=2, parent=1)],
        ),
        file={"authors": THREE},
        media=zip_of("a.png"),
        author_0=key_of(course, ada),
        author_1=key_of(course, bob),
    )

    undone = undo_wordpress_import(done, by=instructor)

    for model in (Post, Comment, Picture, Revision, ImportedPost, ImportedComment, SearchEntry):
        assert not model.objects.exists(), model
    assert ties.check(course) == []
    assert undone.changes == {"stayed": [], "deleted": 1}
    assert undo_wordpress_import(done, by=instructor).undone_at == undone.undone_at


def test_what_was_taken_back_can_come_again(course, instructor):
    undo_wordpress_import(bring(course, instructor, item()), by=instructor)

    bring(course, instructor, item())

    assert Post.objects.count() == 1


def publish_again(post, by):
    publish_post(post, by=post.author, title="New", text="New words.", audience=post.audience)


def comment_on(post, by):
    add_comment(post, by=by, text="A thought.")


def report_it(post, by):
    factories.make_case(post, by=by)


def begin_draft(post, by):
    factories.make_draft(post.author, post)


def grade_it(post, by):
    factories.make_grading(post, by, level=None)


def cite_it(post, by):
    factories.make_work(post.course, post=post)


def withdraw_it(post, by):
    withdraw_post(post, by=post.author)


@pytest.mark.parametrize(
    "touch", [publish_again, comment_on, report_it, begin_draft, cite_it, withdraw_it]
)
def test_a_post_that_somebody_has_worked_with_stays(course, instructor, ada, touch):
    done = bring(course, instructor, item(comments=[comment()]), author_0=key_of(course, ada))
    post = Post.objects.get()
    touch(post, instructor)

    undone = undo_wordpress_import(done, by=instructor)

    assert Post.objects.get() == post
    assert post.comments.filter(imported__isnull=False).count() == 1
    assert undone.changes == {"stayed": [post.pk], "deleted": 0}


def test_a_graded_post_stays(course, instructor, ada):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    done = bring(
        course, instructor, item(), author_0=key_of(course, ada), post_0=f"prompt-{prompt.pk}"
    )
    post = Post.objects.get()
    factories.make_grading(post, instructor, level=2)

    undo_wordpress_import(done, by=instructor)

    assert Post.objects.get() == post


def test_comments_that_came_to_an_earlier_post_are_taken_back(course, instructor, ada, bob):
    first = bring(course, instructor, item(comments=[comment(1)]), author_0=key_of(course, ada))
    later = bring(
        course,
        instructor,
        item(comments=[comment(1), comment(2, "Goes", parent=1), comment(3, "Stays")]),
        author_0=key_of(course, ada),
    )
    post = Post.objects.get()
    stays = Comment.objects.get(text="Stays")
    add_comment(post, by=bob, text="To you", parent=stays)

    undo_wordpress_import(later, by=instructor)

    assert sorted(post.comments.values_list("text", flat=True)) == [
        "Stays",
        "To you",
        "Words of a comment.",
    ]
    assert undo_wordpress_import(first, by=instructor).changes == {
        "stayed": [post.pk],
        "deleted": 0,
    }


@pytest.mark.whole  # else comments of others are lost
def test_a_post_with_comments_of_another_import_stays(course, instructor, ada):
    first = bring(course, instructor, item(1), item(2, title="Two"), author_0=key_of(course, ada))
    later = bring(course, instructor, item(1, comments=[comment(1)]), author_0=key_of(course, ada))
    post = Post.objects.get(imported__imported_comments__isnull=False)

    undone = undo_wordpress_import(first, by=instructor)

    assert undone.changes == {"stayed": [post.pk], "deleted": 1}
    assert [one.post for one in Comment.objects.all()] == [post]
    assert undo_wordpress_import(later, by=instructor).changes == {"stayed": [], "deleted": 0}
    assert not Comment.objects.exists()
