"""Check comments by guests for spam, report decisions to the spam filter, delete old details.

The spam filter is asked after the guest's form is answered, and never inside a transaction.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.urls import reverse
from django.utils import timezone

from blog.lookup import Unavailable, akismet
from blog.models import (
    AuditEvent,
    Comment,
    GuestComment,
    GuestComments,
    claim_row,
    note_filtering,
    tell_team,
)
from blog.models.guest_comments import ORIGIN_DAYS, STATUS_DAYS, decide_guest_comment
from blog.tasks.due_rows import update_due
from blog.tasks.retries import RETRY_AFTER, next_try

logger = logging.getLogger(__name__)

COMMENTS_PER_TICK = 20
MAX_FAILURES = 10
SpamCheck, Report, State = GuestComment.SpamCheck, GuestComment.Report, Comment.State


def check_guest_comments() -> int:
    """Ask the spam filter about the comments that wait for it; return how many it answered.

    The first one that it does not answer ends the batch: the others wait for the next tick. What
    goes wrong with one alone does not.
    """
    return _each_due(GuestComment.objects.due_checks, "due_at", _check)


def report_guest_comments() -> int:
    """Report other decisions of the team to the spam filter; return how many it took."""
    return _each_due(GuestComment.objects.due_reports, "report_due_at", _report)


def delete_old_guest_details() -> int:
    """Delete what has outlived its days; return the number of comments concerned.

    First what the spam filter needed. Then the email and the key of the form; what was withdrawn or
    is not published goes with them, unless it has replies.
    """
    now = timezone.now()
    old = GuestComment.objects.filter(comment__created_at__lt=now - timedelta(days=ORIGIN_DAYS))
    with_origin = ~Q(ip=None) | ~Q(user_agent="") | ~Q(referrer="")
    update_due(old.filter(spam_check=SpamCheck.DUE), spam_check=SpamCheck.OFF)
    nothing = {"ip": None, "user_agent": "", "referrer": "", "report_due_at": None}
    count = update_due(old.filter(with_origin), **nothing)
    ended = GuestComment.objects.filter(comment__created_at__lt=now - timedelta(days=STATUS_DAYS))
    count += _delete_unpublished(ended)
    decided = ended.exclude(comment__state=State.WAITING).filter(~Q(email="") | ~Q(key=None))
    return count + update_due(decided, email="", key=None)


def _each_due(due: Callable, time_field: str, handle: Callable[[GuestComment], None]) -> int:
    if not akismet.is_on():
        return 0
    done = 0
    for pk in list(due().values_list("pk", flat=True)[:COMMENTS_PER_TICK]):
        guest = due().select_related("comment__post__course").filter(pk=pk).first()
        later = timezone.now() + RETRY_AFTER
        if guest is None or not claim_row(guest, time_field, **{time_field: later}):
            continue
        try:
            handle(guest)
            done += 1
        except Unavailable as error:
            logger.warning("Asking the spam filter stops for now: %s", error)
            _postpone(guest, time_field)
            break
        except Exception:  # an answer nobody has thought of must not keep the others waiting
            logger.exception("The spam filter was not asked about comment %s", guest.pk)
            _postpone(guest, time_field)
    return done


def _postpone(guest: GuestComment, time_field: str) -> None:
    """Ask again later, twice as late after each failure."""
    failures = min(guest.failures + 1, MAX_FAILURES)
    fields = {"failures": failures, time_field: next_try(failures)}
    GuestComment.objects.filter(pk=guest.pk).update(**fields)


def _check(guest: GuestComment) -> None:
    answer = akismet.check_comment(_submission(guest), is_retry=guest.failures > 0)
    with transaction.atomic():
        guest.comment.post.lock()
        current = Comment.objects.select_related("guest").filter(pk=guest.pk).first()
        if current is None:
            return
        current.post = guest.comment.post
        _store(current, answer)


def _store(comment: Comment, answer: akismet.SpamAnswer) -> None:
    """Store what the filter says; unless the team has been faster, it may decide the comment."""
    guest = comment.guest
    if answer.recheck_seconds is not None:
        guest.due_at = timezone.now() + timedelta(seconds=answer.recheck_seconds)
        guest.failures = min(guest.failures + 1, MAX_FAILURES)
        guest.save(update_fields=["due_at", "failures"])
        return
    guest.due_at, guest.failures = None, 0
    guest.spam_check = SpamCheck.SPAM if answer.is_spam else SpamCheck.HAM
    if answer.is_blatant:
        guest.spam_check = SpamCheck.BLATANT
    guest.save(update_fields=["due_at", "failures", "spam_check"])
    state = _state_after(guest.spam_check, comment.post.course.guest_comments)
    if comment.state == State.WAITING and not comment.is_deleted and state != State.WAITING:
        note_filtering(comment, is_published=state == State.OPEN)
        decide_guest_comment(comment, state, by=None)
        tell_team(comment, by=None)
        course = comment.post.course
        AuditEvent.record("guest_comment_filtered", comment, by=None, course=course, state=state)


def _state_after(spam_check: str, guest_comments: str) -> str:
    """Return the state of a waiting comment after the filter's answer, as its course wants it."""
    if spam_check == SpamCheck.BLATANT:
        return State.HIDDEN
    if spam_check == SpamCheck.HAM and guest_comments == GuestComments.FILTERED:
        return State.OPEN
    return State.WAITING


def _report(guest: GuestComment) -> None:
    send = akismet.report_ham if guest.report == Report.HAM else akismet.report_spam
    send(_submission(guest))
    sent = GuestComment.objects.filter(pk=guest.pk, report=guest.report)
    sent.update(report_due_at=None, failures=0)


def _submission(guest: GuestComment) -> akismet.Submission:
    """Return the same for a check and for a report about it, as the filter wants it."""
    comment = guest.comment
    post = comment.post
    assert post.published_at is not None, "guests comment on published posts"
    path = reverse("post_public", args=[post.pk, post.slug])
    return akismet.Submission(
        ip=guest.ip or "",
        user_agent=guest.user_agent,
        referrer=guest.referrer,
        permalink=f"{settings.SITE_URL}{path}",
        post_changed_at=post.published_at,
        is_reply=comment.parent_id is not None,
        author=comment.guest_name,
        email=guest.email,
        website=guest.website,
        text=comment.text,
        written_at=comment.created_at,
    )


def _delete_unpublished(ended) -> int:
    """Delete the comments among these that nobody reads and nobody has replied to."""
    unread = Q(comment__state=State.HIDDEN) | Q(comment__deleted_at__isnull=False)
    alone = ended.filter(unread, comment__replies=None, is_imported=False)
    count = 0
    for comment in Comment.objects.filter(guest__in=alone):
        try:
            comment.delete()
            count += 1
        except ProtectedError:  # something else names it: what is private goes all the same
            logger.info("Comment %s stays, something depends on it", comment.pk)
    return count
