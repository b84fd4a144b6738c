"""A person's own profile."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Membership, User, version_of
from tests import factories

URL = "/me/"
FIELDS = {
    "display_name": "Ada L.",
    "public_name": "A. L.",
    "time_zone": "Europe/London",
    "about": "I count.",
}


def form_of(person, **changes):
    return FIELDS | {"version": version_of(person)} | changes


def test_profile_asks_visitors_to_sign_in(client, db):
    assert client.get(URL).url == f"{reverse('account_login')}?next={URL}"


def test_profile_belongs_to_everybody_who_is_signed_in(client, eve, observer):
    for user in (eve, observer):
        client.force_login(user)
        assert client.get(URL).status_code == 200


def test_profile_is_saved(client, ada):
    client.force_login(ada)

    response = client.post(URL, form_of(ada))

    ada.refresh_from_db()
    assert response.url == URL
    assert {name: getattr(ada, name) for name in FIELDS} == FIELDS


@pytest.mark.parametrize(
    ("field", "value"),
    [("display_name", "  "), ("time_zone", "Mars/Base"), ("about", "x" * 601)],
)
def test_profile_with_bad_input_says_so_at_the_field(client, ada, field, value):
    client.force_login(ada)

    response = client.post(URL, form_of(ada, **{field: value}))

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert b'who-name" dir="auto">Ada Student<' in response.content
    ada.refresh_from_db()
    assert ada.display_name == "Ada Student"


def test_profile_changes_nothing_else(client, ada):
    client.force_login(ada)
    before = ada.email, ada.username, ada.is_staff

    client.post(URL, form_of(ada, email="x@example.org", username="root", is_staff="on"))

    ada.refresh_from_db()
    assert (ada.email, ada.username, ada.is_staff) == before


def test_profile_keeps_a_zone_that_is_not_offered(client, ada):
    ada.time_zone = "Etc/GMT+5"
    ada.save()
    client.force_login(ada)

    client.post(URL, form_of(ada, time_zone="Etc/GMT+5"))

    ada.refresh_from_db()
    assert (ada.time_zone, ada.display_name) == ("Etc/GMT+5", "Ada L.")


def test_profile_lists_courses_that_run_ended_and_were_left(client, ada, course):
    today = timezone.now().date()
    over = factories.make_course(
        starts_on=today - timedelta(days=90), ends_on=today - timedelta(days=5)
    )
    left = factories.make_course()
    factories.add_member(over, ada)
    factories.add_member(left, ada, ended_at=timezone.now())
    client.force_login(ada)

    context = client.get(URL).context

    assert [[m.course for m in context[k]] for k in ("running", "over", "left")] == [
        [course],
        [over],
        [left],
    ]


def test_profile_without_a_course_links_to_joining(client, db):
    client.force_login(factories.make_user())

    assert b"You are not in a course yet." in client.get(URL).content


def test_profile_costs_the_same_at_one_and_three_courses(
    client, django_assert_num_queries, ada, course
):
    client.force_login(ada)

    with django_assert_num_queries(3):
        client.get(URL)
    for _ in range(2):
        factories.add_member(factories.make_course(), ada)
    with django_assert_num_queries(3):
        client.get(URL)
    assert Membership.objects.filter(user=ada).count() == 3


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Student", "A part of your name"),
        ("The great ADA", "A part of your name"),
        ("Sea Glass", "has a name that looks the same"),
        ("1nes Instructor", "has a name that looks the same"),
    ],
)
def test_a_course_name_that_tells_who_it_is_or_is_anothers_is_refused(
    client, ada, bob, name, words
):
    User.objects.filter(pk=bob.pk).update(course_name="Sea Glass")
    client.force_login(ada)

    page = client.post(URL, form_of(ada, display_name=ada.display_name, course_name=name))

    assert (page.status_code, words in page.text) == (422, True)
    assert name in page.text
    assert not User.objects.get(pk=ada.pk).course_name


def test_the_profile_leads_to_two_step_sign_in_and_sessions(client, ada):
    client.force_login(ada)

    page = client.get(URL).text

    for name in ("mfa_index", "session_list"):
        assert f'href="{reverse(name)}"' in page
