"""Make a course of pseudonymous members from a reply log."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from network.importers.load_course import load_course
from network.importers.reply_log import LogError, read_log


class Command(BaseCommand):
    help = (
        "Make a course of pseudonymous members from a CSV file with the columns event_id, src,"
        " dst, ts (Unix seconds) and thread. All of it or nothing is loaded; no mail is sent."
    )

    def add_arguments(self, parser):
        parser.add_argument("csv", type=Path, metavar="CSV", help="the reply log")
        parser.add_argument("--course", metavar="SLUG", required=True, help="the new course")
        parser.add_argument(
            "--staff",
            metavar="ID,ID",
            default="",
            help="ids of the log who are instructors",
        )

    def handle(self, *args, csv, course, staff, verbosity, **options):
        def tell(message):
            if verbosity:
                self.stdout.write(message)
                self.stdout.flush()

        try:
            events = read_log(csv, now=timezone.now())
            tell(f"Read {len(events)} events.")
            instructors = self.instructors(staff, events)
            with transaction.atomic():
                load_course(course, events, instructors, tell=tell)
        except OSError as error:
            raise CommandError(f"{csv} cannot be read: {error.strerror}.") from error
        except LogError as error:
            raise CommandError(f"{csv}: {error}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def instructors(self, staff, events):
        """Return the ids named as staff; one that the log does not know is a slip of the pen."""
        ids = {person.strip() for person in staff.split(",") if person.strip()}
        people = {person for event in events for person in (event.source, event.target)}
        unknown = sorted(ids - people)
        if unknown:
            raise CommandError(f"--staff names {', '.join(unknown)}, of whom there is no event.")
        return ids
