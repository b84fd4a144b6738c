"""Files in a zip that is the same, byte for byte, whenever its files are."""

import codecs
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import IO

FIRST_YEAR_OF_ZIP = 1980
CHUNK_CHARS = 64 * 1024


def write_zip(out: IO[bytes], files: Mapping[str, Iterable[bytes]], day: date) -> None:
    """Write a zip of files by name; each is dated to the start of the day of the export."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, chunks in files.items():
            when = max(day.year, FIRST_YEAR_OF_ZIP), day.month, day.day, 0, 0, 0
            info = zipfile.ZipInfo(name, date_time=when)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            with archive.open(info, "w") as member:
                for chunk in chunks:
                    member.write(chunk)


def encoded(files: Mapping[str, Iterable[str]], *, bom: bool = False) -> dict[str, Iterator[bytes]]:
    """Return texts in UTF-8; tables with the byte order mark by which Excel knows it, if asked.

    A text comes in lines and goes in chunks, so that no file is in memory as a whole.
    """
    return {
        name: _chunks(lines, codecs.BOM_UTF8 if bom and name.endswith(".csv") else b"")
        for name, lines in files.items()
    }


def _chunks(lines: Iterable[str], first: bytes) -> Iterator[bytes]:
    if first:
        yield first
    ahead, size = [], 0
    for line in lines:
        ahead.append(line)
        size += len(line)
        if size >= CHUNK_CHARS:
            yield "".join(ahead).encode()
            ahead, size = [], 0
    yield "".join(ahead).encode()
