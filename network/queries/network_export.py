"""Contents of an export of the class network: people, arcs, replies, statements, the facts."""

import tomllib
from datetime import UTC, date, datetime, time
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.urls import reverse

from blog.models import (
    Audience,
    AuditEvent,
    Comment,
    Course,
    Membership,
    Post,
    User,
    name_for,
)
from network import ties
from network.export import (
    NO_FIGURE,
    ZIP,
    Export,
    Facts,
    Figure,
    KeyRow,
    LeftOut,
    Reply,
    Statement,
)
from network.export.statements import AUTHORED, COMMENTED, REPLIED
from network.models import TieClock, TieUnit
from network.queries.class_network import class_network
from network.queries.drawn_class import drawn_class

EXPORTED = "network_exported"  # the action of its audit events


def network_export(
    course: Course, file_format: str, *, as_of: date | None = None, names: bool = False
) -> Export:
    """Return the data for the files of a format, as of a day, with pseudonyms unless ``names``.

    `as_of` is never later than the course's tie date.
    """
    network = class_network(course, as_of=as_of, names=names)
    clock = ties.clock_of(course)
    day = date.fromisoformat(str(network.about["as_of"]))
    until = day if as_of else date.max
    has_replies = file_format in ("events", ZIP)
    return Export(
        network=network,
        facts=Facts(
            course=course.slug,
            title=course.title,
            zone=course.time_zone,
            first_day=course.starts_on,
            as_of=day,
            landmark=clock.landmark,
            half_life=clock.half_life,
            explanation=ties.explain(clock),
            has_names=names,
            version=program_version(),
            left_out=_left_out(course, until),
        ),
        address=settings.SITE_URL + reverse("course_home", args=[course.slug]),
        replies=_replies(course, clock, until, names=names) if has_replies else (),
        statements=_statements(course, clock, until, names=names) if file_format == "xapi" else (),
        key=_key(course, as_of) if file_format == "key" else (),
        figure=_figure(course, clock, day, names=names) if file_format == "svg" else NO_FIGURE,
    )


class ExportLogEntry(NamedTuple):
    """One export of a course's network; by nobody here: from the command line."""

    at: datetime
    actor: User | None
    file_format: str
    day: date
    has_names: bool


def exports_of(course: Course) -> QuerySet[AuditEvent]:
    """Return the audit events of all exports of a course's network, the newest first."""
    events = AuditEvent.objects.filter(course=course, action=EXPORTED)
    return events.select_related("actor").order_by("-pk")


def log_entry(event: AuditEvent) -> ExportLogEntry:
    """Return the log entry of an export, as everybody in the course reads it."""
    data = event.data
    day = date.fromisoformat(data["day"])
    return ExportLogEntry(event.at, event.actor, data["format"], day, bool(data["names"]))


@cache
def program_version() -> str:
    """Return the version of this program."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]["version"]


def _replies(course: Course, clock: TieClock, day: date, *, names: bool) -> tuple[Reply, ...]:
    """Return every counting comment up to a day."""
    comments = Comment.objects.counting().filter(post__course=course, day__lte=day)
    rows = comments.values_list(
        *("pk", "author", "author__username", "addressee", "addressee__username"),
        *("post", "day", "created_at"),
    )
    return tuple(
        Reply(
            clock.code_of(f"comment:{pk}", "E"),
            source_name if names else clock.code_of(source),
            target_name if names else clock.code_of(target),
            _moment(course, written_on, at),
            clock.code_of(f"post:{post}", "T"),
        )
        for pk, source, source_name, target, target_name, post, written_on, at in rows
    )


def _moment(course: Course, day: date, at: datetime) -> datetime:
    """Return the time of a comment, on the day for which it counts.

    The day was stored when it was written, and the course may have another zone since.
    """
    if course.day_of(at) == day:
        return at
    return datetime.combine(day, time(12), tzinfo=course.zone)


def _statements(
    course: Course, clock: TieClock, day: date, *, names: bool
) -> tuple[Statement, ...]:
    """Return who wrote what up to a day, without the posts that only their authors can read."""
    posts = Post.objects.in_course(course).published().wider_than(Audience.ONLY_ME)
    posts = posts.filter(hidden_at=None)

    def actor(person: int, username: str) -> str:
        return username if names else clock.code_of(person)

    authored = [
        Statement(code, actor(author, username), AUTHORED, code, code, at.astimezone(UTC))
        for pk, author, username, at in posts.values_list(
            "pk", "author", "author__username", "published_at"
        )
        if course.day_of(at) <= day
        for code in [clock.code_of(f"post:{pk}", "T")]
    ]
    comments = Comment.objects.open().filter(post__in=posts, author__isnull=False, day__lte=day)
    written = [
        Statement(
            clock.code_of(f"comment:{pk}", "E"),
            actor(author, username),
            REPLIED if parent else COMMENTED,
            clock.code_of(f"comment:{parent}", "E")
            if parent
            else clock.code_of(f"post:{post}", "T"),
            clock.code_of(f"post:{post}", "T"),
            at.astimezone(UTC),
        )
        for pk, author, username, parent, post, at in comments.values_list(
            "pk", "author", "author__username", "parent", "post", "created_at"
        )
    ]
    return (*authored, *written)


def _key(course: Course, day: date | None) -> tuple[KeyRow, ...]:
    coded = class_network(course, as_of=day)
    named = class_network(course, as_of=day, names=True)
    return tuple(
        KeyRow(code.id, person.id, person.label)
        for code, person in zip(coded.nodes, named.nodes, strict=True)
    )


def _figure(course: Course, clock: TieClock, day: date, *, names: bool) -> Figure:
    students = Membership.objects.in_course(course).students().select_related("user")
    labels = {
        member.user_id: name_for(member.user) if names else clock.code_of(member.user_id)
        for member in students
    }
    return drawn_class(course, labels, day)


def _left_out(course: Course, day: date) -> LeftOut:
    """Count the comments that are in no arc up to a day, each at the first reason it has."""
    reasons = [
        When(day__gt=day, then=Value("later")),
        When(deleted_at__isnull=False, then=Value("deleted")),
        When(~Q(state=Comment.State.OPEN), then=Value("hidden_or_waiting")),
        When(
            ~Q(post__status=Post.Status.PUBLISHED)
            | Q(post__deleted_at__isnull=False)
            | Q(post__hidden_at__isnull=False),
            then=Value("on_unpublished_posts"),
        ),
        When(Q(author=None) | Q(addressee=None), then=Value("by_guests")),
        When(author=F("addressee"), then=Value("to_oneself")),
    ]
    rows = (
        Comment.objects.filter(post__course=course)
        .annotate(reason=Case(*reasons, default=Value(""), output_field=CharField()))
        .values_list("reason")
        .annotate(count=Count("pk"))
        .order_by()
    )
    counts = {reason: count for reason, count in rows if reason}
    return LeftOut(**counts, people_who_left=_count_who_left(course, day))


def _count_who_left(course: Course, day: date) -> int:
    """Count the people who left the course and have no arc up to a day."""
    members = Membership.objects.in_course(course).exclude(ended_at=None)
    units = TieUnit.objects.filter(course=course, day__lte=day)
    tied = units.values("source").union(units.values("target"))
    return len(set(members.values_list("user")) - set(tied.values_list("source")))
