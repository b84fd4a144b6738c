"""Bring the people of a class list into a course, as one of its instructors."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.actions.roster_imports import add_listed_people, start_roster_import
from blog.exceptions import Refused
from blog.forms.roster.words import refusal_words
from blog.models import Course, Membership, RosterImport, User
from blog.queries.roster_preview import PreviewRow, roster_preview
from blog.queries.roster_reading import read_import
from blog.roster_files import Roster
from blog.spreadsheets import TableRefused
from blog.templatetags.roster import lines_of, notes_on, state_words


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.description = _(
            "Read a class list from Canvas, Moodle, Brightspace, Blackboard or a "
            "registrar, print what each line does, and do it: new people get an "
            "invitation by email, members get their section, pod and numbers. A list "
            "that raises a question is refused: upload that on the roster."
        )
        parser.add_argument("file", type=Path, metavar="FILE", help=_("the list"))
        parser.add_argument(
            "--course", metavar="SLUG", required=True, help=_("the address of the course")
        )
        parser.add_argument(
            "--by",
            metavar="EMAIL",
            default="",
            help=_("the instructor; the first of them if not given"),
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=_("say what the list does, and change nothing")
        )

    def handle(self, *args, file, course, by, dry_run, **options):
        found = Course.objects.not_erasing().filter(slug=course).first()
        if found is None:
            raise CommandError(_("There is no course %(slug)s.") % {"slug": course})
        instructor = self._instructor(found, by)
        try:
            data = file.read_bytes()
            read = RosterImport(course=found, created_by=instructor, name=file.name, data=data)
            self._preview(found, read_import(read))
            if dry_run:
                return
            started = start_roster_import(found, by=instructor, data=data, name=file.name)
            added = add_listed_people(started, by=instructor)
        except OSError as error:
            words = _("Cannot read %(file)s: %(error)s.")
            raise CommandError(words % {"file": file, "error": error.strerror}) from error
        except TableRefused as refusal:
            raise CommandError(f"{file}: {refusal_words(refusal)}") from refusal
        except Refused as refusal:
            raise CommandError(f"{file}: {refusal}") from refusal
        invited = added.invitations.count()
        words = ngettext("%d person is invited.", "%d people are invited.", invited)
        self.stdout.write(words % invited)

    def _instructor(self, course: Course, email: str) -> User:
        """Return the instructor who is named, or the first one who can sign in."""
        instructors = Membership.objects.in_course(course).active().instructors()
        if email:
            instructors = instructors.filter(user__email__iexact=email)
        first = instructors.who_can_sign_in().select_related("user").order_by("pk").first()
        if first is None:
            raise CommandError(_("No such instructor of this course can sign in."))
        return first.user

    def _preview(self, course: Course, roster: Roster) -> None:
        if roster.open_questions:
            raise Refused(_("This list raises a question. Upload it on the roster."))
        for row in roster_preview(course, roster).rows:
            self.stdout.write(self._line(row))

    def _line(self, row: PreviewRow) -> str:
        who = " ".join(filter(None, [row.row.name, row.row.email]))
        return " | ".join([str(lines_of(row)), who, state_words(row), *notes_on(row)])
