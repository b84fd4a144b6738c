"""Forms that somebody else saved meanwhile: nothing is overwritten, and both texts are shown."""

import threading
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from blog.actions import prompts
from blog.actions.courses import rotate_join_code
from blog.models import Audience, Course, Prompt, User
from blog.tasks import change_courses_on_their_dates
from tests import factories
from tests.submitted import fields_of


@dataclass(frozen=True)
class Place:
    """A form: its address, the field that finds it, its row, and two fields of it."""

    path: str
    row: object
    text: str
    other: str
    read: object

    def value(self, name):
        return self.read(type(self.row).objects.get(pk=self.row.pk), name)


def plain(row, name):
    return getattr(row, name)


def rubric_value(rubric, name):
    if name == "title":
        return rubric.title
    return rubric.criteria.get(position=1).levels.get(position=2).description


def work_value(work, name):
    return work.csl[name]


@pytest.fixture(params=["prompt", "course", "rubric", "profile", "work", "reference"])
def place(request, course, instructor):
    if request.param in ("work", "reference"):
        return work_place(request.param, course, instructor)
    if request.param == "prompt":
        prompt = factories.make_prompt(course)
        return Place("/c/networks/prompts/1/edit/", prompt, "question", "title", plain)
    if request.param == "course":
        return Place("/c/networks/settings/", course, "about", "term", plain)
    if request.param == "rubric":
        rubric = factories.make_rubric(course)
        path = f"/c/networks/settings/rubrics/{rubric.pk}/"
        return Place(path, rubric, "text-1-2", "title", rubric_value)
    return Place("/me/", instructor, "about", "public_name", plain)


def work_place(page, course, instructor):
    """Return the form of a work in the class bibliography, or of a reference of one's own post."""
    work = factories.make_work(course, added_by=instructor)
    post = factories.make_post(instructor, course, slug="ties")
    reference = factories.make_reference(post, work, cited=True)
    path = f"/c/networks/references/{work.pk}/edit/"
    if page == "reference":
        path = reverse("reference_edit", args=[course.slug, post.slug, reference.key])
    return Place(path, work, "title", "volume", work_value)


@pytest.fixture
def teacher(client, instructor):
    client.force_login(instructor)
    return client


def opened(client, place):
    response = client.get(place.path)
    assert response.status_code == 200
    return fields_of(response, place.text)


def save(client, place, page, **changes):
    return client.post(place.path, page | changes)


def test_a_form_that_nobody_else_saved_is_saved(teacher, place):
    page = opened(teacher, place)

    assert save(teacher, place, page, **{place.text: "Mine"}).status_code == 302

    assert place.value(place.text) == "Mine"


def test_saving_twice_from_new_pages_is_no_conflict(teacher, place):
    for words in ("First", "Second"):
        assert save(teacher, place, opened(teacher, place), **{place.text: words}).url

    assert place.value(place.text) == "Second"


