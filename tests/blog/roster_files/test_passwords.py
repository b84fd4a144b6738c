"""Files are kept without the passwords in them."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from blog.roster_files import without_passwords
from blog.spreadsheets import TableRefused

ROWS = [["Name", "Email", "Passwort"], ["Nia New", "nia@example.edu", "s3cret"]]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            'Name,Password,Email\r\n"New, Nia","s3,cret",nia@example.edu\r\n',
            'Name,Password,Email\r\n"New, Nia","",nia@example.edu\r\n',
        ),
        (
            "login_id;password;email\nnia;s3cret;nia@example.edu\n",
            "login_id;password;email\nnia;;nia@example.edu\n",
        ),
        (
            "Name,Password,Email\nNia,,nia@example.edu\n",
            "Name,Password,Email\nNia,,nia@example.edu\n",
        ),
        ("Name,Email\nNia,nia@example.edu\n", "Name,Email\nNia,nia@example.edu\n"),
        ("Nia New <nia@example.edu>\n", "Nia New <nia@example.edu>\n"),
        ("", ""),
    ],
)
def test_a_file_of_text_loses_its_passwords_alone(text, kept):
    assert without_passwords(text.encode()) == kept.encode()


def test_a_workbook_with_passwords_is_refused():
    workbook, file = Workbook(), BytesIO()
    for row in ROWS:
        workbook.active.append(row)
    workbook.save(file)

    with pytest.raises(TableRefused, match="passwords"):
        without_passwords(file.getvalue(), "class.xlsx")
