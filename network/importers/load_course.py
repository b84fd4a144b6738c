"""Turn a reply log into a course: members, a post per thread, a comment per event, and its ties.

A research log has people without names and events without words, so everything here is written by
sets, without the mails, drafts and checks that go with a person at a keyboard.
"""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery

from blog.models import AuditEvent, Comment, Course, Membership, Post, Revision, User
from blog.signals import course_saved
from blog.text import RENDERER_VERSION, Rendered, render_comment, render_post
from network import ties
from network.importers.reply_log import Event

BATCH = 1000
WORDS_OF_A_THREAD = "A thread of a reply log. The log keeps who answered whom, and no words."
WORDS_OF_AN_EVENT = "The log keeps that this was written, and no words."


def load_course(
    slug: str, events: list[Event], staff: set[str], *, tell: Callable[[str], None] = print
) -> Course:
    """Make the course of ``events``, which keep their order; run it in one transaction.

    Raises ValidationError where the course's address is taken or is none, and where somebody's
    account already has the username of a member.
    """
    course = _make_course(slug, events)
    people = _find_or_make_people(course, events)
    _make_members(course, people, staff, events)
    tell(f"{len(people)} people.")
    posts = _make_posts(course, people, events)
    tell(f"{len(posts)} posts.")
    _make_comments(course, people, posts, events)
    tell(f"{len(events)} comments.")
    course_saved.send(sender=Course, course=course)
    built = ties.rebuild(course)
    tell(f"{built.units} units, {built.arcs} arcs.")
    AuditEvent.record("course_loaded", course, by=None, course=course, events=len(events))
    return course


def _make_course(slug: str, events: list[Event]) -> Course:
    days = [event.at.date() for event in events]
    course = Course(slug=slug, title=slug, starts_on=min(days), ends_on=max(days), time_zone="UTC")
    course.full_clean()
    course.save()
    return course


def _find_or_make_people(course: Course, events: list[Event]) -> dict[str, User]:
    """Return an account for each id; those of an earlier load are used again.

    Nobody can log in to them: they have no password, and no mail reaches ``.invalid``. A person's
    own account is never taken, whatever its name.
    """
    ids = list(dict.fromkeys(one for event in events for one in (event.source, event.target)))
    names = {f"p{one}": one for one in ids}
    found: dict[str, User] = {}
    for start in range(0, len(ids), BATCH):
        some = [f"p{one}" for one in ids[start : start + BATCH]]
        found |= {user.username: user for user in User.objects.filter(username__in=some)}
    for user in found.values():
        if user.has_usable_password() or not user.email.endswith(".invalid"):
            raise ValidationError(f"{user.username} is the account of a person.")
    made = User.objects.bulk_create(
        [
            User(
                username=name,
                email=f"{name}@{course.slug}.invalid".lower(),
                display_name=f"Person {one}",
                password=make_password(None),
            )
            for name, one in names.items()
            if name not in found
        ],
        batch_size=BATCH,
    )
    found |= {user.username: user for user in made}
    return {one: found[name] for name, one in names.items()}


def _make_members(
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
        batch_size=BATCH,
    )


def _make_posts(course: Course, people: dict[str, User], events: list[Event]) -> dict[str, Post]:
    """Publish a post for each thread, by whom its first event answers, in order of appearance."""
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
                title=f"Thread {thread}"[:200],
                created_at=opened[thread],
            )
            for number, (thread, event) in enumerate(first.items(), start=1)
        ],
        batch_size=BATCH,
    )
    rendered = render_post(WORDS_OF_A_THREAD)
    Revision.objects.bulk_create([_revision_of(post, rendered) for post in posts], batch_size=BATCH)
    revision = Revision.objects.filter(post=OuterRef("pk"))
    Post.objects.filter(course=course).update(
        status=Post.Status.PUBLISHED,
        revision=Subquery(revision.values("pk")),
        published_at=Subquery(revision.values("created_at")),
    )
    return dict(zip(first, posts, strict=True))


def _revision_of(post: Post, rendered: Rendered) -> Revision:
    return Revision(
        post=post,
        number=1,
        title=post.title,
        text=WORDS_OF_A_THREAD,
        html=rendered.html,
        excerpt=rendered.excerpt,
        paragraphs=list(rendered.paragraphs),
        words=rendered.words,
        renderer=RENDERER_VERSION,
        created_by=post.author,
        created_at=post.created_at,
    )


def _make_comments(
    course: Course, people: dict[str, User], posts: dict[str, Post], events: list[Event]
) -> None:
    """Write each event down as a comment at its own time, addressed to whom it answers.

    The log does not say which comment was answered, only whose. Where that is not the author of
    the post, the addressee stands as a correction, which a change of author leaves alone.
    """
    html = render_comment(WORDS_OF_AN_EVENT).html
    Comment.objects.bulk_create(
        (
            Comment(
                post=posts[event.thread],
                author=people[event.source],
                addressee=people[event.target],
                addressee_corrected=people[event.target].pk != posts[event.thread].author_id,
                text=WORDS_OF_AN_EVENT,
                html=html,
                renderer=RENDERER_VERSION,
                day=course.day_of(event.at),
                created_at=event.at,
            )
            for event in events
        ),
        batch_size=BATCH,
    )
