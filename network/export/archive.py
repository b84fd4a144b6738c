"""Files in a zip that is the same, byte for byte, whenever its files are."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date

FIRST_YEAR_OF_ZIP = 1980


def zipped(files: Mapping[str, bytes], day: date) -> bytes:
    """Return a zip of files by name; each is dated to the start of the day of the export."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            when = max(day.year, FIRST_YEAR_OF_ZIP), day.month, day.day, 0, 0, 0
            info = zipfile.ZipInfo(name, date_time=when)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return out.getvalue()


def encoded(files: Mapping[str, str], *, bom: bool = False) -> dict[str, bytes]:
    """Return texts in UTF-8; tables with the byte order mark by which Excel knows it, if asked."""
    return {
        name: text.encode("utf-8-sig" if bom and name.endswith(".csv") else "utf-8")
        for name, text in files.items()
    }
