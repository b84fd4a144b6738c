"""Comments by guests: who sent them, what the spam filter says, and what the teaching team decides.

What everybody may see of such a comment is in its ``Comment``. Here is what nobody may see, such
as the email, and what only the team and the guest may.
"""

from datetime import datetime, timedelta
from typing import TypeGuard

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.comments import Comment
from blog.models.moderation import MAX_REASON_CHARS, ModerationEvent
from blog.models.notifications import notify_of_comment
from blog.models.outbox import OutboxMessage, mail_to_guest, queue_mails
from blog.models.posts import Post

# How long the site keeps what it needs to ask the spam filter, and what leads back to the guest.
ORIGIN_DAYS = 30
STATUS_DAYS = 90
MAX_OBJECTION_CHARS = 500
DECIDED_MAIL = "guest_comment_decided"
UNDO_WAIT = timedelta(minutes=10)  # for a team that thinks again before the mail goes out

signer = Signer(salt="blog.guest_comments", sep=".")


class GuestCommentQuerySet(models.QuerySet):
    def due_checks(self):
        """Return those that wait for the spam filter and can be asked about now, oldest first."""
        return self.filter(
            spam_check=GuestComment.SpamCheck.DUE,
            due_at__lte=timezone.now(),
            ip__isnull=False,
            comment__state=Comment.State.WAITING,
            comment__deleted_at=None,
            comment__post__course__archived_at=None,
        ).order_by("due_at", "pk")

    def due_reports(self):
        """Return those whose decision the spam filter is to be told of now, oldest first."""
        return self.filter(report_due_at__lte=timezone.now(), ip__isnull=False).order_by(
            "report_due_at", "pk"
        )


