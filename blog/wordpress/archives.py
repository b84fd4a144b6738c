"""Uploaded files: an export as it is, or a zip of its parts; and the content of a zip. Pure."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO

from blog.wordpress.items import WordPressRefused
from blog.zips import open_zip

MAX_FILE_BYTES = 25_000_000  # WordPress divides exports at 15 MB
MAX_TOTAL_BYTES = 60_000_000
MAX_FILES = 20
MAX_ZIP_ENTRIES = 20_000
ZIP = b"PK\x03\x04"
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, NotImplementedError),
    *(RuntimeError, EOFError, OSError, ValueError),
)


def open_upload(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an upload with their names: itself, or those ending in .xml of a zip."""
    if not data.startswith(ZIP):
        if len(data) > MAX_FILE_BYTES:
            raise WordPressRefused("too_large", name=name)
        yield name, data
        return
    found = 0
    for entry, content in _entries(name, data):
        found += 1
        if found > MAX_FILES:
            raise WordPressRefused("too_many_files", name=name)
        yield entry, content
    if not found:
        raise WordPressRefused("zip_without_xml", name=name)


def _entries(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with open_zip(BytesIO(data)) as archive:
            for entry in _listed(archive, name):
                if entry.filename.lower().endswith(".xml"):
                    base = entry.filename.rpartition("/")[2]
                    yield base, read_entry(archive, entry, MAX_FILE_BYTES)
    except BROKEN as error:
        raise WordPressRefused("broken_zip", name=name) from error


def _listed(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    listed = archive.infolist()
    if len(listed) > MAX_ZIP_ENTRIES:
        raise WordPressRefused("too_many_files", name=name)
    return [one for one in listed if not one.is_dir() and not is_hidden(one.filename)]


def is_hidden(path: str) -> bool:
    """Return whether a file of a zip is one of a system and not of a person."""
    return path.startswith("__MACOSX/") or path.rpartition("/")[2].startswith(".")


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """Return the content of a file of a zip, read no further than ``limit`` whatever it claims."""
    with archive.open(entry) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise WordPressRefused("too_large", name=entry.filename.rpartition("/")[2])
    return content


def list_media(file: IO[bytes]) -> list[str]:
    """Return the paths of the files in a zip of media; raise WordPressRefused for no zip."""
    with MediaZip(file) as media:
        return media.paths()


class MediaZip:
    """A zip of media, whose list of files is read once; raises WordPressRefused for no zip."""

    def __init__(self, file: IO[bytes]):
        self.file = file
        try:
            self._archive = open_zip(file)
        except BROKEN as error:
            raise WordPressRefused("broken_zip") from error

    def __enter__(self) -> "MediaZip":
        return self

    def __exit__(self, *error: object) -> None:
        self._archive.close()

    def paths(self) -> list[str]:
        return [one.filename for one in _listed(self._archive, "")]

    def read(self, path: str, limit: int) -> bytes | None:
        """Return a file; None if it is not there, broken, or larger."""
        try:
            return read_entry(self._archive, self._archive.getinfo(path), limit)
        except (
            KeyError,
            *BROKEN,
            WordPressRefused,
        ):
            return None
