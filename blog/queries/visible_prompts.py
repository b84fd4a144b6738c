"""The prompts of a course, which most of its pages ask for."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from blog.models import Course, Prompt, User
from blog.models.member_keys import member_key_of, stand_in
from blog.models.prepared_queries import prepared


def visible_prompts(reader: User, course: Course, *, listed: bool = False) -> list[Prompt]:
    """Return the prompts that a reader sees, in their order, with the reader's extensions.

    With ``listed`` without archived ones. As ``visible_to`` finds them, which is for many courses.
    """
    member = member_key_of(reader, course)
    if member is None:
        return []
    shape = member.role, listed
    return _prompts.rows(shape, reader=reader.pk, course=course.pk, now=timezone.now())


@prepared(may_miss=["now"])
def _prompts(shape: tuple[str, bool], reader: int, course: int, now: datetime) -> QuerySet:
    role, listed = shape
    prompts = Prompt.objects.visible_in(*stand_in(role, reader, course), now)
    return prompts.listed() if listed else prompts
