"""Load a course from a reply log: members, a post per thread, a comment per event, and its ties.

A research log has people without names and events without text, so rows are created in bulk,
without the mails, drafts and verifications that go with a person at a keyboard.
"""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import AuditEvent, Comment, Course, Membership, Post, Revision, User
from blog.models.courses import RESERVED_SLUGS
from blog.models.search import rebuild_search
from blog.signals import course_saved
from blog.text import RENDERER_VERSION, Rendered, render_comment, render_post
from network import ties
from network.importers.reply_log import Event

BATCH_SIZE = 1000  # rows in one statement


def load_course(
    slug: str,
    events: list[Event],
    staff: set[str],
    *,
    zone: str = "UTC",
    report: Callable[[str], None] = print,
) -> Course:
    """Create the course of ``events``, which keep their order; run it in one transaction.

    ``zone`` is the course's time zone: it says on which day an event was. ``report`` gets a line
    for each step. Raises ValidationError where the course's address is taken or not valid, and
    where a real account already has the username of a member.
    """
    course = _create_course(slug, events, zone)
    people = _get_or_create_people(course, events)
    _create_memberships(course, people, staff, events)
    report(ngettext("%d person.", "%d people.", len(people)) % len(people))
    posts = _create_posts(course, people, events)
    report(ngettext("%d post.", "%d posts.", len(posts)) % len(posts))
    _create_comments(course, people, posts, events)
    report(ngettext("%d comment.", "%d comments.", len(events)) % len(events))
    rebuild_search(course)
    course_saved.send(sender=Course, course=course)
    report(f"{ties.rebuild(course)}.")
    AuditEvent.record("course_loaded", course, by=None, course=course, events=len(events))
    return course


def _create_course(slug: str, events: list[Event], zone: str) -> Course:
    if slug.lower() in RESERVED_SLUGS:
        raise ValidationError(_("The site uses this address itself. Choose another."))
    course = Course(slug=slug, title=slug, time_zone=zone)
    days = [course.day_of(event.at) for event in events]
    course.starts_on, course.ends_on = min(days), max(days)
    course.full_clean()
    course.save()
    return course


def _get_or_create_people(course: Course, events: list[Event]) -> dict[str, User]:
    """Return an account for each id; those of an earlier load are used again.

    Nobody can sign in to them: they have no password, and no mail reaches ``.invalid``. A person's
    own account is never taken, whatever its name.
    """
    ids = list(dict.fromkeys(one for event in events for one in (event.source, event.target)))
    usernames = {f"p{one}": one for one in ids}
    found: dict[str, User] = {}
    for start in range(0, len(ids), BATCH_SIZE):
        some = [f"p{one}" for one in ids[start : start + BATCH_SIZE]]
        found |= {user.username: user for user in User.objects.filter(username__in=some)}
    for user in found.values():
        if user.has_usable_password() or not user.email.endswith(".invalid"):
            raise ValidationError(_("The username %s belongs to a real account.") % user.username)
    created = User.objects.bulk_create(
        [
            User(
                username=username,
                email=f"{username}@{course.slug}.invalid".lower(),
                display_name=_("Person %s") % one,
                password=make_password(None),
            )
            for username, one in usernames.items()
            if username not in found
        ],
        batch_size=BATCH_SIZE,
    )
    found |= {user.username: user for user in created}
    return {one: found[username] for username, one in usernames.items()}


def _create_memberships(
    course: Course, people: dict[str, User], staff: set[str], events: list[Event]
) -> None:
    roles = Membership.Role
    joined = min(event.at for event in events)
    Membership.objects.bulk_create(
        [
            Membership(
                course=course,
                user=user,
                role=roles.INSTRUCTOR if one in staff else roles.STUDENT,
                joined_at=joined,
            )
            for one, user in people.items()
        ],
        batch_size=BATCH_SIZE,
    )


def _create_posts(course: Course, people: dict[str, User], events: list[Event]) -> dict[str, Post]:
    """Publish a post for each thread, in file order, by whom its first event replies to."""
    first: dict[str, Event] = {}
    opened: dict[str, datetime] = {}
    for event in events:
        first.setdefault(event.thread, event)
        opened[event.thread] = min(event.at, opened.get(event.thread, event.at))
    posts = Post.objects.bulk_create(
        [
            Post(
                course=course,
                author=people[event.target],
                slug=f"thread-{number}",
                title=(_("Thread %s") % thread)[:200],
                created_at=opened[thread],
            )
            for number, (thread, event) in enumerate(first.items(), start=1)
        ],
        batch_size=BATCH_SIZE,
    )
    text = _("This post is a thread of a reply log. The log has no text, only who replied to whom.")
    rendered = render_post(text)
    Revision.objects.bulk_create(
        [_revision_of(post, text, rendered) for post in posts], batch_size=BATCH_SIZE
    )
    revision = Revision.objects.filter(post=OuterRef("pk"))
    Post.objects.filter(course=course).update(
        status=Post.Status.PUBLISHED,
        revision=Subquery(revision.values("pk")),
        published_at=Subquery(revision.values("created_at")),
    )
    return dict(zip(first, posts, strict=True))


def _revision_of(post: Post, text: str, rendered: Rendered) -> Revision:
    return Revision(
        post=post,
        number=1,
        title=post.title,
        text=text,
        html=rendered.html,
        excerpt=rendered.excerpt,
        paragraphs=list(rendered.paragraphs),
        words=rendered.words,
        renderer=RENDERER_VERSION,
        created_by=post.author,
        created_at=post.created_at,
    )


def _create_comments(
    course: Course, people: dict[str, User], posts: dict[str, Post], events: list[Event]
) -> None:
    """Create a comment for each event, at its own time, addressed to whom it replies to.

    The log does not say which comment was replied to, only whose. Where that is not the author of
    the post, the addressee is stored as corrected, so that a change of author leaves it alone.
    """
    text = _("The log records that this comment was written, but not its text.")
    html = render_comment(text).html
    Comment.objects.bulk_create(
        (
            Comment(
                post=posts[event.thread],
                author=people[event.source],
                addressee=people[event.target],
                addressee_corrected=people[event.target].pk != posts[event.thread].author_id,
                text=text,
                html=html,
                renderer=RENDERER_VERSION,
                day=course.day_of(event.at),
                created_at=event.at,
            )
            for event in events
        ),
        batch_size=BATCH_SIZE,
    )