def test_a_stale_save_writes_nothing_and_shows_both(teacher, place):
    first, second = opened(teacher, place), opened(teacher, place)
    save(teacher, place, first, **{place.text: "Saved by A"})
    before = place.value(place.other)

    response = save(teacher, place, second, **{place.text: "Typed by B", place.other: "Also B"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Saved by A" in page
    assert "Typed by B" in page
    assert (place.value(place.text), place.value(place.other)) == ("Saved by A", before)


def test_where_both_changed_a_field_somebody_has_to_choose(teacher, place):
    first, second = opened(teacher, place), opened(teacher, place)
    save(teacher, place, first, **{place.text: "Saved by A"})
    shown = save(teacher, place, second, **{place.text: "Typed by B"})

    again = fields_of(shown, place.text)
    assert again[place.text] == "Typed by B"
    assert f"keep-{place.text}" not in again
    refused = save(teacher, place, again)
    error = f"keep-{place.text}-error"
    assert refused.status_code == 409
    assert f'aria-invalid="true" aria-describedby="{error}"' in refused.content.decode()
    assert f'id="{error}">Choose one of the two.' in refused.content.decode()
    assert place.value(place.text) == "Saved by A"


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("choice", "kept"), [("stored", "Saved by A"), ("submitted", "Typed by B")]
)
def test_the_choice_is_saved(teacher, place, choice, kept):
    first, second = opened(teacher, place), opened(teacher, place)
    save(teacher, place, first, **{place.text: "Saved by A"})
    shown = save(teacher, place, second, **{place.text: "Typed by B", place.other: "Also B"})

    response = save(teacher, place, fields_of(shown, place.text), **{f"keep-{place.text}": choice})

    assert response.status_code == 302
    assert (place.value(place.text), place.value(place.other)) == (kept, "Also B")


def test_what_only_one_of_them_changed_is_chosen_already(teacher, place):
    first, second = opened(teacher, place), opened(teacher, place)
    save(teacher, place, first, **{place.text: "Saved by A"})
    shown = save(teacher, place, second, **{place.other: "Only B"})

    again = fields_of(shown, place.text)
    assert (again[f"keep-{place.text}"], again[f"keep-{place.other}"]) == ("stored", "submitted")
    assert save(teacher, place, again).status_code == 302

    assert (place.value(place.text), place.value(place.other)) == ("Saved by A", "Only B")


def test_a_third_save_meanwhile_is_shown_again(teacher, place):
    pages = [opened(teacher, place) for _ in range(2)]
    save(teacher, place, pages[0], **{place.text: "Saved by A"})
    shown = fields_of(save(teacher, place, pages[1], **{place.text: "Typed by B"}), place.text)
    save(teacher, place, opened(teacher, place), **{place.text: "Saved by C"})

    response = save(teacher, place, shown, **{f"keep-{place.text}": "submitted"})

    assert response.status_code == 409
    assert "Saved by C" in response.content.decode()
    assert place.value(place.text) == "Saved by C"


def test_the_same_form_sent_twice_is_no_conflict(teacher, place):
    page = opened(teacher, place) | {place.text: "Mine"}

    assert [teacher.post(place.path, page).status_code for _twice in range(2)] == [302, 302]


@pytest.mark.sampled
@pytest.mark.parametrize("version", ["", "0", "999", "-1", "1 OR 1=1", "١", "9" * 400])
def test_a_version_that_the_row_never_had_is_stale(teacher, place, version):
    page = opened(teacher, place) | {"version": version, "seen": "%&=&%FF"}
    before = place.value(place.text)

    response = save(teacher, place, page, **{place.text: "Mine"})

    assert response.status_code == 409
    assert place.value(place.text) == before


def test_a_form_without_a_version_overwrites_nothing(teacher, place):
    page = opened(teacher, place)
    del page["version"], page["seen"]
    before = place.value(place.text)

    assert save(teacher, place, page, **{place.text: "Mine"}).status_code == 409

    assert place.value(place.text) == before


def test_an_error_beside_a_choice_keeps_both(teacher, course, prompt):
    place = Place("/c/networks/prompts/1/edit/", prompt, "question", "title", plain)
    first, second = opened(teacher, place), opened(teacher, place)
    save(teacher, place, first, question="Saved by A")
    shown = save(teacher, place, second, title="", words_min="9")

    refused = save(teacher, place, fields_of(shown, "question"))

    assert refused.status_code == 422
    again = fields_of(refused, "question")
    assert (again["question"], again["title"], again["words_min"]) == ("Saved by A", "", "9")
    assert save(teacher, place, again, title="B").status_code == 302
    assert (place.value("question"), place.value("words_min")) == ("Saved by A", 9)


def test_values_are_shown_in_words(teacher, course, prompt):
    Course.objects.filter(pk=course.pk).update(
        ends_on=date(2026, 12, 31), starts_on=date(2026, 9, 1)
    )
    rubric = factories.make_rubric(course, "Reflection")
    post = factories.make_post(factories.make_user(), course)
    work = factories.make_reference(post, cited=True).work
    place = Place("/c/networks/prompts/1/edit/", prompt, "question", "title", plain)
    first, second = opened(teacher, place), opened(teacher, place)
    dates = {"comments_due_at": "2026-12-24T23:59", "due_at": "2026-12-24T18:00"}
    save(teacher, place, first, rubric=rubric.pk, required_works=[work.pk], **dates)

    form = save(teacher, place, second, title="New").context["form"]

    shown = {difference.field.name: difference.stored for difference in form.differences}
    assert shown["rubric"] == "Reflection"
    assert shown["required_works"] == "Granovetter, 1973. The strength of weak ties"
    assert shown["comments_due_at"] == "Thu 24 Dec 2026, 23:59"
    assert {d.field.name: d.submitted for d in form.differences}["rubric"] == (
        "no rubric: feedback in words only"
    )


def test_a_new_code_is_no_conflict_and_is_not_undone(teacher, course, instructor):
    place = Place("/c/networks/settings/", course, "about", "term", plain)
    page = opened(teacher, place)
    code = rotate_join_code(course, by=instructor)

    save(teacher, place, page, about="New")

    course = Course.objects.get(pk=course.pk)
    assert (course.join_code, course.about) == (code, "New")


def test_a_day_that_came_meanwhile_is_not_undone(teacher, course):
    wide = {"widest_audience": Audience.PUBLIC, "default_audience": Audience.PUBLIC}
    Course.objects.filter(pk=course.pk).update(**wide)
    place = Place("/c/networks/settings/", course, "about", "widest_audience", plain)
    page = opened(teacher, place)
    Course.objects.filter(pk=course.pk).update(public_ends_on=course.today())
    assert change_courses_on_their_dates() == 1

    shown = save(teacher, place, page, about="Mine")

    assert shown.status_code == 409
    assert place.value("widest_audience") == Audience.COURSE
    assert save(teacher, place, fields_of(shown, place.text)).status_code == 302
    assert (place.value("about"), place.value("widest_audience")) == ("Mine", Audience.COURSE)


@pytest.mark.django_db(transaction=True)
def test_of_two_simultaneous_saves_one_is_shown_both(place, instructor):
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(instructor)
    pages = [opened(client, place) for client in clients]
    start, answers = threading.Barrier(2), {}

    def send(number):
        start.wait()
        try:
            words = {place.text: f"Words {number}"}
            answers[number] = save(clients[number], place, pages[number], **words).status_code
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers.values()) == [302, 409]
    [saved] = [number for number, status in answers.items() if status == 302]
    assert place.value(place.text) == f"Words {saved}"


