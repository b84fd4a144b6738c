"""Tables of people: whose columns these are, and what stands in the way of an invitation."""

import pytest

from blog.roster_files import RosterRow, read_roster
from blog.spreadsheets import Remark, TableRefused

NAMES = ("name", "family_name", "given_name")


def roster(text, **answers):
    return read_roster(text.encode(), "roster.csv", answers)


def the_row(text, **answers):
    """Return the only person of a roster."""
    [row] = roster(text, **answers).rows
    return row


def test_row_has_all_that_was_asked_for_and_nothing_else():
    text = (
        "Last Name,First Name,Email,SIS User ID,SIS Login ID,ID,Section,Group,Role,Password,Blog\n"
        "Łuk,Bo,BO@example.edu,007,bo1,88,A01,Pod A,TA,secret,9\n"
    )

    assert roster(text).rows == (
        RosterRow(
            lines=(2,),
            name="Bo Łuk",
            family_name="Łuk",
            given_name="Bo",
            email="bo@example.edu",
            identifiers={"sis_id": "007", "login": "bo1", "lms_id": "88"},
            sections=("A01",),
            pods=("Pod A",),
            role="assistant",
        ),
    )
    assert "secret" not in repr(roster(text))


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Ana López", ("Ana López", "", "")),
        ('"López, Ana"', ("Ana López", "López", "Ana")),
        ('"López,Ana"', ("Ana López", "López", "Ana")),
        ('"Moss, III, Bo"', ("Bo Moss III", "Moss III", "Bo")),
        ('"Moss, Bo, Jr."', ("Bo Moss Jr.", "Moss Jr.", "Bo")),
        ('"Madonnina,"', ("Madonnina", "Madonnina", "")),
        ('", Prospero"', ("Prospero", "", "Prospero")),
        ('"王, 小明"', ("王小明", "王", "小明")),
        ('"Moss\r\n(née Sol), Bo"', ("Bo Moss (née Sol)", "Moss (née Sol)", "Bo")),
        ('"=""=Moss, Bo"""', ("Bo =Moss", "=Moss", "Bo")),
        ('"=HYPERLINK(""a"",""b"")"', ('=HYPERLINK("a","b")', "", "")),
        ("\u202eAn\u200ba\ufeff", ("Ana", "", "")),
        ("مهدی\u200cپور", ("مهدی\u200cپور", "", "")),
        ("FNU", ("", "", "")),
    ],
)
def test_name_is_read_in_one_cell(cell, name):
    row = the_row(f"Name,Email\n{cell},a@example.edu\n")

    assert tuple(getattr(row, field) for field in NAMES) == name


@pytest.mark.parametrize(
    ("family", "given", "name"),
    [("Sol", "Mina", "Mina Sol"), (".", "Suharyanto", "Suharyanto"), ("Teller", "-", "Teller")],
)
def test_name_is_read_in_two_cells(family, given, name):
    assert the_row(f"Surname,Given name,Mail\n{family},{given},a@example.edu\n").name == name


@pytest.mark.parametrize(
    ("cell", "email", "problem"),
    [
        ("mailto:Ada@Example.EDU", "ada@example.edu", ""),
        ("<ada@example.edu>", "ada@example.edu", ""),
        (" ada@example.edu.", "ada@example.edu", ""),
        ("ada＠example.edu", "ada@example.edu", ""),
        ("o'brian@example.edu", "o'brian@example.edu", ""),
        ("ada+pln@sub.example.ac.uk", "ada+pln@sub.example.ac.uk", ""),
        ("ada@exämple.edu", "ada@exämple.edu", ""),
        ("n/a", "", "no_email"),
        ("", "", "no_email"),
        ("ada@", "", "bad_email"),
        ("ada", "", "bad_email"),
        ("a da@example.edu", "", "bad_email"),
        ("Straße@Example.DE", "straße@example.de", ""),
        ("ada@example", "", "bad_email"),
        ("ada..l@example.edu", "", "bad_email"),
        ('"ada@example.edu\r\nBcc: eve"', "", "bad_email"),
        ("ada@example.edu; ada@example.org", "", "several_emails"),
        ("ada@example.edu; ADA@example.edu", "ada@example.edu", ""),
    ],
)
def test_mail_address_is_read_or_refused(cell, email, problem):
    row = the_row(f"Name,Email\nAda,{cell}\n")

    assert (row.email, row.problem) == (email, problem)
    assert row.is_invited == bool(email)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("00417", "00417"),
        ("#00417", "00417"),
        ("'00417", "00417"),
        ('"=""00417"""', "00417"),
        ("00417.0", "00417"),
        ("00417.00", "00417"),
        ('"00417,0"', "00417"),
        ('"402,000"', "402,000"),
        ("402.000", "402.000"),
        ("V009", "V009"),
        ("-", None),
        ("4.17E+05", None),
        ('"4,17E+05"', None),
    ],
)
def test_number_stays_text(cell, number):
    row = the_row(f"Name,Student ID,Email\nAda,{cell},ada@example.edu\n")

    assert row.identifiers.get("student_id") == number
    assert row.problem == ("mangled_id" if "E+" in cell else "")


