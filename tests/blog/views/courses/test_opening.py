"""Opening a course from a template, from another course, or from a file."""

import re
from datetime import date, datetime

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile

from blog.actions.setups import add_setup
from blog.forms.courses.course_templates import COURSE_TEMPLATES, template_setup
from blog.models import Course, Membership, Post
from blog.setup_files import read_setup, write_setup
from tests import factories
from tests.blog.setup_files.samples import make_prompt, make_setup
from tests.submitted import fields_of

NEW, PREVIEW, CREATE, FILE = (
    f"/courses/new/{step}" for step in ("", "preview/", "create/", "file/")
)
TYPED = {
    "title": "Networks, spring",
    "slug": "spring",
    "starts_on": "2027-01-04",
    "ends_on": "2027-04-09",
    "time_zone": "America/Los_Angeles",
}


@pytest.fixture
def teacher(client, instructor):
    instructor.user_permissions.add(Permission.objects.get(codename="open_course"))
    client.force_login(instructor)
    return client


@pytest.fixture
def last_term(course, instructor):
    """Return the course, as it was in autumn, with a set-up that has one of everything."""
    Course.objects.filter(pk=course.pk).update(
        starts_on=date(2026, 9, 7), ends_on=date(2026, 11, 20), time_zone="America/Los_Angeles"
    )
    course.refresh_from_db()
    add_setup(course, make_setup(), by=instructor)
    return course


def html_of(response):
    return " ".join(response.content.decode().split())


def previewed(client, source="course:networks", **typed):
    """Return the preview of a course from a source, with what its first form was sent with."""
    page = client.get(NEW, {"from": source})
    return client.post(PREVIEW, fields_of(page, "setup") | TYPED | typed)


def test_the_page_names_what_a_course_can_begin_with(teacher, last_term):
    html = html_of(teacher.get(NEW))

    for one in COURSE_TEMPLATES:
        assert f'href="/courses/new/?from=template:{one.key}"' in html
        assert str(one.name) in html
    assert 'href="/courses/new/?from=course:networks"' in html
    assert 'type="file"' in html


def test_a_copy_begins_with_the_settings_and_without_the_days(teacher, last_term):
    fields = fields_of(teacher.get(NEW, {"from": "course:networks"}), "setup")

    assert fields["title"] == "Learning in networks"
    assert fields["time_zone"] == "America/Los_Angeles"
    assert fields["slug"] == fields["starts_on"] == fields["ends_on"] == ""


def test_the_preview_moves_dates_and_creates_nothing(teacher, last_term):
    response = previewed(teacher)

    fields = fields_of(response, "setup")
    assert response.status_code == 200
    assert fields["prompt-1-opens_at"] == "2027-01-04T00:00"
    assert fields["prompt-1-due_at"] == "2027-01-17T23:59"
    assert fields["prompt-2-comments_due_at"] == "2027-02-14T23:59"
    assert not Course.objects.filter(slug="spring").exists()


def test_a_course_is_opened_once_however_often_the_form_is_sent(teacher, last_term, ada):
    factories.make_post(ada, last_term)
    sent = fields_of(previewed(teacher), "setup")

    answers = [teacher.post(CREATE, sent) for _twice in range(2)]

    new = Course.objects.get(slug="spring")
    assert [answer.url for answer in answers] == ["/c/spring/start/"] * 2
    assert [prompt.title for prompt in new.prompts.all()] == ["Ties", "Pods"]
    assert new.prompts.first().rubric.title == "Reflection"
    assert new.norms.count() == 1
    assert Membership.objects.filter(course=new).count() == 1
    assert not Post.objects.in_course(new).exists()


def test_parts_are_left_out_and_dates_are_changed(teacher, last_term):
    sent = fields_of(previewed(teacher), "setup")
    for name in ("prompt-2", "rubric-1", "norm-1"):
        del sent[name]

    teacher.post(CREATE, sent | {"prompt-1-opens_at": "2027-01-05T08:00"})

    new = Course.objects.get(slug="spring")
    prompt = new.prompts.get()
    assert prompt.opens_at.astimezone(new.zone).isoformat() == "2027-01-05T08:00:00-08:00"
    assert prompt.rubric is None
    assert not new.rubrics.exists()
    assert not new.norms.exists()


def test_dates_outside_the_term_are_said_at_their_rows(teacher, last_term):
    html = html_of(previewed(teacher, starts_on="2027-01-06", ends_on="2027-02-12"))

    first, second = html.split('class="setup-prompt"')[1:]
    assert "“Opens” is before the first day, Wed 6 Jan 2027." in first
    assert "“Comment by” is after the last day, Fri 12 Feb 2027." in second
    assert "is before" not in second
    assert "is after" not in first


