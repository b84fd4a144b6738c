"""My work has one's own grades by prompt, and gives them as files; those of nobody else."""

import csv
import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.utils import timezone

from blog.models import Grading, SeenFeedback
from tests import factories

WORK = "/me/work/networks/"
RELEASED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def post(ada, course):
    course.time_zone = "Europe/Berlin"
    course.save()
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    return factories.make_post(ada, course, "Of ties", prompt=prompt, slug="of-ties")


@pytest.fixture
def grading(post, instructor):
    return factories.make_grading(
        post, instructor, "Say *who* decides.", level=3, released_at=RELEASED
    )


@pytest.fixture
def reader(client, ada, grading):
    client.force_login(ada)
    return client


def words(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def table(response):
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


def test_my_work_lists_grades_by_prompt_with_what_i_will_change(reader, post, grading):
    unread = words(reader.get(WORK))
    assert "New, not read yet" in unread
    assert "of 8 points" not in unread
    SeenFeedback.objects.create(grading=grading, seen_at=timezone.now())

    page = words(reader.get(WORK))
    assert "Grades and feedback" in page
    assert "Blog post 1 6 of 8 points From Ines Instructor, Fri 20 Nov" in page
    assert "Answers the prompt Well , 3 of 4" in page
    assert "Write what you will change" in page

    factories.make_feedback_reply(post, "I will name them.")

    page = words(reader.get(WORK))
    assert "What I will change I will name them." in page
    assert "Write what you will change" not in page


def test_the_table_has_a_row_for_each_grade(reader, post):
    factories.make_feedback_reply(post, "I will name them.")

    response = reader.get(f"{WORK}grades.csv")

    assert table(response) == [
        {
            "Prompt": "Blog post 1",
            "Kind": "post",
            "Released": "2026-11-20 10:30",
            "Edited": "",
            "Graded by": "Ines Instructor",
            "Recorded": "graded",
            "Points": "6",
            "Maximum": "8",
            "Levels": "Answers the prompt: Well (3/4); Uses evidence: Well (3/4)",
            "Reason for other points": "",
            "Feedback": "Say *who* decides.",
            "What I will change": "I will name them.",
        }
    ]
    assert 'filename="networks-grades.csv"' in response.headers["Content-Disposition"]


def test_the_text_is_readable_as_it_is(reader, post):
    factories.make_feedback_reply(post, "I will name them.")

    response = reader.get(f"{WORK}grades.md")

    assert response.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert response.content.decode() == (
        "# Grades and feedback in Learning in networks\n\n"
        "## Blog post 1\n\n"
        "Graded by Ines Instructor, 2026-11-20 10:30\n\n"
        "**6 of 8 points**\n\n"
        "- Answers the prompt: Well (3/4)\n- Uses evidence: Well (3/4)\n\n"
        "### Feedback\n\nSay *who* decides.\n\n"
        "### What I will change\n\nI will name them.\n"
    )


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "|", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(reader, sign):
    Grading.objects.update(text=f"{sign}HYPERLINK(1)")

    [row] = table(reader.get(f"{WORK}grades.csv"))

    assert row["Feedback"] == f"'{sign}HYPERLINK(1)"


@pytest.mark.parametrize("ending", ["csv", "md"])
@pytest.mark.parametrize("released_at", [None, timezone.now() + timedelta(days=1)])
def test_before_the_release_the_files_hold_nothing(reader, ending, released_at):
    Grading.objects.update(released_at=released_at, released_rubric=None)

    text = reader.get(f"{WORK}grades.{ending}").content.decode()

    assert "decides" not in text
    assert "Blog post" not in text
    assert "Grades and feedback" not in words(reader.get(WORK))


@pytest.mark.parametrize("ending", ["csv", "md"])
def test_nobody_gets_the_grades_of_another(reader, client, bob, instructor, ending):
    for other in (bob, instructor):
        client.force_login(other)
        assert "decides" not in client.get(f"{WORK}grades.{ending}").content.decode()


def test_other_formats_are_not_found(reader, client, observer):
    assert reader.get(f"{WORK}grades.xml").status_code == 404
    client.force_login(observer)
    assert client.get(f"{WORK}grades.csv").status_code == 403


@pytest.mark.parametrize("ending", ["csv", "md"])
def test_in_an_archived_course_the_files_are_still_there(reader, course, ending):
    course.archived_at = timezone.now()
    course.save()

    assert f"grades.{ending}" in reader.get(WORK).content.decode()
    assert "decides" in reader.get(f"{WORK}grades.{ending}").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_a_file(client, ada, course, instructor, count, django_assert_num_queries):
    rubric = factories.make_rubric(course)
    for _each in range(count):
        prompt = factories.make_prompt(course, rubric=rubric)
        post = factories.make_post(ada, course, prompt=prompt)
        factories.make_grading(post, instructor, level=2, released_at=RELEASED)
        factories.make_feedback_reply(post)
    client.force_login(ada)

    with django_assert_num_queries(6):
        client.get(f"{WORK}grades.csv")
