"""Open an uploaded zip without reading a list of its files that has no end. Pure."""

import zipfile
from typing import IO

MAX_DIRECTORY_BYTES = 4_000_000  # 20,000 files with long names


def open_zip(file: IO[bytes], *, limit: int = MAX_DIRECTORY_BYTES) -> zipfile.ZipFile:
    """Return a zip to read from; raise BadZipFile, also where its directory is larger than this.

    ``zipfile`` reads the whole directory, however long, and makes an object of each file in it
    before anybody can count them: a million in 50 MB. It asks for it in one piece.
    """
    opened = _Opened(file, limit)
    archive = zipfile.ZipFile(opened)
    opened.limit = None
    return archive


class _Opened:
    """A file of which no piece is larger than the limit while there is one."""

    def __init__(self, file: IO[bytes], limit: int):
        self.file = file
        self.limit: int | None = limit
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        if self.limit is None:
            return self.file.read(size)
        piece = self.file.read(self.limit + 1 if size < 0 else min(size, self.limit + 1))
        if len(piece) > self.limit:
            raise zipfile.BadZipFile("The directory is too large")
        return piece
