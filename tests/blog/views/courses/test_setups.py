"""The set-up of a course as a file, added from one, and prompts carried to another course."""

import json
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile

from blog.actions.setups import add_setup
from blog.models import Course, Prompt, Rubric
from blog.setup_files import read_setup, write_setup
from tests import factories
from tests.blog.setup_files.samples import make_prompt, make_rubric, make_setup
from tests.submitted import fields_of

PAGE, EXPORT, IMPORT, ADD = (
    f"/c/networks/setup/{step}" for step in ("", "export/", "import/", "add/")
)
CARRY = "/c/networks/prompts/carry/"


@pytest.fixture
def teacher(client, course, instructor):
    Course.objects.filter(pk=course.pk).update(
        starts_on=date(2026, 9, 7), ends_on=date(2027, 1, 29), time_zone="America/Vancouver"
    )
    course.refresh_from_db()
    client.force_login(instructor)
    return client


@pytest.fixture
def spring(instructor):
    return factories.make_course(
        "spring",
        instructor=instructor,
        title="Networks, spring",
        starts_on=date(2027, 1, 4),
        ends_on=date(2027, 4, 9),
        time_zone="Europe/Berlin",
    )


def html_of(response):
    return " ".join(response.content.decode().split())


def upload(client, setup, address=IMPORT):
    file = SimpleUploadedFile("set-up.json", write_setup(setup).encode())
    return client.post(address, {"file": file})


def test_the_export_is_the_set_up(teacher, course, instructor):
    add_setup(course, make_setup(), by=instructor)

    response = teacher.get(EXPORT)

    setup = read_setup(response.content).setup
    assert response["Content-Disposition"] == 'attachment; filename="networks-set-up.json"'
    assert [prompt.title for prompt in setup.prompts] == ["Ties", "Pods"]
    assert setup.prompts == make_setup().prompts
    assert setup.rubrics == make_setup().rubrics


def test_the_export_names_nobody(teacher, course, instructor, ada):
    prompt = factories.make_prompt(course)
    factories.make_post(ada, course, "Her own title", prompt=prompt)
    factories.make_pod(course, "Alder", ada)

    text = teacher.get(EXPORT).content.decode()

    for words in (ada.display_name, ada.username, ada.email, instructor.display_name, "Alder"):
        assert words not in text
    assert "Her own title" not in text
    assert sorted(json.loads(text)) == [
        "charter",
        "course",
        "format",
        "prompts",
        "rubrics",
        "version",
    ]


def test_a_file_is_looked_at_before_it_is_added(teacher, course):
    response = upload(teacher, make_setup())

    assert fields_of(response, "setup")["prompt-1-due_at"] == "2026-09-20T23:59"
    assert not course.prompts.exists()


def test_what_was_looked_at_is_added_once(teacher, course):
    sent = fields_of(upload(teacher, make_setup()), "setup")

    answers = [teacher.post(ADD, sent) for _twice in range(2)]

    assert [answer.url for answer in answers] == ["/c/networks/prompts/"] * 2
    assert [prompt.title for prompt in course.prompts.all()] == ["Ties", "Pods"]


def test_what_the_course_has_already_is_said(teacher, course, instructor):
    add_setup(course, make_setup(), by=instructor)

    again = html_of(upload(teacher, make_setup()))
    other = html_of(upload(teacher, make_setup(rubrics=(make_rubric(points=(0, 500)),))))

    assert "The course already has a prompt with this title." in again
    assert "The course already has this rubric. It will be reused." in again
    assert "The course already has a norm with this name. This one is left out." in again
    assert "This one will be called “Reflection (2)”." in other


def test_nothing_chosen_is_refused(teacher, course):
    sent = fields_of(upload(teacher, make_setup()), "setup")
    for name in ("prompt-1", "prompt-2", "rubric-1", "norm-1"):
        del sent[name]

    response = teacher.post(ADD, sent)

    assert response.status_code == 422
    assert "Choose at least one prompt, rubric or norm." in html_of(response)


def test_a_bad_file_comes_back_with_its_fault(teacher, course):
    response = teacher.post(IMPORT, {"file": SimpleUploadedFile("s.json", b"{\n\n oops")})

    assert response.status_code == 422
    assert "Line 3, column 2 is not valid JSON." in html_of(response)


@pytest.mark.parametrize("address", [IMPORT, ADD])
def test_steps_without_a_file_lead_back(teacher, course, address):
    assert teacher.get(address).url == PAGE


def test_without_another_course_one_is_offered(teacher, course, instructor):
    instructor.user_permissions.add(Permission.objects.get(codename="open_course"))

    html = html_of(teacher.get(CARRY))

    assert "You teach no other course" in html
    assert 'href="/courses/new/?from=course:networks"' in html


def test_an_address_chooses_prompts(teacher, course, instructor, spring):
    add_setup(course, make_setup(), by=instructor)

    fields = fields_of(teacher.get(CARRY, {"prompt": [2]}), "to")

    assert fields == {"prompt": "2", "to": "spring"}


def test_chosen_prompts_are_shown_with_the_dates_of_the_other_course(
    teacher, course, instructor, spring
):
    add_setup(course, make_setup(), by=instructor)

    response = teacher.get(CARRY, {"prompt": [1], "to": "spring"})

    fields = fields_of(response, "setup")
    assert fields["prompt-1-opens_at"] == "2027-01-04T00:00"
    assert "prompt-2" not in fields
    assert 'action="/c/spring/setup/add/"' in html_of(response)
    assert not spring.prompts.exists()


def test_carried_prompts_bring_rubric_and_reading_and_keep_clock_times(
    teacher, course, instructor, spring
):
    add_setup(course, make_setup(), by=instructor)
    page = teacher.get(CARRY, {"prompt": [1], "to": "spring"})

    teacher.post("/c/spring/setup/add/", fields_of(page, "setup"))

    prompt = Prompt.objects.get(course=spring)
    assert (prompt.number, prompt.title, prompt.rubric.course) == (1, "Ties", spring)
    assert prompt.due_at.astimezone(spring.zone).isoformat() == "2027-01-17T23:59:00+01:00"
    assert prompt.required_works.get().course == spring
    assert Rubric.objects.filter(course=course).count() == 1


def test_prompts_are_carried_where_one_is_an_instructor_alone(teacher, course, instructor, eve):
    factories.add_member(Course.objects.get(slug="elsewhere"), instructor, factories.Role.ASSISTANT)
    factories.make_prompt(course)

    response = teacher.get(CARRY, {"prompt": [1], "to": "elsewhere"})

    assert "elsewhere" not in html_of(response)
    sent = {"setup": write_setup(make_setup()), "prompt-1": "on"}
    assert teacher.post("/c/elsewhere/setup/add/", sent).status_code == 403


@pytest.mark.parametrize("sent", [{"to": "spring"}, {"prompt": ["9"], "to": "spring"}, {"to": "x"}])
def test_a_choice_that_is_none_is_refused(teacher, course, instructor, spring, sent):
    factories.make_prompt(course)

    assert teacher.get(CARRY, sent).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_carrying_takes_as_many_queries_for_many_prompts(
    teacher, course, instructor, spring, count, django_assert_num_queries
):
    prompts = tuple(make_prompt(f"Prompt {n}", rubric="Reflection") for n in range(count))
    add_setup(course, make_setup(prompts=prompts), by=instructor)
    numbers = list(range(1, count + 1))

    with django_assert_num_queries(11):
        teacher.get(CARRY, {"prompt": numbers, "to": "spring"})
