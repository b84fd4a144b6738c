"""Rows of ``tests/test_actions.py`` about blogs elsewhere. The blog and its post are Ada's."""

from django.utils import timezone

from blog.actions import blog_entries, own_blogs
from blog.exceptions import NotAllowed, Refused
from blog.feeds import Entry
from blog.models import Audience

INSTRUCTOR = "instructor"
OWNER = "owner"
ENTRY = Entry("new", "https://ada.example.org/new", "New", "<p>Words.</p>", None)


def _connect(w, by):
    """Connect a blog; Ada is told that she has one already."""
    try:
        own_blogs.connect_blog(
            w.course,
            by=by,
            feed_url="https://new.example.org/feed/",
            audience=Audience.COURSE,
            since=timezone.now(),
        )
    except NotAllowed:
        raise
    except Refused:
        pass


BLOG_ROWS = {
    "own_blogs.connect_blog": ("peer owner assistant instructor", _connect),
    "own_blogs.change_blog": (
        OWNER,
        lambda w, by: own_blogs.change_blog(w.own_blog, by=by, audience=Audience.INSTRUCTORS),
    ),
    "own_blogs.check_blog_now": (OWNER, lambda w, by: own_blogs.check_blog_now(w.own_blog, by=by)),
    "own_blogs.stop_blog": (
        "owner instructor",
        lambda w, by: own_blogs.stop_blog(w.own_blog, by=by),
    ),
    "own_blogs.stop_blog: with its posts": (
        OWNER,
        lambda w, by: own_blogs.stop_blog(w.own_blog, by=by, keeps_posts=False),
    ),
    "own_blogs.allow_own_blogs": (
        INSTRUCTOR,
        lambda w, by: own_blogs.allow_own_blogs(w.course, by=by, is_allowed=False),
    ),
    "blog_entries.take_entry": (
        OWNER,
        lambda w, by: blog_entries.take_entry(w.own_blog, ENTRY, by=by),
    ),
    "blog_entries.change_imported_post": (
        OWNER,
        lambda w, by: blog_entries.change_imported_post(
            w.imported_post, by=by, prompt=None, audience=Audience.INSTRUCTORS
        ),
    ),
}
