"""Load a course of pseudonymous members from a reply log."""

from argparse import ArgumentTypeError
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models.people import validate_time_zone
from network.importers.load_course import load_course
from network.importers.reply_log import LogError, read_log


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.description = _(
            "Create a course of pseudonymous members from a table with the columns "
            "event_id, src, dst, ts and thread, in any order, with commas, semicolons or "
            "tabs between them. The file is UTF-8, or UTF-16 as Excel writes it. ts is a "
            "time: Unix seconds, milliseconds (from 100000000000 on), or ISO 8601 such "
            "as 2026-01-05T10:00:00, in the time zone that it names or else in that of "
            "--zone. Either the whole file is loaded or nothing. No email is sent."
        )
        parser.add_argument("csv", type=Path, metavar="CSV", help=_("the reply log"))
        parser.add_argument(
            "--course",
            metavar="SLUG",
            required=True,
            help=_("the address of the new course, for example edci338"),
        )
        parser.add_argument(
            "--staff",
            metavar="ID,ID",
            default="",
            help=_("ids of people in the log who are instructors"),
        )
        parser.add_argument(
            "--zone",
            type=_zone,
            default="UTC",
            metavar="ZONE",
            help=_(
                "the time zone of the course, for example America/Vancouver (UTC unless given): "
                "replies on one post and day weigh as one"
            ),
        )

    def handle(self, *args, csv, course, staff, zone, verbosity, **options):
        def report(message):
            if verbosity:
                self.stdout.write(message)
                self.stdout.flush()

        try:
            events = read_log(csv, now=timezone.now(), zone=ZoneInfo(zone))
            count = len(events)
            report(ngettext("Read %d event.", "Read %d events.", count) % count)
            instructors = self.instructors(staff, events)
            with transaction.atomic():
                load_course(course, events, instructors, zone=zone, report=report)
        except OSError as error:
            raise CommandError(
                _("Cannot read %(file)s: %(error)s.") % {"file": csv, "error": error.strerror}
            ) from error
        except LogError as error:
            raise CommandError(f"{csv}: {error}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def instructors(self, staff, events):
        """Return the ids of the staff; refuse an id that is not in the log."""
        ids = {person.strip() for person in staff.split(",") if person.strip()}
        people = {person for event in events for person in (event.source, event.target)}
        unknown = sorted(ids - people)
        if unknown:
            raise CommandError(_("--staff: the log has no events of %s.") % ", ".join(unknown))
        return ids


def _zone(name: str) -> str:
    try:
        validate_time_zone(name)
    except ValidationError as error:
        example = _("Give a name such as America/Vancouver.")
        raise ArgumentTypeError(f"{error.messages[0]} {example}") from None
    return name
