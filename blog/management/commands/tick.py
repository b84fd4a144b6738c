"""Do all recurring work that is due."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from blog.guest_tasks import (
    check_guest_comments,
    delete_old_guest_details,
    report_guest_comments,
)
from blog.tasks import (
    delete_old_snapshots,
    queue_due_digests,
    send_due_mail,
    update_rotas,
    verify_due_works,
)


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.description = _(
            "Do all recurring work that is due: send mail, give students posts to comment on, "
            "check references and the comments of guests, delete earlier states of drafts when "
            "their course is over, and old details of guests. Run it every minute with cron. It "
            "is safe to run twice at the same time, and prints nothing if nothing was due."
        )

    def handle(self, **options):
        if checked := check_guest_comments():
            self.stdout.write(_("Comments by guests checked for spam: %d") % checked)
        if reported := report_guest_comments():
            self.stdout.write(_("Decisions reported to the spam filter: %d") % reported)
        queue_due_digests()
        if sent := send_due_mail():
            self.stdout.write(_("Emails sent: %d") % sent)
        if given := update_rotas():
            self.stdout.write(_("Posts given to students to comment on: %d") % given)
        if verified := verify_due_works():
            self.stdout.write(_("References checked: %d") % verified)
        if deleted := delete_old_snapshots():
            self.stdout.write(_("Earlier states of drafts deleted: %d") % deleted)
        if cleared := delete_old_guest_details():
            self.stdout.write(_("Old details of guests deleted: %d") % cleared)
