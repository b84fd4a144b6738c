"""Drafts of prompts need no dates: they are asked for when students are to see the prompt."""

import pytest
from django.db import IntegrityError, transaction

from blog.models import Prompt
from blog.models.prompt_dates import DATES
from blog.queries.calendar import calendar_dates
from blog.queries.course_calendar import course_calendar
from tests import factories
from tests.blog.views.prompts.test_prompt import prompt_form
from tests.submitted import fields_of

NEW = "/c/networks/prompts/new/"
EDIT = "/c/networks/prompts/1/edit/"
NO_DATES = dict.fromkeys(DATES, "")


@pytest.fixture
def teacher(client, course, instructor):
    client.force_login(instructor)
    return client


@pytest.fixture
def draft(teacher):
    teacher.post(NEW, prompt_form(is_draft="on", **NO_DATES))
    return Prompt.objects.get()


def html_of(client, address):
    return " ".join(client.get(address).content.decode().split())


def test_a_draft_is_saved_without_dates_and_shows_none(teacher, draft):
    assert (draft.is_draft, draft.has_dates) == (True, False)
    assert draft.has_dates_in_order

    page = html_of(teacher, draft.get_absolute_url())
    assert "<dt>Dates</dt> <dd> None yet </dd>" in page
    assert "Publish by" not in page
    assert "Comment by" not in html_of(teacher, "/c/networks/").split('id="all-h"')[1]
    form = teacher.get(EDIT).context["form"]
    assert [form[name].value() for name in DATES] == [None, None, None]


def test_no_calendar_has_its_dates(teacher, course, draft, instructor):
    kinds = [
        one.kind
        for month in course_calendar(instructor, course)
        for day in month.days
        for one in day.dates
    ]

    assert kinds == ["first-day", "last-day"]
    assert [one.kind for one in calendar_dates(instructor)] == ["last-day"]


def test_some_dates_are_no_dates(teacher):
    sent = prompt_form(is_draft="on") | {"due_at": ""}

    page = teacher.post(NEW, sent)

    assert page.status_code == 422
    assert page.context["form"].errors == {
        "due_at": ["Enter all dates, or leave all of them empty in a draft."]
    }
    assert page.context["form"]["opens_at"].value() == sent["opens_at"]
    assert not Prompt.objects.exists()


def test_dates_are_asked_for_when_it_is_no_draft_any_more(teacher, draft):
    sent = fields_of(teacher.get(EDIT), "title")
    sent.pop("is_draft")

    page = teacher.post(EDIT, sent | {"title": "Ties"})

    assert page.status_code == 422
    message = "Enter this date, or keep the prompt as a draft."
    assert page.context["form"].errors == dict.fromkeys(DATES, [message])
    assert page.context["form"]["title"].value() == "Ties"
    draft.refresh_from_db()
    assert (draft.is_draft, draft.has_dates) == (True, False)


def test_it_opens_with_the_dates_that_it_is_given(teacher, draft):
    sent = fields_of(teacher.get(EDIT), "title")
    sent.pop("is_draft")
    dates = {name: prompt_form()[name] for name in DATES}

    teacher.post(EDIT, sent | dates)

    draft.refresh_from_db()
    assert (draft.is_draft, draft.has_dates) == (False, True)
    assert teacher.get(EDIT).context["form"].instance.due_at == draft.due_at


def test_dates_can_be_taken_from_a_draft_again(teacher, course):
    factories.make_prompt(course, is_draft=True)

    teacher.post(EDIT, fields_of(teacher.get(EDIT), "title") | NO_DATES)

    assert not Prompt.objects.get().has_dates


def test_the_table_saves_the_rest_of_a_draft_without_dates(teacher, draft):
    page = teacher.get("/c/networks/prompts/")
    sent = fields_of(page, f"p{draft.pk}-due_at")
    assert sent[f"p{draft.pk}-due_at"] == ""

    teacher.post("/c/networks/prompts/save/", sent | {f"p{draft.pk}-late_posts": "close"})

    draft.refresh_from_db()
    assert (draft.late_posts, draft.has_dates) == ("close", False)


def test_the_table_asks_for_all_dates_once_there_is_one(teacher, course, draft):
    sent = fields_of(teacher.get("/c/networks/prompts/"), f"p{draft.pk}-due_at")
    name = f"p{draft.pk}-{{}}".format
    day = draft.due_at.date().isoformat()

    page = teacher.post("/c/networks/prompts/save/", sent | {name("due_at"): day})
    assert page.content.decode().count("Enter a date.") == 2
    dates = {name(one): getattr(draft, one).date().isoformat() for one in DATES}
    teacher.post("/c/networks/prompts/save/", sent | dates)

    draft.refresh_from_db()
    assert (draft.is_draft, draft.has_dates) == (True, True)


def test_what_students_see_has_dates(course):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_prompt(course, has_dates=False)
