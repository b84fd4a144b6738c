"""Recurring tasks of ``manage.py tick``, one module per thing they take care of.

Everything here is safe to run twice and at the same time, and has no actor. No mail is sent and no
service is asked inside a transaction.
"""

from blog.tasks.course_dates import change_courses_on_their_dates, tell_of_course_dates
from blog.tasks.digests import queue_due_digests
from blog.tasks.draft_snapshots import delete_old_snapshots
from blog.tasks.erased_courses import erase_hidden_courses, hide_courses_to_erase
from blog.tasks.erased_people import forget_erased_people
from blog.tasks.grade_files import delete_old_grade_files
from blog.tasks.guest_comments import (
    check_guest_comments,
    delete_old_guest_details,
    report_guest_comments,
)
from blog.tasks.mail import send_due_mail
from blog.tasks.own_blogs import read_own_blogs
from blog.tasks.pending_emails import forget_pending_emails
from blog.tasks.platform_scores import delete_old_launches, send_due_scores
from blog.tasks.retention import delete_outlived_today
from blog.tasks.roster_imports import delete_abandoned_imports
from blog.tasks.rota import update_rotas
from blog.tasks.takeouts import delete_old_takeouts, make_takeouts
from blog.tasks.tick_signals import do_due_work
from blog.tasks.verification import verify_due_works, verify_work
from blog.tasks.wordpress_imports import (
    continue_wordpress_imports,
    delete_abandoned_wordpress_imports,
)

__all__ = [
    "change_courses_on_their_dates",
    "check_guest_comments",
    "continue_wordpress_imports",
    "delete_abandoned_imports",
    "delete_abandoned_wordpress_imports",
    "delete_old_grade_files",
    "delete_old_guest_details",
    "delete_old_launches",
    "delete_old_snapshots",
    "delete_old_takeouts",
    "delete_outlived_today",
    "do_due_work",
    "erase_hidden_courses",
    "forget_erased_people",
    "forget_pending_emails",
    "hide_courses_to_erase",
    "make_takeouts",
    "queue_due_digests",
    "read_own_blogs",
    "report_guest_comments",
    "send_due_mail",
    "send_due_scores",
    "tell_of_course_dates",
    "update_rotas",
    "verify_due_works",
    "verify_work",
]
