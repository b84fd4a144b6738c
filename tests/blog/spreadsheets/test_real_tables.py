"""Files of LMS, registrars and spreadsheet programs: each is opened and kept to the byte."""

import pytest

from blog.spreadsheets import TableRefused, open_table

REFUSED = {"made/empty-file.csv": "empty", "moodle/grade-export.ods": "open_document"}
# Of each file that is not UTF-8 with commas and its headings in the first line: encoding,
# separator, line of the headings.
SPECIAL = {
    "blackboard/gc_EDCI338_fullgc_2026-11-28-10-15-02.xls": ("utf-16-le", "\t", 1),
    "blackboard/upload-column-1.tsv": ("utf-8", "\t", 1),
    "canvas/gradebook-semicolon-decimal-comma-bom.csv": ("utf-8", ";", 1),
    "canvas/rubric-semicolon-bom-excel.csv": ("utf-8", ";", 1),
    "csvkit-test_latin1.csv": ("cp1252", ",", 1),
    "made/excel-europe-semicolon-cp1252.csv": ("cp1252", ";", 1),
    "made/header-not-in-first-row.csv": ("utf-8", ",", 4),
    "made/mac-roman.csv": ("cp1252", ",", 1),
    "made/sep-line.csv": ("utf-8", ";", 2),
    "made/utf16le-tab-unicode-text.txt": ("utf-16-le", "\t", 1),
    "moodle/grade-export-colon.csv": ("utf-8", ":", 1),
    "moodle/grade-export-semicolon-decimal-comma.csv": ("utf-8", ";", 1),
    "moodle/grade-export-tab.txt": ("utf-8", "\t", 1),
    "moodle/grade-export.xlsx": ("", "", 1),
    "moodle/users-semicolon.csv": ("utf-8", ";", 1),
    "other/banner-class-list.csv": ("utf-8", ",", 4),
    "other/egrades-tab.tsv": ("utf-8", "\t", 1),
    "other/google-classroom-grades.csv": ("utf-8", ",", 4),
    "other/markus-students-no-header.csv": ("utf-8", ",", None),
    "other/not-a-csv-vagrantfile.csv": ("utf-8", "", None),
    "other/peoplesoft-class-roster-html.xls": ("utf-8", "", 1),
    "other/plain-emails-only.txt": ("utf-8", "", None),
    "other/plain-outlook-recipients.txt": ("utf-8", ";", None),
    "other/rubric-markus-levels-only.csv": ("utf-8", ",", None),
}
NOT_TEXT = {"moodle/grade-export.xlsx", "other/peoplesoft-class-roster-html.xls"}


@pytest.fixture(scope="module")
def files(real_data):
    """Return the bytes of each file by its name."""
    folder = real_data / "csv"
    paths = (path for path in sorted(folder.rglob("*")) if path.suffix != ".md" and path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_encoding_separator_and_headings_are_found(files):
    found, refused = {}, {}
    for name, data in files.items():
        try:
            table = open_table(data)
        except TableRefused as error:
            refused[name] = error.reason
        else:
            line = table.heading_row.line if table.heading_row else None
            found[name] = (table.encoding, table.delimiter, line)

    assert refused == REFUSED
    assert found == dict.fromkeys(found, ("utf-8", ",", 1)) | SPECIAL


def test_rewriting_changes_the_cell_and_no_other_byte(files):
    for name in files.keys() - NOT_TEXT - REFUSED.keys():
        table = open_table(files[name])
        assert table.rewritten({}) == files[name], name

        row = (table.rows or table.records)[-1]
        changed = table.rewritten({(row.number, len(row.cells) - 1): "4.25"})

        again = open_table(changed, encoding=table.encoding, delimiter=table.delimiter)
        assert again.records[row.number].cells == (*row.cells[:-1], "4.25"), name
        assert [one.cells for one in again.records if one.number != row.number] == [
            one.cells for one in table.records if one.number != row.number
        ], name
        assert len(changed) - len(files[name]) <= 2 * len("4.25"), name
