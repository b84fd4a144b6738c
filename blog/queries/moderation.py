"""Pages about moderation: waiting cases, hidden posts and comments, who did what and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from blog.models import (
    Comment,
    Course,
    ModerationCase,
    ModerationEvent,
    Post,
    Report,
    User,
    case_of,
    is_waiting,
    post_of,
)

Kind = ModerationEvent.Kind
State = ModerationCase.State

LAST_DECISIONS = 8
# What the author of a post or comment never reads of: who reported it, and in which words.
REPORTING = (Kind.REPORT, Kind.TAKE_BACK)


@dataclass(frozen=True)
class CaseEntry:
    """A case as one reader sees it.

    ``log`` is the events that concern them, the oldest first, and ``reports`` the open reports.
    Only who ``sees_reports`` is told who wrote those and why: never the author of what they are
    about, also if that is somebody of the teaching team.
    """

    case: ModerationCase
    log: list[ModerationEvent]
    reports: list[Report]
    sees_reports: bool

    @property
    def target(self) -> Post | Comment:
        return self.case.target

    @property
    def post(self) -> Post:
        return post_of(self.target)

    @property
    def is_comment(self) -> bool:
        return isinstance(self.target, Comment)

    @property
    def is_by_guest(self) -> bool:
        return self.target.author_id is None

    @property
    def is_unpublished(self) -> bool:
        """Return whether it is a guest's comment that waits, or that readers have never seen."""
        comment = self.target
        if not isinstance(comment, Comment) or comment.author_id or comment.is_open:
            return False
        return is_waiting(comment) or comment.opened_at is None

    @property
    def state(self) -> str:
        """Return the state of the case as far as its reader may know of the report."""
        return self.case.state if self.sees_reports else self.case.state_without_reports()

    @property
    def is_waiting(self) -> bool:
        return self.state == State.WAITING or is_waiting(self.target)

    @property
    def decision(self) -> ModerationEvent | None:
        """Return the last decision that was not undone."""
        undone = {event.undoes_id for event in self.log}
        decisions = [e for e in self.log if e.is_decision and e.pk not in undone]
        return decisions[-1] if decisions else None

    @property
    def outcomes(self) -> list[ModerationEvent]:
        """Return the decisions and their undoing, the oldest first."""
        return [event for event in self.log if event.is_decision or event.kind == Kind.UNDO]

    @property
    def can_undo(self) -> bool:
        return self.decision is not None and self.case.state == self.decision.kind

    @property
    def can_reply(self) -> bool:
        """Return whether the author's reply is all that the decision needs."""
        return self.state in (State.ASK, State.HIDE)

    @property
    def replies(self) -> list[ModerationEvent]:
        """Return the author's replies and actions since the last decision."""
        since = self.decision.pk if self.decision else 0
        kinds = (Kind.EXPLAIN, Kind.OBJECT, Kind.EDIT)
        return [event for event in self.log if event.kind in kinds and event.pk > since]


@dataclass(frozen=True)
class HiddenEntry:
    """A hidden post or comment, with the decision that hid it if the log has it."""

    target: Post | Comment
    decision: ModerationEvent | None

    @property
    def post(self) -> Post:
        return post_of(self.target)

    @property
    def is_comment(self) -> bool:
        return isinstance(self.target, Comment)

    @property
    def since(self) -> datetime:
        return self.decision.at if self.decision else self.target.created_at


def moderation_page(reader: User, course: Course) -> dict:
    """Return waiting and hidden cases of a course, the oldest first, and the last decisions.

    In a number of queries that does not grow with the cases.
    """
    cases = ModerationCase.objects.in_course(course).seen_by_team(reader)
    waiting = case_entries(cases.waiting(), reader)
    return {
        "waiting": waiting,
        "hidden": _hidden(reader, course, but={entry.target for entry in waiting}),
        "decisions": decisions_in(reader, course).exclude(actor=None)[:LAST_DECISIONS],
    }


def decisions_in(reader: User, course: Course):
    """Return the decisions in a course that a reader of the team sees, the newest first.

    With those of the spam filter, which have no actor.
    """
    cases = ModerationCase.objects.in_course(course).seen_by_team(reader)
    kinds = [*ModerationEvent.DECISIONS, *ModerationEvent.FILTERED, Kind.UNDO]
    return (
        ModerationEvent.objects.filter(kind__in=kinds, case__in=cases.values("pk"))
        .select_related(
            "actor",
            "undoes",
            "case__course",
            "case__post__author",
            "case__post__revision",
            "case__comment__author",
            "case__comment__post__revision",
        )
        .order_by("-pk")
    )


