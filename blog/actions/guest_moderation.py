"""Decide about comments by guests, as the teaching team; every decision can be undone.

Once there is a case about one, as after a report, what is decided here is decided in the case.
"""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.actions.moderation import decide, undo_decision
from blog.exceptions import Refused
from blog.models import AuditEvent, Comment, ModerationCase, ModerationEvent, User
from blog.models.guest_comments import (
    decide_guest_comment,
    report_as_spam,
    take_back_guest_decision,
)

Kind, State = ModerationEvent.Kind, Comment.State


def publish_guest_comment(comment: Comment, *, by: User, reason: str = "") -> Comment:
    """Show a comment by a guest to everybody who can see its post."""
    access.require(access.can_decide_guest_comment(by, comment))
    return _decide(comment, State.OPEN, "guest_comment_published", by=by, reason=reason)


def refuse_guest_comment(
    comment: Comment, *, by: User, reason: str = "", is_spam: bool = False
) -> Comment:
    """Do not publish a comment by a guest, who reads the ``reason``, or take it back.

    ``is_spam`` is what the spam filter is told, if it thought otherwise.
    """
    access.require(access.can_decide_guest_comment(by, comment))
    action = "guest_comment_refused"
    return _decide(comment, State.HIDDEN, action, by=by, reason=reason, is_spam=is_spam)


def undo_guest_decision(comment: Comment, *, by: User) -> Comment:
    """Undo the last decision of the team: the comment is what it was before."""
    access.require(access.can_decide_guest_comment(by, comment))
    with _locked(comment) as comment:
        if _has_case(comment):
            undo_decision(comment, by=by)
            return _reload(comment)
        if comment.guest.decided_by_id is None or not comment.guest.state_before:
            raise Refused(_("There is no decision to undo."))
        take_back_guest_decision(comment)
        AuditEvent.record("guest_decision_undone", comment, by=by, course=comment.post.course)
    return comment


def _decide(
    comment: Comment, state: str, action: str, *, by: User, reason: str, is_spam: bool = False
) -> Comment:
    """Decide, unless a second click or somebody else has decided the same."""
    with _locked(comment) as comment:
        if comment.state == state and not comment.guest.has_open_objection:
            return comment
        if _has_case(comment):
            decision = Kind.KEEP if state == State.OPEN else Kind.HIDE
            decide(comment, by=by, decision=decision, reason=reason)
            comment = _reload(comment)
            if is_spam:
                report_as_spam(comment)
            return comment
        before = comment.state
        decide_guest_comment(comment, state, by=by, reason=reason, is_spam=is_spam)
        AuditEvent.record(action, comment, by=by, course=comment.post.course, before=before)
    return comment


def _has_case(comment: Comment) -> bool:
    """Whether a comment that was published once has a case, whose log then has all decisions."""
    is_waiting = comment.state == State.WAITING
    return not is_waiting and ModerationCase.objects.about(comment).exists()


@contextmanager
def _locked(comment: Comment):
    """Lock the post of a comment, and pass the comment as it is now."""
    with transaction.atomic():
        comment.post.lock()
        yield _reload(comment)


def _reload(comment: Comment) -> Comment:
    current = Comment.objects.select_related("guest").get(pk=comment.pk)
    current.post = comment.post
    return current