@pytest.mark.parametrize(
    ("headings", "cells", "state"),
    [
        ("Registration Status", '"Web Withdrawn Sep 20, 2026"', "dropped"),
        ("Status Note", "Dropped 09/14/2026", "dropped"),
        ("Status", "tobedeleted", "dropped"),
        ("Status", "Submitted for grading", "active"),
        ("Status", "W", "dropped"),
        ("Status", "Waitlisted", "waiting"),
        ("Availability", "No", "unavailable"),
        ("enabledUser", "false", "unavailable"),
        ("Suspended", "Yes", "suspended"),
        ("Suspended", "", "active"),
        ("SIS Login ID", "0" * 39 + "f", "test_student"),
    ],
)
def test_who_does_not_take_the_course_is_not_invited(headings, cells, state):
    row = the_row(f'Name,Email,{headings}\n"Student, Test",a@example.edu,{cells}\n')

    assert (row.status, row.is_invited) == (state, state == "active")


@pytest.mark.parametrize(
    ("heading", "cell", "role"),
    [
        ("Role", "Student", "student"),
        ("Role", "", "student"),
        ("Role", "TA", "assistant"),
        ("Role", "Teaching Assistant", "assistant"),
        ("Role", "teacher", "instructor"),
        ("Role", "Instructor", "instructor"),
        ("Role", "observer", "observer"),
        ("role1", "teacher", "assistant"),
        ("role1", "editingteacher", "instructor"),
        ("Rôle", "Étudiant", "student"),
    ],
)
def test_role_is_read(heading, cell, role):
    assert the_row(f"Email,{heading}\na@example.edu,{cell}\n").role == role


def test_person_of_two_sections_is_one():
    row = the_row(
        "Name,Email,Student ID,Section\nAda,ada@example.edu,7,A\nAda,ADA@example.edu,7,B\n"
    )

    assert (row.lines, row.sections, row.problem) == ((2, 3), ("A", "B"), "")


@pytest.mark.parametrize(
    ("first", "second", "problem"),
    [
        ("Ada,a@example.edu,7", "Bob,a@example.edu,8", "shared_email"),
        ("Ada,a@example.edu,", "Bob,a@example.edu,", "shared_email"),
        ("Ada,a@example.edu,7", "Ada,a@example.edu,8", "shared_email"),
        ("Ada,a@example.edu,7", "Ada,b@example.edu,7", "shared_id"),
    ],
)
def test_rows_that_cannot_both_be_right_have_a_problem(first, second, problem):
    rows = roster(f"Name,Email,Student ID\n{first}\n{second}\n").rows

    assert [row.problem for row in rows] == [problem, problem]


@pytest.mark.parametrize(
    ("section", "sections"),
    [
        ("A 1 and B 2", ("A 1", "B 2")),
        ('"A 1, B 2, and C"', ("A 1", "B 2", "C")),
        ("A 1 and D", ("A 1 and D",)),
        ("Law and Order", ("Law and Order",)),
    ],
)
def test_sections_are_split_where_each_part_is_known(section, sections):
    text = f"Student,ID,Section\nA,1,A 1\nB,2,B 2\nC,3,C\nD,4,{section}\n"

    assert roster(text).rows[-1].sections == sections


