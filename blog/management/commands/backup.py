"""Write a whole and consistent copy of the site, while it runs."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.management.backups import databases, decisions, manifest, media

# How often the database is copied again because files were deleted meanwhile.
TRIES = 5


class Command(BaseCommand):
    # A site that is half broken needs its backup most.
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.description = _(
            "Write a whole and consistent copy of the site into a new folder, while it "
            "runs: the database, then the files of media, and a list of them with their "
            "checksums. The folder appears when it is complete. It has everything that "
            "people wrote: keep it as safe as the site."
        )
        parser.add_argument("folder", type=Path, metavar="DIR", help=_("a folder to make"))

    def handle(self, *, folder: Path, **options):
        folder = folder.absolute()
        _refuse_place(folder)
        try:
            with _appearing_whole(folder) as unfinished:
                made = _write(unfinished)
        except (OSError, Error) as error:
            raise CommandError(
                _("There is no backup at %(folder)s: %(error)s")
                % {"folder": folder, "error": error}
            ) from error
        size = sum(entry[0] for entry in made.files.values())
        self.stdout.write(
            _("Backup of %(people)d people, %(posts)d posts and %(files)d files, %(size).1f MB: ")
            % {
                "people": made.rows["blog_user"],
                "posts": made.rows["blog_post"],
                "files": len(made.files) - 1,
                "size": size / 1e6,
            }
            + str(folder)
        )
        for name in made.files_missing:
            self.stderr.write(_("The site itself lacks a file that it names: %s") % name)


def _write(folder: Path) -> manifest.Manifest:
    """Write everything into a folder; the manifest is written at last."""
    engine = databases.engine()
    databases.refuse_pooler()
    made_at = timezone.now()
    lacking: set[str] | None = None
    for _try in range(TRIES):
        with engine.copied(folder) as (ask, tables):
            rows = databases.rows_of(ask, tables)
            named = media.named_by_rows(ask, tables)
            events = decisions.last_events(ask, tables, made_at)
            migrations = ask('SELECT app, name FROM "django_migrations" ORDER BY app, name')
        media.copy_out(folder)
        before, lacking = lacking, named - media.copied_names(folder)
        # A portrait may go between the two copies. What is lacking twice was lacking before.
        if not lacking or lacking == before:
            break
    names = [f"{media.FOLDER}/{name}" for name in media.copied_names(folder)]
    made = manifest.Manifest(
        made_at=made_at.isoformat(timespec="seconds"),
        engine=engine.name,
        files=manifest.sealed(folder, [engine.file, *names]),
        rows=rows,
        migrations=[[app, name] for app, name in migrations],
        versions=manifest.versions(engine.version()),
        settings=manifest.settings_told(os.environ),
        settings_withheld=manifest.settings_withheld(os.environ),
        files_missing=sorted(lacking or ()),
        events=events,
    )
    made.write(folder)
    return made


@contextmanager
def _appearing_whole(folder: Path) -> Iterator[Path]:
    """Yield a folder beside the one to make, which gets its name when all went well.

    Whatever goes wrong, nothing is left that looks like a backup. Others of the machine cannot
    read it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = folder.with_name(f"{folder.name}.unfinished-{os.getpid()}")
    unfinished.mkdir(mode=0o700)
    try:
        yield unfinished
        for place in [unfinished, *filter(Path.is_dir, unfinished.rglob("*"))]:
            manifest.flush_to_disk(place)
        unfinished.rename(folder)
        manifest.flush_to_disk(folder.parent)
    except BaseException:
        with suppress(OSError):
            shutil.rmtree(unfinished)
        raise


def _refuse_place(folder: Path) -> None:
    """Refuse a folder that has something in it, or that the site serves files from."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise CommandError(_("%s already exists. Name a folder that does not exist yet.") % folder)
    if folder.is_relative_to(Path(settings.MEDIA_ROOT).absolute()):
        raise CommandError(
            _("%s is among the files of the site. Name a folder elsewhere.") % folder
        )
    if connection.vendor not in databases.ENGINES:
        raise CommandError(_("There is no backup for %s.") % connection.vendor)
