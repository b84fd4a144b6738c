"""Report posts and comments, decide about them, undo a decision, and reply to one.

Every action locks the post first, as those on comments do, and adds an event to the log of the
case. What is decided about a comment and about a post is the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.actions.comments import hide_comment, show_comment
from blog.exceptions import NotAllowed, Refused, StaleCase
from blog.models import (
    AuditEvent,
    Comment,
    CommentUse,
    ModerationCase,
    ModerationEvent,
    Norm,
    Notification,
    Post,
    Report,
    User,
    add_event,
    case_of,
    is_waiting,
    notify,
    notify_of_uses,
    post_of,
    revocations,
    take_back_event,
    tell_team,
)
from blog.models.guest_comments import (
    decide_guest_comment,
    is_by_guest,
    take_back_guest_decision,
)
from blog.models.moderation import target_field
from blog.models.notifications import EVENT_UNDONE

Kind = ModerationEvent.Kind
State = ModerationCase.State


def report(
    target: Post | Comment, *, by: User, norm: Norm | None = None, sentence: str = ""
) -> Report:
    """Report a post or comment to the teaching team, who decide about it.

    ``norm`` is the one it is about; None is for something else. Whoever has an open report of it
    gets that one back: there is one for each person.
    """
    access.require(access.can_report(by, target))
    with _locked_case(target, by) as case:
        earlier = case.reports.open().by(by).first() if case.pk else None
        if earlier is not None:
            return earlier
        if case.target.is_hidden:
            raise Refused(_("The teaching team has already hidden this."))
        if is_waiting(case.target):
            raise Refused(_("This comment is not published yet."))
        if case.pk is None:
            case.save()
        made = Report.objects.create(
            case=case,
            reporter=by,
            norm=norm,
            norm_name=norm.name if norm else "",
            sentence=sentence,
        )
        add_event(case, Kind.REPORT, by=by, state=State.WAITING, text=sentence, report=made)
    return made


def take_back_report(report: Report, *, by: User) -> None:
    """Take back one's own report; without another one the case no longer waits."""
    access.require(report.reporter_id == by.pk and access.can_report(by, report.case.target))
    with _locked_case(report.case.target, by) as case:
        if not case.reports.open().filter(pk=report.pk).exists():
            return  # a second click, or it was decided meanwhile
        others = case.reports.open().exclude(pk=report.pk)
        state = case.state if others.exists() else case.state_without_reports()
        event = add_event(case, Kind.TAKE_BACK, by=by, state=state, report=report)
        Report.objects.filter(pk=report.pk).update(closed_at=event.at, closed_by=event)


def decide(
    target: Post | Comment, *, by: User, decision: str, reason: str, version: int | None = None
) -> ModerationEvent:
    """Decide that a post or comment stays as it is, shall be changed, or is hidden.

    ``decision`` is KEEP, ASK or HIDE; the first two show what was hidden or, by a guest, waited.
    Its author and whoever reported it read the reason. Raises StaleCase if something else happened
    since ``version``.
    """
    access.require(access.can_moderate(by, target))
    with _locked_case(target, by) as case:
        _refuse_stale(case, version)
        if decision == Kind.ASK and case.target.author_id is None:
            raise Refused(
                _("Nobody can edit the comment of a guest. Leave it as it is, or hide it.")
            )
        event = revocations.store_decision(case, decision, by=by, reason=reason)
        _set_hidden(case.target, decision == Kind.HIDE, by=by, reason=reason)
        _tell_author(case, event)
        _tell_reporters(case, event)
        _record(case, decision, by=by)
    return event


def undo_decision(target: Post | Comment, *, by: User, version: int | None = None) -> None:
    """Undo the last decision: what it hid or showed is as before, and its reports wait again."""
    access.require(access.can_moderate(by, target))
    with _locked_case(target, by) as case:
        event = case.last_decision()
        if event is None or case.state != event.kind:
            raise Refused(_("There is no decision to undo."))
        _refuse_stale(case, version)
        undo = take_back_event(case, event, Kind.UNDO, by=by)
        if is_by_guest(case.target):
            earlier = case.last_decision(or_of_filter=True)
            take_back_guest_decision(case.target, event, earlier)
        else:
            _set_hidden(case.target, event.was_hidden, by=by)
        _tell_author(case, undo)
        _tell_reporters(case, undo)
        _record(case, Kind.UNDO, by=by)


