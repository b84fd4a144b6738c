"""Derive all ties again from the comments, or say where what is stored differs from them."""

from django.core.management.base import BaseCommand, CommandError

from blog.models import Course
from network import ties


class Command(BaseCommand):
    help = (
        "Derive all ties again from the comments. With --check change nothing, name the rows that"
        " differ, and exit with 1 if there are any."
    )

    def add_arguments(self, parser):
        parser.add_argument("--course", metavar="SLUG", help="only this course")
        parser.add_argument("--check", action="store_true", help="compare, change nothing")

    def handle(self, *args, course, check, verbosity, **options):
        work = self.check_course if check else self.rebuild_course
        courses = self.courses(course)
        differing = 0
        for number, one in enumerate(courses, start=1):
            place = f"[{number}/{len(courses)}] {one.slug}: "
            report, differences = work(one)
            if verbosity or differences:
                self.stdout.write(place + report)
            for difference in differences:
                self.stdout.write(f"  {difference}")
            differing += len(differences)
        if differing:
            raise CommandError(
                f"Rows that differ from what the comments say: {differing}."
                " Without --check they are derived again."
            )

    def courses(self, slug):
        courses = Course.objects.order_by("slug")
        if slug is None:
            return list(courses)
        found = list(courses.filter(slug=slug))
        if not found:
            raise CommandError(f"There is no course {slug!r}.")
        return found

    def rebuild_course(self, course):
        built = ties.rebuild(course)
        return f"{built.units} units, {built.arcs} arcs", []

    def check_course(self, course):
        differences = ties.check(course)
        return (
            f"rows that differ: {len(differences)}" if differences else "as the comments say"
        ), differences
