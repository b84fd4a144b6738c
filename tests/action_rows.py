"""Rows of ``test_actions`` on notifications and mail: who may do it, and the call."""

from blog.actions import mail_choices, notifications
from blog.models import MailKind, choices_of

NOTIFICATION_ROWS = {
    "mail_choices.save_mail_choices": (
        "peer",
        lambda w, by: mail_choices.save_mail_choices(choices_of(w.peer), by=by),
    ),
    "mail_choices.stop_mail": (
        "peer",
        lambda w, by: mail_choices.stop_mail(w.peer, MailKind.DIGEST, by=by),
    ),
    "notifications.see_notifications": (
        "peer",
        lambda w, by: notifications.see_notifications(w.peer, up_to=1, by=by),
    ),
}
