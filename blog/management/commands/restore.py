"""Put a backup in the place of the site: in an empty one, or, if told so, in one that is used."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.management.backups import databases, decisions, grades, manifest, media, sessions
from blog.tasks.course_dates import tell_again_of_erasing

MAX_TOLD = 10


class Command(BaseCommand):
    # The tables that the checks would ask are what it brings.
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.description = _(
            "Replace the database and the media files of this site with a backup. Stop "
            "the server first. All of the backup is checked before anything is changed, "
            "and a site in use is refused unless --replace is given."
        )
        parser.add_argument("folder", type=Path, metavar="DIR", help=_("what backup has made"))
        parser.add_argument(
            "--replace",
            action="store_true",
            help=_("everything in this site’s database can be lost"),
        )
        parser.add_argument(
            "--list",
            action="store_true",
            dest="lists",
            help=_("only write what people decided since the backup beside it; change nothing"),
        )

    def handle(self, *, folder: Path, replace: bool, lists: bool, **options):
        folder, engine = folder.absolute(), databases.engine()
        listed = manifest.read(folder)
        if lists:
            path = decisions.keep(folder, decisions.decided_since(engine, listed))
            self.stdout.write(
                str(path) if path else _("Nothing that was decided since the backup needs this.")
            )
            return
        names = sorted(
            name.removeprefix(f"{media.FOLDER}/")
            for name in listed.files
            if name.startswith(f"{media.FOLDER}/")
        )
        try:
            databases.refuse_pooler()
            self._check(folder, listed, engine)
            if not replace:
                _refuse_used(engine)
            media.refuse_other_files(folder, names)
            decided = decisions.keep(
                folder, decisions.decided_since(engine, listed) if replace else {}
            )
            signed_in = sessions.stored_keys(engine) if replace else []
            last_keys = engine.last_keys() if replace else {}
            # The files first: at no moment a row names a file that is not there.
            added = media.copy_in(folder, names)
            try:
                engine.restore(folder)
            except BaseException:
                media.delete(added)
                raise
        except (OSError, Error) as error:
            raise CommandError(
                _("Nothing was restored, and the site has not changed: %s") % error
            ) from error
        connection.close()
        engine.move_keys(last_keys)
        found = engine.rows()
        sessions.end_all(signed_in)
        again = grades.send_again()
        tell_again_of_erasing()
        self._tell(listed, found, names)
        if again:
            self.stdout.write(
                ngettext(
                    "%d grade in an LMS is sent again, as it is here now.",
                    "%d grades in LMSs are sent again, as they are here now.",
                    again,
                )
                % again
            )
        if decided is not None:
            self._tell_decided(decided)
        if replace:
            self.stdout.write(
                _(
                    "Not done again by any command: passwords, second steps, emails and sign-ins "
                    "by the university that were changed since the backup are as before. So are "
                    "groups and permissions of staff, pods, portraits, releases of grades that "
                    "were taken back, and names and texts that were edited. People who joined "
                    "after the backup and were removed can join again. Ask people to change "
                    "their password again. The README has the whole list."
                )
            )

    def _check(self, folder: Path, listed: manifest.Manifest, engine) -> None:
        """Refuse a backup that is not whole, or not for this database or this program."""
        broken = manifest.broken_files(folder, listed.files)
        if engine.file not in listed.files and listed.engine == engine.name:
            broken.append(_("%(name)s is not in its list") % {"name": engine.file})
        if broken:
            more = [_("and %d more") % (len(broken) - MAX_TOLD)] if len(broken) > MAX_TOLD else []
            raise CommandError(
                _("The backup is damaged, and nothing was changed:")
                + "".join(f"\n- {line}" for line in [*broken[:MAX_TOLD], *more])
            )
        if listed.engine != engine.name:
            raise CommandError(
                _(
                    "This backup is from %(there)s, but the site’s DATABASE_URL is for %(here)s. "
                    "Name a database of the same kind. Nothing was changed."
                )
                % {"there": listed.engine, "here": engine.name}
            )
        known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
        newer = [f"{app}.{name}" for app, name in listed.migrations if (app, name) not in known]
        if newer:
            raise CommandError(
                _(
                    "A newer version of the program made this backup: this one does not know "
                    "%(name)s. Install that version first. Nothing was changed."
                )
                % {"name": newer[-1]}
            )
        engine.check(folder, listed.rows)

    def _tell(self, listed: manifest.Manifest, found: dict[str, int], names: list[str]) -> None:
        """Print the restored data, and the steps that are left."""
        if any(found.get(table) != number for table, number in listed.rows.items()):
            raise CommandError(
                _("The backup was restored, but the number of rows differs. Is the server running?")
            )
        self.stdout.write(
            _("Restored the backup of %(made_at)s: %(parts)s.")
            % {"made_at": listed.made_at, "parts": ", ".join(_counted(listed, names))}
        )
        self.stdout.write(
            _("Everyone is signed out. Email changes that were not confirmed are dropped.")
        )
        left = set(media.stored_names()) - set(names)
        if left:
            self.stdout.write(
                _("Files left from before the restore, perhaps not named by any row: %d")
                % len(left)
            )
        if listed.settings_withheld:
            self.stdout.write(
                _("Settings that the site had and that are not in a backup: %s")
                % ", ".join(listed.settings_withheld)
            )
        if _lacks_migrations(listed):
            self.stdout.write(_("The program is newer than the backup: run manage.py migrate now."))

    def _tell_decided(self, path: Path) -> None:
        """Print the decisions of people that the restore undid, and how to repeat them."""
        _sign, lines = decisions.lines_of(path.read_text(encoding="utf-8"))
        self.stdout.write(
            _(
                "This happened after the backup, and restoring has undone it: %(lines)s. "
                "People who had erased their account are back, names that were withheld are "
                "printed, and people who had left a course can read it. Before you start the "
                "server, run manage.py catch_up %(path)s"
            )
            % {"lines": ", ".join(lines), "path": path}
        )


def _counted(listed: manifest.Manifest, names: list[str]) -> list[str]:
    """Return the content of a backup, each kind with its number."""
    rows = listed.rows
    courses, people, posts = rows["blog_course"], rows["blog_user"], rows["blog_post"]
    comments, of_all, tables = rows["blog_comment"], sum(rows.values()), len(rows)
    return [
        ngettext("%d course", "%d courses", courses) % courses,
        ngettext("%d person", "%d people", people) % people,
        ngettext("%d post", "%d posts", posts) % posts,
        ngettext("%d comment", "%d comments", comments) % comments,
        ngettext("%d file", "%d files", len(names)) % len(names),
        ngettext("%(rows)d row in %(tables)d tables", "%(rows)d rows in %(tables)d tables", of_all)
        % {"rows": of_all, "tables": tables},
    ]


def _refuse_used(engine) -> None:
    used = engine.used_tables()
    files = sum(1 for _name in media.stored_names())
    if not used and not files:
        return
    found = used[:MAX_TOLD]
    if len(used) > MAX_TOLD:
        found.append(_("and %d more") % (len(used) - MAX_TOLD))
    if files:
        found.append(ngettext("%d file of media", "%d files of media", files) % files)
    raise CommandError(
        _(
            "This site is not empty. Restore into a new one, or use --replace to lose "
            "everything in its database. Nothing was changed. Found here: %s"
        )
        % ", ".join(found)
    )


def _lacks_migrations(listed: manifest.Manifest) -> bool:
    disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return bool(set(disk) - {(app, name) for app, name in listed.migrations})
