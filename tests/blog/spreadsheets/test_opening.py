"""Files as people have them: what is found, what is skipped, and what is refused in which words."""

import codecs
import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from blog.spreadsheets import Remark, TableRefused, open_table

CLASS = "Name,Email\nAna López,ana@example.edu\nBo Łuk,bo@example.edu\n"
CLASS_ROWS = [("Ana López", "ana@example.edu"), ("Bo Łuk", "bo@example.edu")]


def workbook(*rows, **parts):
    """Return an Excel workbook of these rows, with further parts of its archive."""
    book, stream = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def cells_of(table):
    return [row.cells for row in table.rows]


@pytest.mark.parametrize(
    ("data", "encoding", "kinds"),
    [
        (CLASS.encode(), "utf-8", []),
        (codecs.BOM_UTF8 + CLASS.encode(), "utf-8", []),
        (codecs.BOM_UTF16_LE + CLASS.encode("utf-16-le"), "utf-16-le", []),
        (codecs.BOM_UTF16_BE + CLASS.encode("utf-16-be"), "utf-16-be", []),
        (CLASS.encode("utf-16-le"), "utf-16-le", []),
        (CLASS.encode("utf-16-be"), "utf-16-be", []),
        (codecs.BOM_UTF16_LE + CLASS.encode("utf-16-le") + b"\n", "utf-16-le", []),
        (CLASS.replace("Łuk", "Luk").encode("cp1252"), "cp1252", ["encoding_guessed"]),
    ],
)
def test_encoding_is_found(data, encoding, kinds):
    table = open_table(data)

    assert cells_of(table)[0] == CLASS_ROWS[0]
    assert [row.cell(1) for row in table.rows] == [mail for _name, mail in CLASS_ROWS]
    assert table.encoding == encoding
    assert [remark.kind for remark in table.remarks] == kinds


def test_whole_file_decides_whether_it_is_utf8():
    lines = "".join(f"No{number},n{number}@example.edu\n" for number in range(3_000))
    table = open_table(f"Name,Email\n{lines}Zoë,zoe@example.edu\n".encode("cp1252"))

    assert table.encoding == "cp1252"
    assert table.rows[-1].cells == ("Zoë", "zoe@example.edu")


def test_lines_of_two_encodings_are_both_read():
    data = "Name,Email\nZoë,z@example.edu\n".encode() + "Søren,s@example.edu\n".encode("cp1252")
    table = open_table(data)

    assert table.column(0) == ("Zoë", "Søren")
    assert table.remarks == (Remark("mixed_encodings"),)


@pytest.mark.parametrize(
    ("encoding", "name"), [("mac-roman", "Zoë"), ("cp1250", "Łucja"), ("gb18030", "测试")]
)
def test_encoding_can_be_chosen(encoding, name):
    data = f"Name,Email\n{name},x@example.edu\n".encode(encoding)

    assert open_table(data, encoding=encoding).column(0) == (name,)


def test_encoding_that_is_none_of_the_choices_is_refused():
    with pytest.raises(TableRefused, match="undecodable"):
        open_table(CLASS.encode(), encoding="rot13")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
@pytest.mark.parametrize("sign", [",", ";", "\t", ":", "|"])
def test_separator_and_line_ends_are_found(sign, end):
    lines = ["Last name", "First name", "Email"], ["López", "Ana, María", "a@example.edu"]
    quoted = [[f'"{cell}"' if "," in cell else cell for cell in line] for line in lines]
    table = open_table("".join(sign.join(line) + end for line in quoted).encode())

    assert table.delimiter == sign
    assert cells_of(table) == [tuple(lines[1])]


def test_commas_in_names_do_not_separate():
    data = b"Name;Email\nLuna, Ada;ada@example.edu\nMoss, Bob;bob@example.edu\n"

    assert open_table(data).delimiter == ";"


def test_one_column_is_a_table():
    table = open_table(b"Email\nada@example.edu\nbob@example.edu\n")

    assert (table.delimiter, table.column(0)) == ("", ("ada@example.edu", "bob@example.edu"))


def test_separator_line_of_excel_is_honoured_and_skipped():
    table = open_table(b"sep=;\r\nName;Email\r\nAda, Bob;a@example.edu\r\n")

    assert (table.delimiter, table.headings) == (";", ("Name", "Email"))
    assert [(one.row.line, one.reason) for one in table.skipped] == [(1, "separator")]


