"""Who erased their account after a backup was made: it brings them back (ADR 0059)."""

import sqlite3
from datetime import datetime
from pathlib import Path

from django.core.management import CommandError
from django.db import Error
from django.utils.translation import gettext as _

from blog.models import AuditEvent


def erased_since(engine, made_at: str) -> list[str]:
    """Return who the database that is about to be replaced says were erased, as ``user:17``.

    Raise CommandError if it cannot be read: with it, nobody could know any more.
    """
    table = AuditEvent._meta.db_table
    try:
        if not engine.is_used() or table not in engine.rows():
            return []
        events = AuditEvent.objects.filter(
            action="account_erased", at__gte=datetime.fromisoformat(made_at)
        )
        return sorted(set(events.values_list("target", flat=True)))
    except (Error, sqlite3.Error) as error:
        raise CommandError(
            _(
                "The database of this site cannot be read, which names the people who erased "
                "their account since the backup: %(error)s. To restore without it, keep it where "
                "it is, and name a new, empty one in DATABASE_URL. Nothing was changed."
            )
            % {"error": error}
        ) from error


def keep_erased(folder: Path, people: list[str]) -> Path | None:
    """Keep the keys of erased people in a file beside a backup, with those of earlier restores."""
    path = folder.with_name(f"{folder.name}.erased-since.txt")
    earlier = path.read_text(encoding="utf-8").split() if path.exists() else []
    if not people and not earlier:
        return None
    path.touch(mode=0o600)
    path.write_text("".join(f"{key}\n" for key in sorted({*earlier, *people})), encoding="utf-8")
    return path
