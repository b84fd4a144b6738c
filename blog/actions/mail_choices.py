"""Choose what comes by mail; stop a kind of mail."""

from django.db import transaction

from blog import access
from blog.models import AuditEvent, MailChoices, MailKind, User

CHOICES = (
    "has_digest",
    "rhythm",
    "hour",
    "weekday",
    "left_out",
    "has_replies_at_once",
    "has_announcements",
    "has_feedback",
    "has_extensions",
)


def save_mail_choices(choices: MailChoices, *, by: User) -> None:
    """Save a person's choices of mail."""
    access.require(access.can_change_own_choices(by, choices.user))
    values = {name: getattr(choices, name) for name in CHOICES}
    with transaction.atomic():
        MailChoices.objects.update_or_create(user=choices.user, defaults=values)
        AuditEvent.record("mail_choices_changed", choices.user, by=by)


def stop_mail(person: User, kind: MailKind, *, by: User) -> None:
    """Stop one kind of mail, as a link in it does without a sign-in; the rest stays.

    The signature of the link says who acts, and this is all that it can do.
    """
    access.require(access.can_change_own_choices(by, person))
    with transaction.atomic():
        choices, _is_new = MailChoices.objects.select_for_update().get_or_create(user=person)
        if choices.wants(kind):
            choices.stop(kind)
            choices.save()
            AuditEvent.record("mail_stopped", person, by=by, kind=kind)


def resume_mail(person: User, kind: MailKind, *, by: User) -> None:
    """Undo ``stop_mail``, by the same link: the mail comes as it did before."""
    access.require(access.can_change_own_choices(by, person))
    with transaction.atomic():
        choices, _is_new = MailChoices.objects.select_for_update().get_or_create(user=person)
        if not choices.wants(kind):
            choices.resume(kind)
            choices.save()
            AuditEvent.record("mail_resumed", person, by=by, kind=kind)