def test_a_prompt_that_opens_after_the_last_day_is_not_chosen(teacher, last_term):
    fields = fields_of(previewed(teacher, ends_on="2027-01-24"), "setup")

    assert fields["prompt-1"] == "on"
    assert "prompt-2" not in fields


def test_prompts_that_fit_a_later_last_day_are_asked_about(teacher, last_term):
    sent = fields_of(previewed(teacher, ends_on="2027-01-24"), "setup")

    asked = teacher.post(CREATE, sent | {"ends_on": "2027-04-09"})

    assert asked.status_code == 422
    assert "These prompts fit the new last day and are ticked now: Pods." in html_of(asked)
    again = fields_of(asked, "setup")
    assert again["prompt-2"] == "on"
    del again["prompt-2"]
    teacher.post(CREATE, again)
    assert [one.title for one in Course.objects.get(slug="spring").prompts.all()] == ["Ties"]


def test_a_late_date_is_refused_at_its_field_and_all_is_kept(teacher, last_term):
    sent = fields_of(previewed(teacher), "setup")
    late = {"prompt-1-comments_due_at": "2027-05-01T12:00", "prompt-2-opens_at": "2027-01-26T07:07"}

    response = teacher.post(CREATE, sent | late)

    html = html_of(response)
    assert response.status_code == 422
    assert "The course ends on Fri 9 Apr 2027. Choose an earlier date" in html
    assert 'value="2027-01-26T07:07"' in html
    assert not Course.objects.filter(slug="spring").exists()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("prompt-1-due_at", "2027-01-03T12:00", "The due date must be after the prompt opens."),
        ("prompt-1-due_at", "", "Choose a date, or leave this prompt out."),
        ("prompt-1-due_at", "soon", "Enter a valid date/time."),
        ("prompt-2-due_at", "2027-03-14T02:30", "so there is no 02:30 on that day"),
        ("slug", "networks", "Another course has this address."),
    ],
)
def test_what_is_refused_says_why(teacher, last_term, field, value, message):
    sent = fields_of(previewed(teacher), "setup")

    response = teacher.post(CREATE, sent | {field: value})

    assert response.status_code == 422
    assert message in html_of(response)
    assert Course.objects.count() == 1


def test_wrong_dates_of_a_prompt_that_is_left_out_do_not_matter(teacher, last_term):
    sent = fields_of(previewed(teacher), "setup") | {"prompt-2-due_at": ""}
    del sent["prompt-2"]

    assert teacher.post(CREATE, sent).url == "/c/spring/start/"


def test_a_time_that_clocks_skip_or_repeat_is_said(teacher, course, instructor):
    prompts = [
        make_prompt("Skipped", opens=datetime(2026, 3, 8, 2, 30)),
        make_prompt("Repeated", opens=datetime(2026, 11, 1, 1, 30)),
    ]
    file = write_setup(make_setup(prompts=tuple(prompts)))
    page = teacher.post(FILE, {"file": SimpleUploadedFile("s.json", file.encode())})

    days = {"starts_on": "2026-09-07", "ends_on": "2026-12-18"}
    html = html_of(teacher.post(PREVIEW, fields_of(page, "setup") | TYPED | days))

    assert "The clocks go forward on Sun 8 Mar 2026, so there is no 02:30 on that day." in html
    assert "The clocks go back on Sun 1 Nov 2026, so 01:30 comes twice on that day." in html


def test_settings_that_are_refused_come_back_before_the_preview(teacher, last_term):
    response = previewed(teacher, ends_on="2026-01-01", title="Typed title")

    assert response.status_code == 422
    assert "The last day cannot be before the first day." in html_of(response)
    assert fields_of(response, "setup")["title"] == "Typed title"


def test_other_days_move_the_prompts_again(teacher, last_term):
    sent = fields_of(previewed(teacher), "setup")

    again = teacher.post(PREVIEW, sent | {"starts_on": "2027-01-11"})

    assert fields_of(again, "setup")["prompt-1-opens_at"] == "2027-01-11T00:00"


@pytest.mark.parametrize("one", COURSE_TEMPLATES, ids=lambda one: one.key)
def test_a_template_fits_a_term_that_begins_in_any_week(teacher, one):
    setup = template_setup(one.key, time_zone="Europe/Berlin")
    weeks = (setup.settings["ends_on"] - setup.settings["starts_on"]).days
    first = date(2027, 1, 4)
    last = date.fromordinal(first.toordinal() + weeks + 3)
    typed = {"starts_on": f"{first}", "ends_on": f"{last}"}

    page = previewed(teacher, f"template:{one.key}", **typed)
    answer = teacher.post(CREATE, fields_of(page, "setup"))

    assert "is-wait" not in html_of(page)
    assert answer.url == "/c/spring/start/"
    assert Course.objects.get(slug="spring").prompts.count() == len(setup.prompts)
    assert read_setup(write_setup(setup)).setup == setup


