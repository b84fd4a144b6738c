"""Look through the archive of a workbook before anybody builds something of it."""

import zipfile
from contextlib import suppress
from xml.parsers import expat

from blog.spreadsheets.table import MAX_CELLS, MAX_ROWS, TableRefused

MAX_UNPACKED_BYTES = 25 * 1024 * 1024  # 300,000 cells have 12 MB
MAX_STYLE_BYTES = 1024 * 1024  # of what is neither cells nor texts, and slow to read
CONTENT = ("xl/worksheets/", "xl/sharedStrings.xml", "xl/media/")
MAX_PARTS = 500
MAX_ELEMENTS = 8 * MAX_CELLS  # a cell with its text in it has three
MAX_ROW_ELEMENTS = 4 * MAX_ROWS  # of all sheets
MAX_DEPTH = 50
MAX_MERGED = 5_000  # ranges of a sheet
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


def check_workbook(archive: zipfile.ZipFile) -> dict[str, tuple[str, ...]]:
    """Raise TableRefused for an archive that is no workbook, or is larger than the bounds.

    A part that claims to be smaller than it is, is cut at what it claims. Return the merged cells
    of each part, such as “A4:A6”.
    """
    parts = archive.infolist()
    styles = sum(part.file_size for part in parts if not part.filename.startswith(CONTENT))
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES or styles > MAX_STYLE_BYTES:
        raise TableRefused("too_large")
    names = {part.filename for part in parts}
    if "mimetype" in names and archive.read("mimetype").startswith(OPEN_DOCUMENT):
        raise TableRefused("open_document")
    if "xl/workbook.xml" not in names:
        raise TableRefused("document" if "[Content_Types].xml" in names else "archive")
    elements = _Elements()
    merged = {}
    for part in parts:
        elements.count(archive.read(part))
        merged[part.filename] = tuple(elements.merged)
    return merged


class _Elements:
    """The elements of all parts: no program writes them deep, and none declares entities.

    Rows and cells cost their time also where they are empty, and on every sheet.
    """

    def __init__(self) -> None:
        self.depth = self.elements = self.cells = self.rows = 0
        self.merged: list[str] = []

    def count(self, content: bytes) -> None:
        """Raise TableRefused for more than the bounds.

        What is no XML, as a picture, is read as far as it is by whoever comes next.
        """
        self.depth = 0
        self.merged = []
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse
        with suppress(expat.ExpatError):
            parser.Parse(content, True)

    def _start(self, name: str, attributes: dict) -> None:
        self.depth += 1
        self.elements += 1
        element = name.rpartition(" ")[2]
        self.cells += element == "c"
        self.rows += element == "row"
        if element == "mergeCell" and len(self.merged) < MAX_MERGED:
            self.merged.append(attributes.get("ref", ""))
        if self.depth > MAX_DEPTH:
            raise TableRefused("broken_workbook")
        if self.cells > MAX_CELLS or self.elements > MAX_ELEMENTS:
            raise TableRefused("too_many_cells")
        if self.rows > MAX_ROW_ELEMENTS:
            raise TableRefused("too_many_rows")

    def _end(self, _name: str) -> None:
        self.depth -= 1

    def _refuse(self, *_declaration: object) -> None:
        raise TableRefused("broken_workbook")
