from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from blog.models import Invitation, RosterImport
from tests import factories

LIST = "Name,Email\nNia New,nia@example.edu\nBad Mail,bad at mail\n"


@pytest.fixture
def class_list(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    return path


def run(path, **options):
    out = StringIO()
    call_command("import_roster", path, course="networks", stdout=out, **options)
    return out.getvalue().splitlines()


def test_dry_run_says_each_line_and_changes_nothing(course, class_list):
    said = run(class_list, dry_run=True)

    assert said == [
        "Line 2 | Nia New nia@example.edu | New: gets an invitation",
        "Line 3 | Bad Mail | Problem: not added | This is not an email.",
    ]
    assert not RosterImport.objects.exists()


def test_people_are_invited_by_an_instructor(course, class_list, instructor):
    assert run(class_list)[-1] == "1 person is invited."

    assert Invitation.objects.get().invited_by == instructor


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7", "This is a PDF."),
        (b"Name,Email,Email\nA B,a@x.edu,b@x.edu\n", "This list raises a question."),
    ],
)
def test_list_that_cannot_be_read_is_refused(course, class_list, content, words):
    class_list.write_bytes(content)

    with pytest.raises(CommandError, match=words):
        run(class_list)

    assert not RosterImport.objects.exists()


def test_who_is_no_instructor_cannot_add(course, class_list, ada):
    with pytest.raises(CommandError, match="No such instructor"):
        run(class_list, by=ada.email)


def test_course_and_file_must_be_there(course, tmp_path):
    with pytest.raises(CommandError, match="Cannot read"):
        run(tmp_path / "nowhere.csv")
    factories.make_course("other")
    with pytest.raises(CommandError, match="There is no course elsewhere"):
        call_command("import_roster", tmp_path / "nowhere.csv", course="elsewhere")