def case_entry(target: Post | Comment, reader: User) -> CaseEntry:
    """Return the case about a post or comment as its page shows it; one without a row is empty."""
    case = case_of(target)
    if case.pk is None:
        return CaseEntry(case, [], [], sees_reports=target.author_id != reader.pk)
    [entry] = case_entries(ModerationCase.objects.filter(pk=case.pk), reader)
    return entry


def case_entries(cases, reader: User) -> list[CaseEntry]:
    """Return cases with what a reader sees of their logs, in three queries."""
    return [_entry(case, reader) for case in _with_log(cases)]


def attach_case_notes(reader: User, post: Post, comments: Sequence[Comment]) -> None:
    """Give a post and its comments what their page says of moderation, as ``case_note``.

    That is the case for the team and, after a decision, for the author; ``is_reported_by_me`` for
    whoever waits for a decision on a report. Costs no query in a course that has no case.
    """
    targets: list[Post | Comment] = [post, *comments]
    for target in targets:
        target.case_note = None
    membership = reader.membership_in(post.course) if reader.is_authenticated else None
    if membership is None or not membership.course_has_cases:
        return
    cases = ModerationCase.objects.in_course(post.course)
    found = _with_log(cases.filter(Q(post=post) | Q(comment__post=post)))
    by_target = {case.target: case for case in found}
    for target in targets:
        if target in by_target:
            target.case_note = _case_note(by_target[target], reader, is_for_team=membership.teaches)


def _case_note(case: ModerationCase, reader: User, *, is_for_team: bool) -> "CaseNote | None":
    """Return a place's note on a case for a reader; None for those whom it does not concern."""
    is_for_author = case.is_author_told and case.target.author_id == reader.pk
    is_reported_by_me = any(one.reporter_id == reader.pk for one in _open_reports(case))
    if not (is_for_team or is_for_author or is_reported_by_me):
        return None
    return CaseNote(_entry(case, reader), is_for_team, is_for_author, is_reported_by_me)


@dataclass(frozen=True)
class CaseNote:
    """The note on a case in the place of a post or comment, for one reader."""

    entry: CaseEntry
    is_for_team: bool
    is_for_author: bool
    is_reported_by_me: bool


def _hidden(reader: User, course: Course, *, but: set) -> list[HiddenEntry]:
    comments = Comment.objects.filter(
        post__course=course, state=Comment.State.HIDDEN, deleted_at=None
    )
    # What a guest wrote and nobody published was never to be seen.
    comments = comments.exclude(author=None, opened_at=None)
    posts = Post.objects.in_course(course).filter(hidden_at__isnull=False).visible_to(reader)
    targets: list[Post | Comment] = [
        *posts.select_related("course", "author", "revision"),
        *comments.visible_to(reader).select_related("author", "post__course", "post__revision"),
    ]
    targets = [target for target in targets if target not in but]
    if not targets:
        return []
    hidings = ModerationEvent.objects.filter(
        kind=Kind.HIDE, undone_by=None, case__course=course, case__state=State.HIDE
    )
    last = {
        event.case.target: event
        for event in hidings.select_related("actor", "case__post", "case__comment").order_by("pk")
    }
    entries = [HiddenEntry(target, last.get(target)) for target in targets]
    return sorted(entries, key=lambda entry: entry.since)


def _with_log(cases):
    """Return cases with their events and reports, in three queries."""
    events = ModerationEvent.objects.select_related("actor", "report", "report__closed_by")
    reports = Report.objects.select_related("reporter", "closed_by").order_by("pk")
    return cases.select_related(
        "course",
        "post__author",
        "post__revision",
        "post__course",
        "comment__author",
        "comment__post__revision",
        "comment__post__course",
    ).prefetch_related(Prefetch("events", events), Prefetch("reports", reports))


def _open_reports(case: ModerationCase) -> list[Report]:
    return [report for report in case.reports.all() if report.is_open]


def _entry(case: ModerationCase, reader: User) -> CaseEntry:
    is_author = case.target.author_id == reader.pk
    log = [event for event in case.events.all() if not is_author or _concerns_author(event)]
    return CaseEntry(case, log, _open_reports(case), sees_reports=not is_author)


def _concerns_author(event: ModerationEvent) -> bool:
    """Return whether the author of a case reads an event: a report only once decided on."""
    if event.kind not in REPORTING:
        return True
    closing = event.report.closed_by if event.report else None
    return event.kind == Kind.REPORT and closing is not None and closing.is_decision
