"""Connect one's own blog elsewhere, change who sees its posts, stop it; allow it in a course."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.actions.post_states import delete_post
from blog.exceptions import Refused
from blog.models import Audience, AuditEvent, Course, OwnBlog, Post, User
from blog.models.outbox import queue_mail


def connect_blog(
    course: Course, *, by: User, feed_url: str, audience: int, since: datetime
) -> OwnBlog:
    """Connect a blog by the address of its feed; ``tick`` reads it from the next minute on.

    Entries that the blog dates before ``since`` are left out. Connected again after it was
    stopped, it goes on where it was: what was taken then is not taken again. Raises Refused.
    """
    access.require(access.can_connect_blog(by, course))
    _refuse_wider_audience(course, audience)
    _refuse_second(course, by, feed_url)
    try:
        with transaction.atomic():
            stopped = OwnBlog.objects.of(by).filter(course=course, feed_url=feed_url)
            blog = stopped.select_for_update().first() or OwnBlog(
                course=course, person=by, feed_url=feed_url
            )
            blog.audience, blog.since, blog.stopped_at = audience, since, None
            blog.etag = blog.last_modified = ""
            blog.problem, blog.failing_since, blog.failures = "", None, 0
            blog.read_at, blog.due_at = None, timezone.now()
            blog.save()
            AuditEvent.record("own_blog_connected", blog, by=by, course=course)
    except IntegrityError:  # two clicks, or two people, at the same moment
        _refuse_second(course, by, feed_url)
        raise
    return blog


def change_blog(blog: OwnBlog, *, by: User, audience: int) -> None:
    """Choose who sees the posts that come from now on."""
    access.require(access.can_change_blog(by, blog))
    _refuse_wider_audience(blog.course, audience)
    OwnBlog.objects.connected().filter(pk=blog.pk).update(audience=audience)


def check_blog_now(blog: OwnBlog, *, by: User) -> None:
    """Let ``tick`` read a blog within the next minute, whenever it would have been its turn."""
    access.require(access.can_change_blog(by, blog))
    OwnBlog.objects.connected().filter(pk=blog.pk).update(due_at=timezone.now())


def stop_blog(blog: OwnBlog, *, by: User, keeps_posts: bool = True) -> None:
    """Stop reading a blog. Its posts stay, and can be edited here from now on, or are deleted.

    An instructor stops the blog of a member, who is told, and deletes none of their posts.
    """
    access.require(access.can_stop_blog(by, blog))
    is_own = access.can_change_blog(by, blog)
    access.require(is_own or keeps_posts)
    with transaction.atomic():
        posts = Post.objects.filter(blog_entry__blog=blog, follows_source=True).order_by("pk")
        keys = list(posts.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
        now = timezone.now()
        connected = OwnBlog.objects.connected().filter(pk=blog.pk)
        if not connected.update(stopped_at=now, problem="", failing_since=None, failures=0):
            return  # a second click
        if not keeps_posts:
            for post in posts.not_deleted().select_related("course"):
                delete_post(post, by=by)
        Post.objects.filter(pk__in=keys).update(follows_source=False)
        AuditEvent.record(
            "own_blog_stopped", blog, by=by, course=blog.course, student=blog.person_id
        )
        if not is_own:
            key = f"own_blog_stopped:{blog.pk}:{now:%Y%m%d%H%M%S}"
            queue_mail(blog.person, "own_blog_stopped", key=key, own_blog=blog.pk)


def allow_own_blogs(course: Course, *, by: User, is_allowed: bool) -> None:
    """Let members connect blogs, or stop reading all; what came from them stays."""
    access.require(access.can_edit_course(by, course))
    with transaction.atomic():
        course.takes_own_blogs = is_allowed
        course.save(update_fields=["takes_own_blogs"])
        action = "own_blogs_allowed" if is_allowed else "own_blogs_not_allowed"
        AuditEvent.record(action, course, by=by, course=course)


def _refuse_wider_audience(course: Course, audience: int) -> None:
    if audience > course.widest_audience:
        message = _("The widest audience allowed in this course is: %(audience)s.")
        label = Audience(course.widest_audience).label
        raise Refused(message % {"audience": label}, field="audience")


def _refuse_second(course: Course, person: User, feed_url: str) -> None:
    connected = OwnBlog.objects.connected().filter(course=course)
    if connected.of(person).exists():
        raise Refused(_("You have already connected a blog. Stop it to connect another one."))
    if connected.filter(feed_url=feed_url).exists():
        raise Refused(
            _(
                "Someone else in this course has connected this blog. If it is yours, tell "
                "an instructor."
            )
        )
