"""Dates and work left in a course after the day on which it becomes read-only."""

from datetime import date, datetime, time

from django.db.models import Q

from blog.models import Course, Prompt


def prompts_due_after(course: Course, day: date) -> list[Prompt]:
    """Return the prompts, by number, for which posts or comments are due on a day or later."""
    begin = datetime.combine(day, time.min, tzinfo=course.zone)
    due = Q(due_at__gte=begin) | Q(comments_due_at__gte=begin)
    return list(Prompt.objects.in_course(course).filter(due, archived_at=None).order_by("number"))
