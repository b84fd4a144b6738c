"""The list of what a backup holds: files with their checksums, rows, versions and settings."""

import hashlib
import json
import os
import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import django
from django.core.management import CommandError
from django.utils.translation import gettext as _

NAME = "manifest.json"
FORMAT = 1

# What a site is set up with: values that a backup tells, and those of which it tells only whether
# they were set, because they open something.
SHOWN = (
    *("ALLOWED_HOSTS", "AKISMET_URL", "BACKUPS_KEPT_DAYS", "CROSSREF_URL", "DEBUG", "DOI_URL"),
    *("CSRF_TRUSTED_ORIGINS", "DEFAULT_FROM_EMAIL", "HSTS_SECONDS", "HTTPS", "LOG_FORMAT"),
    *("LOOKUP_MAILTO", "NOTICE_VERSION", "OIDC_CLIENT_ID", "OIDC_EMAIL_TRUSTED", "OIDC_NAME"),
    *("OIDC_SILENCE_TRUSTED", "OWN_BLOGS", "SITE_LANGUAGE"),
    *("OIDC_URL", "PASSWORD_SIGNUP", "PRIVACY_AUTHORITY", "PRIVACY_CONTACT", "RETENTION_DAYS"),
    *("S3_BUCKET", "S3_ENDPOINT", "S3_REGION", "SECURITY_CONTACT", "SIGNUP_EMAIL_DOMAINS"),
    *("SITE_URL", "TRUSTED_PROXY_COUNT", "TWO_STEP_REQUIRED_FOR"),
)
WITHHELD = (
    *("AKISMET_KEY", "CACHE_URL", "DATABASE_URL", "EMAIL_URL", "METRICS_TOKEN", "OIDC_SECRET"),
    *("REPLICA_URL", "SECRET_KEY", "SENTRY_DSN"),
)


@dataclass
class Manifest:
    """``files``: path within the backup → [bytes, SHA-256]; ``rows``: table → number of rows.

    ``events``: the keys of the audit events that it has of the last minutes before, and of those
    while it was made; None in one of an earlier release.
    """

    made_at: str
    engine: str
    files: dict[str, list] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    migrations: list[list[str]] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    settings_withheld: list[str] = field(default_factory=list)
    files_missing: list[str] = field(default_factory=list)
    events: list[int] | None = None
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Write it at last: a folder without one is no backup."""
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False, sort_keys=True)
        path = folder / NAME
        path.write_text(text + "\n", encoding="utf-8")
        path.chmod(0o600)
        flush_to_disk(path)


def read(folder: Path) -> Manifest:
    """Return the manifest of a backup; CommandError names the fault in it."""
    path = folder / NAME
    if not path.is_file():
        raise CommandError(
            _("%(folder)s is not a whole backup: it has no %(name)s. Nothing was changed.")
            % {"folder": folder, "name": NAME}
        )
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored["format"] != FORMAT:
            raise CommandError(
                _(
                    "This backup has the format %(format)s, and this version of the program reads "
                    "%(own)d. Restore it with the version that made it. Nothing was changed."
                )
                % {"format": stored["format"], "own": FORMAT}
            )
        return Manifest(**stored)
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError(
            _("%(path)s cannot be read. Take another backup. Nothing was changed.") % {"path": path}
        ) from error


def broken_files(folder: Path, files: Mapping[str, list]) -> list[str]:
    """Return the faults in the files of a backup, one line for each."""
    found = []
    for name, (size, digest) in sorted(files.items()):
        path = folder / name
        if path.is_symlink() or not path.resolve().is_relative_to(folder.resolve()):
            found.append(_("%(name)s is not a file of the backup") % {"name": name})
        elif not path.is_file():
            found.append(_("%(name)s is missing") % {"name": name})
        elif path.stat().st_size != size or checksum(path) != digest:
            found.append(_("%(name)s has changed since it was written") % {"name": name})
    return found


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sealed(folder: Path, names: Iterable[str]) -> dict[str, list]:
    """Return size and checksum of files of a backup, once they are on the disk itself."""
    entries = {}
    for name in sorted(names):
        path = folder / name
        path.chmod(0o600)
        flush_to_disk(path)
        entries[name] = [path.stat().st_size, checksum(path)]
    return entries


def flush_to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, would outlive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def versions(database: str) -> dict[str, str]:
    return {
        "python": platform.python_version(),
        "django": django.get_version(),
        "database": database,
    }


def settings_told(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of a site that open nothing."""
    return {name: environment[name] for name in SHOWN if name in environment}


def settings_withheld(environment: Mapping[str, str]) -> list[str]:
    """Return the names of the others: whoever restores needs them from elsewhere."""
    return [name for name in WITHHELD if name in environment]
