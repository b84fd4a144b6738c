"""Atom feeds of a course, of a person's posts in it, and of the comments on a post.

Each is there twice: in the course, for browsers that are signed in, and at the secret address of
one person, for feed readers, which have no session (ADR 0027). Both have what their reader sees.
"""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blog.models import Course, Membership, Post, User, name_for
from blog.queries.feeds import newest_comments, newest_posts
from blog.views.feeds import entries
from blog.views.feeds.atom import CONTENT_TYPE, Feed, as_atom
from blog.web.decorators import in_course
from blog.web.feeds import as_feed, secret_post_feed
from blog.web.languages import speak_to_owner


@in_course
@require_safe
def course_feed(request, course):
    """Send the newest posts of a course."""
    return _course_feed(request, request.user, course)


@in_course
@require_safe
def person_feed(request, course, username):
    """Send the newest posts of a person in a course."""
    return _person_feed(request, request.user, course, username)


@in_course
@require_safe
def comment_feed(request, course, slug):
    """Send the newest comments on a post."""
    return _comment_feed(request, request.user, course, slug)


@secret_post_feed
def secret_course_feed(request, owner, course):
    """Send the newest posts of a course of the owner of the address."""
    return _course_feed(
        request, owner, _course_of(request, owner, course), owner.feed_address.posts_token
    )


@secret_post_feed
def secret_person_feed(request, owner, course, username):
    """Send the newest posts of a person in a course of the owner of the address."""
    course, token = _course_of(request, owner, course), owner.feed_address.posts_token
    return _person_feed(request, owner, course, username, token)


@secret_post_feed
def secret_comment_feed(request, owner, course, slug):
    """Send the newest comments on a post that the owner of the address sees."""
    return _comment_feed(request, owner, _course_of(request, owner, course), slug)


def _course_of(request: HttpRequest, owner: User, slug: str) -> Course:
    """Return the course that somebody is in now, as ``in_course`` does for who signed in."""
    for membership in owner.memberships_now:
        if membership.course.slug == slug:
            speak_to_owner(request, owner, membership.course)
            return membership.course
    raise Http404


def _course_feed(request, reader, course, token=""):
    feed = Feed(
        entries.tag_of("course", course.pk, course.created_at),
        course.title,
        entries.whole(reverse("course_home", args=[course.slug])),
        entries.whole(request.path),
        course.created_at,
    )
    posts = newest_posts(reader, course)
    return _answer(request, feed, [entries.post_entry(post, reader, token) for post in posts])


def _person_feed(request, reader, course, username, token=""):
    members = Membership.objects.in_course(course).select_related("user")
    member = get_object_or_404(members, user__username=username)
    name = name_for(member.user, reader)
    feed = Feed(
        entries.tag_of("member", member.pk, member.joined_at),
        _("%(name)s in %(course)s") % {"name": name, "course": course.title},
        entries.whole(reverse("person_page", args=[course.slug, username])),
        entries.whole(request.path),
        member.joined_at,
    )
    posts = newest_posts(reader, course, author=member.user)
    return _answer(request, feed, [entries.post_entry(post, reader, token) for post in posts])


def _comment_feed(request, reader, course, slug):
    posts = Post.objects.published_for(reader, course)
    post = get_object_or_404(posts.select_related("course", "revision"), slug=slug)
    feed = Feed(
        entries.tag_of("comments", post.pk, post.published_at),
        _("Comments on “%(title)s”") % {"title": post.revision.title},
        entries.whole(post.get_absolute_url()),
        entries.whole(request.path),
        post.published_at,
    )
    comments = newest_comments(reader, post)
    return _answer(request, feed, [entries.comment_entry(one, post, reader) for one in comments])


def _answer(request, feed, found):
    return as_feed(request, as_atom(feed, found), CONTENT_TYPE)
