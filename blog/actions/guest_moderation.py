"""Decide about comments by guests, as the teaching team; every decision can be undone."""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import AuditEvent, Comment, User
from blog.models.guest_comments import forget_decision, record_decision

State = Comment.State


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
        if comment.guest.decided_by_id is None or not comment.guest.state_before:
            raise Refused(_("There is no decision to undo."))
        comment.change_state(comment.guest.state_before)
        forget_decision(comment)
        AuditEvent.record("guest_decision_undone", comment, by=by, course=comment.post.course)
    return comment


def _decide(
    comment: Comment, state: str, action: str, *, by: User, reason: str, is_spam: bool = False
) -> Comment:
    """Decide, unless a second click or somebody else has decided the same."""
    with _locked(comment) as comment:
        if comment.state == state and not comment.guest.has_open_objection:
            return comment
        before = comment.state
        comment.change_state(state)
        record_decision(comment, state_before=before, by=by, reason=reason, is_spam=is_spam)
        AuditEvent.record(action, comment, by=by, course=comment.post.course, before=before)
    return comment


@contextmanager
def _locked(comment: Comment):
    """Lock the post of a comment, and pass the comment as it is now."""
    with transaction.atomic():
        comment.post.lock()
        current = Comment.objects.select_related("guest").get(pk=comment.pk)
        current.post = comment.post
        yield current
