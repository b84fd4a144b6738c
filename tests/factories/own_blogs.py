"""Rows of blogs elsewhere, and of posts that came from them."""

from datetime import timedelta

from django.utils import timezone

from blog.models import Audience, BlogEntry, OwnBlog


def make_own_blog(person, course, host="ada.example.org", **fields):
    """Make a blog that is connected and was read a minute ago."""
    now = timezone.now()
    fields.setdefault("feed_url", f"https://{host}/feed/")
    fields.setdefault("address", f"https://{host}/")
    fields.setdefault("title", "Ada’s blog")
    fields.setdefault("audience", Audience.COURSE)
    fields.setdefault("since", now - timedelta(days=42))
    fields.setdefault("read_at", now - timedelta(minutes=1))
    fields.setdefault("due_at", now + timedelta(minutes=30))
    return OwnBlog.objects.create(course=course, person=person, **fields)


def make_blog_entry(blog, post=None, guid="1", **fields):
    """Make an entry of a blog that was taken."""
    fields.setdefault("address", f"{blog.address}{guid}")
    return BlogEntry.objects.create(blog=blog, post=post, guid=guid, **fields)


def make_imported_post(blog, title="From elsewhere", guid="1", **fields):
    """Make a post that came from a blog and follows it."""
    from tests.factories import make_post

    source = f"{blog.address}{guid}"
    post = make_post(
        blog.person, blog.course, title, source_url=source, follows_source=True, **fields
    )
    make_blog_entry(blog, post, guid, title=title)
    return post
