"""Export the class network to files."""

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.exceptions import Refused
from blog.models import AuditEvent, Course
from blog.web.replica import reading_replica
from network.export import FORMATS, ZIP, Export, encoded, write_with_read_me
from network.queries.network_export import EXPORTED, network_export
from network.ties import ensure_clock


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.description = _(
            "Export who wrote to whom in a course: every member, and an arc from one person to "
            "another if the first has written to the second. People have pseudonyms unless "
            "--names is given. The export is recorded in the course’s log."
        )
        parser.add_argument(
            "course", help=_("the short name in the course’s address, for example edci338")
        )
        parser.add_argument(
            "--format",
            required=True,
            choices=sorted(FORMATS),
            help=_(
                "the format of the file. csv is two tables for Gephi and spreadsheets; net is for "
                "Pajek, dl for UCINET, vna for NetDraw; events is every reply, for load_events; "
                "xapi is statements as JSON lines; svg is the figure of the students; key says who "
                "each pseudonym is; zip has all formats of the network and a README.txt that "
                "explains them."
            ),
        )
        parser.add_argument(
            "--output",
            required=True,
            type=Path,
            metavar="PATH",
            help=_("the file to write; for csv a folder, which gets nodes.csv and edges.csv"),
        )
        parser.add_argument(
            "--as-of",
            type=_date,
            metavar="DATE",
            help=_("export the network of this day, for example 2026-10-31"),
        )
        parser.add_argument(
            "--names", action="store_true", help=_("use usernames instead of pseudonyms")
        )
        parser.add_argument(
            "--bom",
            action="store_true",
            help=_(
                "begin tables with a BOM, which tells Excel that they are UTF-8: without it "
                "names with accents are garbled there"
            ),
        )

    def handle(self, *args, course, format, output, as_of, names, bom, **options):
        course = _course(course)
        ensure_clock(course)
        try:
            with reading_replica():
                export = network_export(course, format, as_of=as_of, names=names)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        try:
            _write(output, export, format, bom=bom)
        except OSError as error:
            raise CommandError(f"{error.filename or output}: {error.strerror}") from error
        day = export.facts.as_of.isoformat()
        AuditEvent.record(
            EXPORTED,
            course,
            by=None,
            course=course,
            format=format,
            day=day,
            names=names or format == "key",
        )
        if as_of and as_of > course.today():
            self.stdout.write(
                _("%(day)s is in the future, so this is the network of %(last)s.")
                % {"day": as_of.isoformat(), "last": day}
            )
        elif as_of and as_of > export.facts.as_of:
            self.stdout.write(
                _("The course ended on %(last)s, and its network has not changed since.")
                % {"last": day}
            )
        people, arcs = len(export.network.nodes), len(export.network.edges)
        self.stdout.write(
            _("Exported to %(path)s, as of %(day)s: %(people)s, %(arcs)s.")
            % {
                "path": output,
                "day": day,
                "people": ngettext("%d person", "%d people", people) % people,
                "arcs": ngettext("%d arc", "%d arcs", arcs) % arcs,
            }
        )


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("Give a date such as 2026-11-30.")) from None


def _course(slug: str) -> Course:
    try:
        return Course.objects.not_erasing().get(slug=slug)
    except Course.DoesNotExist:
        raise CommandError(_("There is no course %r.") % slug) from None


def _write(path: Path, export: Export, file_format: str, *, bom: bool) -> None:
    """Write one file, or for csv a folder of two, in folders that need not be there yet."""
    if file_format == ZIP:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_with_read_me(file, export, file_format, bom=bom)
        return
    files = encoded(FORMATS[file_format](export), bom=bom)
    is_folder = len(files) > 1
    (path if is_folder else path.parent).mkdir(parents=True, exist_ok=True)
    for name, chunks in files.items():
        with (path / name if is_folder else path).open("wb") as file:
            file.writelines(chunks)
