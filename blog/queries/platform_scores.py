"""Scores of a student that an LMS may know now, and those sent of a course."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

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
TAKEN_BACK, CHANGED = "taken_back", "changed"
TOLD, NOT_TOLD = "told", "not_told"
# What is read of a grade, to compare it with what an LMS has.
COMPARED = (
    *("prompt", "kind", "student", "released_at", "edited_at"),
    *("status", "override_hundredths"),
)
MAX_ROWS = 200  # of a page: of the others the counts tell


def score_content(prompt: Prompt, kind: str, student: User) -> ScoreContent | None:
    """Return a student's posts or comments for a prompt as an LMS may know them now.

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
    """Return the planned release of a student's grade, if it lies ahead."""
    gradings = Grading.objects.answering(prompt).of_kind(kind).of_record().filter(student=student)
    ahead = gradings.filter(released_at__gt=timezone.now())
    return ahead.values_list("released_at", flat=True).first()


@dataclass(frozen=True)
class ScoreRow:
    """The score of one student sent to one column of an LMS; ``state`` is a key above.

    ``stale``: the LMS has points of a grade that was TAKEN_BACK here, or CHANGED since, and is not
    told so by itself.
    """

    score: PlatformScore
    prompt: Prompt
    kind: str
    state: str
    stale: str = ""

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

    With those that were, as far as the LMS has points which are not those of here.

    One more where LMSs have points, and two where some of them have changed here since.
    """
    found = list(PlatformCourse.objects.in_course(course).for_list())
    scores = PlatformScore.objects.in_course(course).select_related(
        "line_item__prompt", "line_item__platform_course__deployment__platform", "student"
    )
    by_course: dict[int, list[ScoreRow]] = {one.pk: [] for one in found}
    ordered = list(scores.order_by("line_item__prompt__number", "line_item__kind", "pk"))
    stale = _stale_points(course, ordered)
    for score in ordered:
        item = score.line_item
        row = ScoreRow(score, item.prompt, item.kind, state_of(score), stale.get(score.pk, ""))
        if row.stale or item.platform_course.disconnected_at is None:
            by_course[item.platform_course_id].append(row)
    shown = [one for one in found if one.disconnected_at is None or by_course[one.pk]]
    return [_summary(one, by_course[one.pk]) for one in shown]


def _stale_points(course: Course, scores: Iterable[PlatformScore]) -> Mapping[int, str]:
    """Return the rows whose points in an LMS are not those of here: TAKEN_BACK, or CHANGED since.

    Not those that are sent at the next tick, or the next try. The points of a released grade are
    asked only where it was changed after it was sent: then 2 queries more.
    """
    there = [one for one in scores if one.sent_hundredths is not None and not _is_on_its_way(one)]
    if not there:
        return {}
    gradings = Grading.objects.filter(prompt__course=course).of_record().released().only(*COMPARED)
    released = {(one.prompt_id, one.kind, one.student_id): one for one in gradings}
    stale, changed = {}, {}
    for score in there:
        item = score.line_item
        grading = released.get((item.prompt_id, item.kind, score.student_id))
        if grading is None:
            stale[score.pk] = TAKEN_BACK
        elif score.sent_at is None or score.sent_at < _last_change(grading):
            changed[score] = grading
    points = _points_of(changed.values())
    for score, grading in changed.items():
        if points[grading.pk] != score.sent_points:
            stale[score.pk] = CHANGED
    return stale


def _is_on_its_way(score: PlatformScore) -> bool:
    connected = score.line_item.platform_course
    platform = connected.platform
    is_sent = connected.is_told_grades and platform.is_on and not platform.is_denied
    return is_sent and state_of(score) == WAITING


def _last_change(grading: Grading) -> datetime:
    moments = (grading.released_at, grading.edited_at)
    return max(moment for moment in moments if moment is not None)


def _points_of(gradings: Collection[Grading]) -> Mapping[int, Decimal | None]:
    """Return the points of released grades as their students see them, by their keys."""
    if not gradings:
        return {}
    by_grading: dict[int, list[Score]] = {grading.pk: [] for grading in gradings}
    scores = Score.objects.seen_by_student().filter(grading__in=by_grading)
    for score in scores.select_related("criterion", "level"):
        by_grading[score.grading_id].append(score)
    return {grading.pk: grading.points_by(by_grading[grading.pk]) for grading in gradings}


def told_to_lms(prompt: Prompt, students: Iterable[User]) -> str:
    """Return whether LMSs that have points are told so, once a release to students is taken back.

    "" where they have none, TOLD where they are told so, NOT_TOLD where one of them is told nothing
    now: nothing is sent there, it is off or lets nobody in, or a student is no member any more or
    is not known there. One query.
    """
    there = PlatformScore.objects.filter(
        line_item__prompt=prompt, student__in=students, sent_hundredths__isnull=False
    )
    has_way = list(there.with_way().values_list("has_way", flat=True))
    if not has_way:
        return ""
    return TOLD if all(has_way) else NOT_TOLD


def not_from_lms(course: Course, connected: Iterable[ConnectedCourse]) -> list[User]:
    """Return the students with a released grade who came from no course that grades go to, by name.

    Nothing of theirs is sent: nobody knows who they are there. Empty where no grades go to an LMS;
    else one query.
    """
    told = [one.connected.pk for one in connected if one.connected.is_told_grades]
    if not told:
        return []
    graded = Grading.objects.filter(prompt__course=course).of_record().released()
    members = Membership.objects.in_course(course).active().students()
    there = PlatformMember.objects.filter(platform_course__in=told)
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
    told = [row for row in rows if row.state or row.stale]
    order = {REFUSED: 0, GIVEN_UP: 1, WAITING: 2, SENT: 3}
    told.sort(key=lambda row: (not row.stale, order.get(row.state, 4)))
    counts = Counter(row.state for row in told if row.state)
    return ConnectedCourse(connected, counts, told[:MAX_ROWS], connected.members.count())
