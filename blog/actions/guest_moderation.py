"""Decide about comments by guests, as the teaching team, in one click or with a reason.

What is decided is a decision of the case about the comment, as after a report, and is undone there.
``version`` is that of the case which the actor saw: StaleCase is raised as by ``decide``.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.actions.moderation import decide
from blog.models import Comment, ModerationEvent, User
from blog.models.guest_comments import report_as_spam
from blog.models.languages import words_to_keep

Kind, State = ModerationEvent.Kind, Comment.State


def publish_guest_comment(
    comment: Comment, *, by: User, reason: str = "", version: int | None = None
) -> Comment:
    """Show a comment by a guest to everybody who can see its post."""
    access.require(access.can_decide_guest_comment(by, comment))
    with transaction.atomic():
        return _decide(comment, Kind.KEEP, by=by, reason=reason, version=version)


def refuse_guest_comment(
    comment: Comment, *, by: User, reason: str, version: int | None = None
) -> Comment:
    """Refuse a comment by a guest, or withdraw it. The guest reads the ``reason``."""
    access.require(access.can_decide_guest_comment(by, comment))
    with transaction.atomic():
        return _decide(comment, Kind.HIDE, by=by, reason=reason, version=version)


def refuse_spam(comment: Comment, *, by: User, version: int | None = None) -> Comment:
    """Refuse a comment by a guest as spam; the spam filter learns of it."""
    access.require(access.can_decide_guest_comment(by, comment))
    with words_to_keep(comment.post.course):
        reason = _("It is spam.")
    with transaction.atomic():
        comment = _decide(comment, Kind.HIDE, by=by, reason=reason, version=version)
        report_as_spam(comment)
    return comment


def _decide(
    comment: Comment, decision: str, *, by: User, reason: str, version: int | None
) -> Comment:
    """Decide, unless a second click or somebody else has decided the same."""
    comment.post.lock()
    current = _reload(comment)
    if not _is_decided(current, decision, reason):
        decide(current, by=by, decision=decision, reason=reason, version=version)
    return _reload(comment)


def _is_decided(comment: Comment, decision: str, reason: str) -> bool:
    """Return whether a comment is open, or closed for this very reason: its guest reads one."""
    if decision == Kind.KEEP:
        return comment.state == State.OPEN
    is_refused = comment.state == State.HIDDEN and not comment.guest.has_open_objection
    return is_refused and comment.guest.reason == reason


def _reload(comment: Comment) -> Comment:
    current = Comment.objects.select_related("guest").get(pk=comment.pk)
    current.post = comment.post
    return current
