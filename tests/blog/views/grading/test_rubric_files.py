"""Rubrics come from Canvas as files, and go there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from blog.forms.grading.rubric_start import stored_rows
from blog.models import Rubric
from blog.spreadsheets import MAX_BYTES
from tests import factories
from tests.submitted import fields_of

IMPORT = "/c/networks/settings/rubrics/import/"
NEW = "/c/networks/settings/rubrics/new/"
CANVAS = """\
Rubric Name,Criteria Name,Criteria Description,Criteria Enable Range,\
Rating Name,Rating Description,Rating Points,Rating Name,Rating Description,Rating Points
Blog,Voice,Who speaks,true,Heard,"Yours,
all along",2.5,Hardly heard,,0
Blog,Order,,false,Good,,10-8,Bad,,0
"""


@pytest.fixture
def teacher(client, course, instructor):
    client.force_login(instructor)
    return client


def send(client, data, name="rubric.csv"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data)})


def test_a_rubric_of_a_file_is_shown_opened_and_saved(teacher):
    shown = send(teacher, CANVAS.encode())
    words = " ".join(shown.content.decode().split())

    assert "Hardly heard" in words
    assert "Line 4 is left out: “10-8” is not a number." in words
    assert "Line 2: the levels of “Voice” are ranges of points in Canvas." in words
    assert not Rubric.objects.exists()

    opened = teacher.post(f"{NEW}arrange/", fields_of(shown, "criterion-1"))
    assert teacher.post(NEW, fields_of(opened, "criterion-1")).status_code == 302

    [row] = stored_rows(Rubric.objects.get(title="Blog"))
    assert (row.criterion, row.about) == ("Voice", "Who speaks")
    assert [(one.level, one.points, one.text.split()) for one in row.levels] == [
        ("Hardly heard", "0", []),
        ("Heard", "2.5", ["Yours,", "all", "along"]),
    ]


def test_what_does_not_fit_comes_to_the_form_as_it_is_and_is_said_there(teacher):
    shown = send(teacher, CANVAS.replace("Voice", "Voice " * 30).encode())

    opened = teacher.post(f"{NEW}arrange/", fields_of(shown, "criterion-1"))
    refused = teacher.post(NEW, fields_of(opened, "criterion-1"))

    assert refused.status_code == 422
    assert fields_of(refused, "criterion-1")["criterion-1"] == ("Voice " * 30).strip()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The submitted file is empty."),
        (b"Student,ID\nAda,1\n", "This file has no rubric."),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "This file is not a table."),
        (b"x" * (MAX_BYTES + 1), "This file is too large for a rubric."),
    ],
)
def test_other_files_are_refused_in_words(teacher, data, words):
    refused = send(teacher, data)

    assert refused.status_code == 422
    assert words in refused.content.decode()


def test_a_file_of_broken_rows_alone_has_no_rubric_to_open(teacher):
    shown = send(teacher, CANVAS.replace("Blog", "").encode())

    assert shown.status_code == 200
    assert "No rubric in this file can be read." in shown.content.decode()


def test_a_rubric_is_written_for_canvas_with_its_weights_in_its_points(teacher, course):
    rubric = factories.make_rubric(course, "Reflection", criteria=["Voice"])
    rubric.criteria.update(weight_hundredths=250)
    rubric.criteria.get().levels.filter(position__gt=2).delete()

    response = teacher.get(f"/c/networks/settings/rubrics/{rubric.pk}/canvas.csv")

    assert response["Content-Disposition"] == 'attachment; filename="reflection.csv"'
    assert response.content.decode() == (
        f"{CANVAS.splitlines()[0]}\n"
        "Reflection,Voice,,false,Partly,Voice: Partly.,5,Not yet,Voice: Not yet.,2.5\n"
    )


def test_what_was_written_for_canvas_comes_back_the_same(teacher, course):
    rubric = factories.make_rubric(course, "Reflection")
    written = teacher.get(f"/c/networks/settings/rubrics/{rubric.pk}/canvas.csv").content

    fields = fields_of(send(teacher, written), "criterion-1") | {"title": "Again"}
    teacher.post(NEW, fields)

    first, again = (stored_rows(one) for one in Rubric.objects.order_by("pk"))
    for row in (*first, *again):
        row.row = ""
    assert first == again


def test_a_rubric_without_criteria_is_written_as_its_headings(teacher, course):
    rubric = factories.make_rubric(course, "Empty", criteria=[])

    response = teacher.get(f"/c/networks/settings/rubrics/{rubric.pk}/canvas.csv")

    assert response.content.decode().startswith("Rubric Name,Criteria Name")