def test_lines_are_physical_and_numbers_count_records():
    table = open_table(b'Name,Email\r\n"A\r\nB",a@example.edu\r\nC,c@example.edu\r\n')

    assert [(row.number, row.line) for row in table.rows] == [(1, 2), (2, 4)]
    assert table.rows[0].cells == ("A\r\nB", "a@example.edu")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "blank"),
        (" , ,\xa0,", "blank"),
        ("    Points Possible,,,10.00", "points"),
        ("Points Possible,,,20", "points"),
        ("    Erreichbare Punktzahl,,,10", "points"),
        (",,,Out of", "points"),
        (",,,Manual Posting", "posting"),
        (",,,Muted", "posting"),
        ("Mean,,,7.5", "summary"),
        ("Class average,,,81%", "summary"),
        ("Total: 2,,,", "summary"),
        ("Total,8,,", "summary"),
        ("Student,ID,Email,Blog 1", "heading"),
        ("Total,Anna,,7", ""),
        ("Date,,date@example.edu,7", ""),
        (",,,7", ""),
    ],
)
def test_row_that_is_nobodys_is_skipped_with_the_reason(line, reason):
    table = open_table(f"Student,ID,Email,Blog 1\n{line}\nAda,1,ada@example.edu,7\n".encode())

    assert [(one.row.line, one.reason) for one in table.skipped] == [(2, reason)] * bool(reason)
    assert table.rows[-1].cells == ("Ada", "1", "ada@example.edu", "7")


def test_heading_row_is_found_below_titles():
    lines = "Class list,,\nprinted 2026,,\n,,\nNo.,Nom,Courriel\n1,Zoë,z@example.edu\n"
    table = open_table(lines.encode())

    assert table.headings == ("No.", "Nom", "Courriel")
    assert [one.reason for one in table.skipped] == ["title", "title", "blank"]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("姓名,未知\n测试,jun@example.edu\n", ("姓名", "未知")),
        ("Qqq,Www\nAda,ada@example.edu\n", ("Qqq", "Www")),
        ("Ada,ada@example.edu\nBob,bob@example.edu\n", ()),
        ("c8mahler,Mahler,Gustav\nc9magnar,Magnard,Alberic\n", ()),
        ("Ada\nBob\n", ()),
    ],
)
def test_heading_row_of_unknown_words_is_one_unlike_the_rows_below(text, headings):
    assert open_table(text.encode()).headings == headings


def test_heading_row_can_be_chosen():
    data = b"Ada,Luna\nBob,Moss\n"

    assert open_table(data, heading=0).headings == ("Ada", "Luna")
    assert open_table(b"Name,Email\n", heading=None).column(0) == ("Name",)


def test_what_is_odd_is_noted_with_its_line():
    table = open_table(
        b'Name,Email,Grade,Grade\nAda,ada@example.edu,1,2,3\nBob\nC\0y,"cy@example.edu,1,2\n'
        b'"Di" Lee,di@example.edu,1,2\n'
    )

    assert set(table.remarks) == {
        Remark("duplicate_heading", 1, "Grade"),
        Remark("long_row", 2),
        Remark("short_row", 3),
        Remark("nul_characters", 4),
        Remark("stray_quote", 4),
        Remark("stray_quote", 5),
    }
    assert [row.cell(0) for row in table.rows] == ["Ada", "Bob", "Cy", '"Di" Lee']


def test_quote_that_never_closes_swallows_no_other_row():
    table = open_table(b'Name,Email\n"Ada,ada@example.edu\nBob,bob@example.edu\n')

    assert cells_of(table) == [('"Ada', "ada@example.edu"), ("Bob", "bob@example.edu")]
    assert table.remarks == (Remark("unclosed_quote", 2),)


def test_quote_that_swallowed_a_row_is_noted():
    table = open_table(b'Name,Email,Pod\n"Ada,a@example.edu,1\nBob,b@example.edu,"\nCy,c,1\n')

    assert Remark("quote_over_lines", 2) in table.remarks


def test_workbook_is_read_as_excel_shows_it():
    data = workbook(
        ["Name", "Student ID", "Blog", "When", "Here"],
        ["Ada", "00417", 7.5, date(2026, 11, 5), True],
        [],
        ["Bob", 417230, 10.0, None, None],
    )
    table = open_table(data, "class.csv")

    assert cells_of(table) == [
        ("Ada", "00417", "7.5", "2026-11-05 00:00:00", "TRUE"),
        ("Bob", "417230", "10"),
    ]
    assert (table.kind, table.is_rewritable) == ("workbook", False)
    with pytest.raises(TableRefused, match="not_text"):
        table.rewritten({})


