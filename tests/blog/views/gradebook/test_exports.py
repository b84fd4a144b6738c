"""New files of grades: released ones for an LMS, all of them for a spreadsheet."""

import re

import pytest
from django.utils import timezone

from blog.models import StudentIdentifier
from tests import factories

PAGE = "/c/networks/gradebook/export/"


@pytest.fixture
def prompt(course):
    rubric = factories.make_rubric(course)
    return factories.make_prompt(course, title="Who taught you?", rubric=rubric)


@pytest.fixture
def signed_in(client, instructor):
    client.force_login(instructor)
    return client


@pytest.fixture
def graded(course, prompt, ada, bob, instructor):
    """Release Ada’s grade, with her known to Canvas; Bob’s is not released."""
    member = course.memberships.get(user=ada)
    StudentIdentifier.objects.create(
        membership=member, system="canvas", kind="login", value="adalogin"
    )
    post = factories.make_post(ada, course, prompt=prompt)
    factories.make_grading(post, instructor, level=3, released_at=timezone.now())
    factories.make_grading(factories.make_post(bob, course, prompt=prompt), instructor, level=2)


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_course_without_grades_says_so(signed_in, course, ada):
    assert "No prompt is open yet, so there are no grades to export." in words(signed_in.get(PAGE))


def test_an_lms_gets_released_grades_of_students_it_finds(signed_in, graded):
    page = words(signed_in.get(PAGE))
    data = signed_in.post(f"{PAGE}canvas/?prompt=1&kind=post").content.decode()

    assert "Canvas 1 student in this file" in page
    assert "1 student has no released points and is not in this file" in page
    assert "1 student is left out: we do not know their Blackboard ID" in page
    assert data == (
        "Student,ID,SIS User ID,SIS Login ID,Section,Who taught you?\n"
        "    Points Possible,,,,,8.00\n"
        "Ada Student,,,adalogin,,6.00\n"
    )


def test_the_last_prompt_with_released_grades_is_shown_first(signed_in, graded, course):
    factories.make_prompt(course, number=2, title="Nothing is released here")

    assert "Canvas 1 student in this file" in words(signed_in.get(PAGE))


def test_a_title_that_canvas_drops_is_not_offered(signed_in, graded, prompt):
    prompt.title = "The final score"
    prompt.save()

    page = signed_in.get(PAGE)

    assert "Canvas ignores a column with this title" in words(page)
    assert "export/canvas/?prompt" not in page.content.decode()


def test_a_spreadsheet_has_all_grades_with_their_versions(signed_in, graded, ada, bob):
    data = signed_in.post(f"{PAGE}csv/")
    workbook = signed_in.post(f"{PAGE}xlsx/")

    lines = data.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("username,name,section,pod,1. Who taught you? (post),")
    assert f"{ada.username},Ada Student,,,6,," in lines[1]
    assert f"{bob.username},Bob Student,,,4,," in lines[2]
    assert data["Content-Disposition"] == 'attachment; filename="networks-grades.csv"'
    assert workbook.content.startswith(b"PK")


@pytest.mark.parametrize("path", ["word/", "canvas/?prompt=9", "canvas/?prompt=1&kind=all"])
def test_what_does_not_exist_is_not_found(signed_in, graded, path):
    assert signed_in.post(PAGE + path).status_code == 404


def test_pods_are_groups_of_canvas(signed_in, graded, course, ada, bob):
    factories.make_pod(course, "Alder", ada, bob)

    data = signed_in.post(f"{PAGE}canvas-groups/").content.decode()

    assert data.splitlines()[1:] == [",,adalogin,Alder,,"]


def test_an_lms_gets_the_email_somebody_was_invited_by(signed_in, graded, course, ada, instructor):
    factories.make_invitation(
        course,
        instructor,
        "a.student@university.example",
        membership=course.memberships.get(user=ada),
        accepted_at=timezone.now(),
    )

    data = signed_in.post(f"{PAGE}moodle/?prompt=1&kind=post").content.decode()

    assert "a.student@university.example" in data
    assert ada.email not in data


@pytest.mark.parametrize("students", [1, 3])
def test_queries_do_not_grow(
    signed_in, course, prompt, instructor, students, django_assert_num_queries
):
    for _ in range(students):
        person = factories.make_user()
        factories.add_member(course, person)
        post = factories.make_post(person, course, prompt=prompt)
        factories.make_grading(post, instructor, level=3, released_at=timezone.now())
    signed_in.get(PAGE)

    with django_assert_num_queries(19):
        assert signed_in.get(PAGE).status_code == 200
