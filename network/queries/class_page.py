"""The page “Class network”: its figure, its eight views, and the lists to act on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from blog.models import Audience, Comment, Course, Membership, Post, User, name_for
from blog.text.names import numbered_key, sort_key
from network.metrics.comparison import DRAWS, MIN_UNITS, Window
from network.metrics.groups import Mixing
from network.metrics.structure import MIN_AVERAGE_DEGREE
from network.metrics.units import end_of_week
from network.queries.class_charts import class_charts
from network.queries.class_figure import FigureMaker
from network.queries.class_figures import (
    MIN_STUDENTS,
    ClassFigures,
    ClassRecord,
    class_figures,
    compare_windows,
)
from network.ties import explain

ANSWERED_WITHIN = timedelta(days=7)
MAX_LISTED_POSTS = 10
MAX_CUTS = 5
MAX_GROUPS_IN_VIEW = 12


@dataclass(frozen=True)
class ClassCriteria:
    """The criteria: up to which week, of which comments, by which groups, which one opened."""

    week: int
    without_required: bool = False
    by_section: bool = False
    opened: int | None = None


@dataclass(frozen=True)
class NamedCut:
    """People without whom others lose every path to the rest; ``group`` if that is all of one."""

    people: list[User]
    cut_off: list[User]


@dataclass(frozen=True)
class NamedContact:
    """Two groups, by their names, whose contact goes through one or two people."""

    one: str
    other: str
    people: list[User]
    ties: int


def load_class_page(
    record: ClassRecord,
    reader: User,
    criteria: ClassCriteria,
    windows: tuple[Window, Window] | None,
) -> dict:
    """Return the page's context, in a number of queries that does not grow with the course."""
    figures = class_figures(record, criteria.week, by_section=criteria.by_section)
    maker = FigureMaker(record, figures, reader, by_section=criteria.by_section)
    day = record.end_of(criteria.week)
    is_sparse = figures.average_degree < MIN_AVERAGE_DEGREE
    return {
        "day": day,
        "figures": figures,
        "students": len(record.students),
        "staff": len(record.staff),
        "min_students": MIN_STUDENTS,
        "min_degree": MIN_AVERAGE_DEGREE,
        "min_units": MIN_UNITS,
        "draws": DRAWS,
        "answered_within": ANSWERED_WITHIN.days,
        "is_small": record.is_small,
        "is_sparse": is_sparse,
        "explanation": explain(record.clock),
        "figure": None if record.is_small else maker.make(criteria.opened),
        "lists": reach_lists(record, figures, reader),
        "waiting": waiting_posts(reader, record.course),
        "mixing": named_mixing(figures.mixing, maker.group_names),
        "cuts": named_cuts(record, figures),
        "contacts": named_contacts(record, figures, maker.group_names),
        "comparison": compare_windows(record, *windows) if windows else None,
        "windows": windows,
        **class_charts(figures),
    }


def reach_lists(
    record: ClassRecord, figures: ClassFigures, reader: User
) -> dict[str, list[Membership]]:
    """Return the students of each list by family name: whom to write to."""
    reach = figures.reach
    return {
        name: _by_name(record, keys, reader)
        for name, keys in (
            ("not_answered", reach.not_answered),
            ("staff_only", reach.tied_to_staff_only),
            ("not_commented", reach.not_commented),
        )
    }


def _by_name(record: ClassRecord, keys: Iterable[int], reader: User) -> list[Membership]:
    language = get_language() or "en"
    members = [record.students[pk] for pk in keys]
    return sorted(members, key=lambda m: (sort_key(name_for(m.user, reader), language), m.user_id))


@dataclass(frozen=True)
class WaitingPosts:
    """Posts of students that no other student has commented on in time, the oldest first.

    ``among`` so many posts that were published up to ``until``. ``to_put_first`` are the keys of
    those that anybody still waits to comment on and that are not put first yet, ``put_first`` of
    those that are.
    """

    posts: list[Post]
    total: int
    among: int
    until: datetime
    to_put_first: list[int]
    put_first: list[int]


