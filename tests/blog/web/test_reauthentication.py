"""Exports of others' data, rights and what cannot be undone ask once more who sits there."""

import time

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.cache import cache

from blog.models import Membership
from tests import factories
from tests.signed_in import signed_in_long_ago

HALF_AN_HOUR = 30 * 60


@pytest.fixture
def sat_down(client, instructor, course, ada):
    """Sign in more than half an hour ago."""
    cache.clear()
    client.force_login(instructor)
    return signed_in_long_ago(client)


@pytest.mark.parametrize(
    ("method", "path", "page"),
    [
        ("post", "gradebook/export/csv/", "gradebook/export/"),
        ("post", "network/export/csv/", "network/export/"),
        ("post", "gradebook/files/1/filled/", "gradebook/files/1/"),
        ("get", "settings/delete/", "settings/delete/"),
    ],
)
def test_an_export_asks_for_the_password_and_leads_to_its_page(sat_down, method, path, page):
    answer = getattr(sat_down, method)(f"/c/networks/{path}")

    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/reauthenticate/?next=")
    wrong = sat_down.post(answer.url, {"password": "no"})
    assert "This is not your password." in wrong.content.decode()
    right = sat_down.post(answer.url, {"password": factories.PASSWORD})
    assert right.url == f"/c/networks/{page}"
    again = getattr(sat_down, method)(f"/c/networks/{path}")
    assert not again.headers.get("Location", "").startswith("/accounts/")


@pytest.mark.parametrize("path", ["totp/activate/", "webauthn/add/", "recovery-codes/generate/"])
def test_a_second_step_is_changed_only_by_whoever_has_just_shown_who_they_are(sat_down, path):
    answer = sat_down.get(f"/accounts/two-step/{path}")

    assert answer.url.startswith("/accounts/reauthenticate/?next=")
    page = sat_down.get(answer.url).content.decode()
    assert "Confirm that it’s you" in page
    right = sat_down.post(answer.url, {"password": factories.PASSWORD})
    assert right.url == f"/accounts/two-step/{path}"


def test_nobody_is_asked_who_may_not_come(sat_down, bob):
    sat_down.force_login(bob)

    assert sat_down.post("/c/networks/gradebook/export/csv/").status_code == 403


def test_a_sign_in_counts_for_half_an_hour(client, instructor, course):
    client.force_login(instructor)
    (record,) = client.session[AUTHENTICATION_METHODS_SESSION_KEY]

    assert time.time() - record["at"] < HALF_AN_HOUR
    assert client.post("/c/networks/gradebook/export/csv/").status_code == 200


@pytest.mark.parametrize("method", ["lti", "socialaccount", "one of another year"])
def test_being_let_pass_by_others_does_not_count(sat_down, method):
    session = sat_down.session
    session[AUTHENTICATION_METHODS_SESSION_KEY].append({"method": method, "at": time.time()})
    session.save()

    answer = sat_down.post("/c/networks/gradebook/export/csv/")

    assert answer.url.startswith("/accounts/reauthenticate/?next=")


def test_a_first_password_is_chosen_only_by_whoever_has_just_shown_who_they_are(sat_down, ada):
    """Whoever sits at an open screen would choose one, and be asked for it from then on."""
    ada.set_unusable_password()
    ada.save()
    sat_down.force_login(ada)
    assert sat_down.get("/accounts/password/set/").status_code == 200
    signed_in_long_ago(sat_down)

    answers = [
        sat_down.get("/accounts/password/set/"),
        sat_down.post("/accounts/password/set/", {"password1": "five quiet herons wade"}),
    ]

    for answer in answers:
        assert answer.url == "/accounts/reauthenticate/?next=%2Faccounts%2Fpassword%2Fset%2F"
    ada.refresh_from_db()
    assert not ada.has_usable_password()
    by_mail = sat_down.get(answers[0].url)
    assert by_mail.url.startswith("/accounts/password/reset/")


def confirm(client, answer):
    assert answer.url.startswith("/accounts/reauthenticate/?next=")
    return client.post(answer.url, {"password": factories.PASSWORD}).url


@pytest.mark.parametrize("role", ["assistant", "instructor"])
def test_a_role_that_gives_rights_asks_first_and_keeps_what_was_chosen(sat_down, course, ada, role):
    page, pod = f"/c/networks/roster/{ada.username}/", factories.make_pod(course, "Pod 1")

    back = confirm(sat_down, sat_down.post(page, {"role": role, "pod": pod.pk, "section": ""}))

    assert Membership.objects.get(user=ada).role == "student"
    asked = sat_down.get(back)
    assert "This is not saved yet. Press Save." in asked.content.decode()
    form = asked.context["form"]
    sat_down.post(page, {name: form[name].value() for name in form.fields})
    stored = Membership.objects.get(user=ada)
    assert (stored.role, stored.pod) == (role, pod)


def test_a_role_without_rights_asks_nothing(sat_down, ada):
    page = f"/c/networks/roster/{ada.username}/"

    sat_down.post(page, {"role": "observer", "pod": "", "section": ""})

    assert Membership.objects.get(user=ada).role == "observer"
    assert "not saved yet" not in sat_down.get(page).content.decode()


def test_leaving_a_course_asks_first(sat_down, ada):
    sat_down.force_login(ada)
    signed_in_long_ago(sat_down)

    answer = sat_down.post("/me/leave/networks/")

    assert confirm(sat_down, answer) == "/me/leave/networks/"
    assert ada.membership_in(Membership.objects.get(user=ada).course) is not None


@pytest.fixture
def root(client, db):
    root = factories.make_user("Rosa Root", is_staff=True, is_superuser=True)
    client.force_login(root)
    return signed_in_long_ago(client)


@pytest.mark.parametrize("method", ["get", "post"])
def test_rights_of_an_account_ask_first(root, ada, method):
    page = f"/admin/blog/user/{ada.pk}/change/"

    answer = getattr(root, method)(page, {"is_active": "on", "is_superuser": "on"})

    assert confirm(root, answer).startswith(page)
    ada.refresh_from_db()
    assert not ada.is_superuser
    root.post(page, {"is_active": "on", "is_superuser": "on"})
    ada.refresh_from_db()
    assert ada.is_superuser


def test_appointing_an_instructor_asks_first(root, course, ada):
    chosen = {"action": "appoint_instructor", "_selected_action": course.pk, "person": ada.email}

    answer = root.post("/admin/blog/course/", chosen)

    assert confirm(root, answer) == "/admin/blog/course/"
    assert Membership.objects.get(user=ada).role == "student"
