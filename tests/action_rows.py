"""Rows of ``test_actions`` on notifications, mail and what one keeps: who may, and the call."""

from blog.actions import (
    announcements,
    erasure,
    mail_choices,
    notifications,
    saved_comments,
    takeouts,
)
from blog.models import MailKind, choices_of

NOTIFICATION_ROWS = {
    "announcements.send_announcement": (
        "instructor",
        lambda w, by: announcements.send_announcement(w.course, by=by, title="T", text="Words."),
    ),
    "announcements.withdraw_announcement": (
        "instructor",
        lambda w, by: announcements.withdraw_announcement(w.announcement, by=by),
    ),
    "saved_comments.save_saved_comment": (
        "assistant",
        lambda w, by: saved_comments.save_saved_comment(w.saved_comment, by=by),
    ),
    "saved_comments.move_saved_comment": (
        "assistant",
        lambda w, by: saved_comments.move_saved_comment(w.saved_comment, by=by, steps=1),
    ),
    "saved_comments.delete_saved_comment": (
        "assistant",
        lambda w, by: saved_comments.delete_saved_comment(w.saved_comment, by=by),
    ),
    "mail_choices.save_mail_choices": (
        "peer",
        lambda w, by: mail_choices.save_mail_choices(choices_of(w.peer), by=by),
    ),
    "mail_choices.stop_mail": (
        "peer",
        lambda w, by: mail_choices.stop_mail(w.peer, MailKind.DIGEST, by=by),
    ),
    "mail_choices.resume_mail": (
        "peer",
        lambda w, by: mail_choices.resume_mail(w.peer, MailKind.DIGEST, by=by),
    ),
    "takeouts.ask_for_takeout": (
        "peer",
        lambda w, by: takeouts.ask_for_takeout(w.peer, course=None, by=by),
    ),
    "erasure.leave_course": ("peer", lambda w, by: erasure.leave_course(w.membership, by=by)),
    "erasure.erase_account": ("peer", lambda w, by: erasure.erase_account(w.peer, by=by)),
    "takeouts.delete_takeout": (
        "peer",
        lambda w, by: takeouts.delete_takeout(w.takeout, by=by),
    ),
    "notifications.see_notifications": (
        "peer",
        lambda w, by: notifications.see_notifications(w.peer, keys=[1], by=by),
    ),
}
