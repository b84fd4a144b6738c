"""Export the class network to files."""

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import AuditEvent, Course
from network.export import FORMATS
from network.queries.class_network import class_network


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
                "the format of the files. csv is made for Gephi. To see it in Excel, import it "
                "as UTF-8 (Data, From Text/CSV), or names with accents are garbled."
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

    def handle(self, *args, course, format, output, as_of, names, **options):
        course = _course(course)
        network = class_network(course, as_of=as_of, names=names)
        try:
            _write(output, FORMATS[format](network))
        except OSError as error:
            raise CommandError(f"{error.filename or output}: {error.strerror}") from error
        day = network.about["as_of"]
        AuditEvent.record(
            "network_exported", course, by=None, course=course, format=format, day=day, names=names
        )
        people, arcs = len(network.nodes), len(network.edges)
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
        return Course.objects.get(slug=slug)
    except Course.DoesNotExist:
        raise CommandError(_("There is no course %r.") % slug) from None


def _write(path: Path, content: str | dict[str, str]) -> None:
    """Write one file, or a folder of them, in folders that need not be there yet."""
    if isinstance(content, dict):
        path.mkdir(parents=True, exist_ok=True)
        for name, text in content.items():
            _write(path / name, text)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")
