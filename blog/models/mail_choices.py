"""Each person's choices of mail, and the signed addresses that stop a kind of mail."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blog.models.digest_schedules import FIRST_HOUR, LAST_HOUR, Schedule
from blog.models.people import User

UNSUBSCRIBE_SALT = "blog.unsubscribe"


class MailKind(models.TextChoices):
    """The kinds of mail that people can stop, each by itself."""

    DIGEST = "digest", _("digest")
    REPLIES = "replies", _("replies to your comments")
    ANNOUNCEMENTS = "announcements", _("announcements")
    FEEDBACK = "feedback", _("feedback on your work")
    EXTENSIONS = "extensions", _("more time for your posts")


class MailChoices(models.Model):
    """One person's choices. Whoever has none stored has the defaults: ``choices_of``."""

    FIELD_OF: ClassVar[dict[str, str]] = {
        MailKind.DIGEST: "has_digest",
        MailKind.REPLIES: "has_replies_at_once",
        MailKind.ANNOUNCEMENTS: "has_announcements",
        MailKind.FEEDBACK: "has_feedback",
        MailKind.EXTENSIONS: "has_extensions",
    }

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Once a week")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choices"
    )
    rhythm = models.CharField(
        _("how often"), max_length=8, choices=Rhythm, default=Rhythm.DAILY, db_default="daily"
    )
    hour = models.SmallIntegerField(_("at this time of day"), default=8, db_default=8)
    weekday = models.SmallIntegerField(
        _("on this day"), choices=Weekday, default=Weekday.MONDAY, db_default=0
    )
    # A digest that is stopped keeps its rhythm, so that it can come back as it was.
    has_digest = models.BooleanField(default=True, db_default=True)
    # Kinds of notifications that the digest leaves out: a new kind is in it.
    left_out = models.JSONField(default=list)
    has_replies_at_once = models.BooleanField(default=False, db_default=False)
    has_announcements = models.BooleanField(default=True, db_default=True)
    has_feedback = models.BooleanField(default=True, db_default=True)
    has_extensions = models.BooleanField(default=True, db_default=True)

    class Meta:
        verbose_name = _("choices of email")
        verbose_name_plural = _("choices of email")
        constraints = [
            models.CheckConstraint(
                condition=Q(hour__gte=FIRST_HOUR, hour__lte=LAST_HOUR),
                name="digests_are_sent_by_day",
            ),
            models.CheckConstraint(
                condition=Q(weekday__gte=0, weekday__lte=6), name="weekdays_are_seven"
            ),
            models.CheckConstraint(
                condition=Q(rhythm__in=["daily", "weekly"]), name="digests_are_daily_or_weekly"
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} of person {self.user_id}"

    @property
    def schedule(self) -> Schedule | None:
        """Return the schedule of the digest; None for never."""
        if not self.has_digest:
            return None
        is_weekly = self.rhythm == self.Rhythm.WEEKLY
        zone = ZoneInfo(self.user.time_zone)
        return Schedule(zone, self.hour, self.weekday if is_weekly else None)

    def wants(self, kind: str) -> bool:
        """Return whether the person wants a kind of mail."""
        return getattr(self, self.FIELD_OF[kind])

    def stop(self, kind: str) -> None:
        """Turn one kind of mail off on this instance."""
        setattr(self, self.FIELD_OF[kind], False)

    def resume(self, kind: str) -> None:
        """Turn one kind of mail on again on this instance; a digest comes as often as before."""
        setattr(self, self.FIELD_OF[kind], True)


def choices_of(person: User) -> MailChoices:
    """Return a person's choices: those stored, or the defaults, which are not stored yet."""
    try:
        return person.mail_choices
    except MailChoices.DoesNotExist:
        return MailChoices(user=person)


def unsubscribe_address(person: User, kind: MailKind) -> str:
    """Return the whole address at which a person stops a kind of mail without signing in.

    It is signed and never expires: it is in the mail, and old mail must be stoppable too.
    """
    token = signing.Signer(salt=UNSUBSCRIBE_SALT).sign_object([person.pk, str(kind)])
    return settings.SITE_URL + reverse("unsubscribe", args=[token])


def read_unsubscribe_token(token: str) -> tuple[User, MailKind] | None:
    """Return the person and kind of an address, or None.

    None if we did not make it, if the account is closed, or if we no longer send that kind.
    """
    try:
        pk, kind = signing.Signer(salt=UNSUBSCRIBE_SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    person = User.objects.filter(pk=pk, is_active=True).first()
    return (person, MailKind(kind)) if person and kind in MailKind else None
