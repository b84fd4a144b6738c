"""Choose the days on which a course closes, leaves the public web and becomes read-only."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import AuditEvent, Course, User, claim_version
from blog.models.courses import DATES_AHEAD, TOLD_DAYS_AHEAD


def change_course_dates(course: Course, *, by: User) -> None:
    """Save the days on which ``tick`` will change a course; an empty one takes it back.

    Raises Refused for a new day that comes before its people could be told, and StaleVersion if
    somebody else saved the course since it was loaded.
    """
    access.require(access.can_edit_course(by, course))
    before = Course.objects.get(pk=course.pk)
    earliest = course.today() + timedelta(days=TOLD_DAYS_AHEAD[-1])
    changed = [field for field in DATES_AHEAD if getattr(course, field) != getattr(before, field)]
    for field in changed:
        day = getattr(course, field)
        if day is not None and day < earliest:
            raise Refused(
                _("Choose a day at least %(days)d days ahead, so that everybody is told in time.")
                % {"days": TOLD_DAYS_AHEAD[-1]},
                field=field,
            )
    with transaction.atomic():
        claim_version(course)
        course.save(update_fields=DATES_AHEAD)
        days = {field: str(getattr(course, field) or "") for field in changed}
        earlier = {field: str(getattr(before, field) or "") for field in changed}
        action = "course_dates_changed"
        told = {"before": earlier, "days": course.days}
        AuditEvent.record(action, course, by=by, course=course, **told, **days)
