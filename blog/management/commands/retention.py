"""List or delete what has outlived its period."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import Course
from blog.models.courses import TOLD_DAYS_AHEAD
from blog.tasks.course_dates import days_from_now
from blog.tasks.retention import KINDS, Kind, delete_outlived


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.description = _(
            "Delete what is older than its period, by kind: sent emails, notifications, "
            "invitations, records, words of deleted posts, sessions, keys of forms. "
            "Accounts that nobody uses are counted but not deleted. Courses are not "
            "deleted until their day, when tick erases them. RETENTION_DAYS sets the "
            "periods. manage.py tick does the same once a day."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=_("only say what is due, and delete nothing")
        )

    def handle(self, *, dry_run, **options):
        for kind in KINDS:
            count = kind.rows().count()
            if not dry_run:
                count = count if kind.is_only_named else delete_outlived(kind)
            self.stdout.write(f"{kind.name} ({kind.words}): {_said(kind, count, dry_run)}")
        until = days_from_now(TOLD_DAYS_AHEAD[0])
        near = Course.objects.not_erasing().filter(erased_on__lte=until).count()
        said = _("%(count)d within %(days)d days") % {"count": near, "days": TOLD_DAYS_AHEAD[0]}
        name, words = "erased_courses", _("courses that are erased on their day")
        self.stdout.write(f"{name} ({words}): {said}")


def _said(kind: Kind, count: int, dry_run: bool) -> str:
    """Return the period of a kind and its due rows, or the deleted ones."""
    if not kind.days:
        return _("no period, nothing is due")
    period = ngettext("%(days)d day", "%(days)d days", kind.days) % {"days": kind.days}
    if kind.is_only_named:
        words = _("%(period)s, %(count)d due, which stay until someone decides")
    elif dry_run:
        words = _("%(period)s, %(count)d due")
    else:
        words = _("%(period)s, %(count)d deleted")
    return words % {"period": period, "count": count}
