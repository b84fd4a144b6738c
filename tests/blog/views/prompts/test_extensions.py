from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Extension, version_of
from tests import factories

LIST = "/c/networks/prompts/1/extensions/"


@pytest.fixture
def closed(course):
    """Return a prompt that closed yesterday at 12:00."""
    due = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=1)
    return factories.make_prompt(course, due_at=due, late_posts="close")


def minute(moment):
    return f"{moment:%Y-%m-%dT%H:%M}"


def give(client, student, until, seen=""):
    sent = {"student": student.username, "until": minute(until), "seen": seen}
    return client.post(LIST, sent, follow=True)


def take_back(client, extension, seen=""):
    address = reverse("extension_take_back", args=["networks", 1, extension.pk])
    return client.post(address, {"seen": seen}, follow=True)


def test_an_instructor_gives_more_time_and_takes_it_back(client, closed, ada, instructor):
    client.force_login(instructor)
    until = timezone.now().replace(second=0, microsecond=0) + timedelta(days=2)

    given = client.post(LIST, {"student": ada.username, "until": minute(until)}, follow=True)
    extension = Extension.objects.get()
    back = take_back(client, extension, seen=version_of(extension))

    assert extension.until == until
    assert "Ada Student has until" in given.content.decode()
    assert "Ada Student now has the same due date as everyone else." in back.content.decode()
    assert "Give again" in back.content.decode()
    extension.refresh_from_db()
    assert extension.taken_back_at is not None


def test_the_form_begins_with_the_end_of_a_day_where_the_course_is(
    client, course, closed, ada, instructor
):
    instructor.time_zone = course.time_zone = "Asia/Tokyo"
    instructor.save()
    course.save()
    client.force_login(instructor)

    form = client.get(LIST).context["form"]

    assert minute(form["until"].value()).endswith("T23:59")


def test_what_another_instructor_gave_meanwhile_is_shown_beside_what_is_typed(
    client, closed, ada, instructor
):
    client.force_login(instructor)
    page = client.get(LIST)
    extension = factories.make_extension(closed, ada, instructor, days=2)
    until = closed.due_at + timedelta(days=5)

    clash = give(client, ada, until, seen=page.context["seen"])

    assert clash.status_code == 409
    html = clash.content.decode()
    assert ", given by Ines Instructor. Nothing is saved yet." in html
    assert minute(until) in html
    extension.refresh_from_db()
    assert extension.until == closed.due_at + timedelta(days=2)
    give(client, ada, until, seen=clash.context["seen"])
    extension.refresh_from_db()
    assert extension.until == until


def test_a_page_that_does_not_know_of_a_withdrawal_gives_nothing(client, closed, ada, instructor):
    client.force_login(instructor)
    extension = factories.make_extension(closed, ada, instructor, days=2)
    page = client.get(LIST)
    take_back(client, extension, seen=page.context["seen"])

    clash = give(client, ada, closed.due_at + timedelta(days=5), seen=page.context["seen"])

    assert "The extension of Ada Student was taken back in the meantime." in clash.content.decode()
    extension.refresh_from_db()
    assert extension.taken_back_at is not None


def test_an_extension_that_was_moved_meanwhile_is_not_taken_back(client, closed, ada, instructor):
    client.force_login(instructor)
    extension = factories.make_extension(closed, ada, instructor, days=2)
    page = client.get(LIST)
    give(client, ada, closed.due_at + timedelta(days=5), seen=page.context["seen"])

    back = take_back(client, extension, seen=page.context["seen"])

    assert ", given by Ines Instructor. Nothing is saved yet." in back.content.decode()
    extension.refresh_from_db()
    assert extension.taken_back_at is None
    take_back(client, extension, seen=back.context["seen"])
    extension.refresh_from_db()
    assert extension.taken_back_at is not None


def test_extensions_of_other_students_are_no_conflict(client, closed, ada, bob, instructor):
    client.force_login(instructor)
    page = client.get(LIST)
    factories.make_extension(closed, bob, instructor, days=2)

    given = give(client, ada, closed.due_at + timedelta(days=5), seen=page.context["seen"])

    assert given.redirect_chain
    assert Extension.objects.filter(student=ada).exists()