def test_page_named_xls_is_read():
    page = (
        "<html><style>td{}</style><p>Roster<table><tr><th>ID<th>Name<th colspan=2>Mail</tr>"
        "<tr><td>007<td>Luna,<br>Ada&nbsp;M.<td>ada@example.edu<td>x</table>"
    )
    table = open_table(page.encode(), "roster.xls")

    assert table.headings == ("ID", "Name", "Mail", "")
    assert cells_of(table) == [("007", "Luna, Ada M.", "ada@example.edu", "x")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \r\n,,\r\n\x1a", "empty"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"RIFF\0\0\0\0WEBP", "picture"),
        (b"\0\0\0\x18ftypheic", "picture"),
        (b"{\\rtf1}", "rich_text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_workbook"),
        (b"PK\x03\x04 and nothing", "broken_workbook"),
        (b"\x01\x02\x03\x04\x05\x06Name,Email", "binary"),
        (b"<!DOCTYPE html><p>Sign in", "no_table"),
        (b'<?xml version="1.0"?><Workbook/>', "xml"),
        (b"\xff\xfe\x00\xd8,\0", ""),
    ],
)
def test_what_is_no_table_is_refused_by_its_content(data, reason):
    if not reason:
        assert open_table(data).records[0].cells == ("\ufffd", "")
        return
    with pytest.raises(TableRefused) as refused:
        open_table(data, "roster.csv")

    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "open_document"),
        ({"[Content_Types].xml": "", "word/document.xml": ""}, "document"),
        ({"a.txt": ""}, "archive"),
        ({"xl/workbook.xml": "<workbook"}, "broken_workbook"),
        ({"xl/workbook.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}, "broken_workbook"),
    ],
)
def test_archive_that_is_no_workbook_is_refused(parts, reason):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)

    with pytest.raises(TableRefused) as refused:
        open_table(stream.getvalue())

    assert refused.value.reason == reason


def test_pictures_and_settings_of_a_printer_in_a_workbook_are_no_matter():
    parts = {"xl/media/a.png": "\x89PNG <\0", "xl/printerSettings/printerSettings1.bin": "\0\1"}

    assert open_table(workbook(["Name", "Email"], ["Ada", "a@b.example"], **parts)).rows


def test_the_sheet_that_looks_like_a_list_is_read():
    book, stream = Workbook(), io.BytesIO()
    for text in ("Read me", "Questions: help@example.edu"):
        book.active.append([text])
    people = book.create_sheet("Students")
    for row in [("First", "Last", "Email"), ("Ana", "López", "ana@example.edu")]:
        people.append(row)
    book.save(stream)

    table = open_table(stream.getvalue())

    assert table.headings == ("First", "Last", "Email")
    assert table.remarks == (Remark("one_of_sheets", text="Students"),)


def test_a_merged_cell_stands_in_each_row_that_it_covers():
    book, stream = Workbook(), io.BytesIO()
    rows = [
        ("Class of 2026", None, None),
        ("Group", "Name", "Email"),
        ("Cedar", "Ana", "ana@example.edu"),
        (None, "Bo", "bo@example.edu"),
        (None, "Cy", None),
        ("Heron", "Di", "di@example.edu"),
    ]
    for row in rows:
        book.active.append(row)
    for cells in ("A1:C1", "A3:A5", "C5:C99"):
        book.active.merge_cells(cells)
    book.save(stream)

    table = open_table(stream.getvalue())

    assert table.column(0) == ("Cedar", "Cedar", "Cedar", "Heron")
    assert table.column(2) == ("ana@example.edu", "bo@example.edu", "", "")


def test_merged_cells_beyond_the_bounds_are_refused():
    book, stream = Workbook(), io.BytesIO()
    for number in range(1_000):
        book.active.append([f"Name {number}", "ana@example.edu"])
    book.save(stream)
    ranges = '<mergeCell ref="A1:A1000"/>' * 4_000
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(stream) as before,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.namelist():
            text = before.read(part)
            if part.endswith("sheet1.xml"):
                text = text.replace(
                    b"</sheetData>", f"</sheetData><mergeCells>{ranges}</mergeCells>".encode()
                )
            after.writestr(part, text)

    with pytest.raises(TableRefused) as refused:
        open_table(changed.getvalue())

    assert refused.value.reason == "too_many_cells"
