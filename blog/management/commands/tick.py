"""Do all recurring work that is due."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

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
            "check references, delete earlier states of drafts when their course is over. Run it "
            "every minute with cron. It is safe to run twice at the same time, and prints nothing "
            "if nothing was due."
        )

    def handle(self, **options):
        queue_due_digests()
        if sent := send_due_mail():
            self.stdout.write(_("Emails sent: %d") % sent)
        if given := update_rotas():
            self.stdout.write(_("Posts given to students to comment on: %d") % given)
        if verified := verify_due_works():
            self.stdout.write(_("References checked: %d") % verified)
        if deleted := delete_old_snapshots():
            self.stdout.write(_("Earlier states of drafts deleted: %d") % deleted)
