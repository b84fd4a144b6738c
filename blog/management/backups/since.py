"""What people decided after a backup was made, and what it undoes: it is written beside the backup.

Accounts that were erased, names that were withheld or printed again, days of courses that came
(ADR 0059, 0061, 0063). Each is a line: the audit event and its target, for a day its field too.
"""

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.core.management import CommandError
from django.db import Error
from django.utils.translation import gettext as _

from blog.models import Audience, AuditEvent, Course, Membership

# Whether a course is still as its day has left it, by the field of the day.
STILL_SO = {
    "closes_on": {"can_be_joined": False},
    "public_ends_on": {"widest_audience__lte": Audience.COURSE},
    "read_only_on": {"archived_at__isnull": False},
}


def decided_since(engine, made_at: str) -> list[str]:
    """Return what the database that is about to be replaced knows, and the backup cannot.

    Raise CommandError if it cannot be read: with it, nobody could know any more.
    """
    table = AuditEvent._meta.db_table
    try:
        if not engine.used_tables() or table not in engine.rows():
            return []
        events = AuditEvent.objects.filter(at__gte=datetime.fromisoformat(made_at))
        return sorted({*_erased(events), *_names(events), *_days(events)})
    except (Error, sqlite3.Error) as error:
        raise CommandError(
            _(
                "The database of this site cannot be read, which names the people who erased "
                "their account since the backup, or had their name withheld: %(error)s. To restore "
                "without it, keep it where it is, and name a new, empty one in DATABASE_URL. "
                "Nothing was changed."
            )
            % {"error": error}
        ) from error


def _erased(events) -> Iterator[str]:
    for target in events.filter(action="account_erased").values_list("target", flat=True):
        yield f"account_erased {target}"


def _names(events) -> Iterator[str]:
    """Yield how it ended for each membership whose name was withheld or printed."""
    found = events.filter(action__in=["name_withheld", "name_printed"])
    keys = {target.partition(":")[2] for target in found.values_list("target", flat=True)}
    members = Membership.objects.filter(pk__in=keys).values_list("pk", "is_confidential")
    for key, is_confidential in members:
        yield f"{'name_withheld' if is_confidential else 'name_printed'} membership:{key}"


def _days(events) -> Iterator[str]:
    """Yield the days of courses that came, unless somebody has taken back what they changed."""
    came = events.filter(action="course_date_came").values_list("course", "data")
    for key, data in came:
        field = data["field"]
        if Course.objects.filter(pk=key, **STILL_SO[field]).exists():
            yield f"course_date_came course:{key} {field}"


def keep(folder: Path, lines: list[str]) -> Path | None:
    """Keep what was decided in a file beside a backup, with that of earlier restores.

    What is decided later about the same counts.
    """
    path = folder.with_name(f"{folder.name}.since.txt")
    earlier = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    known = {line.split(maxsplit=1)[-1] for line in lines}
    kept = [line for line in earlier if line.split(maxsplit=1)[-1] not in known]
    if not lines and not kept:
        return None
    path.touch(mode=0o600)
    path.write_text("".join(f"{line}\n" for line in sorted({*kept, *lines})), encoding="utf-8")
    return path
