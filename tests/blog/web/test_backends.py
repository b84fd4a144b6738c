"""Memberships of the signed-in person, as they are at each request."""

import pytest
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import BACKEND_SESSION_KEY, authenticate
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from blog.actions.courses import change_member, remove_member, restore_member
from blog.models import Membership, User
from blog.web.backends import ReaderBackend
from tests import factories


@pytest.fixture
def backend():
    return ReaderBackend()


def signs_of(membership):
    names = ("course_withholds_names", "course_has_gates", "has_news", "course_has_cases")
    return [getattr(membership, name) for name in (*names, "course_case_waits")]


def test_a_reader_is_whom_the_plain_query_finds(backend, ada, course, django_assert_num_queries):
    """With all of their columns, and with the memberships that they would ask for."""
    pod = factories.make_pod(course, None, ada)
    factories.make_course("second", instructor=ada)
    plain = User.objects.get(pk=ada.pk)

    with django_assert_num_queries(1):
        reader = backend.get_user(ada.pk)
        first, second = reader.memberships_now
        assert (first.course, first.pod, first.user, second.user) == (course, pod, reader, reader)
        assert first.user is second.user is reader

    assert {name: value for name, value in vars(reader).items() if name in vars(plain)} | {
        "_state": None
    } == vars(plain) | {"_state": None}
    assert reader.memberships_now == plain.memberships_now
    assert [signs_of(each) for each in reader.memberships_now] == [
        signs_of(each) for each in plain.memberships_now
    ]
    assert (reader._state.adding, reader._state.db) == (False, "default")


def test_somebody_without_memberships(backend, course, django_assert_num_queries):
    person = factories.make_user("mei")
    left = Membership.objects.create(course=course, user=person, ended_at=timezone.now())

    with django_assert_num_queries(2):
        reader = backend.get_user(person.pk)
        assert (reader, reader.memberships_now) == (person, [])

    assert left in Membership.objects.all()
    assert backend.get_user(0) is None


@pytest.mark.parametrize("is_member", [True, False])
def test_a_closed_account_is_nobody(backend, client, ada, eve, is_member):
    person = ada if is_member else factories.make_user("mei")
    client.force_login(person)
    assert client.get("/me/").status_code == 200

    User.objects.filter(pk=person.pk).update(is_active=False)

    assert backend.get_user(person.pk) is None
    assert client.get("/me/").status_code == 302


def test_staff_keep_their_rights(client, backend, instructor):
    staff = factories.make_user("mei", is_staff=True, is_superuser=True)
    client.force_login(staff)

    assert backend.get_user(staff.pk).has_perm("blog.change_course")
    assert not backend.get_user(instructor.pk).has_perm("blog.change_course")
    assert client.get("/admin/").status_code == 200


def test_memberships_are_those_of_the_request(client, course, instructor, ada):
    """A role, an end and a return count from the next request on."""
    client.force_login(ada)
    home, roster = (reverse(name, args=[course.slug]) for name in ("course_home", "roster"))
    membership = ada.memberships.get()

    def answers():
        return client.get(home).status_code, client.get(roster).status_code

    assert answers() == (200, 403)
    change_member(membership, by=instructor, role="assistant", pod=None)
    assert client.get(home).context["user"].memberships_now[0].role == "assistant"
    remove_member(membership, by=instructor)
    assert answers() == (404, 404)
    restore_member(membership, by=instructor)
    assert client.get(home).status_code == 200


def test_a_course_that_is_joined_in_a_request_is_there_in_it(client, course, eve):
    client.force_login(eve)

    answer = client.post(reverse("join_course", args=[course.join_code]), follow=True)

    assert answer.status_code == 200
    assert course in [each.course for each in answer.context["user"].memberships_now]


def test_memberships_are_forgotten_through_what_loads_the_person(ada):
    """``request.user`` has a ``__dict__`` beside that of the person."""
    user = SimpleLazyObject(lambda: ada)
    assert user.memberships_now

    user.forget_memberships()

    assert "memberships_now" not in vars(ada)


def test_a_page_of_a_course_asks_once_for_its_reader(client, course, ada):
    client.force_login(ada)

    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("course_home", args=[course.slug]))

    tables = [each["sql"].split(" FROM ")[1].split()[0].strip('"') for each in asked]
    assert tables[:2] == ["django_session", "blog_membership"]
    assert "blog_user" not in tables[2:]


def test_a_session_that_allauth_began_goes_on(client, ada, course):
    client.force_login(ada, "allauth.account.auth_backends.AuthenticationBackend")

    answer = client.get(reverse("course_home", args=[course.slug]))

    assert answer.status_code == 200
    assert answer.context["user"].memberships_now[0].course == course


def test_a_password_is_tried_once(ada, monkeypatch):
    tried = []
    check = AuthenticationBackend._check_password

    def counted(self, user, password):
        tried.append(type(self))
        return check(self, user, password)

    monkeypatch.setattr(AuthenticationBackend, "_check_password", counted)
    request = RequestFactory().get("/")

    assert authenticate(request, email=ada.email, password="another one") is None
    assert tried == [ReaderBackend]
    found = authenticate(request, email=ada.email, password=factories.PASSWORD)
    assert (found, found.backend) == (ada, "blog.web.backends.ReaderBackend")


def test_a_new_session_is_of_this_backend(client, ada):

    client.post(reverse("account_login"), {"login": ada.email, "password": factories.PASSWORD})

    assert client.session[BACKEND_SESSION_KEY] == "blog.web.backends.ReaderBackend"
