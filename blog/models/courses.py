"""Courses, who is in them, and their pods."""

import secrets
import zoneinfo
from datetime import datetime

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.people import validate_time_zone

# No 0/O, 1/I/L: codes are read aloud and copied from a board. 13 of 31 signs are 64 bits.
CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_join_code() -> str:
    """Return a code of 64 random bits, such as ``K7QM-2PXR-9TBWA``."""
    signs = "".join(secrets.choice(CODE_SIGNS) for _ in range(13))
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"


class Audience(models.IntegerChoices):
    """Who may read a post, from narrow to wide; wider is a larger number."""

    ONLY_ME = 0, _("only me")
    INSTRUCTORS = 10, _("me and the teaching team")
    POD = 20, _("my pod")
    COURSE = 30, _("course")
    SIGNED_IN = 40, _("everyone signed in")
    PUBLIC = 50, _("public web")


class CourseQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Courses the reader is a member of now."""
        if not reader.is_authenticated:
            return self.none()
        return self.filter(pk__in=[m.course_id for m in reader.memberships_now])


class Course(models.Model):
    """One run of a course: its dates, its zone and how open its posts may be."""

    slug = models.SlugField(
        _("address"),
        max_length=60,
        unique=True,
        help_text=_("The short name in its web address, for example edci338."),
    )
    title = models.CharField(_("title"), max_length=120)
    term = models.CharField(
        _("term"), max_length=60, blank=True, help_text=_("For example: Fall 2026.")
    )
    about = models.TextField(
        _("about the course"), max_length=2000, blank=True, help_text=_("Plain text.")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(
        _("last day"), help_text=_("Commenting closes at the end of this day.")
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="UTC",
        validators=[validate_time_zone],
        help_text=_("All deadlines are in this zone."),
    )
    default_audience = models.PositiveSmallIntegerField(
        _("who reads a new post"), choices=Audience, default=Audience.COURSE
    )
    widest_audience = models.PositiveSmallIntegerField(
        _("the widest a post may open"), choices=Audience, default=Audience.COURSE
    )
    join_code = models.CharField(
        max_length=20,
        unique=True,
        default=new_join_code,
        validators=[RegexValidator(r"^[0-9A-Z-]+$")],
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        permissions = [("open_course", _("Can open a course"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="courses_end_after_they_start",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(default_audience__lte=F("widest_audience")),
                name="default_audience_within_the_widest",
                violation_error_message=_(
                    "New posts cannot open wider than the widest audience allowed."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("course_home", args=[self.slug])

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def day_of(self, moment: datetime):
        """Return the course-local calendar day of an aware datetime."""
        return moment.astimezone(self.zone).date()

    def today(self):
        """Return the day it is now where the course is."""
        return self.day_of(timezone.now())

    @property
    def is_over(self) -> bool:
        return self.today() > self.ends_on

    def audiences(self):
        """Return the choices a writer has, narrow to wide."""
        return [
            (value, label) for value, label in Audience.choices if value <= self.widest_audience
        ]


class Pod(models.Model):
    """A small group that reads each other first."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="pods")
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("pod")
        verbose_name_plural = _("pods")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "name"],
                name="one_pod_per_name_and_course",
                violation_error_message=_("This course has a pod of that name."),
            ),
        ]

    def __str__(self):
        return self.name


class MembershipQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)

    def in_force(self):
        return self.filter(ended_at=None)

    def students(self):
        return self.filter(role=Membership.Role.STUDENT)

    def teaching(self):
        return self.filter(role__in=Membership.TEACHING)

    def for_list(self):
        return self.select_related("user", "pod").order_by("user__display_name", "pk")


class Membership(models.Model):
    """A person's part in a course. Ending one keeps the history and shuts the door."""

    class Role(models.TextChoices):
        STUDENT = "student", _("student")
        INSTRUCTOR = "instructor", _("instructor")
        ASSISTANT = "assistant", _("assistant")
        OBSERVER = "observer", _("observer")

    TEACHING = (Role.INSTRUCTOR, Role.ASSISTANT)

    course = models.ForeignKey(Course, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.STUDENT)
    pod = models.ForeignKey(Pod, models.SET_NULL, related_name="memberships", null=True, blank=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "user"], name="one_membership_per_course_and_person"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["student", "instructor", "assistant", "observer"]),
                name="memberships_have_a_known_role",
            ),
        ]

    def __str__(self):
        return f"{self.user} ({self.get_role_display()})"

    @property
    def is_student(self) -> bool:
        return self.role == self.Role.STUDENT

    @property
    def is_instructor(self) -> bool:
        return self.role == self.Role.INSTRUCTOR

    @property
    def teaches(self) -> bool:
        """Instructors and assistants: the teaching team."""
        return self.role in self.TEACHING
