"""The last look before a release: whose grades would go, what to look at again, who gets nothing.

And what went already, or has a date ahead, with its mails.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from blog.models import (
    Course,
    Criterion,
    Grading,
    GradingEvent,
    Membership,
    OutboxMessage,
    Prompt,
    QueuePlace,
    Score,
    SecondGrading,
    Section,
    User,
    highest_points_of,
    release_key,
    shown_name,
)
from blog.queries.feedback import ReadableGrade, readable_grade
from blog.queries.grading_conflicts import unsettled
from blog.queries.grading_page import criteria_of
from blog.queries.grading_queue import QueueItem, attach_students, commenters


@dataclass(frozen=True)
class ReleaseRow:
    """A complete grade that is not released: its ``levels`` by criterion, and what to look at.

    ``number`` is the student's place on the desk. A grade that is unsettled cannot go; one that
    somebody else is still to grade too can.
    """

    number: int
    grading: Grading
    item: QueueItem | None
    levels: list[tuple[Criterion, Score | None]]
    points: Decimal | None
    is_unsettled: bool
    waits_for_second: bool

    @property
    def student(self) -> User:
        return self.grading.student

    @property
    def is_of_comments(self) -> bool:
        return self.grading.kind == Grading.Kind.COMMENTS

    @property
    def has_no_words(self) -> bool:
        return self.grading.status == Grading.Status.GRADED and not self.grading.html

    @property
    def is_changed(self) -> bool:
        """Return whether the post has another version than the graded one."""
        return self.item is not None and self.item.changed_since_grading

    @property
    def is_closed(self) -> bool:
        """Return whether its post is not published any more."""
        return self.item is not None and self.item.is_closed

    @property
    def is_late(self) -> bool:
        return self.item is not None and self.item.is_published and self.item.is_late

    @property
    def has_nothing_to_look_at(self) -> bool:
        states = [
            self.has_no_words,
            self.is_changed,
            self.is_late,
            self.is_unsettled,
            self.waits_for_second,
            self.is_closed,
        ]
        is_plain = self.grading.status == Grading.Status.GRADED
        has_own_points = self.grading.override_points is not None
        return is_plain and not has_own_points and not any(states)


@dataclass(frozen=True)
class ReleaseTable:
    """The rows of one kind of grade, with the criteria that are its columns."""

    rows: list[ReleaseRow]
    criteria: list[Criterion]
    highest_points: Decimal

    @property
    def ready(self) -> list[ReleaseRow]:
        return [row for row in self.rows if not row.is_unsettled]

    @property
    def waiting(self) -> list[ReleaseRow]:
        return [row for row in self.rows if row.is_unsettled]

    @property
    def is_of_comments(self) -> bool:
        return any(row.is_of_comments for row in self.rows)


@dataclass(frozen=True)
class Release:
    """The grades of a prompt that were released at one moment, which may be ahead.

    ``mailed`` were sent a mail about it; of the mails that wait, the first is sent ``mails_from``.
    ``changed`` were graded again since the release got its date.
    """

    at: datetime
    by: User | None
    students: list[User]
    mailed: list[User]
    mails_waiting: int
    mails_from: datetime | None
    changed: list[User]

    @property
    def is_planned(self) -> bool:
        return self.at > timezone.now()


@dataclass(frozen=True)
class NotGraded:
    """Students who get nothing: with a post to read or to finish, and without a post.

    To read is also what others have graded and the reader is still to grade.
    """

    ungraded: list[QueueItem]
    without_post: list[QueueItem]

    def __len__(self) -> int:
        return len(self.ungraded) + len(self.without_post)


def release_tables(
    prompt: Prompt, queue: Sequence[QueueItem], *, section: Section | None = None
) -> list[ReleaseTable]:
    """Return the complete grades that no release has yet, a table for each kind; eight queries.

    Not those of posts that the reader of the queue is to grade without knowing them.
    """
    items = {item.member.user_id: item for item in queue}
    due = {student for student, item in items.items() if item.is_due}
    gradings = [
        each
        for each in _to_release(prompt, section)
        if each.kind == Grading.Kind.COMMENTS or each.student_id not in due
    ]
    open_conflicts = {conflict.grading.pk for conflict in unsettled(prompt)}
    waiting = set(SecondGrading.objects.answering(prompt).due().values_list("first", flat=True))
    numbers = dict(QueuePlace.objects.filter(prompt=prompt).values_list("student", "number"))
    tables = []
    for kind in (Grading.Kind.POST, Grading.Kind.COMMENTS):
        of_kind = [each for each in gradings if each.kind == kind]
        if not of_kind:
            continue
        criteria = criteria_of(prompt.rubric_for(kind))
        rows = [
            _row(
                each,
                criteria,
                number=numbers.get(each.student_id, 0),
                item=items.get(each.student_id) if kind == Grading.Kind.POST else None,
                is_unsettled=each.pk in open_conflicts,
                waits_for_second=each.pk in waiting,
            )
            for each in of_kind
        ]
        rows.sort(key=lambda row: row.is_unsettled)
        tables.append(ReleaseTable(rows, criteria, highest_points_of(criteria)))
    return tables


def _to_release(prompt: Prompt, section: Section | None) -> QuerySet[Grading]:
    members = Membership.objects.in_course(prompt.course).active().students()
    if section is not None:
        members = members.filter(section=section)
    scores = Score.objects.filter(
        criterion__rubric__in=[prompt.rubric_id, prompt.comments_rubric_id]
    )
    return (
        Grading.objects.answering(prompt)
        .of_record()
        .complete()
        .filter(released_at=None, student__in=members.values("user"))
        .select_related("student", "grader", "prompt__course")
        .prefetch_related(Prefetch("scores", scores.select_related("criterion", "level")))
        .order_by(shown_name("student__"), "pk")
    )


def _row(
    grading: Grading,
    criteria: Sequence[Criterion],
    *,
    number: int,
    item: QueueItem | None,
    is_unsettled: bool,
    waits_for_second: bool,
) -> ReleaseRow:
    keys = {criterion.pk for criterion in criteria}
    scores = {each.criterion_id: each for each in grading.scores.all() if each.criterion_id in keys}
    levels = [(criterion, scores.get(criterion.pk)) for criterion in criteria]
    has_points = bool(criteria) or grading.override_points is not None
    points = grading.points_by(scores.values()) if has_points else None
    return ReleaseRow(number, grading, item, levels, points, is_unsettled, waits_for_second)


def not_graded(queue: Iterable[QueueItem], *, section: Section | None = None) -> NotGraded:
    """Return who has nothing to release yet, with their names loaded; one query."""
    items = [
        item
        for item in queue
        if (item.state in ("ungraded", "in_progress", "no_post") or _hides_a_grade(item))
        and (section is None or item.member.section_id == section.pk)
    ]
    attach_students(items)
    return NotGraded(
        ungraded=[item for item in items if item.is_published or _hides_a_grade(item)],
        without_post=[item for item in items if not (item.is_published or _hides_a_grade(item))],
    )


def with_comments_to_grade(
    prompt: Prompt, rows: Iterable[ReleaseRow], reader: User
) -> list[ReleaseRow]:
    """Return the rows of posts whose release shows graders a name too early; two queries.

    A prompt that is graded anonymously hides the name of a student until the first release, and
    the comments of these students have no finished grade yet.
    """
    if not prompt.is_anonymous or prompt.comments_rubric_id is None:
        return []
    of_comments = Grading.objects.of_kind(Grading.Kind.COMMENTS).answering(prompt).of_record()
    done = frozenset(of_comments.done().values_list("student", flat=True))
    waiting = commenters(prompt, reader) - done
    return [row for row in rows if not row.is_of_comments and row.student.pk in waiting]


def _hides_a_grade(item: QueueItem) -> bool:
    """Return whether a grade is ready that the reader cannot see before their own."""
    return item.is_due and item.state == "graded"


def preview(row: ReleaseRow, at: datetime, *, is_hidden: bool = False) -> ReadableGrade:
    """Return the grade as its student would read it after a release at a moment; three queries.

    It is an instance of its own, and nothing of it is saved. Where the name of the student is
    hidden, numbers of paragraphs do not lead to the post.
    """
    scores = Score.objects.filter(criterion__rubric=row.grading.rubric_key)
    grading = (
        Grading.objects.select_related("grader", "revision", "post", "prompt__course")
        .prefetch_related(
            Prefetch(
                "scores",
                scores.select_related("criterion", "level").order_by("criterion__position"),
            ),
            "scores__criterion__levels",
        )
        .get(pk=row.grading.pk)
    )
    grading.released_at = at
    return readable_grade(grading, has_links=not is_hidden)


def releases_of(prompt: Prompt) -> list[Release]:
    """Return the releases of a prompt, those ahead first, then the last; three queries."""
    released = GradingEvent.objects.filter(
        grading=OuterRef("pk"), kind=GradingEvent.Kind.RELEASED
    ).order_by("-pk")
    gradings = (
        Grading.objects.answering(prompt)
        .filter(released_at__isnull=False)
        .select_related("student")
        .annotate(
            announced_at=Subquery(released.values("at")[:1]),
            released_by=Subquery(released.values("actor")[:1]),
        )
        .order_by("-released_at", shown_name("student__"), "-kind", "pk")
    )
    by_moment: dict[datetime, list[Grading]] = {}
    for grading in gradings:
        if grading.released_at is not None:
            by_moment.setdefault(grading.released_at, []).append(grading)
    people = User.objects.in_bulk({each[0].released_by for each in by_moment.values()} - {None})
    keys = {release_key(one) for same in by_moment.values() for one in same}
    mails = {mail.key: mail for mail in OutboxMessage.objects.filter(key__in=keys)}
    return [_release(at, same, people, mails) for at, same in by_moment.items()]


def _release(
    at: datetime,
    gradings: Sequence[Grading],
    people: dict[int, User],
    mails: dict[str, OutboxMessage],
) -> Release:
    students = {each.student_id: each.student for each in gradings}
    sent: dict[int, OutboxMessage] = {}
    for each in gradings:
        mail = mails.get(release_key(each))
        if mail is not None:
            sent[each.student_id] = mail
    waiting = [mail for mail in sent.values() if mail.sent_at is None and not mail.attempts]
    return Release(
        at=at,
        by=people.get(gradings[0].released_by or 0),
        students=list(students.values()),
        mailed=[students[pk] for pk, mail in sent.items() if mail not in waiting],
        mails_waiting=len(waiting),
        mails_from=min((mail.due_at for mail in waiting), default=None),
        changed=[
            each.student
            for each in gradings
            if each.announced_at and each.updated_at > each.announced_at
        ],
    )


def sections_of(course: Course) -> list[Section]:
    """Return the sections of a course that have students."""
    with_students = Q(memberships__ended_at=None, memberships__role=Membership.Role.STUDENT)
    return list(Section.objects.filter(course=course).filter(with_students).distinct())
