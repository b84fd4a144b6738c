"""Notifications of everything to everybody, for tests of what is shown of them."""

from datetime import timedelta

from django.utils import timezone

from blog.models import (
    Announcement,
    Comment,
    Grading,
    NormProposal,
    Notification,
    Post,
    Report,
    notification_to,
    store_notifications,
)
from tests import factories

Kind = Notification.Kind
KINDS = {
    Comment: Kind.REPLY,
    Post: Kind.GIVEN,
    Grading: Kind.FEEDBACK,
    Announcement: Kind.ANNOUNCEMENT,
    Report: Kind.REPORT,
    NormProposal: Kind.DECISION,
}
RELATED = {
    Comment: ["post__course"],
    Post: ["course"],
    Grading: ["prompt"],
    Announcement: [],
    Report: ["case"],
    NormProposal: [],
}


def plant_notifications(people, course, mark):
    """Announce the canaries of announcements, then notify everybody of all that there is.

    It is as if each thing had been theirs to see once, and were in their digest.
    """
    instructor = people["instructor"]
    factories.make_announcement(course, instructor, text=mark("announced"))
    tomorrow = timezone.now() + timedelta(days=1)  # so that nobody gets it while pages are read
    factories.make_announcement(course, instructor, text=mark("toannounce"), sends_at=tomorrow)
    factories.make_announcement(
        course, instructor, text=mark("notannounced"), withdrawn_at=timezone.now()
    )
    store_notifications(
        notification_to(person, kind, subject, mail_key=f"digest:{person.pk}")
        for model, kind in KINDS.items()
        for subject in model._default_manager.select_related(*RELATED[model])
        for person in people.values()
    )
