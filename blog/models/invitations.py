"""Invitations: people of a list who can join a course by a link of their own."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Course
from blog.models.memberships import Membership, Pod, Section
from blog.models.outbox import OutboxMessage, mail_to_invited
from blog.models.roster_imports import RosterImport

INVITATION_DAYS = 30
MAX_SENDINGS = 6  # of one invitation: nobody is mailed for ever
MAX_LISTED_NAME_CHARS = 150

signer = Signer(salt="blog.invitations", sep=".")


def new_expiry():
    """Return the expiry of an invitation sent now."""
    return timezone.now() + timedelta(days=INVITATION_DAYS)


def _second(number: int) -> datetime:
    return datetime.fromtimestamp(number, UTC)


class InvitationQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)

    def open(self):
        """Return those that are neither accepted nor withdrawn; some may have expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def of_token(self, token: str):
        """Return the one that the secret of a link was signed for: of an earlier mail, none.

        Links of earlier releases do not have the second in which they were sent.
        """
        try:
            pk, sendings, *sent = map(int, signer.unsign(token).split("-"))
        except (BadSignature, ValueError):
            return self.none()
        found = self.filter(pk=pk, sendings=sendings)
        if sent:
            found = found.filter(sent_at__gte=_second(sent[0]), sent_at__lt=_second(sent[0] + 1))
        return found

    def for_list(self):
        return self.select_related("pod", "section").order_by("pk")


class Invitation(models.Model):
    """A place in a course that waits for the person at an email, for some weeks.

    Whoever opens its link has that mailbox, so the email of a student is confirmed; into the
    teaching team it is by a mail of its own. The link works once, and the next mail has another.
    ``name`` and ``family_name`` are those of the list, ``identifiers`` its numbers and logins: for
    each student system, values by their kind.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("email"))
    name = models.CharField(_("name"), max_length=MAX_LISTED_NAME_CHARS, blank=True)
    family_name = models.CharField(_("family name"), max_length=MAX_LISTED_NAME_CHARS, blank=True)
    role = models.CharField(
        _("role"), max_length=12, choices=Membership.Role, default=Membership.Role.STUDENT
    )
    pod = models.ForeignKey(Pod, models.SET_NULL, related_name="invitations", null=True, blank=True)
    section = models.ForeignKey(
        Section, models.SET_NULL, related_name="invitations", null=True, blank=True
    )
    identifiers = models.JSONField(default=dict, blank=True)
    roster_import = models.ForeignKey(
        RosterImport, models.SET_NULL, related_name="invitations", null=True, blank=True
    )
    sendings = models.PositiveSmallIntegerField(default=1, editable=False)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("works until"), default=new_expiry, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True, editable=False)
    membership = models.ForeignKey(
        Membership,
        models.SET_NULL,
        related_name="invitations",
        null=True,
        blank=True,
        editable=False,
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("invited by")
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_per_course_and_email",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["student", "instructor", "assistant", "observer"]),
                name="invitations_have_a_known_role",
            ),
            models.CheckConstraint(condition=~Q(email=""), name="invitations_have_an_email"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="invitations_are_not_both_accepted_and_withdrawn",
            ),
        ]

    def __str__(self):
        return self.name or self.email

    @property
    def is_student(self) -> bool:
        return self.role == Membership.Role.STUDENT

    @property
    def teaches(self) -> bool:
        return self.role in Membership.TEACHING

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def can_be_sent_again(self) -> bool:
        return self.is_open and self.sendings < MAX_SENDINGS

    def mail(self) -> OutboxMessage:
        """Return the mail with the present link, for ``queue_mails``."""
        return mail_to_invited(self, "invitation", key=f"invitation:{self.pk}:{self.sendings}")

    @property
    def token(self) -> str:
        """Return the secret of the link in the last mail.

        The key may be another row's once a backup was restored, and the moment is not.
        """
        return signer.sign(f"{self.pk}-{self.sendings}-{int(self.sent_at.timestamp())}")

    @property
    def path(self) -> str:
        return reverse("invitation_page", args=[self.token])
