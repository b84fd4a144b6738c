"""The zip of a take-out, written a file at a time: what is large is never in memory."""

import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import IO

FIRST_YEAR_OF_ZIP = 1980
COMPRESSED = (".webp", ".png")  # already


class Archive:
    """A zip whose files have the time at which it was made. ``names`` are those in it."""

    def __init__(self, out: IO[bytes], at: datetime):
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self._date = (max(at.year, FIRST_YEAR_OF_ZIP), at.month, at.day, at.hour, at.minute, 0)
        self.names: set[str] = set()

    def add(self, name: str, chunks: Iterable[bytes | str]) -> None:
        """Write a file; text becomes UTF-8."""
        if name in self.names:
            raise ValueError(f"{name} is in the zip already")
        self.names.add(name)
        info = zipfile.ZipInfo(name, date_time=self._date)
        is_small = name.endswith(COMPRESSED)
        info.compress_type = zipfile.ZIP_STORED if is_small else zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        with self._zip.open(info, "w", force_zip64=True) as file:
            for chunk in chunks:
                file.write(chunk.encode() if isinstance(chunk, str) else chunk)

    def close(self) -> None:
        self._zip.close()
