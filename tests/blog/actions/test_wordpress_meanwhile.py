"""Imports from WordPress while something else happens: a member leaves, a blog comes twice."""

import pytest
from django.utils import timezone

from blog.actions.comments import add_comment
from blog.actions.wordpress_imports import answer_wordpress_import, import_wordpress_posts
from blog.actions.wordpress_posts import ImportingPosts
from blog.exceptions import Refused
from blog.models import Comment, ImportedPost, Membership, Post, WordPressImport
from blog.queries.wordpress_plan import plan_import
from tests.blog.actions.wordpress_steps import do, go_on, key_of, start
from tests.wordpress_files import comment, item, meta

pytestmark = pytest.mark.django_db


def begun(course, instructor, *items, **answers):
    named = {name.replace("_", "-"): value for name, value in answers.items()}
    uploaded = start(course, instructor, *items)
    answer_wordpress_import(uploaded, by=instructor, answers=named)
    return import_wordpress_posts(uploaded, by=instructor)


def test_a_repaired_text_comes_if_somebody_says_so(course, instructor):
    started = start(course, instructor, item(html="<p>a \x01 b</p>"))

    with pytest.raises(Refused):
        do(started, instructor, author_0="guest")
    assert WordPressImport.objects.get().started_at is None
    do(started, instructor, author_0="guest", repaired="yes")
    assert Post.objects.count() == 1


def test_a_post_whose_author_has_left_meanwhile_is_told(course, instructor, ada):
    items = item(1, title="One"), item(2, title="Two", at="2020-02-05 04:05:06")
    started = go_on(
        begun(course, instructor, *items, author_0=key_of(course, ada)), instructor, seconds=0
    )
    Membership.objects.filter(user=ada).update(ended_at=timezone.now())

    done = go_on(WordPressImport.objects.get(pk=started.pk), instructor)

    assert [post.title for post in Post.objects.all()] == ["One"]
    assert done.changes["problems"] == [["Two", "undecided"]]


def test_a_post_that_is_too_long_is_told_at_the_end(course, instructor):
    long = item(1, "<p>" + "word " * 20_000 + "</p>", title="Long")

    done = do(start(course, instructor, long, item(2)), instructor, author_0="guest")

    assert done.changes["problems"] == [["Long", "too_long"]]


def test_the_same_blog_twice_at_once_comes_once(course, instructor, monkeypatch):
    """The second has made its plan when the first has not come yet."""
    first = begun(course, instructor, item(1), item(2), author_0="guest")
    second = begun(course, instructor, item(1, comments=[comment()]), item(2), author_0="guest")
    prepare = ImportingPosts.prepare
    others = [first]

    def slow(importing, planned):
        prepared = prepare(importing, planned)
        if others:
            go_on(others.pop(), instructor)
        return prepared

    monkeypatch.setattr(ImportingPosts, "prepare", slow)

    done = go_on(second, instructor)

    assert done.finished_at is not None
    assert (done.changes.get("posts", 0), done.changes["comments"]) == (0, 1)
    assert (Post.objects.count(), ImportedPost.objects.count(), Comment.objects.count()) == (
        2,
        2,
        1,
    )


# Whose it is said to be


def test_nobody_is_chosen_by_what_a_file_says(course, instructor, ada):
    """Whoever wrote the file can have put the email of anybody there."""
    authors = (("a", "A", ada.email),)
    started = start(
        course, instructor, item(login="a", comments=[comment(account=1)]), authors=authors
    )

    [person] = plan_import(started).people
    assert (person.suggested, person.member, person.is_open) == (ada, None, True)
    with pytest.raises(Refused):
        import_wordpress_posts(started, by=instructor)


@pytest.mark.parametrize(("chosen", "audience"), [("ada", 30), ("guest", 0)])
def test_a_file_opens_private_posts_only_of_somebody_who_was_chosen(
    course, instructor, ada, chosen, audience
):
    own = meta("_commonplace_markdown", "Words.") + meta("_commonplace_audience", "course")
    author = key_of(course, ada) if chosen == "ada" else chosen

    do(start(course, instructor, item(status="private", more=own)), instructor, author_0=author)

    assert Post.objects.get().audience == audience


def test_readers_see_who_brought_a_post_and_which_comments_came_with_it(
    client, course, instructor, ada, bob
):
    do(
        start(course, instructor, item(comments=[comment(account=1)])),
        instructor,
        author_0=key_of(course, ada),
    )
    post = Post.objects.get()
    add_comment(post, by=bob, text="Written here.")
    client.force_login(bob)

    page = client.get(post.get_absolute_url()).text

    assert "imported from WordPress by Ines Instructor" in page
    assert page.count("imported from WordPress") == 2
    client.force_login(ada)
    words = "2 things were imported from WordPress under your name, the first is A post"
    page = client.get("/me/notifications/").text
    assert words in without_isolates(page)
    assert f'href="/me/work/{course.slug}/"' in page


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "Imported from WordPress under your name: the post One"),
        (3, "3 things were imported from WordPress under your name, the first is Three"),
    ],
)
def test_members_are_told_how_much_is_theirs(client, course, instructor, ada, count, words):
    items = [item(1, title="One"), item(2, title="Two"), item(3, title="Three")][:count]
    do(start(course, instructor, *items), instructor, author_0=key_of(course, ada))
    client.force_login(ada)

    page = client.get("/me/notifications/").text

    assert words in without_isolates(page)


def test_what_is_deleted_since_is_not_counted(client, course, instructor, ada):
    items = [item(1, title="One"), item(2, title="Two")]
    do(start(course, instructor, *items), instructor, author_0=key_of(course, ada))
    Post.objects.filter(title="Two").update(deleted_at=timezone.now())
    client.force_login(ada)

    page = client.get("/me/notifications/").text

    assert "under your name: the post One" in without_isolates(page)


def without_isolates(page):
    return page.replace("\u2068", "").replace("\u2069", "")
