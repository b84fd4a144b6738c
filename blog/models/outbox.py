"""The outbox: mail to be sent (ADR 0006)."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.languages import language_for

DAY_STARTS = time(7)
DAY_ENDS = time(22)
# One that is tried again is so within a day; one that is given up is due in years.
GIVEN_UP_AFTER = timedelta(days=30)


def next_daytime(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return ``moment`` if it is daytime in ``zone``, else the next morning."""
    local = moment.astimezone(zone)
    if DAY_STARTS <= local.time() < DAY_ENDS:
        return moment
    day = local.date() if local.time() < DAY_STARTS else local.date() + timedelta(days=1)
    return datetime.combine(day, DAY_STARTS, tzinfo=zone)


class OutboxMessageQuerySet(models.QuerySet):
    def due(self):
        """Return the messages that are due to be sent, oldest first."""
        return self.filter(sent_at=None, due_at__lte=timezone.now()).order_by("due_at", "pk")

    def waiting(self):
        """Return the messages that nobody has tried to send yet."""
        return self.filter(sent_at=None, attempts=0)

    def delayed(self):
        """Return the messages that should have been sent, or were tried to be; not given up."""
        now = timezone.now()
        tried = Q(attempts__gt=0, due_at__lt=now + GIVEN_UP_AFTER)
        return self.filter(Q(due_at__lte=now) | tried, sent_at=None)


class OutboxMessage(models.Model):
    """One mail, queued in the transaction of the action it is about, sent after commit.

    It is for a person with an account, for a guest or for somebody who is invited: these have none
    and live in no time zone.
    ``key`` makes a message unique, so that an action done twice mails once. The text is rendered
    from ``template`` and ``context`` when the mail is sent.
    """

    key = models.CharField(_("key"), max_length=120, unique=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("recipient"),
        related_name="outbox_messages",
        null=True,
        blank=True,
    )
    guest = models.ForeignKey(
        "blog.GuestComment",
        models.CASCADE,
        verbose_name=_("guest"),
        related_name="outbox_messages",
        null=True,
        blank=True,
    )
    invitation = models.ForeignKey(
        "blog.Invitation",
        models.CASCADE,
        verbose_name=_("invitation"),
        related_name="outbox_messages",
        null=True,
        blank=True,
    )
    template = models.CharField(_("template"), max_length=60)
    context = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("queued"), default=timezone.now, editable=False)
    due_at = models.DateTimeField(_("send from"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)

    objects = OutboxMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("email")
        verbose_name_plural = _("outbox")
        indexes = [models.Index(fields=["sent_at", "due_at"], name="outbox_by_due_date")]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, guest=None, invitation=None)
                | Q(recipient=None, guest__isnull=False, invitation=None)
                | Q(recipient=None, guest=None, invitation__isnull=False),
                name="mails_are_for_a_person_a_guest_or_somebody_invited",
            )
        ]

    def __str__(self):
        return self.key

    @property
    def email(self) -> str:
        person = self.recipient or self.guest or self.invitation
        return person.email if person else ""

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone in which its dates are printed; unknown for people without an account."""
        return ZoneInfo(self.recipient.time_zone if self.recipient else "UTC")

    @property
    def language(self) -> str:
        """Return the language of its reader, as far as the mail says which course it is about."""
        if self.invitation:
            return language_for(None, self.invitation.course)
        if self.guest:
            return language_for(self.guest, self.guest.comment.post.course)
        return language_for(self.recipient)

    def earliest(self, moment: datetime) -> datetime:
        """Return the time at which a mail that could go out at ``moment`` does.

        One to somebody without an account is never held up.
        """
        return next_daytime(moment, self.zone) if self.recipient else moment


def mail_to(
    recipient,
    template: str,
    *,
    key: str,
    wait: timedelta = timedelta(),
    at_once: bool = False,
    **context,
) -> OutboxMessage:
    """Return a mail for ``queue_mails``, to be sent in the recipient's daytime.

    ``template`` names ``emails/<template>.txt``, whose first line is the subject. It is not sent
    before ``wait`` is over. With ``at_once`` the next tick sends it, at night too: somebody waits
    for it, or has to know.
    """
    moment = timezone.now() + wait
    return OutboxMessage(
        key=key,
        recipient=recipient,
        template=template,
        context=context,
        due_at=moment if at_once else next_daytime(moment, ZoneInfo(recipient.time_zone)),
    )


def mail_to_guest(
    guest, template: str, *, key: str, wait: timedelta = timedelta(), **context
) -> OutboxMessage:
    """Return a mail to the guest of a comment, for ``queue_mails``."""
    due_at = timezone.now() + wait
    return OutboxMessage(key=key, guest=guest, template=template, context=context, due_at=due_at)


def mail_to_invited(invitation, template: str, *, key: str) -> OutboxMessage:
    """Return a mail to the email of an invitation, for ``queue_mails``."""
    return OutboxMessage(key=key, invitation=invitation, template=template)


def queue_mails(messages: Iterable[OutboxMessage]) -> None:
    """Queue mails in one query. The same ``key`` twice is one mail.

    A message is a row of the caller's transaction, so it exists if and only if the action it is
    about was stored.
    """
    OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True)


def queue_mail(recipient, template: str, **options) -> None:
    """Queue one mail, with the options of ``mail_to``."""
    queue_mails([mail_to(recipient, template, **options)])
