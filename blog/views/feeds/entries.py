"""Posts and comments → entries of a feed, as one reader knows their authors.

The ``id`` of an entry is made of its row and its first date, which never change: feed readers
know by it what they have shown, also after a new title, a new address or a new feed.
"""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from blog.models import Comment, Course, Post, User, name_for
from blog.models.content_notes import noted
from blog.views.feeds.atom import Entry, Target
from blog.views.feeds.entry_html import for_feed, in_place_of, with_passage, with_references


def tag_of(kind: str, key: int, since: datetime) -> str:
    """Return the identifier of a thing in feeds, a tag URI (RFC 4151)."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{since.astimezone(UTC):%Y-%m-%d}:{kind}-{key}"


def whole(path: str) -> str:
    """Return the whole address of a path of this site."""
    return f"{settings.SITE_URL}{path}"


def course_feed_path(course: Course, token: str = "") -> str:
    """Return where a course's feed is: at the secret address of a token, or for who signed in."""
    if token:
        return reverse("secret_course_feed", args=[token, course.slug])
    return reverse("course_feed", args=[course.slug])


def person_feed_path(course: Course, person: User, token: str = "") -> str:
    """Return the address of the feed of a person's posts in a course."""
    if token:
        return reverse("secret_person_feed", args=[token, course.slug, person.username])
    return reverse("person_feed", args=[course.slug, person.username])


def comment_feed_path(post: Post, token: str = "") -> str:
    """Return the address of the feed of the comments on a post."""
    if token:
        return reverse("secret_comment_feed", args=[token, post.course.slug, post.slug])
    return reverse("comment_feed", args=[post.course.slug, post.slug])


def post_tag(post: Post) -> str:
    return tag_of("post", post.pk, post.published_at)


def post_entry(post: Post, reader: User, token: str = "") -> Entry:
    """Return a post with its whole text; ``last_comment_at`` comes with it from the query."""
    url = whole(post.get_absolute_url())
    revision = post.revision
    html = for_feed(with_references(revision.html, revision.references), url)
    return Entry(
        id=post_tag(post),
        title=revision.title,
        url=url,
        author=name_for(post.author, reader),
        author_url=_person_url(post.course, post.author),
        published=post.published_at,
        updated=max(post.published_at, revision.created_at),
        html=in_place_of(html, noted(revision.content_note, ""), url),
        category=post.prompt.title if post.prompt else "",
        replies_url=whole(comment_feed_path(post, token)),
        last_reply_at=post.last_comment_at,
    )


def comment_entry(comment: Comment, post: Post, reader: User) -> Entry:
    """Return a comment as members of the course read it."""
    return _comment_entry(
        comment,
        post,
        whole(post.get_absolute_url()),
        author=_author(comment, reader),
        author_url=_person_url(post.course, comment.author) if comment.author else None,
        said=_("Folded, because you muted this person") if comment.is_folded_for(reader) else "",
    )


def public_comment_entry(comment: Comment, post: Post) -> Entry:
    """Return a comment as everybody reads it: no course, no classmate's name."""
    url = whole(reverse("post_public", args=[post.pk, post.slug]))
    return _comment_entry(comment, post, url, author=_author(comment, public=True))


def _comment_entry(comment, post, page_url, *, author, author_url=None, said="") -> Entry:
    url = f"{page_url}#c{comment.pk}"
    # Nothing is quoted from behind the content note of a post.
    passage = None if post.revision.content_note else comment.shown_passage
    html = with_passage(comment.html, passage)
    return Entry(
        id=_comment_tag(comment),
        title=_("%(name)s on “%(title)s”") % {"name": author, "title": post.revision.title},
        url=url,
        author=author,
        author_url=author_url,
        # The date of what was written elsewhere long ago is told, not that of its import.
        published=comment.created_at if comment.day_only else comment.arrived_at,
        updated=max(comment.edited_at or comment.arrived_at, comment.arrived_at),
        html=in_place_of(for_feed(html, page_url), said or noted(comment.content_note, ""), url),
        in_reply_to=_replied_to(comment, post, page_url),
    )


def _replied_to(comment: Comment, post: Post, page_url: str) -> Target:
    """Return the object a comment replies to, as far as its reader knows: at least the post."""
    if comment.parent and comment.shows_parent:
        return Target(_comment_tag(comment.parent), f"{page_url}#c{comment.parent_id}")
    return Target(post_tag(post), page_url)


def _comment_tag(comment: Comment) -> str:
    return tag_of("comment", comment.pk, comment.created_at)


def _author(comment: Comment, reader=None, *, public=False) -> str:
    if comment.author is None:
        return _("%(name)s, guest") % {"name": comment.guest_name}
    return name_for(comment.author, reader, public=public)


def _person_url(course: Course, person: User) -> str:
    return whole(reverse("person_page", args=[course.slug, person.username]))
