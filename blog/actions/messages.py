"""Write to chosen students, and take it back before it is sent."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import AuditEvent, Message, Prompt, User
from blog.models.messages import MESSAGES_WAIT
from blog.models.outbox import mail_to, queue_mails
from blog.queries.students_who import students_who


def send_message(
    prompt: Prompt, to: str, students: Collection[int], *, by: User, title: str, text: str
) -> Message:
    """Write to those of some students, given by their keys, who still lack what a group lacks.

    One mail each, by day, ten minutes later at the earliest. Refused if nobody is left, and for a
    prompt that is archived.
    """
    access.require(
        access.can_write_to_students(by, prompt.course),
        _("Only instructors can write to students by email."),
    )
    with transaction.atomic():
        if not Prompt.objects.listed().filter(pk=prompt.pk).exists():
            raise Refused(_("This prompt is archived: it takes no posts. Restore it first."))
        [groups] = students_who([prompt], prompt.course, by).values()
        chosen = User.objects.filter(pk__in=groups[to] & set(students), is_active=True)
        readers = list(chosen.order_by("pk"))
        if not readers:
            raise Refused(
                _(
                    "None of the people you chose are in this list now. Choose someone from the "
                    "list."
                )
            )
        message = Message.objects.create(prompt=prompt, author=by, to=to, title=title, text=text)
        message.students.set(readers)
        mails = [
            mail_to(
                reader,
                "message",
                key=f"message:{message.pk}:{reader.pk}",
                wait=MESSAGES_WAIT,
                message=message.pk,
            )
            for reader in readers
        ]
        queue_mails(mails)
        message.sends_at = min(mail.due_at for mail in mails)
        message.save(update_fields=["sends_at"])
        AuditEvent.record(
            "message_sent", message, by=by, course=prompt.course, to=to, n=len(readers)
        )
    return message


def withdraw_message(message: Message, *, by: User) -> None:
    """Withdraw a message before it is sent. Its mails find nothing to say any more."""
    access.require(access.can_write_to_students(by, message.prompt.course))
    with transaction.atomic():
        message = Message.objects.select_for_update(no_key=True).get(pk=message.pk)
        if message.withdrawn_at is not None:
            return  # a second click
        if message.is_sent:
            raise Refused(_("This message was already sent, so it cannot be withdrawn."))
        message.withdrawn_at = timezone.now()
        message.save(update_fields=["withdrawn_at"])
        AuditEvent.record("message_withdrawn", message, by=by, course=message.prompt.course)
