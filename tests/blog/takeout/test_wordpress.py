"""One's posts as a file for WordPress: whose words are in it, and that it reads back here."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from blog.actions.comments import add_comment
from blog.actions.posts import publish_post
from blog.actions.references import add_references
from blog.actions.wordpress_imports import (
    answer_wordpress_import,
    import_wordpress_posts,
    start_wordpress_import,
)
from blog.models import Audience, Comment, Membership, Post, User
from blog.takeout.wordpress import wordpress_file
from blog.wordpress import read_export
from tests import factories
from tests.blog.actions.wordpress_steps import go_on
from tests.leaks.canaries import CANARIES, mark
from tests.leaks.world import plant
from tests.wordpress_files import export_of

pytestmark = pytest.mark.django_db

BOOK = {"id": "luna2020", "type": "book", "title": "Ties", "issued": {"date-parts": [[2020]]}}


def written(person, course):
    membership = Membership.objects.select_related("user", "course").get(user=person, course=course)
    return "".join(wordpress_file(membership)).encode()


def read(person, course):
    return read_export(written(person, course), zone=UTC, now=timezone.now())


def published(author, course, title="Of ties", text="Words.", audience=Audience.COURSE, **fields):
    post = factories.make_draft_post(author, course, title=title)
    publish_post(post, by=author, title=title, text=text, audience=audience, **fields)
    return Post.objects.get(pk=post.pk)


def test_a_post_is_written_as_its_page_has_it(course, ada):
    post = factories.make_draft_post(ada, course)
    add_references(post, [BOOK | {"author": [{"family": "Luna", "given": "Ada"}]}], by=ada)
    publish_post(
        post, by=ada, title="Of ties", text="As [@luna2020] **says**.", audience=Audience.COURSE
    )

    [found] = read(ada, course).posts

    assert (found.title, found.markdown) == ("Of ties", "As [@luna2020] **says**.")
    assert '(<a class="cite" href="#ref-luna2020">Luna, 2020</a>)' in found.html
    assert "<h2>References</h2>" in found.html
    assert '<p id="ref-luna2020">Luna, A. (2020). <i>Ties</i>.</p>' in found.html
    assert [one["id"] for one in found.references] == ["luna2020"]


@pytest.mark.parametrize(
    ("audience", "status"),
    [
        (Audience.ONLY_ME, b"private"),
        (Audience.INSTRUCTORS, b"private"),
        (Audience.COURSE, b"private"),
        (Audience.SIGNED_IN, b"private"),
        (Audience.PUBLIC, b"publish"),
    ],
)
def test_only_public_posts_are_public_in_wordpress(course, ada, audience, status):
    course.widest_audience = Audience.PUBLIC
    course.save()
    published(ada, course, audience=audience)

    assert b"<wp:status>" + status + b"</wp:status>" in written(ada, course)


def test_drafts_and_deleted_posts_are_not_in_it_and_withdrawn_ones_are_drafts(course, ada):
    factories.make_draft_post(ada, course, title="Draftword")
    factories.make_post(ada, course, "Deletedword", deleted_at=timezone.now())
    factories.make_withdrawn_post(ada, course, "Withdrawnword")

    text = written(ada, course)

    assert b"Draftword" not in text
    assert b"Deletedword" not in text
    assert b"<wp:status>draft</wp:status>" in text


def test_a_public_post_takes_only_comments_that_are_public_there(course, ada, bob):
    course.widest_audience = Audience.PUBLIC
    course.save()
    post = published(ada, course, audience=Audience.PUBLIC)
    for word, audience in (("Openword", 50), ("Courseword", 30), ("Teamword", 10)):
        add_comment(post, by=bob, text=word, audience=audience)

    text = written(ada, course).decode()

    assert ("Openword" in text, "Courseword" in text, "Teamword" in text) == (True, False, False)
    assert bob.display_name not in text


def test_a_private_post_takes_those_of_the_course_and_none_for_the_team(course, ada, bob):
    post = published(ada, course)
    add_comment(post, by=bob, text="Courseword")
    add_comment(post, by=bob, text="Teamword", audience=Comment.Audience.TEAM)
    factories.make_comment(bob, post, "Hiddenword", state=Comment.State.HIDDEN, tied=False)

    text = written(ada, course).decode()

    assert ("Courseword" in text, "Teamword" in text, "Hiddenword" in text) == (True, False, False)
    assert bob.email not in text


def test_who_has_left_takes_what_everybody_sees_of_others(course, ada, bob):
    post = published(ada, course)
    add_comment(post, by=bob, text="Courseword")
    Membership.objects.filter(user=ada).update(ended_at=timezone.now())

    text = written(User.objects.get(pk=ada.pk), course).decode()

    assert ("Words." in text, "Courseword" in text) == (True, False)


def test_nothing_that_they_do_not_see_is_in_anybodys_file(db):
    """Every canary of the course: what is in a file, its person may come across."""
    world = plant()
    for name in ("ada", "bob", "cyn", "instructor"):
        person = User.objects.get(pk=world.people[name].pk)
        for membership in person.memberships.select_related("user", "course"):
            text = "".join(wordpress_file(membership)).lower()
            found = {one for one in CANARIES if mark(one) in text}
            own = {one for one in found if name in CANARIES[one]}
            assert found - own <= {"mailada", "deletedtext"}, (name, found - own)


def again(data, course, instructor, author):
    """Import a file into a course as posts of somebody; return the import."""
    started = start_wordpress_import(course, by=instructor, export=export_of(data, course))
    member = course.memberships.get(user=author).pk
    answer_wordpress_import(started, by=instructor, answers={"author-0": f"member-{member}"})
    started = import_wordpress_posts(started, by=instructor)
    return go_on(started, instructor)


def shape_of(post):
    """Return what a post and its thread have to be again in another course."""
    revision = post.revision
    comments = post.comments.open().exclude(audience=Comment.Audience.TEAM)
    rows = list(comments.select_related("parent").order_by("created_at", "pk"))
    talk = [(one.text, one.created_at.replace(microsecond=0), one.parent_id) for one in rows]
    texts = {one.pk: one.text for one in rows}
    return (
        *(revision.title, revision.text, revision.content_note, revision.words),
        post.published_at.replace(microsecond=0),
        sorted((one["key"], one["csl"]["title"]) for one in revision.references),
        [(text, at, texts.get(parent)) for text, at, parent in talk],
    )


@pytest.mark.slow
def test_the_demo_course_goes_out_and_comes_back(committed_demo):
    """Each author's posts of the demo course, with threads and references, in a new course."""
    course = committed_demo
    instructor = course.memberships.filter(role="instructor").first().user
    other = factories.make_course("again", instructor=instructor)
    other.widest_audience = other.default_audience = Audience.COURSE
    other.save()
    tried = 0
    for author in User.objects.filter(posts__course=course).distinct().order_by("pk"):
        if not other.memberships.filter(user=author).exists():
            factories.add_member(other, author)
        own = Post.objects.by(author).in_course(course).published()
        if not own.exists():
            continue
        again(written(author, course), other, instructor, author)
        before = own.exclude(pk__in=Post.objects.beyond_course()).order_by("published_at", "pk")
        back = Post.objects.by(author).in_course(other).order_by("published_at", "pk")
        shapes = {one.title: shape_of(one) for one in back}
        for post in before:
            assert shape_of(post) == shapes[post.title]
            tried += 1
        assert back.count() == own.count()
    assert tried > 30


def test_a_date_is_on_the_clock_of_the_course(course, ada):
    post = published(ada, course)
    at = datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
    Post.objects.filter(pk=post.pk).update(published_at=at)

    local = at.astimezone(course.zone)

    text = written(ada, course).decode()
    assert f"<wp:post_date>{local:%Y-%m-%d %H:%M:%S}</wp:post_date>" in text
    assert "<wp:post_date_gmt>2026-07-01 12:30:00</wp:post_date_gmt>" in text