def test_what_is_refused_stands_at_its_field_and_is_kept(client, closed, ada, instructor):
    client.force_login(instructor)
    until = closed.due_at - timedelta(hours=1)

    page = client.post(LIST, {"student": ada.username, "until": minute(until)})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["until"]
    assert minute(until) in page.content.decode()
    assert not Extension.objects.exists()


def test_the_form_begins_with_the_student_it_is_for(client, closed, ada, bob, instructor):
    client.force_login(instructor)

    page = client.get(f"{LIST}?student={bob.username}")

    assert page.context["form"]["student"].value() == bob.username


def test_the_list_takes_as_many_queries_for_three_as_for_one(
    client, course, closed, ada, instructor, django_assert_num_queries
):
    client.force_login(instructor)
    for number in (1, 3):
        while Extension.objects.count() < number:
            student = factories.make_user()
            factories.add_member(course, student)
            factories.make_extension(closed, student, instructor)
        with django_assert_num_queries(5):
            client.get(LIST)


def test_their_pages_show_an_extension_to_its_student_and_not_to_others(
    client, course, closed, ada, bob, instructor
):
    factories.make_extension(closed, ada, instructor, days=4)
    post = factories.make_post(ada, course, slug="of-ties", prompt=closed)
    day = f"{closed.due_at + timedelta(days=4):%-d %b}"

    def shows(person, address):
        client.force_login(person)
        return day in client.get(address).content.decode()

    for address in (closed.get_absolute_url(), post.get_absolute_url()):
        assert [shows(person, address) for person in (ada, bob)] == [True, False], address
    assert shows(instructor, post.get_absolute_url())


def test_a_student_with_more_time_can_begin_to_write(client, closed, ada, bob, instructor):
    factories.make_extension(closed, ada, instructor, days=4)

    for person, can_write in [(ada, True), (bob, False)]:
        client.force_login(person)
        for address in (closed.get_absolute_url(), "/c/networks/"):
            page = client.get(address).content.decode()
            assert ("posts/new/?prompt=1" in page) is can_write, (person, address)
    assert "Ask an instructor for more time." in page


def test_the_editor_says_that_a_prompt_closed_and_keeps_the_draft(client, course, closed, ada):
    factories.make_draft_post(ada, course, slug="half", prompt=closed)
    client.force_login(ada)

    page = client.get("/c/networks/posts/half/edit/").content.decode()
    answer = client.post(
        "/c/networks/posts/half/publish/",
        {"title": "T", "text": "All I have.", "audience": 30, "version": "0.1"},
    )

    assert "so you cannot publish this post. Your draft is saved." in page
    assert answer.status_code == 422
    assert "This prompt closed on" in answer.content.decode()
    assert "All I have." in answer.content.decode()


def test_the_desk_shows_an_extension_and_leads_to_giving_one(
    client, course, closed, ada, assistant, instructor
):
    factories.make_extension(closed, ada, instructor, days=4)
    post = factories.make_post(ada, course, prompt=closed)
    address = factories.desk_address(post)

    client.force_login(instructor)
    page = client.get(address).content.decode()
    client.force_login(assistant)
    of_assistant = client.get(address).content.decode()

    assert "More time until" in page
    assert f"extensions/?student={ada.username}" in page
    assert "More time until" in of_assistant
    assert "extensions/?student" not in of_assistant
    assert "day late" not in page


def test_the_page_of_a_member_shows_extensions_and_leads_to_giving_one(
    client, course, closed, ada, instructor
):
    factories.make_extension(closed, ada, instructor, days=4)
    client.force_login(instructor)

    page = client.get(reverse("member_edit", args=["networks", ada.username])).content.decode()
    own = client.get(reverse("member_edit", args=["networks", instructor.username]))

    assert "More time until" in page
    assert f"{LIST}?student={ada.username}" in page
    assert "prompts" not in own.context


@pytest.mark.parametrize("until", ["9999-12-31T23:59", "0001-01-01T00:00"])
def test_the_ends_of_the_calendar_are_refused_in_words(client, closed, ada, instructor, until):
    client.force_login(instructor)

    answer = client.post(LIST, {"student": ada.username, "until": until})

    assert answer.status_code == 422
    assert "This day is too far away." in answer.content.decode()
