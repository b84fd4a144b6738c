"""Export the events of all courses to Parquet files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import AuditEvent, Course
from blog.web.replica import reading_replica
from network.queries.network_export import EXPORTED

try:
    from network.batch.event_files import write_event_files
except ImportError:  # of the extra that not every site installs
    write_event_files = None  # type: ignore[assignment]


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.description = _(
            "Export who has written to whom on which day, in every course: the comments from which "
            "ties are made, partitioned by course. People and posts have codes that say nothing "
            "without the key of their course, and there is no text. Every course’s log records it."
        )
        parser.add_argument(
            "--parquet",
            required=True,
            type=Path,
            metavar="DIR",
            help=_("the folder to write, which must be new or empty"),
        )

    def handle(self, *args, parquet, **options):
        if write_event_files is None:
            raise CommandError(
                _("pyarrow is not installed. Run: pip install -r requirements-batch.txt")
            )
        try:
            parquet.mkdir(parents=True, exist_ok=True)
            if any(parquet.iterdir()):
                raise CommandError(_("%s is not empty. Name a new folder.") % parquet)
            with reading_replica():
                courses, events = self._write(parquet)
        except OSError as error:
            raise CommandError(f"{error.filename or parquet}: {error.strerror}") from error
        self.stdout.write(
            _("Exported to %(path)s: %(events)s of %(courses)s.")
            % {
                "path": parquet,
                "events": ngettext("%d event", "%d events", events) % events,
                "courses": ngettext("%d course", "%d courses", courses) % courses,
            }
        )

    def _write(self, folder: Path) -> tuple[int, int]:
        """Write the files; return the numbers of courses and events."""
        courses = events = 0
        shown = Course.objects.not_erasing().order_by("pk")
        for course, number in write_event_files(folder, shown):
            AuditEvent.record(
                EXPORTED,
                course,
                by=None,
                course=course,
                format="parquet",
                day=course.today().isoformat(),
                names=False,
            )
            courses += 1
            events += number
        return courses, events
