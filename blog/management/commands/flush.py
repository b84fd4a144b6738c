"""Empty the database with Django's `flush`, which the history of grades refuses."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.commands import flush
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _


class Command(flush.Command):
    """Django's command, past the triggers that refuse to delete rows.

    PostgreSQL truncates; SQLite deletes row by row.
    """

    def handle(self, **options):
        connection = connections[options["database"]]
        if options["interactive"] and not self._is_sure(connection):
            self.stdout.write(_("Nothing is deleted."))
            return
        # Once asked, so that nobody waits for the database while the question stands.
        with _deletable(connection):
            super().handle(**options | {"interactive": False})

    def _is_sure(self, connection: BaseDatabaseWrapper) -> bool:
        question = _(
            "This deletes all courses, posts, comments, grades and people in the "
            "database %(name)s, with the history of grades. Only a copy can bring them "
            "back.\nType yes to delete them: "
        )
        return input(question % {"name": connection.settings_dict["NAME"]}).strip() == "yes"


@contextmanager
def _deletable(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let the triggers that refuse deletion pass it, until the end of this.

    In one transaction: if anything goes wrong, all rows and all triggers are as before.
    """
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL commonplace.is_flushing = 'yes'")  # migration 0098
            yield
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master "
            "WHERE type = 'trigger' AND sql LIKE '%%BEFORE DELETE%%'"
        )
        refusing = dict(cursor.fetchall())
        for name in refusing:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
        yield
        for statement in refusing.values():
            cursor.execute(statement)
