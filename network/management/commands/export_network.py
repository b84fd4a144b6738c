"""Write the class network to files."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from blog.models import AuditEvent, Course
from network.export import FORMATS
from network.queries.class_network import class_network


class Command(BaseCommand):
    help = (
        "Writes who wrote to whom in a course: every member, and an arc for every two people of "
        "whom one has written to the other. People have pseudonyms unless --names is given. "
        "The course's log says that it was exported."
    )

    def add_arguments(self, parser):
        parser.add_argument("course", help="the short name in the course's address")
        parser.add_argument("--format", required=True, choices=sorted(FORMATS))
        parser.add_argument(
            "--output",
            required=True,
            type=Path,
            metavar="PATH",
            help="the file to write; for csv a folder, which gets nodes.csv and edges.csv",
        )
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            metavar="DATE",
            help="the network as it stood on this day, such as 2026-10-31",
        )
        parser.add_argument("--names", action="store_true", help="usernames, not pseudonyms")

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
        self.stdout.write(
            f"{len(network.nodes)} people and {len(network.edges)} arcs, read at {day}, "
            f"are in {output}."
        )


def _course(slug: str) -> Course:
    try:
        return Course.objects.get(slug=slug)
    except Course.DoesNotExist:
        raise CommandError(f"There is no course {slug!r}.") from None


def _write(path: Path, content: str | dict[str, str]) -> None:
    """Write one file, or a folder of them."""
    if isinstance(content, dict):
        path.mkdir(parents=True, exist_ok=True)
        for name, text in content.items():
            _write(path / name, text)
    else:
        path.write_text(content, encoding="utf-8", newline="")