def test_a_save_that_loses_the_race_after_its_check_shows_both(teacher, prompt, monkeypatch):
    place = Place("/c/networks/prompts/1/edit/", prompt, "question", "title", plain)
    page = opened(teacher, place)
    save_prompt = prompts.save_prompt

    def save_late(*args, **kwargs):
        rows = Prompt.objects.filter(pk=prompt.pk, version=1)
        rows.update(question="Saved by A", version=2)
        return save_prompt(*args, **kwargs)

    monkeypatch.setattr("blog.views.prompts.prompt.save_prompt", save_late)

    response = save(teacher, place, page, question="Typed by B")

    assert response.status_code == 409
    assert "Saved by A" in response.content.decode()
    assert place.value("question") == "Saved by A"


def test_saving_a_profile_writes_its_own_fields_alone(teacher, instructor):
    place = Place("/me/", instructor, "about", "public_name", plain)
    page = opened(teacher, place)
    User.objects.filter(pk=instructor.pk).update(email="new@example.edu")

    save(teacher, place, page, about="Mine")

    assert User.objects.get(pk=instructor.pk).email == "new@example.edu"


def test_rows_that_are_new_have_version_one(course, instructor):
    rows = [
        course,
        instructor,
        factories.make_prompt(course),
        factories.make_rubric(course),
        factories.make_work(course),
    ]

    assert [row.version for row in rows] == [1, 1, 1, 1, 1]
