"""Members' own moderation: decisions about their work, and the outcomes of their reports.

Who reported something reads what was decided about it, by whom and why, also later and also when
that was undone. Of other reports, and of what its author says to the team, they read nothing.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q

from blog.models import (
    Comment,
    Course,
    ModerationCase,
    ModerationEvent,
    Post,
    Report,
    User,
)
from blog.queries.moderation import CaseEntry, case_entries

Kind = ModerationEvent.Kind
ENDINGS = (*ModerationEvent.DECISIONS, Kind.DELETE)
OUTCOMES = (*ENDINGS, Kind.UNDO, Kind.RESTORE)
OF_GUESTS = (*OUTCOMES, *ModerationEvent.FILTERED, Kind.OBJECT)


@dataclass(frozen=True)
class OwnReport:
    """One's own report, with the ``events`` since that concern its reporter, the oldest first."""

    report: Report
    events: list[ModerationEvent]

    @property
    def target(self) -> Post | Comment:
        return self.report.case.target

    @property
    def outcome(self) -> ModerationEvent | None:
        """Return the decision that counts: the last one not undone; None before there is one."""
        if self.report.is_open:
            return None
        undone = {event.undoes_id for event in self.events}
        holding = [e for e in self.events if e.kind in ENDINGS and e.pk not in undone]
        return holding[-1] if holding else self.report.closed_by


def own_report(target: Post | Comment, reporter: User) -> OwnReport | None:
    """Return somebody's last report of a post or comment, unless they took it back."""
    report = _not_taken_back(Report.objects.by(reporter).about(target)).last()
    return _with_outcome(report) if report else None


def guest_log(comment: Comment) -> list[ModerationEvent]:
    """Return the events of a guest's comment that its guest can read, the oldest first.

    That is all but who reported it, and that somebody did.
    """
    events = ModerationEvent.objects.filter(case__comment=comment, kind__in=OF_GUESTS)
    return list(events.select_related("case__comment").order_by("pk"))


def own_moderation(member: User, course: Course) -> dict:
    """Return the decisions about a member's own work, and their reports, the newest first.

    Costs no query in a course that has no case.
    """
    membership = member.membership_in(course)
    if membership is None or not membership.course_has_cases:
        return {"own_cases": [], "own_reports": []}
    return {
        "own_cases": _own_cases(member, course),
        "own_reports": _own_reports(member, course),
    }


def _own_cases(member: User, course: Course) -> list[CaseEntry]:
    cases = ModerationCase.objects.in_course(course).about_works_of(member)
    there = Q(post__deleted_at=None, comment=None) | Q(
        comment__deleted_at=None, comment__post__deleted_at=None, post=None
    )
    return case_entries(cases.filter(there).order_by("pk"), member)


def _own_reports(member: User, course: Course) -> list[OwnReport]:
    posts, comments = Post.objects.visible_to(member), Comment.objects.visible_to(member)
    sees_target = Q(Exists(posts.filter(pk=OuterRef("case__post")))) | Q(
        Exists(comments.filter(pk=OuterRef("case__comment"), deleted_at=None))
    )
    reports = _not_taken_back(Report.objects.by(member).filter(case__course=course))
    found = reports.annotate(is_target_visible=sees_target).select_related(
        "case__post__author",
        "case__post__revision",
        "case__comment__author",
        "case__comment__post__revision",
    )
    return [_with_outcome(report) for report in reversed(found)]


def _not_taken_back(reports):
    """Return reports that are open or were decided on, the oldest first, with their cases' logs."""
    events = ModerationEvent.objects.select_related("actor")
    return (
        reports.exclude(closed_by__kind=Kind.TAKE_BACK)
        .select_related("closed_by", "case")
        .prefetch_related(Prefetch("case__events", events))
        .order_by("pk")
    )


def _with_outcome(report: Report) -> OwnReport:
    log = list(report.case.events.all())
    made = next(event.pk for event in log if event.report_id == report.pk)
    return OwnReport(report, [e for e in log if e.kind in OUTCOMES and e.pk > made])