def test_a_file_that_is_refused_says_where(teacher, course):
    content = write_setup(make_setup()).replace("2026-09-20T23:59", "in autumn")

    response = teacher.post(FILE, {"file": SimpleUploadedFile("s.json", content.encode())})

    assert response.status_code == 422
    assert "prompts › 1 › due_at: this must be a date and time such as" in html_of(response)


def test_what_of_a_file_is_unknown_is_said(teacher, course):
    content = write_setup(make_setup()).replace('"words_min"', '"colour"')

    response = teacher.post(FILE, {"file": SimpleUploadedFile("s.json", content.encode())})

    assert "prompts › 2 › colour" in html_of(response)


def test_words_of_a_file_are_never_html(teacher, course):
    setup = make_setup(prompts=(make_prompt("<b>Bold</b>"),))
    file = SimpleUploadedFile("s.json", write_setup(setup).encode())
    page = teacher.post(FILE, {"file": file})

    html = html_of(teacher.post(PREVIEW, fields_of(page, "setup") | TYPED))

    assert "<b>Bold</b>" not in html
    assert "&lt;b&gt;Bold&lt;/b&gt;" in html


def test_courses_of_others_cannot_be_copied(client, teacher, ada, eve, course):
    eve.user_permissions.add(Permission.objects.get(codename="open_course"))
    client.force_login(eve)

    html = html_of(client.get(NEW, {"from": "course:networks"}))

    assert "course:networks" not in html
    assert 'name="setup"' not in html


@pytest.mark.parametrize("address", [PREVIEW, CREATE, FILE])
def test_addresses_of_the_steps_lead_back_to_the_first(teacher, course, address):
    assert teacher.get(address).url == NEW
    if address != FILE:
        assert teacher.post(address, {"setup": "{}"}).url == NEW


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_takes_as_many_queries_for_many_prompts(
    teacher, last_term, count, django_assert_num_queries
):
    prompts = tuple(make_prompt(f"Prompt {number}") for number in range(count))
    setup = write_setup(make_setup(prompts=prompts))
    sent = fields_of(teacher.get(NEW, {"from": "course:networks"}), "setup") | TYPED

    with django_assert_num_queries(11):
        teacher.post(PREVIEW, sent | {"setup": setup})


def test_next_steps_say_what_is_there(teacher, last_term, ada):
    html = html_of(teacher.get("/c/networks/start/"))

    assert re.search(r"1 person besides you.*2 prompts.*1 norm", html)


@pytest.mark.slow
def test_the_largest_file_goes_through_all_steps(teacher, course):
    prompts = tuple(make_prompt(f"P{n}", question="学び「問い」\n" * 500) for n in range(80))
    file = write_setup(make_setup(prompts=prompts), compact=True).encode()
    assert 600_000 < len(file) < 1_000_000
    page = teacher.post(FILE, {"file": SimpleUploadedFile("s.json", file)})

    preview = teacher.post(PREVIEW, fields_of(page, "setup") | TYPED)
    sent = fields_of(preview, "setup")
    for number in range(3, 81):
        del sent[f"prompt-{number}"]
    answer = teacher.post(CREATE, sent)

    assert answer.url == "/c/spring/start/"
    assert Course.objects.get(slug="spring").prompts.count() == 2


def test_files_are_read_sixty_times_an_hour(teacher, course):
    statuses = [teacher.post(FILE).status_code for _each in range(61)]

    assert statuses == [422] * 60 + [429]


def test_whoever_cannot_open_courses_is_not_offered_a_copy(client, course, instructor):
    client.force_login(instructor)

    for address in ("/c/networks/setup/", "/c/networks/prompts/carry/"):
        page = html_of(client.get(address))
        assert "Copy this course" not in page
        assert "Download the set-up" in page


def test_a_term_beyond_the_calendar_is_refused_at_its_field(teacher, last_term):
    response = previewed(teacher, starts_on="9999-01-04", ends_on="9999-04-09")

    assert response.status_code == 422
    assert "This day is too far away." in html_of(response)


def test_a_zone_that_people_do_not_choose_comes_along(teacher, last_term):
    Course.objects.update(time_zone="Etc/GMT+5")

    preview = previewed(teacher, time_zone="Etc/GMT+5")
    answer = teacher.post(CREATE, fields_of(preview, "setup"))

    assert answer.url == "/c/spring/start/"
    assert Course.objects.get(slug="spring").time_zone == "Etc/GMT+5"
