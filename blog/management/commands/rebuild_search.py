"""Rebuilding and checking of the search index."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import Course
from blog.models.search import check_search, rebuild_search


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.description = _(
            "Rebuild the search index from posts, comments and references. With --check "
            "nothing is changed: entries that differ are listed, and the exit code is 1 "
            "if there are any."
        )
        parser.add_argument("--course", metavar="SLUG", help=_("only this course"))
        parser.add_argument("--check", action="store_true", help=_("compare and change nothing"))

    def handle(self, *args, course, check, verbosity, **options):
        courses = Course.objects.not_erasing().order_by("slug")
        if course is not None:
            courses = courses.filter(slug=course)
            if not courses:
                raise CommandError(_("There is no course %r.") % course)
        differing = 0
        for number, one in enumerate(courses, start=1):
            place = f"[{number}/{len(courses)}] {one.slug}"
            if check:
                differing += self._check(one, place, verbosity)
            elif verbosity:
                count = rebuild_search(one)
                words = ngettext("%d entry", "%d entries", count) % count
                self.stdout.write(f"{place}: {words}")
            else:
                rebuild_search(one)
        if differing:
            raise CommandError(
                ngettext(
                    "%d entry differs from its text. Run the command without --check.",
                    "%d entries differ from their texts. Run the command without --check.",
                    differing,
                )
                % differing
            )

    def _check(self, course: Course, place: str, verbosity: int) -> int:
        differences = check_search(course)
        if verbosity and not differences:
            words = _("the index matches the texts")
            self.stdout.write(f"{place}: {words}")
        for difference in differences:
            self.stdout.write(f"{place}: {difference}")
        return len(differences)
