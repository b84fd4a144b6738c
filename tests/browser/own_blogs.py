"""A blog elsewhere in the demo course, for the pages that show one."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from blog.actions.blog_entries import take_entry
from blog.actions.own_blogs import connect_blog
from blog.feeds import Entry
from blog.models import Audience, Course, OwnBlog, Post, User


def imported_post(me: User, course: Course) -> Post:
    """Return a post from my blog elsewhere, which cannot be read; in the demo nobody has one."""
    blog = OwnBlog.objects.filter(person=me, course=course).first()
    if blog is None:
        since = timezone.now() - timedelta(days=60)
        url = "https://noor-writes.example.org/feed/"
        blog = connect_blog(course, by=me, feed_url=url, audience=Audience.COURSE, since=since)
        problem = {"problem": "gone", "failing_since": timezone.now(), "failures": 4}
        OwnBlog.objects.filter(pk=blog.pk).update(title="Noor writes", **problem)
        words = "<p>I walked to the library, and met two people from my pod on the way.</p>"
        page = "https://noor-writes.example.org/walking"
        take_entry(blog, Entry("1", page, "Walking to the library", words, None), by=me)
    return Post.objects.get(blog_entry__blog=blog)


def own_blog_places(me: User, course: Course) -> dict[str, str]:
    """Return the pages of whoever has connected a blog."""
    imported = imported_post(me, course)

    def at(name, *args):
        return reverse(name, args=[course.slug, *args])

    return {
        "own_blog": at("own_blog"),
        "own_blog_stop": at("own_blog_stop"),
        "post_page imported": at("post_page", imported.slug),
        "imported_post_edit": at("imported_post_edit", imported.slug),
    }


def team_blog_places(course: Course) -> dict[str, str]:
    """Return the pages of an instructor, who has no blog."""
    connected = OwnBlog.objects.filter(course=course).first()
    return {
        "own_blog not connected": reverse("own_blog", args=[course.slug]),
        "own_blog_list": reverse("own_blog_list", args=[course.slug]),
        "blog_end": reverse("blog_end", args=[course.slug, connected.pk]),
    }