def waiting_posts(reader: User, course: Course) -> WaitingPosts:
    until = timezone.now() - ANSWERED_WITHIN
    published = posts_for_peers(reader, course, until)
    found = without_peers(published, course)
    # ``for_list`` has an order of its own.
    oldest_first = found.for_list().order_by("published_at", "pk")  # type: ignore[attr-defined]
    rows = list(found.values_list("pk", "put_first_at", "is_commented"))  # type: ignore[misc]
    still_open = [(pk, put_first_at) for pk, put_first_at, is_commented in rows if not is_commented]
    return WaitingPosts(
        list(oldest_first[:MAX_LISTED_POSTS]),
        len(rows),
        published.count(),
        until,
        [pk for pk, put_first_at in still_open if put_first_at is None],
        [pk for pk, put_first_at in still_open if put_first_at is not None],
    )


def posts_for_peers(reader: User, course: Course, until: datetime) -> QuerySet[Post]:
    """Return the posts of students up to a moment, but for those that the team alone can read."""
    return (
        Post.objects.in_course(course)
        .published()
        .visible_to(reader)
        .wider_than(Audience.INSTRUCTORS)
        .filter(author__in=_students(course), published_at__lt=until)
    )


def without_peers(posts: QuerySet[Post], course: Course) -> QuerySet[Post]:
    """Return those of some posts that no student but their author has commented on.

    ``is_commented``: somebody of the teaching team, or a guest, has.
    """
    comments = Comment.objects.open().from_others().on(OuterRef("pk"))
    by_peers = comments.filter(author__in=_students(course))
    return posts.exclude(Exists(by_peers)).annotate(is_commented=Exists(comments))


def _students(course: Course) -> QuerySet:
    return Membership.objects.in_course(course).active().students().values("user")


@dataclass(frozen=True)
class MixingTable:
    """Ties of each group with each: names over columns, and rows of name and counts."""

    names: list[str]
    rows: list[tuple[str, list[int]]]
    mixing: Mixing

    @property
    def is_large(self) -> bool:
        """Return whether it is longer than all else on the page, and so folded."""
        return len(self.names) > MAX_GROUPS_IN_VIEW


def named_mixing(mixing: Mixing, names: dict[int, str]) -> MixingTable | None:
    """Return the table of at least two groups, in the order of their names."""
    order = sorted(
        range(len(mixing.groups)), key=lambda place: numbered_key(names[mixing.groups[place]])
    )
    if len(order) < 2:
        return None
    titles = [names[mixing.groups[place]] for place in order]
    rows = [[mixing.matrix[row][column] for column in order] for row in order]
    return MixingTable(titles, list(zip(titles, rows, strict=True)), mixing)


def named_cuts(record: ClassRecord, figures: ClassFigures) -> list[NamedCut]:
    cuts = [*figures.single_cuts[:MAX_CUTS], *figures.double_cuts[:MAX_CUTS]]
    return [
        NamedCut(_users(record, cut.people), _users(record, sorted(cut.cut_off))) for cut in cuts
    ]


def named_contacts(
    record: ClassRecord, figures: ClassFigures, names: dict[int, str]
) -> list[NamedContact]:
    return [
        NamedContact(
            names[contact.one], names[contact.other], _users(record, contact.people), contact.ties
        )
        for contact in figures.contacts[:MAX_CUTS]
    ]


def _users(record: ClassRecord, keys: Sequence[int]) -> list[User]:
    return [record.students[pk].user for pk in keys]


def default_windows(day: date, days: int) -> tuple[Window, Window]:
    """Return the last so many days up to a day, and as many before them: the earlier first."""
    after = Window.ending(day, days)
    return Window.ending(after.first - timedelta(days=1), days), after


def weeks_of(record: ClassRecord) -> list[tuple[int, date, date]]:
    """Return the number, the first and the last day of each week so far."""
    first = record.course.starts_on
    return [
        (number, end_of_week(number, first) - timedelta(days=6), record.end_of(number))
        for number in range(1, record.weeks + 1)
    ]
