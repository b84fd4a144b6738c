"""What an LMS may know of a student now, and what it was told of a course."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.utils import timezone

from blog.lti.scores import ScoreContent
from blog.models import (
    Audience,
    Course,
    Grading,
    Membership,
    PlatformCourse,
    PlatformMember,
    PlatformScore,
    Post,
    Prompt,
    Score,
    User,
    shown_name,
)
from blog.models.point_limits import highest_points_for

SENT, WAITING, REFUSED, GIVEN_UP = "sent", "waiting", "refused", "given_up"
MAX_ROWS = 200  # of a page: of the others the counts tell


def score_content(prompt: Prompt, kind: str, student: User) -> ScoreContent | None:
    """Return what an LMS may know now of a student's posts or comments for a prompt.

    Nothing of a post that its author keeps from the team, or of a grade before its release. None
    for a former member: the LMS is told nothing more, and keeps what it has.
    """
    members = Membership.objects.in_course(prompt.course_id).active().students()
    if not members.filter(user=student).exists():
        return None
    submitted_at = None
    if kind == Grading.Kind.POST:
        posts = Post.objects.answering(prompt).published().filter(author=student)
        post = posts.filter(audience__gte=Audience.INSTRUCTORS).first()
        submitted_at = post.published_at if post else None
    gradings = Grading.objects.answering(prompt).of_kind(kind).of_record().released()
    grading = gradings.filter(student=student).select_related("post", "released_rubric").first()
    if grading is None:
        return ScoreContent(submitted_at)
    grading.prompt = prompt
    scores = Score.objects.seen_by_student().filter(grading=grading)
    points = grading.points_by(scores.select_related("criterion", "level"))
    return ScoreContent(
        submitted_at,
        points,
        None if points is None else highest_points_for(prompt, kind, grading),
        f"{settings.SITE_URL}{grading.get_absolute_url()}#feedback",
    )


def planned_release(prompt: Prompt, kind: str, student: int) -> datetime | None:
    """Return when a grade of a student is to be released, if that lies ahead."""
    gradings = Grading.objects.answering(prompt).of_kind(kind).of_record().filter(student=student)
    ahead = gradings.filter(released_at__gt=timezone.now())
    return ahead.values_list("released_at", flat=True).first()


@dataclass(frozen=True)
class ScoreRow:
    """What an LMS was told of one student in one column; ``state`` is a key above.

    ``is_left_there``: the LMS has points of a grade that was taken back, and did not accept that.
    """

    score: PlatformScore
    prompt: Prompt
    kind: str
    state: str
    is_left_there: bool = False

    @property
    def label(self) -> str:
        return str(Grading.Kind(self.kind).label)


@dataclass(frozen=True)
class ConnectedCourse:
    """A course of an LMS on its page: how many grades are in which state, and those to look at."""

    connected: PlatformCourse
    counts: Mapping[str, int]
    rows: Sequence[ScoreRow]
    members: int


def connected_courses(course: Course) -> list[ConnectedCourse]:
    """Return the courses of LMSs that are connected with a course; 3 queries and one for each.

    One more where an LMS has points and did not take what came after them.
    """
    found = list(PlatformCourse.objects.in_course(course).for_list())
    scores = PlatformScore.objects.in_course(course).select_related("line_item__prompt", "student")
    by_course: dict[int, list[ScoreRow]] = {one.pk: [] for one in found}
    ordered = list(scores.order_by("line_item__prompt__number", "line_item__kind", "pk"))
    left_there = _left_there(course, ordered)
    for score in ordered:
        item = score.line_item
        row = ScoreRow(score, item.prompt, item.kind, state_of(score), score.pk in left_there)
        by_course[item.platform_course_id].append(row)
    return [_summary(one, by_course[one.pk]) for one in found]


def _left_there(course: Course, scores: Iterable[PlatformScore]) -> set[int]:
    """Return the rows whose points stay in an LMS although their grade is not released any more.

    A column that was deleted there (404) shows none.
    """
    failed = [
        score
        for score in scores
        if score.sent_hundredths is not None
        and score.refused_status != HTTPStatus.NOT_FOUND
        and state_of(score) in (REFUSED, GIVEN_UP)
    ]
    if not failed:
        return set()
    gradings = Grading.objects.filter(prompt__course=course).of_record().released()
    released = set(gradings.values_list("prompt", "kind", "student"))
    keys = {score.pk: (score.line_item.prompt_id, score.line_item.kind, score.student_id)
            for score in failed}  # fmt: skip
    return {pk for pk, key in keys.items() if key not in released}


def not_from_lms(course: Course, connected: Iterable[ConnectedCourse]) -> list[User]:
    """Return the students with a released grade whom no LMS has sent here yet, by name.

    Nothing of theirs is sent: nobody knows who they are there. Empty where no grades go to an LMS;
    else one query.
    """
    if not any(one.connected.is_told_grades for one in connected):
        return []
    graded = Grading.objects.filter(prompt__course=course).of_record().released()
    members = Membership.objects.in_course(course).active().students()
    there = PlatformMember.objects.filter(platform_course__course=course)
    people = User.objects.filter(pk__in=members.values("user"))
    people = people.filter(pk__in=graded.values("student")).exclude(pk__in=there.values("user"))
    return list(people.order_by(shown_name(), "pk"))


def state_of(score: PlatformScore) -> str:
    """Return whether a grade was sent, waits, was refused or given up; "" for nothing to send.

    One whose release has a date ahead is in the state of before: what was told of its post.
    """
    if score.refused_status is not None:
        return REFUSED
    if score.is_given_up:
        return GIVEN_UP
    if score.due_at is not None and (score.due_at <= timezone.now() or score.attempts):
        return WAITING
    return SENT if score.sent_at else ""


def _summary(connected: PlatformCourse, rows: Sequence[ScoreRow]) -> ConnectedCourse:
    told = [row for row in rows if row.state]
    order = {REFUSED: 0, GIVEN_UP: 1, WAITING: 2, SENT: 3}
    told.sort(key=lambda row: order[row.state])
    counts = Counter(row.state for row in told)
    return ConnectedCourse(connected, counts, told[:MAX_ROWS], connected.members.count())
