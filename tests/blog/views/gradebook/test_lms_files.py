"""Filling in the file of an LMS: from the upload to the same file with the grades in it."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from blog.gradebook_files import read_gradebook
from blog.models import Grading, LmsFile, StudentIdentifier
from blog.queries import lms_files
from blog.tasks import delete_old_grade_files
from tests import factories

NEW = "/c/networks/gradebook/files/"
FILE = (
    "\ufeffStudent;ID;SIS Login ID;Section;Blog (1);Current Score\r\n"
    "    Points Possible;;;;10,00;(read only)\r\n"
    "Luna, Ada;7;ada;A01;;80,00\r\n"
    "Obi, Bob;8;bob;A01;3,00;70,00\r\n"
    "Nobody, Nina;9;nina;A01;2,00;70,00\r\n"
    "Student, Cyn;10;cyn;A01;;\r\n"
)
FILL = {"grade_column": "4", "prompt": "1", "kind": "post"}


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, rubric=factories.make_rubric(course))


@pytest.fixture
def known(course, ada, bob):
    """Return Ada and Bob with their logins in Canvas; Cyn, whom it knows by name alone."""
    cyn = factories.make_user("Cyn Student", email="cyn@example.edu")
    factories.add_member(course, cyn)
    for user, login in ((ada, "ada"), (bob, "bob")):
        member = course.memberships.get(user=user)
        StudentIdentifier.objects.create(
            membership=member, system="canvas", kind="login", value=login
        )
    return cyn


@pytest.fixture
def signed_in(client, instructor):
    client.force_login(instructor)
    return client


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def upload(client, text=FILE, name="grades.csv"):
    key = re.search(r'name="key" value="([^"]+)"', client.get(NEW).content.decode())[1]
    data = text if isinstance(text, bytes) else text.encode()
    sent = {"grade_file": SimpleUploadedFile(name, data), "key": key}
    return client.post(NEW, sent)


def grade(person, prompt, instructor, *, level=3, released=True):
    post = factories.make_post(person, prompt.course, prompt=prompt)
    at = timezone.now() if released else None
    return factories.make_grading(post, instructor, level=level, released_at=at)


def test_only_released_grades_are_written_and_all_else_stays(
    signed_in, prompt, known, instructor, ada, bob
):
    grade(ada, prompt, instructor)
    grade(bob, prompt, instructor, released=False)
    page = upload(signed_in).url

    looked = signed_in.post(page, FILL, follow=True)

    shown = words(looked)
    assert "A Canvas gradebook" in shown
    assert "Filled in: 1 · Not released yet: the cell is left unchanged: 1" in shown
    assert "1 grade is not released yet. Its cell is left unchanged" in shown
    assert "Nobody in this course has this number, username or email: 1" in shown
    assert "Matched by name only: not filled in: 1" in shown
    assert "Current Score : the LMS ignores it on import" in shown
    done = signed_in.post(f"{page}filled/")
    assert done.content == FILE.replace("A01;;80,00", "A01;6,00;80,00").encode()
    assert done["Content-Disposition"] == 'attachment; filename="grades.csv"'


def test_a_student_without_a_line_is_named(signed_in, prompt, known, course, instructor):
    dan = factories.make_user("Dan Late", email="dan@example.edu")
    factories.add_member(course, dan)
    grade(dan, prompt, instructor)
    page = upload(signed_in).url

    shown = words(signed_in.post(page, FILL, follow=True))

    assert "1 student with a released grade is not in this file" in shown
    assert "Dan Late" in shown
    assert "There is nothing to fill in" in shown


def test_people_found_by_name_are_written_when_somebody_says_so(
    signed_in, prompt, known, instructor
):
    grade(known, prompt, instructor)
    page = upload(signed_in).url

    signed_in.post(page, FILL | {"names": "on"})

    assert b"cyn;A01;6,00;" in signed_in.post(f"{page}filled/").content


def test_a_number_with_other_leading_zeros_is_written_when_somebody_says_so(
    signed_in, prompt, known, instructor, course
):
    grade(known, prompt, instructor)
    StudentIdentifier.objects.filter(membership__user=known).delete()
    StudentIdentifier.objects.create(
        membership=known.membership_in(course), system="canvas", kind="login", value="0cyn"
    )
    page = upload(signed_in).url

    shown = words(signed_in.post(page, FILL, follow=True))
    signed_in.post(page, FILL | {"names": "on"})

    assert "The leading zeros of the number differ: not filled in" in shown
    assert b"cyn;A01;6,00;" in signed_in.post(f"{page}filled/").content


def test_points_are_scaled_when_somebody_says_so(signed_in, prompt, known, instructor, ada):
    grade(ada, prompt, instructor)
    page = upload(signed_in).url
    assert "up to 8 points here and 10 in the LMS" in words(signed_in.post(page, FILL, follow=True))

    signed_in.post(page, FILL | {"scale": "on"})

    assert b"ada;A01;7,50;80,00" in signed_in.post(f"{page}filled/").content


def test_points_for_comments_are_scaled_though_others_have_no_grade(
    signed_in, prompt, known, instructor, ada
):
    prompt.comments_rubric = factories.make_rubric(prompt.course, "Comments")
    prompt.save()
    grading = Grading.objects.create(
        prompt=prompt,
        student=ada,
        grader=instructor,
        kind="comments",
        of_record=True,
        released_at=timezone.now(),
        released_rubric=prompt.comments_rubric,
    )
    factories.give_levels(grading, 3)
    page = upload(signed_in).url

    signed_in.post(page, FILL | {"kind": "comments", "scale": "on"})

    assert b"ada;A01;7,50;80,00" in signed_in.post(f"{page}filled/").content


def test_post_and_comments_together_wait_for_both(signed_in, prompt, known, instructor, ada, bob):
    for person, released_at in ((ada, timezone.now()), (bob, None)):
        grade(person, prompt, instructor)
        Grading.objects.create(
            prompt=prompt,
            student=person,
            grader=instructor,
            kind="comments",
            of_record=True,
            override_hundredths=150,
            override_reason="Read.",
            released_at=released_at,
        )
    page = upload(signed_in).url

    signed_in.post(page, FILL | {"kind": "sum"})

    data = signed_in.post(f"{page}filled/").content
    assert data == FILE.replace("A01;;80,00", "A01;7,50;80,00").encode()


@pytest.mark.parametrize("excused", ["post", "comments"])
def test_with_one_half_excused_there_is_no_sum(signed_in, prompt, known, instructor, ada, excused):
    for kind in ("post", "comments"):
        points = {"override_hundredths": 150, "override_reason": "Read."}
        Grading.objects.create(
            prompt=prompt,
            student=ada,
            grader=instructor,
            kind=kind,
            of_record=True,
            released_at=timezone.now(),
            **({"status": Grading.Status.EXCUSED} if kind == excused else points),
        )
    page = upload(signed_in).url

    shown = words(signed_in.post(page, FILL | {"kind": "sum"}, follow=True))

    assert "Excused from the post or from the comments" in shown
    assert signed_in.post(f"{page}filled/").content == FILE.encode()


def test_two_lines_of_one_student_are_not_written(signed_in, prompt, known, instructor, ada):
    grade(ada, prompt, instructor)
    twice = FILE + "Luna, A.;77;ada;B02;;1,00\r\n"
    page = upload(signed_in, twice).url

    shown = words(signed_in.post(page, FILL, follow=True))

    assert "Two lines match this student: not filled in: 2" in shown


def test_a_read_only_column_cannot_be_chosen(signed_in, prompt, known):
    page = upload(signed_in).url

    answer = signed_in.post(page, FILL | {"grade_column": "5"})

    assert answer.status_code == 422
    assert "is not one of the available choices" in words(answer)


def test_columns_that_are_not_filled_in_are_named_with_the_reason(signed_in, prompt, known):
    shown = words(signed_in.get(upload(signed_in).url))

    named = "Columns that are not filled in Current Score : the LMS ignores it on import"
    assert named in shown
    assert "Blog (1) :" not in shown


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "grades.csv", "This file is empty."),
        (b"%PDF-1.7", "grades.pdf", "This is a PDF."),
        (b"Name,Email\nAda,a@example.edu\n", "list.csv", "This file has no column for grades."),
        (b"one\ntwo\n", "words.csv", "We did not find headings in this file."),
    ],
)
def test_what_cannot_be_filled_in_is_refused_in_words(signed_in, prompt, data, name, says):
    answer = upload(signed_in, data, name)

    assert answer.status_code == 422
    assert says in words(answer)
    assert not LmsFile.objects.exists()


def test_before_a_choice_there_is_nothing_to_download(signed_in, prompt):
    page = upload(signed_in).url

    assert signed_in.post(f"{page}filled/").url == page


def test_a_page_reads_the_file_once(signed_in, prompt, known, instructor, ada, monkeypatch):
    grade(ada, prompt, instructor)
    page = upload(signed_in).url
    signed_in.post(page, FILL)
    read = []

    def reading(*args):
        read.append(args)
        return read_gradebook(*args)

    monkeypatch.setattr(lms_files, "read_gradebook", reading)
    assert signed_in.get(page).status_code == 200
    assert signed_in.post(f"{page}filled/").status_code == 200

    assert len(read) == 2


def test_files_are_kept_for_a_day(course, instructor):
    factories.make_lms_file(course, instructor)
    old = timezone.now() - timedelta(days=1, minutes=1)
    factories.make_lms_file(course, instructor, created_at=old)

    assert delete_old_grade_files() == 1
    assert LmsFile.objects.count() == 1


@pytest.mark.parametrize("students", [1, 3])
def test_queries_do_not_grow(
    signed_in, course, prompt, instructor, students, django_assert_num_queries
):
    lines = []
    for at in range(students):
        person = factories.make_user(f"Person {at}")
        factories.add_member(course, person)
        grade(person, prompt, instructor)
        lines.append(f'"{at}, Person",{at + 7},p{at},A01,')
    answers = FILL | {"names": "yes"}
    found = factories.make_lms_file(course, instructor, *lines, answers=answers)
    signed_in.get(f"{NEW}{found.pk}/")

    with django_assert_num_queries(21):
        assert "Filled in" in words(signed_in.get(f"{NEW}{found.pk}/"))


def test_a_login_that_is_a_student_s_email_finds_them(signed_in, prompt, known, instructor):
    grade(known, prompt, instructor)
    page = upload(signed_in, FILE.replace(";cyn;", ";Cyn@Example.edu;")).url

    shown = words(signed_in.post(page, FILL, follow=True))

    assert "Found by name only" not in shown
    assert "Cyn@Example.edu;A01;6,00;" in signed_in.post(f"{page}filled/").content.decode()