@pytest.mark.parametrize(
    ("headings", "places"),
    [
        ("Nachname;Vorname;E-Mail-Adresse", ("family_name", "given_name", "email")),
        ("Nom de famille,Prénom,Adresse de courriel", ("family_name", "given_name", "email")),
        ("Apellidos,Nombre,Correo electrónico", ("family_name", "given_name", "email")),
        ("Name;Vorname;E-Mail", ("family_name", "given_name", "email")),
        ("Nom,Prénom,Courriel", ("family_name", "given_name", "email")),
        ("Фамилия,Имя,Электронная почта", ("family_name", "given_name", "email")),
        ("姓名,学号,电子邮件", ("name", "student_id", "email")),
        ("氏名,学籍番号,メールアドレス", ("name", "student_id", "email")),
        ("이름,학번,이메일", ("name", "student_id", "email")),
        ("الاسم,الرقم الجامعي,البريد الإلكتروني", ("name", "student_id", "email")),
        ("שם משפחה,שם פרטי,דואר אלקטרוני", ("family_name", "given_name", "email")),
        ("Họ và tên,MSSV,Địa chỉ email", ("name", "student_id", "email")),
        ("Soyadı,Adı,E-posta", ("family_name", "given_name", "email")),
        (" STUDENT NAME ,Student #,E-Mail Address", ("name", "student_id", "email")),
        ("Full name,Canvas user id,Email", ("name", "lms_id", "email")),
        ("Name,ID,Email", ("name", "student_id", "email")),
    ],
)
def test_headings_are_known_in_many_languages(headings, places):
    sign = ";" if ";" in headings else ","
    found = roster(f"{headings}\n{sign.join(['Ada', 'Q1', 'ada@example.edu'])}\n").columns

    assert tuple(sorted(found, key=found.get)) == places


def test_mail_and_names_are_found_by_content():
    found = roster("Qq,Ww,Zz\n1,Ana López,ana@example.edu\n2,Bo Łuk,bo@example.edu\n")

    assert dict(found.columns) == {"email": 2, "name": 1}


def test_same_heading_twice_is_asked():
    text = "Name,Email,Email\nAda,ada@example.edu,ada@home.example\nBob,bob@example.edu,\n"
    [question] = roster(text).open_questions

    assert (question.name, question.choices, question.assumed) == ("email", ("1", "2"), "")
    assert question.preview == {
        "1": ("ada@example.edu", "bob@example.edu"),
        "2": ("ada@home.example",),
    }
    answered = roster(text, email="2")
    assert (answered.questions, answered.rows[0].email) == ((), "ada@home.example")


def test_same_heading_twice_is_not_asked_where_it_makes_no_difference():
    assert roster("Name,Email,Email\nAda,a@example.edu,a@example.edu\n").questions == ()
    assert roster("Name,Email,Email\nAda,,a@example.edu\n").rows[0].email == "a@example.edu"


def test_columns_without_headings_are_asked_and_answered():
    text = "c8mahler,Mahler,Gustav,L1\nc9magnar,Magnard,Alberic,L2\n"
    asked = roster(text)

    assert asked.rows == ()
    assert [question.name for question in asked.open_questions] == [
        *("column-0", "column-1", "column-2", "column-3")
    ]
    assert asked.questions[1].preview == {"": ("Mahler", "Magnard")}
    answers = {"column-0": "username", "column-1": "family_name", "column-2": "given_name"}
    row = roster(text, **answers).rows[0]
    assert (row.name, row.identifiers) == ("Gustav Mahler", {"username": "c8mahler"})


def test_encoding_that_cannot_be_told_is_asked_with_names_in_each():
    data = "Name,Email\nZoë Å,zoe@example.edu\n".encode("mac-roman")
    [question] = read_roster(data).questions

    assert (question.name, question.assumed) == ("encoding", "cp1252")
    assert question.preview["mac-roman"] == ("Zoë Å",)
    assert read_roster(data, "", {"encoding": "mac-roman"}).rows[0].name == "Zoë Å"


