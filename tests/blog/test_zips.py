"""Uploaded zips: what is not opened, because its list of files is too long."""

import struct
import zipfile
from io import BytesIO

import pytest

from blog.spreadsheets import TableRefused
from blog.spreadsheets.workbooks import rows_of_workbook
from blog.wordpress import WordPressRefused, open_upload
from blog.wordpress.archives import MediaZip, list_media
from blog.zips import MAX_DIRECTORY_BYTES, open_zip

NAME = b"a.xml"


def crowded(count):
    """Return a zip with one file that its directory names many times, in zip64."""
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 0, 0, 0, 0, 0, 0, len(NAME), 0) + NAME
    entry = struct.pack(
        "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, *[0] * 7, len(NAME), *[0] * 6
    )  # fmt: skip
    size, start = (len(entry) + len(NAME)) * count, len(local)
    end64 = struct.pack(
        "<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, size, start
    )  # fmt: skip
    locator = struct.pack("<IIQI", 0x07064B50, 0, start + size, 1)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1, 0)
    return local + (entry + NAME) * count + end64 + locator + end


def test_a_zip_whose_files_nobody_could_count_is_not_opened():
    whole, too_many = crowded(1_000), crowded(1_000_000)

    assert len(open_zip(BytesIO(whole)).infolist()) == 1_000
    with pytest.raises(zipfile.BadZipFile):
        open_zip(BytesIO(too_many))


def test_no_more_than_the_limit_is_read_of_it():
    read = []

    class Counting(BytesIO):
        def read(self, size=-1):
            read.append(len(piece := super().read(size)))
            return piece

    with pytest.raises(zipfile.BadZipFile):
        open_zip(Counting(crowded(1_000_000)))
    assert max(read) == MAX_DIRECTORY_BYTES + 1


def test_what_is_in_a_zip_may_be_larger_than_its_directory():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.xml", b"a" * 100)

    with open_zip(BytesIO(out.getvalue()), limit=80) as archive:
        assert archive.read("a.xml") == b"a" * 100


def test_uploads_with_such_a_zip_are_refused():
    data = crowded(1_000_000)

    with pytest.raises(WordPressRefused, match="broken_zip"):
        list(open_upload("all.zip", data))
    with pytest.raises(WordPressRefused, match="broken_zip"):
        list_media(BytesIO(data))
    with pytest.raises(TableRefused, match="broken_workbook"):
        rows_of_workbook(data)


def test_a_zip_of_media_is_listed_once(monkeypatch):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.png", b"one")
        archive.writestr("b.png", b"two")
    opened = []
    monkeypatch.setattr(
        "blog.wordpress.archives.open_zip", lambda file: opened.append(file) or open_zip(file)
    )

    with MediaZip(out) as media:
        found = [media.read(name, 100) for name in ("a.png", "b.png", "c.png")]

    assert (found, len(opened)) == ([b"one", b"two", None], 1)
