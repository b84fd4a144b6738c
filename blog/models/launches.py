"""Launches: each time an LMS sends somebody here, kept for a day."""

from dataclasses import asdict
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.lti.claims import MAX_KEY_CHARS, DeepLinking, LaunchClaims
from blog.models.audit import AuditEvent
from blog.models.courses import Course
from blog.models.people import User
from blog.models.platforms import Deployment

ENTERED_WITHIN = timedelta(minutes=10)  # in a new window, from the frame of the LMS
ANSWERED_WITHIN = timedelta(hours=2)  # to connect an account or a course, or to pick prompts
LAUNCH_LASTS = timedelta(days=1)


class LaunchQuerySet(models.QuerySet):
    def recent(self):
        """Return those that somebody may still be busy with; none of an LMS that is off by now."""
        since = timezone.now() - ANSWERED_WITHIN
        return self.filter(created_at__gt=since, deployment__platform__is_on=True)

    def to_enter(self):
        """Return those that wait in a frame for their new window."""
        since = timezone.now() - ENTERED_WITHIN
        return self.filter(entered_at=None, created_at__gt=since)

    def old(self):
        return self.filter(created_at__lt=timezone.now() - LAUNCH_LASTS)


class Launch(models.Model):
    """The message of an LMS that sent somebody, checked and used up.

    The constraint on ``nonce`` lets in each message once: of two at the same moment the second row
    is refused. ``token`` and ``browser`` are digests of what names it in an address, and of a
    cookie: with the one and without the other nobody goes on. ``user`` is who they are here, once
    that is known; ``services`` are addresses in the LMS.
    """

    nonce = models.CharField(max_length=64, unique=True, editable=False)
    token = models.CharField(max_length=64, unique=True, editable=False)
    browser = models.CharField(max_length=64, editable=False)
    deployment = models.ForeignKey(Deployment, models.CASCADE, related_name="launches")
    subject = models.CharField(_("key in the LMS"), max_length=MAX_KEY_CHARS)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True, blank=True
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    family_name = models.CharField(_("family name"), max_length=150, blank=True)
    email = models.CharField(_("email"), max_length=MAX_KEY_CHARS, blank=True)
    role = models.CharField(_("role"), max_length=12, blank=True)
    context_id = models.CharField(_("course in the LMS"), max_length=MAX_KEY_CHARS, blank=True)
    context_title = models.CharField(_("its title"), max_length=150, blank=True)
    prompt = models.CharField(_("prompt"), max_length=150, blank=True)
    services = models.JSONField(default=dict)
    deep_linking = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    entered_at = models.DateTimeField(_("entered"), null=True, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked who it is"), null=True, blank=True, editable=False)

    objects = LaunchQuerySet.as_manager()

    class Meta:
        verbose_name = _("launch")
        verbose_name_plural = _("launches")

    def __str__(self):
        return f"{self._meta.model_name} {self.pk}"

    @property
    def platform(self):
        return self.deployment.platform

    @property
    def link_settings(self) -> DeepLinking | None:
        """Return the address for the picked prompts; None if this launch is not for picking."""
        return DeepLinking(**self.deep_linking) if self.deep_linking else None

    @classmethod
    def of(cls, claims: LaunchClaims, deployment: Deployment, **secrets: str) -> "Launch":
        """Return the row of a launch that is not saved yet."""
        return cls(
            deployment=deployment,
            subject=claims.subject,
            name=claims.name,
            family_name=claims.family_name,
            email=claims.email,
            role=claims.role,
            context_id=claims.context_id,
            context_title=claims.context_title,
            prompt=claims.prompt,
            services={"memberships": claims.memberships_url, "lineitems": claims.lineitems_url},
            deep_linking=asdict(claims.deep_linking) if claims.deep_linking else None,
            **secrets,
        )


def take_time_zone(person: User, course: Course) -> None:
    """Give an account that an LMS has opened the time zone of its first course.

    An LMS names none, and nobody has been asked: mails would come at hours of somewhere else.
    """
    default = User._meta.get_field("time_zone").default
    target = AuditEvent.target_of(person)
    if (
        person.time_zone == default
        and AuditEvent.objects.filter(action="account_opened_by_lms", target=target).exists()
    ):
        person.time_zone = course.time_zone
        person.save(update_fields=["time_zone"])
