"""Students' plans to change after feedback, for themselves and for the teaching team."""

from typing import Any

from django.db.models import QuerySet

from blog.models import Course, FeedbackReply, Membership, Prompt, User
from blog.models.member_keys import MAY_MISS, member_key_of, stand_in
from blog.models.prepared_queries import prepared

SHOWN_BESIDE_A_TEXT = 2


def own_replies(
    student: User, course: Course, *, has_former_texts: bool = False
) -> dict[int, FeedbackReply]:
    """Return a student's replies in a course by the key of their prompt, the newest first."""
    replies = FeedbackReply.objects.by(student).filter(prompt__course=course)
    replies = replies.select_related("prompt")
    if has_former_texts:
        replies = replies.with_former_texts()
    newest_first = replies.order_by("-created_at", "-pk")
    return {reply.prompt_id: reply for reply in newest_first}


def last_replies(writer: User, course: Course) -> QuerySet[FeedbackReply]:
    """Return the few last things that somebody who writes a post wanted to change; one query."""
    replies = FeedbackReply.objects.by(writer).filter(prompt__course=course)
    return replies.select_related("prompt").order_by("-created_at", "-pk")[:SHOWN_BESIDE_A_TEXT]


def reply_of(student: User, prompt: Prompt, reader: User) -> FeedbackReply | None:
    """Return a student's reply to the feedback on a prompt, if the reader may read it.

    It comes with its former texts: two queries if there is one.
    """
    replies = FeedbackReply.objects.visible_to(reader).by(student).with_former_texts()
    return replies.filter(prompt=prompt).first()


def replies_to_feedback(prompt: Prompt, reader: User) -> list[FeedbackReply]:
    """Return the replies of a prompt's students that a reader may read, the newest first.

    Each has ``number``, its student's place on the desk; two queries.
    """
    member = member_key_of(reader, prompt.course)
    if member is None:
        return []
    found = _replies_for.rows(member.role, prompt=prompt.pk, **member.values)
    numbers = dict(prompt.queue_places.values_list("student", "number")) if found else {}
    for reply in found:
        reply.number = numbers.get(reply.student_id)
    return [reply for reply in found if reply.number]


@prepared(may_miss=MAY_MISS)
def _replies_for(role: str, prompt: int, **member: Any) -> QuerySet:
    reader, course = stand_in(role, **member)
    students = Membership.objects.in_course(course).active().students().values("user")
    replies = FeedbackReply.objects.visible_to(reader).filter(prompt=prompt, student__in=students)
    return replies.select_related("student").order_by("-created_at", "-pk")
