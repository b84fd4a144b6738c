"""Decide about comments by guests, as the teaching team, in one click or with a reason.

What is decided is a decision of the case about the comment, as after a report, and is undone there.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.actions.moderation import decide
from blog.models import Comment, ModerationEvent, User
from blog.models.guest_comments import report_as_spam

Kind, State = ModerationEvent.Kind, Comment.State


def publish_guest_comment(comment: Comment, *, by: User, reason: str = "") -> Comment:
    """Show a comment by a guest to everybody who can see its post."""
    access.require(access.can_decide_guest_comment(by, comment))
    with transaction.atomic():
        return _decide(comment, State.OPEN, by=by, reason=reason)


def refuse_guest_comment(comment: Comment, *, by: User, reason: str) -> Comment:
    """Do not publish a comment by a guest, or take it back. The guest reads the ``reason``."""
    access.require(access.can_decide_guest_comment(by, comment))
    with transaction.atomic():
        return _decide(comment, State.HIDDEN, by=by, reason=reason)


def refuse_spam(comment: Comment, *, by: User) -> Comment:
    """Do not publish a comment by a guest that is spam; the spam filter learns of it."""
    access.require(access.can_decide_guest_comment(by, comment))
    with transaction.atomic():
        comment = _decide(comment, State.HIDDEN, by=by, reason=_("It is spam."))
        report_as_spam(comment)
    return comment


def _decide(comment: Comment, state: str, *, by: User, reason: str) -> Comment:
    """Decide, unless a second click or somebody else has decided the same."""
    comment.post.lock()
    current = _reload(comment)
    if current.state != state or current.guest.has_open_objection:
        decision = Kind.KEEP if state == State.OPEN else Kind.HIDE
        decide(current, by=by, decision=decision, reason=reason)
    return _reload(comment)


def _reload(comment: Comment) -> Comment:
    current = Comment.objects.select_related("guest").get(pk=comment.pk)
    current.post = comment.post
    return current
