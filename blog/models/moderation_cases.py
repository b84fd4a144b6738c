"""Keep the cases of moderation in step with what happens to posts and comments.

Whoever calls these holds the lock of the post, so that actions on one case take turns.
"""

from django.db.models import Q
from django.utils import timezone

from blog.models.comments import Comment
from blog.models.courses import Audience
from blog.models.moderation import ModerationCase, ModerationEvent, target_field
from blog.models.notifications import SUBJECTS, Notification, event_of, notify
from blog.models.people import User
from blog.models.posts import Post

Kind = ModerationEvent.Kind
State = ModerationCase.State


def post_of(target: Post | Comment) -> Post:
    """Return the post that a post or comment is on: itself, or the comment's."""
    return target.post if isinstance(target, Comment) else target


def is_waiting(target: Post | Comment) -> bool:
    """Return whether something is a comment that is not published yet."""
    return isinstance(target, Comment) and target.state == Comment.State.WAITING


def case_of(target: Post | Comment) -> ModerationCase:
    """Return the case about a post or comment; a new one is closed, and not saved yet."""
    case = ModerationCase.objects.about(target).first()
    if case is None:
        course = post_of(target).course
        case = ModerationCase(course=course, state=State.CLOSED, **target_field(target))
    for name, row in target_field(target).items():
        setattr(case, name, row)
    return case


def add_event(
    case: ModerationCase, kind: str, *, by: User | None, state: str, text: str = "", **fields
) -> ModerationEvent:
    """Add an event to the log of a case, which is in a new state after it.

    ``by`` is None for the guest who wrote the comment that it is about, and for the spam filter.
    """
    before, now = case.state, timezone.now()
    if state == State.WAITING and kind not in (Kind.UNDO, Kind.RESTORE) and not case.is_waiting:
        case.waiting_since = now
    case.state = state
    case.version += 1
    case.is_author_told |= kind in ModerationEvent.DECISIONS
    case.save()
    return ModerationEvent.objects.create(
        case=case,
        kind=kind,
        actor=by,
        text=text,
        state_before=before,
        was_hidden=case.target.is_hidden,
        was_waiting=is_waiting(case.target),
        at=now,
        **fields,
    )


def close_reports(case: ModerationCase, event: ModerationEvent) -> None:
    """Close the open reports of a case by an event."""
    case.reports.open().update(closed_at=event.at, closed_by=event)


def take_back_event(
    case: ModerationCase, event: ModerationEvent, kind: str, *, by: User | None
) -> ModerationEvent:
    """Undo the last event of a case; the reports that it closed are open.

    Return the event that does so.
    """
    undo = add_event(case, kind, by=by, state=event.state_before, undoes=event)
    case.reports.filter(closed_by=event).update(closed_at=None, closed_by=None)
    return undo


def tell_team(target: Post | Comment, *, by: User | None) -> None:
    """Notify the teaching team of a case that needs their decision, or withdraw that.

    Each of them once for as long as it waits, but for who did it and for its author, who learns of
    a report only with its decision. Mail comes before notifications in the order of locks, so
    actions call this last.
    """
    about = {SUBJECTS[type(target)]: target}
    event = f"waiting:{event_of(target)}"
    waits = is_waiting(target) or ModerationCase.objects.waiting().about(target).exists()
    if not waits or target.deleted_at is not None:
        Notification.objects.filter(event=event, **about).delete()
        return
    teaching = post_of(target).course.memberships.active().teaching()
    team = User.objects.filter(memberships__in=teaching).exclude(pk=target.author_id)
    notify(team.order_by("pk"), Notification.Kind.WAITING, target, by=by, event=event)


def note_edit(target: Post | Comment, *, by: User) -> None:
    """Let the team decide again once the author has edited what they hid or asked to change."""
    case = case_of(target)
    if case.state_without_reports() in (State.ASK, State.HIDE):
        add_event(case, Kind.EDIT, by=by, state=State.WAITING)
        tell_team(target, by=by)


def is_change_wanted(target: Post | Comment) -> bool:
    """Return whether the team's last decision was to hide it or to ask for a change."""
    decision = case_of(target).last_decision()
    return decision is not None and decision.kind in (Kind.ASK, Kind.HIDE)


def note_objection(comment: Comment, text: str) -> None:
    """Let the team decide again on a guest's comment that is not published: its guest objects."""
    add_event(case_of(comment), Kind.OBJECT, by=None, state=State.WAITING, text=text)
    tell_team(comment, by=None)


def note_filtering(comment: Comment, *, is_published: bool) -> None:
    """Record what the spam filter is about to decide on a guest's comment."""
    kind = Kind.PASS if is_published else Kind.STOP
    add_event(case_of(comment), kind, by=None, state=ModerationEvent.FILTERED[kind])


def update_cases(target: Post | Comment, *, by: User | None) -> None:
    """Close the cases about what its author deleted or keeps private, and open them again.

    For a post these are the cases about its comments too.
    """
    post = post_of(target)
    about = Q(**target_field(target))
    if isinstance(target, Post):
        about |= Q(comment__post=target)
    cases = ModerationCase.objects.filter(about).select_related("post", "comment__post")
    is_post_gone = post.deleted_at is not None or post.audience == Audience.ONLY_ME
    for case in cases:
        is_gone = is_post_gone or case.target.deleted_at is not None
        last = case.events.last()
        if is_gone and case.state != State.CLOSED:
            close_reports(case, add_event(case, Kind.DELETE, by=by, state=State.CLOSED))
        elif not is_gone and last is not None and last.kind == Kind.DELETE:
            take_back_event(case, last, Kind.RESTORE, by=by)
        tell_team(case.target, by=by)
