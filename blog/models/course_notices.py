"""Mails about the days on which a course changes: ahead of a day, and when it is another one."""

from datetime import date

from blog.models.courses import TOLD_DAYS_AHEAD, Course
from blog.models.memberships import Membership
from blog.models.outbox import OutboxMessage, mail_to, queue_mails


def queue_notice(course: Course, field: str, day: date, days: int) -> int:
    """Queue the mails that say what happens on a day; return their number."""
    mails = [
        mail_to(
            member.user,
            "course_date",
            key=f"{_key(course, field, day)}{days}:{course.version}:{member.user_id}",
            course=course.pk,
            field=field,
            day=str(day),
        )
        for member in _members_told(course, field)
    ]
    queue_mails(mails)
    return len(mails)


def forget_notices(course: Course, field: str, before: date) -> bool:
    """Notify those who were told of a day that it changed; return whether there are any.

    Of the new day they are told in time, as if there had been none before: where that is at once,
    it is the only mail. Called in the transaction that has saved the day, with the course locked.
    """
    stored, day = Course.objects.filter(pk=course.pk), getattr(course, field)
    told = stored.values_list("dates_told", flat=True).get().splitlines(keepends=True)
    left = [line for line in told if not line.startswith(f"{field} ")]
    is_known = any(line.startswith(f"{field} {before} ") for line in told)
    if is_known and day is not None:
        left.append(f"{field} {day} changed\n")
    stored.update(dates_told="".join(left))
    if not is_known:
        return False
    if day is not None and (day - course.today()).days <= TOLD_DAYS_AHEAD[0]:
        return True
    mails = [
        mail_to(
            member.user,
            "course_date_changed",
            key=f"{_key(course, field, before)}changed:{course.version}:{member.user_id}",
            course=course.pk,
            field=field,
            before=str(before),
        )
        for member in _members_who_know(course, field, before)
    ]
    queue_mails(mails)
    return bool(mails)


def _members_told(course: Course, field: str) -> list[Membership]:
    members = course.memberships.active().select_related("user").filter(user__is_active=True)
    if field == "closes_on":  # whoever is in the course has joined already
        members = members.teaching()
    return list(members)


def _members_who_know(course: Course, field: str, day: date) -> list[Membership]:
    """Return those who have to be told that a day is no more.

    A notice that waits is not sent any more, and what waits about an earlier day names the new one.
    """
    ahead = OutboxMessage.objects.filter(
        template="course_date", key__startswith=_key(course, field, day)
    )
    told = set(ahead.exclude(sent_at=None).values_list("recipient", flat=True))
    knows_nothing = set(ahead.filter(sent_at=None).values_list("recipient", flat=True)) - told
    changed = OutboxMessage.objects.filter(
        template="course_date_changed", key__startswith=_key(course, field), sent_at=None
    )
    is_told = set(changed.values_list("recipient", flat=True))
    others = knows_nothing | is_told
    return [one for one in _members_told(course, field) if one.user_id not in others]


def _key(course: Course, field: str, day: date | None = None) -> str:
    """Return how the keys of all mails about a day begin, or about any day of a field."""
    return f"course-date:{course.pk}:{field}:" + (f"{day}:" if day else "")
