"""Send an announcement to a course, and withdraw it before it is sent."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import (
    Announcement,
    AuditEvent,
    Course,
    Membership,
    Notification,
    User,
    notification_to,
    store_notifications,
)
from blog.models.announcements import ANNOUNCEMENTS_WAIT, next_announcement_time
from blog.models.outbox import mail_to, queue_mails


def send_announcement(course: Course, *, by: User, title: str, text: str) -> Announcement:
    """Announce something to everybody in a course now, by mail and on its home, ten minutes later.

    Whoever joins after that finds it on the course home.
    """
    access.require(access.can_announce(by, course), _("Only instructors can make announcements."))
    with transaction.atomic():
        announcement = Announcement.objects.create(
            course=course, author=by, title=title, text=text, sends_at=next_announcement_time()
        )
        _tell_members(announcement)
        AuditEvent.record("announcement_made", announcement, by=by, course=course)
    return announcement


def _tell_members(announcement: Announcement) -> None:
    """Notify and mail each member but the author, in the same queries however many they are."""
    members = Membership.objects.in_course(announcement.course).active()
    readers = [
        member.user
        for member in members.filter(user__is_active=True).select_related("user").order_by("pk")
        if member.user_id != announcement.author_id
    ]
    keys = {reader.pk: f"announcement:{announcement.pk}:{reader.pk}" for reader in readers}
    queue_mails(
        mail_to(
            reader,
            "announcement",
            key=keys[reader.pk],
            wait=ANNOUNCEMENTS_WAIT,
            announcement=announcement.pk,
        )
        for reader in readers
    )
    store_notifications(
        notification_to(
            reader,
            Notification.Kind.ANNOUNCEMENT,
            announcement,
            mail_key=keys[reader.pk],
            at=announcement.sends_at,
        )
        for reader in readers
    )


def withdraw_announcement(announcement: Announcement, *, by: User) -> None:
    """Withdraw an announcement before it is sent. Its mails find nothing to say any more."""
    access.require(access.can_announce(by, announcement.course))
    with transaction.atomic():
        announcement = Announcement.objects.select_for_update(no_key=True).get(pk=announcement.pk)
        if announcement.withdrawn_at is not None:
            return  # a second click
        if announcement.is_sent:
            raise Refused(_("This announcement was already sent, so it cannot be withdrawn."))
        announcement.withdrawn_at = timezone.now()
        announcement.save(update_fields=["withdrawn_at"])
        Notification.objects.filter(announcement=announcement).delete()
        AuditEvent.record("announcement_withdrawn", announcement, by=by, course=announcement.course)
