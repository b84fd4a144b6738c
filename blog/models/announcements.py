"""Announcements of instructors to everybody in their course."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Course
from blog.models.memberships import Membership
from blog.models.titles import TitleField

# So long an announcement waits, and can be taken back, before anybody sees it.
ANNOUNCEMENTS_WAIT = timedelta(minutes=10)
SHOWN_AT_HOME_FOR = timedelta(days=14)
MAX_AT_HOME = 2


def next_announcement_time() -> datetime:
    """Return the time at which an announcement made now is sent."""
    return timezone.now() + ANNOUNCEMENTS_WAIT


class AnnouncementQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)

    def sent(self, now=None):
        """Return the announcements whose time has come; that is asked here, and no job sets it."""
        return self.filter(withdrawn_at=None, sends_at__lte=now or timezone.now())

    def visible_to(self, reader, now=None):
        """Return the announcements that a reader can see: those sent, in their courses.

        Instructors see those that wait, too.
        """
        if not reader.is_authenticated:
            return self.none()
        memberships = reader.memberships_now
        instructed = [m.course_id for m in memberships if m.role == Membership.Role.INSTRUCTOR]
        return self.filter(
            Q(sends_at__lte=now or timezone.now()) | Q(course__in=instructed),
            withdrawn_at=None,
            course__in=[m.course_id for m in memberships],
        )

    def for_list(self):
        return self.select_related("author", "course").order_by("-sends_at", "-pk")

    def for_home(self, now, since):
        """Return the few that the course home shows: those sent ``since``."""
        return self.sent(now).filter(sends_at__gte=since).for_list()[:MAX_AT_HOME]


class Announcement(models.Model):
    """Words of an instructor to the course: plain text, sent once and not changed after that."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="announcements")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="announcements"
    )
    title = TitleField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=5000)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sends_at = models.DateTimeField(default=next_announcement_time, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        indexes = [
            models.Index(fields=["course", "-sends_at"], name="announcements_of_a_course"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{reverse('announcement_list', args=[self.course.slug])}#a{self.pk}"

    @property
    def is_sent(self) -> bool:
        return self.withdrawn_at is None and self.sends_at <= timezone.now()
