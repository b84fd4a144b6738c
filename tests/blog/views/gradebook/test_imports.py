"""The pages that import a table of grades."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from blog.models import GradeImport, Grading
from tests import factories

NEW = "/c/networks/gradebook/imports/"


@pytest.fixture
def prompt(course, ada):
    rubric = factories.make_rubric(course)
    return factories.make_prompt(course, title="Who taught you?", rubric=rubric)


@pytest.fixture
def signed_in(client, instructor):
    client.force_login(instructor)
    return client


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def upload(client, data, name="grades.csv"):
    key = re.search(r'name="key" value="([^"]+)"', client.get(NEW).content.decode())[1]
    return client.post(NEW, {"grade_file": SimpleUploadedFile(name, data), "key": key})


def test_a_table_goes_out_is_changed_comes_in_and_is_undone(
    signed_in, course, prompt, ada, bob, instructor
):
    post = factories.make_post(ada, course, prompt=prompt)
    factories.make_grading(post, instructor, level=3)
    exported = signed_in.post("/c/networks/gradebook/export/csv/").content
    changed = exported.replace(b",6,", b",7.5,") + b"ghost,Nobody,,,5,,\r\n"

    page = upload(signed_in, changed).url
    looked = words(signed_in.get(page))

    assert "Changed: 1 · No student of this course has this username: 1" in looked
    assert "Ada Student Line 2 Who taught you? post 6 of 8 7.5 Changed" in looked
    assert Grading.objects.get().override_points is None
    done = signed_in.post(f"{page}add/", follow=True)
    assert "1 grade changed." in words(done)
    assert Grading.objects.get().override_hundredths == 750
    assert "grades.csv" in words(signed_in.get(NEW))
    undone = signed_in.post(f"{page}undo/", follow=True)
    assert "Import undone." in words(undone)
    assert Grading.objects.get().override_hundredths is None


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "This file is empty."),
        (b"Name,Email\nAda,a@example.edu\n", "This is not a table that you exported here."),
        (b"\x89PNG", "This is a picture."),
    ],
)
def test_another_file_is_refused_in_words(signed_in, prompt, data, says):
    answer = upload(signed_in, data)

    assert answer.status_code == 422
    assert says in words(answer)
    assert not GradeImport.objects.exists()


def test_a_table_that_changes_nothing_says_so(signed_in, course, prompt, instructor):
    found = factories.make_grade_import(course, instructor)

    page = f"{NEW}{found.pk}/"
    assert "There is nothing to import" in words(signed_in.get(page))
    assert "This file changes no grade." in words(signed_in.post(f"{page}add/", follow=True))
