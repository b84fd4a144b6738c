"""Own blogs: what their owner's page, the instructors' list and mails say of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from blog import access
from blog.feeds import Entry, Feed
from blog.models import BlogEntry, Course, OutboxMessage, OwnBlog, Post, Prompt, User, shown_name
from blog.models.own_blogs import MAX_ENTRIES_PER_DAY

MAX_ENTRIES = 50
MAX_PREVIEWED = 10


@dataclass(frozen=True)
class FeedPreview:
    """A feed that was found, before it is connected.

    ``since_start`` counts the entries that the blog dates within the course, of those that are
    read. ``count`` is of all in the feed.
    """

    title: str
    address: str
    url: str
    entries: Sequence[Entry]
    count: int
    since_start: int
    left_out: int
    is_cut_off: bool

    @property
    def takes_days(self) -> bool:
        """Return whether there are more entries than become posts in a day."""
        return self.count > MAX_ENTRIES_PER_DAY


def preview_of(feed: Feed, url: str, starts_at: datetime) -> FeedPreview:
    """Return the preview of a feed for a member before they connect it."""
    dated = [
        one for one in feed.entries if one.published_at is None or one.published_at >= starts_at
    ]
    return FeedPreview(
        title=feed.title,
        address=feed.address or url,
        url=url,
        entries=feed.entries[:MAX_PREVIEWED],
        count=len(feed.entries) + feed.left_out,
        since_start=len(dated),
        left_out=feed.left_out,
        is_cut_off=any(one.is_cut_off for one in feed.entries),
    )


def own_blog_of(person: User, course: Course) -> OwnBlog | None:
    """Return the blog that a person has connected in a course, in one query."""
    blog = OwnBlog.objects.of(person).connected().filter(course=course).first()
    if blog is not None:
        blog.course, blog.person = course, person
    return blog


def entries_of(blog: OwnBlog) -> list[BlogEntry]:
    """Return the newest entries of a blog with their posts, in one query."""
    there = Q(post=None) & ~Q(refusal="") | Q(post__deleted_at=None, post__isnull=False)
    rows = blog.entries.filter(there).select_related("post__revision", "post__prompt")
    return list(rows.order_by("-published_at", "-taken_at", "-pk")[:MAX_ENTRIES])


def blogs_of(course: Course) -> list[OwnBlog]:
    """Return the blogs that are connected in a course, broken ones first, in one query."""
    blogs = OwnBlog.objects.connected().filter(course=course).select_related("person")
    found = list(blogs.order_by(shown_name("person__"), "pk"))
    for blog in found:
        blog.course = course
    return sorted(found, key=lambda blog: not blog.is_broken)


def open_prompts(person: User, course: Course) -> list[Prompt]:
    """Return the prompts that a post can be added to now, as their reader sees them."""
    prompts = Prompt.objects.in_course(course).visible_to(person)
    return [one for one in prompts if one.is_open and not one.is_archived and not one.is_closed]


def prompts_taken(post: Post) -> dict[int, Post]:
    """Return the other posts and drafts of an author that have a prompt, by its key."""
    others = Post.objects.active().in_course(post.course).by(post.author).exclude(pk=post.pk)
    found = others.exclude(prompt=None).select_related("course")
    return {other.prompt_id: other for other in found}


def own_blog_mail(mail: OutboxMessage, recipient: User) -> dict | None:
    """Return the content of a mail about one's own blog, or None if it is outdated."""
    if mail.template == "own_blog_broken_team":
        return _mail_to_team(mail, recipient)
    own = OwnBlog.objects.of(recipient).select_related("course")
    blog, entry = None, None
    match mail.template:
        case "own_blog_broken":
            blog = own.broken().filter(pk=mail.context["own_blog"]).first()
        case "own_blog_stopped":
            stopped = own.exclude(stopped_at=None)
            blog = stopped.filter(pk=mail.context["own_blog"]).first()
        case "own_entry_gone":
            entries = BlogEntry.objects.select_related("post__course", "blog__course")
            gone = entries.exclude(gone_at=None).filter(post__deleted_at=None, post__isnull=False)
            entry = gone.filter(pk=mail.context["entry"], blog__person=recipient).first()
            blog = entry and entry.blog
    if blog is None or recipient.membership_in(blog.course) is None:
        return None
    page = reverse("own_blog", args=[blog.course.slug])
    if entry is not None and entry.post is not None:
        page = entry.post.get_absolute_url()
    return {
        "recipient": recipient,
        "blog": blog,
        "entry": entry,
        "course": blog.course,
        "address": settings.SITE_URL + page,
    }


def _mail_to_team(mail: OutboxMessage, recipient: User) -> dict | None:
    """Return an instructor's notice about a member's blog, unless it can be read again."""
    broken = OwnBlog.objects.broken().select_related("course", "person")
    blog = broken.filter(pk=mail.context["own_blog"]).first()
    if blog is None or not access.can_edit_course(recipient, blog.course):
        return None
    page = reverse("own_blog_list", args=[blog.course.slug])
    return {
        "recipient": recipient,
        "blog": blog,
        "course": blog.course,
        "address": settings.SITE_URL + page,
    }