def test_heading_and_delimiter_can_be_answered():
    text = "Ada;ada@example.edu\nBob;bob@example.edu\n"

    assert len(roster(text, heading="1").rows) == 1
    assert roster(f"Name,Email\n{text.replace(';', ',')}", heading="").rows[0].lines == (1,)
    assert roster(text, delimiter=";").rows[1].email == "bob@example.edu"


def test_row_whose_cells_have_moved_has_a_problem():
    rows = roster(
        'Name,Email,Section\n"Ada,ada@example.edu,A\nBob,bob@example.edu,A\nCy,c@example.edu,A,x\n'
    ).rows

    assert [row.problem for row in rows] == ["broken_row", "", "broken_row"]


def test_roster_without_addresses_says_so():
    found = roster("Student,ID,SIS Login ID,Section\nAda,1,ada,A\n")

    assert found.remarks == (Remark("no_email_column"),)
    assert (found.rows[0].problem, found.rows[0].is_invited) == ("", False)


def test_what_was_left_out_is_told():
    found = roster("Class list,\n,\nName,Email\nAda,ada@example.edu\nTotal: 1,\n")

    assert [(one.line, one.reason, one.words) for one in found.skipped] == [
        (1, "title", "Class list"),
        (2, "blank", ""),
        (5, "summary", "Total: 1"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a,b,c\n1,2,3\n",
        "groupname,description,groupidnumber\nPod A,first,1\n",
        "Rubric Name,Criteria Name,Rating Name\nBlog,Voice,Good\n",
        'x = "2"\n\nconfig.vm do |config|\n  config.box = 1\nend\n',
        "{}",
    ],
)
def test_table_of_something_else_is_refused(text):
    with pytest.raises(TableRefused) as refused:
        roster(text)

    assert refused.value.reason == "no_people"


def test_whole_name_beside_a_part_of_it_stays_whole():
    row = the_row("Name,First name,Email\nAda Luna,Ada,ada@example.edu\n")

    assert tuple(getattr(row, field) for field in NAMES) == ("Ada Luna", "", "Ada")


def test_two_people_of_one_name_stay_two():
    rows = roster("Name,Section\nAda Luna,A\nAda Luna,B\n").rows

    assert [(row.name, row.problem) for row in rows] == [("Ada Luna", ""), ("Ada Luna", "")]


def test_previews_show_no_password():
    data = "Name,Email,Password\nZoë,zoe@example.edu,gehëim\n".encode("cp1252")

    assert "gehëim" not in repr(read_roster(data))


def test_two_columns_of_addresses_without_a_known_heading_are_asked():
    text = "Name,Univ,Private\nAda,ada@example.edu,ada@home.example\n"
    [question] = roster(text).open_questions

    assert (question.name, question.choices) == ("email", ("1", "2"))
    assert roster(text, email="2").rows[0].email == "ada@home.example"


def test_logins_that_look_like_addresses_are_taken_for_them_and_asked():
    text = "Student,ID,SIS Login ID,Section\nAda,1,ada@example.edu,A\n"
    [question] = roster(text).questions

    assert (question.name, question.choices, question.assumed) == ("email", ("2", "none"), "2")
    assert roster(text).rows[0].email == "ada@example.edu"
    assert roster(text, email="none").rows[0].email == ""
    assert roster(text, email="2").questions == ()


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("Ann Lee,ann@example.edu\nAnn LEE,ann2@example.edu\n", True),
        ("Ann Lee,ann@example.edu\nAnn Lee,ann@example.edu\n", False),
        ("Ann Lee,ann@example.edu\nAnn Lee,\n", False),
        ("Ann Lee,ann@example.edu\nBob Ray,bob@example.edu\n", False),
    ],
)
def test_it_says_where_one_name_has_several_addresses(lines, says):
    found = read_roster(f"Name,Email\n{lines}".encode())

    assert ("same_name" in {remark.kind for remark in found.remarks}) is says
