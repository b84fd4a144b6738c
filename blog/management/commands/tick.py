"""Do all recurring work that is due."""

import logging
import signal
import time
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections, reset_queries
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.models import LastRun
from blog.tasks import (
    change_courses_on_their_dates,
    check_guest_comments,
    continue_wordpress_imports,
    delete_abandoned_imports,
    delete_abandoned_wordpress_imports,
    delete_old_grade_files,
    delete_old_guest_details,
    delete_old_launches,
    delete_old_snapshots,
    delete_old_takeouts,
    delete_outlived_today,
    do_due_work,
    erase_hidden_courses,
    forget_erased_people,
    forget_pending_emails,
    hide_courses_to_erase,
    make_takeouts,
    queue_due_digests,
    read_own_blogs,
    report_guest_comments,
    send_due_mail,
    send_due_scores,
    tell_of_course_dates,
    update_rotas,
    verify_due_works,
)

logger = logging.getLogger(__name__)

# Each task, in their order, with what to print of the number it returns.
TASKS = [
    (check_guest_comments, gettext_lazy("Comments by guests checked for spam: %d")),
    (report_guest_comments, gettext_lazy("Decisions reported to the spam filter: %d")),
    (change_courses_on_their_dates, gettext_lazy("Courses changed on their date: %d")),
    (hide_courses_to_erase, gettext_lazy("Courses hidden, to be erased: %d")),
    (tell_of_course_dates, None),
    (queue_due_digests, None),
    (send_due_mail, gettext_lazy("Emails sent: %d")),
    (send_due_scores, gettext_lazy("Grades and posts told to LMSs: %d")),
    (do_due_work, None),
    (update_rotas, gettext_lazy("Posts given to students to comment on: %d")),
    (read_own_blogs, gettext_lazy("Entries of own blogs taken: %d")),
    (verify_due_works, gettext_lazy("References checked: %d")),
    (delete_old_snapshots, gettext_lazy("Earlier states of drafts deleted: %d")),
    (delete_old_grade_files, gettext_lazy("Old files of grades deleted: %d")),
    (delete_abandoned_imports, gettext_lazy("Lists of people that nobody added deleted: %d")),
    (
        delete_abandoned_wordpress_imports,
        gettext_lazy("Blogs that nobody imported deleted: %d"),
    ),
    (delete_old_guest_details, gettext_lazy("Old details of guests deleted: %d")),
    (forget_erased_people, gettext_lazy("Names of former members deleted: %d")),
    (forget_pending_emails, gettext_lazy("Emails that nobody confirmed deleted: %d")),
    (delete_old_launches, gettext_lazy("Old launches from LMSs deleted: %d")),
    (delete_old_takeouts, gettext_lazy("Old files of people’s own deleted: %d")),
    (delete_outlived_today, gettext_lazy("Rows older than their period deleted: %d")),
    (erase_hidden_courses, gettext_lazy("Courses erased: %d")),
    (continue_wordpress_imports, gettext_lazy("Imports from WordPress finished: %d")),
    (make_takeouts, gettext_lazy("Files of people’s own made: %d")),
]


class Command(BaseCommand):
    # Checking the whole site would cost more than looking whether something is due.
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.description = _(
            "Do all recurring work that is due: send emails, tell LMSs of released "
            "grades, give students posts to comment on, choose what they are offered to "
            "read, read the blogs that members have connected, check references and the "
            "comments of guests, delete earlier states of drafts when their course is "
            "over, lists of people that nobody added, and old details of guests, once a "
            "day delete what is older than its period (manage.py retention), erase "
            "courses whose day has come, make the files of their own that people asked "
            "for. Run it every minute with cron, or once with --every 60. It is safe to "
            "run twice at the same time, prints nothing if nothing was due, and fails if "
            "something went wrong, once it has done the rest."
        )
        parser.add_argument(
            "--every",
            type=_seconds,
            metavar="SECONDS",
            help=_(
                "keep running: look again every so many seconds, until SIGTERM or Ctrl-C, "
                "which let the current round finish"
            ),
        )

    def handle(self, *, every, **options):
        if every is None:
            self._do_all()
        else:
            self._do_all_until_stopped(every)

    def _do_all_until_stopped(self, every: int) -> None:
        """Run the due tasks in rounds; a failed one is reported and tried in the next round."""
        with _stop_signals() as stop:
            while not stop.is_set():
                started = time.monotonic()
                close_old_connections()
                reset_queries()
                try:
                    self._do_all()
                except CommandError as error:
                    self.stderr.write(str(error))
                self.stdout.flush()
                stop.wait(max(0, started + every - time.monotonic()))

    def _do_all(self) -> None:
        failed = [task.__name__ for task, words in TASKS if not self._do(task, words)]
        LastRun.record("tick")
        if failed:
            raise CommandError(
                _("Not all work was done: %s. The log says why.") % ", ".join(failed)
            )

    def _do(self, task, words) -> bool:
        """Run one task; return whether it came to its end. The others do not depend on it."""
        try:
            done = task()
        except Exception:  # whatever it is, mail still has to go out
            logger.exception("The task %s failed", task.__name__)
            return False
        if done and words:
            self.stdout.write(str(words) % done)
        return True


@contextmanager
def _stop_signals() -> Iterator[Event]:
    """Yield an event that SIGTERM and Ctrl-C set, instead of ending the process at once."""
    stop = Event()
    signals = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(each, lambda *_: stop.set()) for each in signals]
    try:
        yield stop
    finally:
        for each, handler in zip(signals, before, strict=True):
            signal.signal(each, handler)


def _seconds(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise ArgumentTypeError(_("Give a number of seconds, such as 60."))
    return int(text)
