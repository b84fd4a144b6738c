"""The files of a site, read and written through its storage, wherever that keeps them."""

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.apps import apps
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import CommandError
from django.db.models import FileField
from django.utils.translation import ngettext

from blog.management.backups.databases import Ask
from blog.management.backups.manifest import checksum
from blog.models import Takeout
from blog.models.takeouts import FOLDER as TAKEOUTS

FOLDER = "media"


def stored_names(place: str = "") -> Iterator[str]:
    """Yield the names of all files in the storage."""
    try:
        folders, files = default_storage.listdir(place)
    except FileNotFoundError:  # a site without pictures has no folder of them yet
        return
    at = f"{place}/" if place else ""
    yield from (f"{at}{name}" for name in files)
    for folder in folders:
        yield from stored_names(f"{at}{folder}")


def named_by_rows(ask: Ask, tables: Iterable[str]) -> set[str]:
    """Return the names of all files that rows name."""
    names: set[str] = set()
    there = set(tables)
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField) and model._meta.db_table in there:
                table, column = model._meta.db_table, field.column
                found = ask(f'SELECT "{column}" FROM "{table}" WHERE "{column}" <> \'\'')
                names |= {name for (name,) in found}
    return names


def copy_out(folder: Path) -> None:
    """Copy the files that a backup lacks; one that was deleted a moment ago is left out."""
    for name in stored_names():
        target = folder / FOLDER / name
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with default_storage.open(name) as source, target.open("xb") as copy:
                shutil.copyfileobj(source, copy)
        except FileNotFoundError:
            target.unlink(missing_ok=True)


def copied_names(folder: Path) -> set[str]:
    """Return the names of the files that a backup has."""
    top = folder / FOLDER
    return {path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file()}


def refuse_other_files(folder: Path, names: Iterable[str]) -> None:
    """Raise CommandError if a file of the site has a name of the backup and other content."""
    others = [
        name
        for name in names
        if default_storage.exists(name) and not _is_same(name, folder / FOLDER / name)
    ]
    if others:
        raise CommandError(
            ngettext(
                "%(number)d file of the site has the same name as one in the backup, but "
                "different content: %(first)s. Move it away first. Nothing was changed.",
                "%(number)d files of the site have the same names as files in the backup, "
                "but different content. The first is %(first)s. Move them away first. "
                "Nothing was changed.",
                len(others),
            )
            % {"number": len(others), "first": others[0]}
        )


def copy_in(folder: Path, names: Iterable[str]) -> list[str]:
    """Copy the files of a backup that the site lacks; return their names, none if it fails."""
    added: list[str] = []
    try:
        for name in names:
            if not default_storage.exists(name):
                with (folder / FOLDER / name).open("rb") as file:
                    added.append(default_storage.save(name, File(file)))
                if name.startswith(f"{TAKEOUTS}/"):
                    Takeout(file=name).restrict_file()
    except BaseException:
        delete(added)
        raise
    return added


def delete(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)


def _is_same(name: str, path: Path) -> bool:
    if default_storage.size(name) != path.stat().st_size:
        return False
    with default_storage.open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == checksum(path)