def reply_to_decision(target: Post | Comment, *, by: User, kind: str, text: str) -> None:
    """Explain what one has written, or object to a decision: the teaching team decides again.

    ``kind`` is EXPLAIN or OBJECT.
    """
    access.require(access.can_reply_to_decision(by, target))
    with _locked_case(target, by) as case:
        if case.state_without_reports() not in (State.ASK, State.HIDE):
            raise Refused(_("There is no decision that you can reply to now."))
        add_event(case, kind, by=by, state=State.WAITING, text=text)


@contextmanager
def _locked_case(target: Post | Comment, by: User) -> Iterator[ModerationCase]:
    """Lock a post and yield the case about it or a comment on it, with both as they are now.

    What the actor does not see, they cannot act on. At the end the team is told if it waits now.
    """
    with transaction.atomic():
        post = post_of(target)
        post.lock()
        target = type(target).objects.get(pk=target.pk)
        if isinstance(target, Comment):
            target.post = post
        else:
            target = post
        if not type(target).objects.filter(pk=target.pk).visible_to(by).exists():
            raise NotAllowed(_("You are not allowed to do this."))
        if target.deleted_at is not None:
            raise Refused(_("Its author has deleted it."))
        yield case_of(target)
        tell_team(target, by=by)


def _refuse_stale(case: ModerationCase, version: int | None) -> None:
    if version is not None and version != case.version:
        raise StaleCase(
            _("Something changed here after you opened this page. Read the log, then decide.")
        )


def _set_hidden(target: Post | Comment, is_hidden: bool, *, by: User, reason: str = "") -> None:
    """Hide or show a post or comment; the ties follow.

    A guest, who has no page of the case, reads the ``reason`` on their own: each new one.
    """
    if is_by_guest(target):
        if is_hidden or not target.is_open:
            state = Comment.State.HIDDEN if is_hidden else Comment.State.OPEN
            decide_guest_comment(target, state, by=by, reason=reason)
        return
    if isinstance(target, Comment):
        change = hide_comment if is_hidden else show_comment
        change(target, by=by)
        return
    if target.is_hidden == is_hidden:
        return
    revocations.set_hidden(target, is_hidden)
    if not is_hidden:
        notify_of_uses(CommentUse.objects.named_on(target))


def _tell_author(case: ModerationCase, event: ModerationEvent) -> None:
    """Notify the author of a decision, or of an undone one, in place of unseen ones."""
    kind, key = Notification.Kind.DECISION, _key_of(event)
    Notification.objects.unseen().filter(kind=kind, **target_field(case.target)).delete()
    notify([case.target.author], kind, case.target, by=event.actor, event=key)


def _tell_reporters(case: ModerationCase, event: ModerationEvent) -> None:
    """Notify the reporters of the outcome, also later and if it is undone.

    Of what they have not seen the last event alone is there.
    """
    kind, key = Notification.Kind.REPORT, _key_of(event)
    Notification.objects.unseen().filter(kind=kind, report__case=case).delete()
    reports = case.reports.exclude(closed_by__kind=Kind.TAKE_BACK).select_related("reporter")
    for report in reports.order_by("pk"):
        notify([report.reporter], kind, report, by=event.actor, event=key)


def _key_of(event: ModerationEvent) -> str:
    key = f"moderation:{event.pk}"
    return f"{key}{EVENT_UNDONE}" if event.kind == Kind.UNDO else key


def _record(case: ModerationCase, kind: str, *, by: User) -> None:
    told = {}
    if kind == Kind.UNDO:
        field = "state" if isinstance(case.target, Comment) else "hidden_at"
        case.target.refresh_from_db(fields=[field])
        told["hidden_by"] = case.hidden_by
    AuditEvent.record(f"moderation_{kind}", case.target, by=by, course=case.course, **told)
