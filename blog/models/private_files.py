"""Files that no address leads to, and that are not kept: zips of take-outs and of imports."""

from datetime import timedelta
from pathlib import Path

from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.crypto import get_random_string

TOKEN_LENGTH = 40
# A file that has no row for so long is not one that is just being stored.
UNNAMED_FOR = timedelta(hours=1)


def unguessable_zip(folder: str) -> str:
    """Return a path that names nobody and that nobody can guess."""
    return f"{folder}/{get_random_string(TOKEN_LENGTH).lower()}.zip"


def restrict_file(file: FieldFile) -> None:
    """Let nobody but the account that runs the site read a file, where it is on a disk."""
    try:
        path = Path(file.path)
    except NotImplementedError:  # it is in a bucket, which has rules of its own
        return
    path.parent.chmod(0o700)
    path.chmod(0o600)


def delete_unnamed_files(model: type[Model], field: str, folder: str) -> int:
    """Delete the files of a folder that no row names, and return their number.

    Whoever stores one can die before its row names it, or before the rest of it is written.
    """
    storage = model._meta.get_field(field).storage  # type: ignore[union-attr]
    try:
        paths = [f"{folder}/{name}" for name in storage.listdir(folder)[1]]
    except FileNotFoundError:  # none was ever made
        return 0
    rows = model._default_manager.exclude(**{field: ""})
    named = set(rows.values_list(field, flat=True))
    horizon, deleted = timezone.now() - UNNAMED_FOR, 0
    for path in paths:
        if path not in named and storage.get_modified_time(path) < horizon:
            storage.delete(path)
            deleted += 1
    return deleted