class GuestComment(models.Model):
    """The part of a guest's comment that is not for readers.

    ``key`` is that of the form, so that a form sent twice makes one comment. ``ip``,
    ``user_agent`` and ``referrer`` are stored only where a spam filter needs them. An imported
    comment has neither these nor an email. ``failures`` counts how often the filter was asked and
    gave no answer, or one that it was not sure of.
    """

    class SpamCheck(models.TextChoices):
        OFF = "", _("not checked for spam")
        DUE = "due", _("not checked for spam yet")
        HAM = "ham", _("not spam")
        SPAM = "spam", _("may be spam")
        BLATANT = "blatant", _("certainly spam")

    class Report(models.TextChoices):
        NONE = "", _("nothing")
        HAM = "ham", _("not spam")
        SPAM = "spam", _("spam")

    comment = models.OneToOneField(
        Comment, models.CASCADE, verbose_name=_("comment"), related_name="guest", primary_key=True
    )
    key = models.UUIDField(unique=True, null=True, editable=False)
    email = models.EmailField(_("email"), blank=True)
    website = models.URLField(_("website"), blank=True)
    ip = models.GenericIPAddressField(_("IP address"), null=True, blank=True)
    user_agent = models.CharField(_("browser"), max_length=300, blank=True)
    referrer = models.CharField(_("sent from page"), max_length=300, blank=True)
    is_imported = models.BooleanField(_("imported"), default=False)
    # That of the page on which it was written, for mail to its guest.
    language = models.CharField(
        _("language"), max_length=12, blank=True, default="", db_default="", editable=False
    )

    spam_check = models.CharField(
        _("spam check"), max_length=8, choices=SpamCheck, default=SpamCheck.OFF, blank=True
    )
    due_at = models.DateTimeField(_("check from"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    report = models.CharField(max_length=4, choices=Report, default=Report.NONE, blank=True)
    report_due_at = models.DateTimeField(null=True, blank=True)

    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("decided by"),
        related_name="+",
        null=True,
        blank=True,
    )
    reason = models.CharField(_("reason"), max_length=MAX_REASON_CHARS, blank=True)
    objection = models.CharField(_("objection"), max_length=MAX_OBJECTION_CHARS, blank=True)
    objected_at = models.DateTimeField(_("objected"), null=True, blank=True)

    objects = GuestCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment by a guest")
        verbose_name_plural = _("comments by guests")
        indexes = [
            models.Index(fields=["spam_check", "due_at"], name="guest_comments_to_check"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(spam_check="due") | Q(due_at__isnull=False),
                name="due_spam_checks_have_a_time",
            ),
            models.CheckConstraint(
                condition=Q(report_due_at=None) | ~Q(report=""),
                name="due_spam_reports_say_what",
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def token(self) -> str:
        """Return the secret of the status page: whoever has it wrote the comment.

        The key may be another row's once a backup was restored, and the moment is not.
        """
        return signer.sign(self._signed)

    @property
    def _signed(self) -> str:
        return f"{self.pk}-{int(self.comment.created_at.timestamp())}"

    def has_token(self, token: str) -> bool:
        """Return whether a token was signed for it; those of earlier releases have only the key."""
        try:
            return signer.unsign(token) in (self._signed, str(self.pk))
        except BadSignature:
            return False

    @property
    def status_path(self) -> str:
        post = self.comment.post
        return reverse("guest_comment_status", args=[post.pk, post.slug, self.token])

    @property
    def status_until(self) -> datetime:
        """Return the time at which the status page ends and the email is deleted."""
        return self.comment.created_at + timedelta(days=STATUS_DAYS)

    @property
    def may_be_spam(self) -> bool:
        return self.spam_check in (self.SpamCheck.SPAM, self.SpamCheck.BLATANT)

    @property
    def is_refused_by_filter(self) -> bool:
        """Return whether the spam filter alone decided that it is not published."""
        return self.spam_check == self.SpamCheck.BLATANT and self.decided_by_id is None

    @property
    def has_open_objection(self) -> bool:
        """Return whether the guest has objected since the last decision, and it still holds."""
        if self.objected_at is None or self.comment.state != Comment.State.HIDDEN:
            return False
        return self.decided_at is None or self.decided_at < self.objected_at


def token_key(token: str) -> int | None:
    """Return the key of the comment that a token of a status page was signed for, or None."""
    try:
        return int(signer.unsign(token).partition("-")[0])
    except (BadSignature, ValueError):
        return None


def decide_guest_comment(
    comment: Comment,
    state: str,
    *,
    by,
    reason: str = "",
    is_spam: bool = False,
    tells: bool = True,
) -> None:
    """Give a guest's comment a state, be it the one it has, and store who decided that and why.

    The guest is mailed that there is news and where to read it, of several decisions within a while
    once; the author of the post is told of a comment that shows. What contradicts the spam filter
    is queued as a report to it. ``by`` is None for the filter itself. Without ``tells`` the guest
    knows already.
    """
    guest, now = comment.guest, timezone.now()
    comment.change_state(state, at=now)
    guest.decided_at, guest.decided_by, guest.reason = now, by, reason
    if by is not None:
        _queue_report(guest, is_spam=is_spam)
    guest.save()
    if tells:
        _mail_decision(comment, wait=UNDO_WAIT if by else timedelta())
    if comment.is_open:
        notify_of_comment(comment)


def take_back_guest_decision(
    comment: Comment, event: ModerationEvent, earlier: ModerationEvent | None
) -> None:
    """Give a guest's comment the state it had before an event; its guest is mailed too.

    ``earlier`` is the decision that holds then.

    Not where it waits again: what has not been sent is not sent, and the next decision is mailed.
    """
    guest, was_open = comment.guest, comment.is_open
    comment.change_state(_state_before(event))
    guest.decided_at = earlier.at if earlier else None
    guest.decided_by = earlier.actor if earlier else None
    guest.reason = earlier.text if earlier else ""
    if guest.report_due_at is not None:
        guest.report, guest.report_due_at = GuestComment.Report.NONE, None
    elif comment.is_open:
        _queue_report(guest, is_spam=False)
    guest.save()
    if comment.state == Comment.State.WAITING:
        _unsent_decisions(guest).delete()
    elif not (was_open and comment.is_open):
        _mail_decision(comment, wait=UNDO_WAIT)


def _state_before(event: ModerationEvent) -> str:
    if event.was_waiting:
        return Comment.State.WAITING
    return Comment.State.HIDDEN if event.was_hidden else Comment.State.OPEN


def is_by_guest(target: Post | Comment) -> TypeGuard[Comment]:
    """Return whether something is a comment that a guest sent or that was imported for one."""
    return isinstance(target, Comment) and hasattr(target, "guest")


def report_as_spam(comment: Comment) -> None:
    """Queue what the spam filter is to learn of a guest's comment that the team calls spam."""
    _queue_report(comment.guest, is_spam=True)
    comment.guest.save()


def guest_mail(
    comment: Comment, template: str, *, event: str = "", wait: timedelta = timedelta()
) -> OutboxMessage:
    """Return a mail to a guest, which says nothing of their words: the address may be another's.

    ``event`` tells the mails of one template apart.
    """
    return mail_to_guest(
        comment.guest,
        template,
        key=":".join(filter(None, [template, str(comment.pk), event])),
        wait=wait,
        address=f"{settings.SITE_URL}{comment.guest.status_path}",
    )


def _mail_decision(comment: Comment, *, wait: timedelta) -> None:
    """Mail a guest that there is a decision, in place of what was not sent about earlier ones."""
    _unsent_decisions(comment.guest).delete()
    if comment.guest.email:
        event = f"{timezone.now():%Y%m%d%H%M%S%f}"
        queue_mails([guest_mail(comment, DECIDED_MAIL, event=event, wait=wait)])


def _unsent_decisions(guest: GuestComment):
    return OutboxMessage.objects.waiting().filter(guest=guest, template=DECIDED_MAIL)


def _queue_report(guest: GuestComment, *, is_spam: bool) -> None:
    """Queue what the spam filter is to learn, if it thinks otherwise now.

    Not to publish a comment says nothing of spam, unless the team says that it is spam.
    """
    is_open = guest.comment.state == Comment.State.OPEN
    Report = GuestComment.Report
    wanted = Report.HAM if is_open else Report.SPAM if is_spam else Report.NONE
    believed = guest.report or (Report.SPAM if guest.may_be_spam else guest.spam_check)
    if wanted and believed in (Report.HAM, Report.SPAM) and wanted != believed and guest.ip:
        guest.report, guest.report_due_at, guest.failures = wanted, timezone.now() + UNDO_WAIT, 0
