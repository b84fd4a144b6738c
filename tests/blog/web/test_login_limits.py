"""Wrong passwords: how many, of whom, from where, and who is not kept out by them."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from blog.models import notice_version
from blog.web.known_devices import MAX_ACCOUNTS
from tests import factories
from tests.submitted import fields_of

HOME, CAFE = "192.0.2.1", "198.51.100.7"


@pytest.fixture(autouse=True)
def _no_earlier_tries(db):
    cache.clear()
    yield
    cache.clear()


def browser(address, **cookies):
    client = Client(REMOTE_ADDR=address)
    for name, value in cookies.items():
        client.cookies[name] = value
    return client


def sign_in(client, user, password=factories.PASSWORD, **changed):
    form = {"login": user.email, "password": password} | changed
    return client.post(reverse("account_login"), form)


def try_wrong(user, times, *, address=CAFE, client=None):
    for number in range(times):
        sign_in(client or browser(address), user, password=f"wrong {number}")


def is_in(answer):
    return answer.status_code == 302


def test_five_wrong_passwords_close_the_door_for_their_address_alone(ada):
    try_wrong(ada, 5)

    assert "Wait five minutes" in sign_in(browser(CAFE), ada).content.decode()
    assert is_in(sign_in(browser(HOME), ada))


@pytest.mark.parametrize("times", [6, 20])
def test_wrong_passwords_of_others_keep_nobody_out(ada, times):
    try_wrong(ada, times)

    assert is_in(sign_in(browser(HOME), ada))


def test_the_limit_is_one_of_the_account_however_it_is_written(ada):
    for login in ("ada@example.edu", "ADA@example.edu", " ada@example.edu ", "Ada@Example.EDU"):
        sign_in(browser(CAFE), ada, password="wrong", login=login)
    try_wrong(ada, 1)

    assert not is_in(sign_in(browser(CAFE), ada))


def test_another_account_at_the_same_address_has_tries_of_its_own(ada, bob):
    try_wrong(ada, 5)

    assert is_in(sign_in(browser(CAFE), bob))


def test_right_passwords_use_up_nothing(ada):
    for _time in range(8):
        assert is_in(sign_in(browser(CAFE), ada))


CLASS = 31  # the largest of the courses that this is made for, in one room


def test_a_class_behind_one_address_signs_up_at_once(course):
    for number in range(CLASS):
        student = browser(CAFE)
        joins = f"/join/{course.join_code}/"
        page = student.get(f"{reverse('account_signup')}?next={joins}")
        chosen = {
            "email": f"student{number}@example.edu",
            "password1": factories.PASSWORD,
            "display_name": f"Student {number}",
        }
        student.post(reverse("account_signup"), fields_of(page, "password1") | chosen)
        link = re.search(r"https?://[^/\s]+(\S+)", mail.outbox[-1].body)[1]
        student.post(link)
        student.post(reverse("notice_accept"), {"notice": notice_version()})
        student.post(joins)

    assert course.memberships.students().count() == CLASS


def test_a_class_behind_one_address_signs_in_at_once_with_two_mistakes_each():
    students = [factories.make_user(f"Student {number}") for number in range(CLASS)]

    for mistake in ("Quiet herons", "quiet heron"):
        for student in students:
            sign_in(browser(CAFE), student, password=mistake)

    assert all(is_in(sign_in(browser(CAFE), student)) for student in students)


@pytest.fixture
def closed(ada):
    """Return fifty wrong passwords within the hour, from many addresses."""
    known = browser(CAFE)
    sign_in(known, ada)
    known.post(reverse("account_logout"))
    for number in range(11):
        try_wrong(ada, 5, address=f"203.0.113.{number}")
    return known


def test_fifty_wrong_passwords_from_everywhere_close_the_account_to_strangers(ada, bob, closed):
    page = sign_in(browser(HOME), ada).content.decode()

    assert "Someone has typed many wrong passwords for this email." in page
    assert is_in(sign_in(browser(HOME), bob))


def test_a_known_device_passes(ada, closed):
    assert is_in(sign_in(closed, ada))


def test_a_known_device_passes_though_its_address_has_none_left(ada):
    known = browser(CAFE)
    sign_in(known, ada)
    known.post(reverse("account_logout"))
    try_wrong(ada, 6)

    assert is_in(sign_in(known, ada))


def test_a_known_device_has_five_tries_like_everybody(ada, closed):
    try_wrong(ada, 5, client=closed)

    assert not is_in(sign_in(closed, ada))


def test_a_device_is_known_to_its_own_account_alone(ada, bob, closed):
    for number in range(11):
        try_wrong(bob, 5, address=f"203.0.113.{number}")

    assert not is_in(sign_in(closed, bob))


def test_people_who_share_a_computer_are_all_known_there(ada, bob, closed):
    sign_in(closed, bob)
    closed.post(reverse("account_logout"))

    assert is_in(sign_in(closed, ada))


@pytest.mark.parametrize("value", ["", "x", "a:b:c", "WyJ4IiwgW11d:1:x", "é", '"a\\073b"'])
def test_a_forged_cookie_makes_no_known_device(ada, closed, value):
    assert not is_in(sign_in(browser(HOME, device=value), ada))


def test_the_cookie_names_nobody_and_holds_few(ada, client):
    for number in range(MAX_ACCOUNTS + 3):
        sign_in(client, factories.make_user(f"Person {number}", email=f"p{number}@example.edu"))
        client.post(reverse("account_logout"))
    cookie = client.cookies["device"]

    assert "example" not in cookie.value
    assert len(cookie.value) < 400
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_a_reset_link_passes_and_so_does_the_new_password(ada, closed):
    own = browser(HOME)
    own.post(reverse("account_reset_password"), {"email": ada.email})
    link = re.search(r"https?://[^/\s]+(\S+)", mail.outbox[-1].body)[1]
    form_address = own.get(link).url

    answer = own.post(form_address, {"password1": "a new and longer password"})

    assert is_in(answer)
    assert own.get(reverse("profile_edit")).status_code == 200
    own.post(reverse("account_logout"))
    assert is_in(sign_in(own, ada, password="a new and longer password"))
    assert not is_in(sign_in(browser("192.0.2.99"), ada, password="a new and longer password"))
