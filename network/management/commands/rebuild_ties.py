"""Rebuild all ties from the comments, or check them."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import Course
from network import ties


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.description = _(
            "Rebuild all ties from the comments. With --check nothing is changed: rows that differ "
            "are listed, and the exit code is 1 if there are any."
        )
        parser.add_argument("--course", metavar="SLUG", help=_("only this course"))
        parser.add_argument("--check", action="store_true", help=_("compare and change nothing"))

    def handle(self, *args, course, check, verbosity, **options):
        work = self.check_course if check else self.rebuild_course
        courses = self.courses(course)
        differing = 0
        for number, one in enumerate(courses, start=1):
            result, differences = work(one)
            if verbosity or differences:
                self.stdout.write(f"[{number}/{len(courses)}] {one.slug}: {result}")
            for difference in differences:
                self.stdout.write(f"  {difference}")
            differing += len(differences)
        if differing:
            raise CommandError(
                ngettext(
                    "%d row differs from the comments. Run the command without --check to rebuild.",
                    "%d rows differ from the comments. Run the command without --check to rebuild.",
                    differing,
                )
                % differing
            )

    def courses(self, slug):
        courses = Course.objects.not_erasing().order_by("slug")
        if slug is None:
            return list(courses)
        found = list(courses.filter(slug=slug))
        if not found:
            raise CommandError(_("There is no course %r.") % slug)
        return found

    def rebuild_course(self, course):
        return str(ties.rebuild(course)), []

    def check_course(self, course):
        differences = ties.check(course)
        if not differences:
            return _("ties match the comments"), []
        count = len(differences)
        return ngettext("%d row differs", "%d rows differ", count) % count, differences
