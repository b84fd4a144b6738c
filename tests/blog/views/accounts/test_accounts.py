"""Sign-up, sign-in, sign-out and resets, as a browser without scripts does them."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import get_hasher
from django.core import mail
from django.core.cache import cache
from django.test import Client

from blog.models import User
from tests import factories

NEW = {
    "display_name": "Mina O’Kafor <b>",
    "email": "mina@example.edu",
    "password1": "five quiet herons wade",
    "time_zone": "America/Vancouver",
}


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def link_in(message):
    return re.search(r"https?://[^/\s]+(/\S+)", message.body)[1]


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_whole_way_from_sign_up_to_sign_out(client):
    answer = client.post("/accounts/signup/?next=/join/", NEW | {"next": "/join/"})

    assert answer.status_code == 302
    assert answer.url == "/accounts/confirm-email/"
    assert not is_signed_in(client)
    mina = User.objects.get(email="mina@example.edu")
    assert (mina.display_name, mina.time_zone) == ("Mina O’Kafor <b>", "America/Vancouver")
    assert "mina" not in mina.username

    assert [m.subject for m in mail.outbox] == ["Confirm your email to finish your account"]
    assert mail.outbox[0].to == ["mina@example.edu"]
    assert mail.outbox[0].body.startswith("Hello,\n")  # nobody's words reach a stranger's mailbox
    confirm = link_in(mail.outbox[0])

    page = client.get(confirm)
    assert page.status_code == 200
    assert not EmailAddress.objects.get().verified  # a mail scanner's GET confirms nothing

    answer = client.post(confirm)
    assert answer.status_code == 302
    assert answer.url == "/join/"
    assert EmailAddress.objects.get().verified
    assert is_signed_in(client)

    assert client.get("/accounts/logout/").status_code == 200
    assert is_signed_in(client)
    client.post("/accounts/logout/")
    assert not is_signed_in(client)


def test_unconfirmed_account_cannot_sign_in(client):
    client.post("/accounts/signup/", NEW)

    answer = client.post("/accounts/login/", {"login": NEW["email"], "password": NEW["password1"]})

    assert answer.status_code == 302
    assert answer.url == "/accounts/confirm-email/"
    assert not is_signed_in(client)


def test_sign_in_with_any_case_of_the_address_redirects_to_next(client, ada):
    answer = client.post(
        "/accounts/login/",
        {"login": "ADA@example.edu", "password": factories.PASSWORD, "next": "/me/"},
    )

    assert answer.status_code == 302
    assert answer.url == "/me/"
    assert is_signed_in(client)


def test_sign_in_never_leads_to_another_site(client, ada):
    answer = client.post(
        "/accounts/login/",
        {
            "login": "ada@example.edu",
            "password": factories.PASSWORD,
            "next": "https://evil.example/",
        },
    )

    assert answer.url == "/"


def test_wrong_password_says_so_in_place_and_keeps_the_address(client, ada):
    answer = client.post("/accounts/login/", {"login": "ada@example.edu", "password": "wrong"})

    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors() == [
        "This email and password don’t match. Check both and try again."
    ]
    assert 'value="ada@example.edu"' in answer.content.decode()
    assert not is_signed_in(client)


def test_session_ends_with_the_browser_unless_they_stay_signed_in(client, ada):
    login = {"login": "ada@example.edu", "password": factories.PASSWORD}

    client.post("/accounts/login/", login)
    assert client.session.get_expire_at_browser_close()

    client.post("/accounts/logout/")
    client.post("/accounts/login/", login | {"remember": "on"})
    assert not client.session.get_expire_at_browser_close()


def test_sign_up_with_a_taken_address_looks_the_same_and_tells_its_owner(client, ada):
    answer = client.post("/accounts/signup/", NEW | {"email": "ADA@example.edu"})

    assert answer.status_code == 302
    assert answer.url == "/accounts/confirm-email/"
    assert User.objects.count() == 2  # ada and her instructor
    assert [(m.subject, m.to) for m in mail.outbox] == [
        ("You already have an account", ["ada@example.edu"])
    ]


@pytest.mark.parametrize("email", ["ada@example.edu", "mina@example.edu"])
def test_sign_up_takes_the_time_of_a_password_whether_there_is_an_account_or_not(
    client, ada, email, monkeypatch
):
    hashed = []
    hasher, encode = type(get_hasher()), type(get_hasher()).encode
    monkeypatch.setattr(
        hasher, "encode", lambda self, *words: hashed.append(words) or encode(self, *words)
    )

    client.post("/accounts/signup/", NEW | {"email": email})

    assert len(hashed) == 1


def test_reset_by_mail_gives_a_new_password_once(client, ada):
    answer = client.post("/accounts/password/reset/", {"email": "ada@example.edu"})

    assert answer.url == "/accounts/password/reset/done/"
    assert [(m.subject, m.to) for m in mail.outbox] == [
        ("Choose a new password", ["ada@example.edu"])
    ]
    assert mail.outbox[0].body.startswith("Hello Ada Student,\n")
    link = link_in(mail.outbox[0])

    form = client.get(link, follow=True)
    form_url = form.redirect_chain[-1][0]
    answer = client.post(form_url, {"password1": NEW["password1"]})
    assert answer.status_code == 302
    ada.refresh_from_db()
    assert ada.check_password(NEW["password1"])
    assert mail.outbox[1].subject == "Your password was reset"

    again = client.get(link, follow=True)
    assert "This link no longer works" in again.content.decode()


def test_reset_for_an_unknown_address_looks_the_same(client, ada):
    answer = client.post("/accounts/password/reset/", {"email": "nobody@example.edu"})

    assert answer.url == "/accounts/password/reset/done/"
    assert [(m.subject, m.to) for m in mail.outbox] == [
        ("No account with this email", ["nobody@example.edu"])
    ]


def test_change_of_address_waits_for_the_new_one(client, ada):
    client.post("/accounts/login/", {"login": "ada@example.edu", "password": factories.PASSWORD})

    client.post("/accounts/email/", {"email": "ada@new.example", "action_add": ""})

    ada.refresh_from_db()
    assert ada.email == "ada@example.edu"
    assert "ada@new.example" in client.get("/accounts/email/").content.decode()
    confirmation = next(m for m in mail.outbox if m.to == ["ada@new.example"])
    assert confirmation.subject == "Confirm your email"

    client.post(link_in(confirmation))
    ada.refresh_from_db()
    assert ada.email == "ada@new.example"


def test_change_of_password_asks_for_the_old_one(client, ada):
    client.force_login(ada)

    wrong = client.post(
        "/accounts/password/change/", {"oldpassword": "x", "password1": NEW["password1"]}
    )
    assert wrong.context["form"].errors == {
        "oldpassword": ["This is not your password. Try again."]
    }

    client.post(
        "/accounts/password/change/",
        {"oldpassword": factories.PASSWORD, "password1": NEW["password1"]},
    )
    ada.refresh_from_db()
    assert ada.check_password(NEW["password1"])
    assert is_signed_in(client)


def test_sixth_wrong_password_is_stopped_even_if_it_is_right(client, ada):
    for _ in range(5):
        client.post("/accounts/login/", {"login": "ada@example.edu", "password": "wrong"})

    answer = client.post(
        "/accounts/login/", {"login": "ada@example.edu", "password": factories.PASSWORD}
    )

    assert not is_signed_in(client)
    assert answer.context["form"].non_field_errors() == [
        "Too many tries. Wait five minutes, or reset your password."
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/1-bad/",
        "/accounts/password/reset/key/done/",
        "/accounts/confirm-email/",
        "/accounts/confirm-email/bad/",
        "/accounts/inactive/",
        "/about/",
        "/about/who-can-see-what/",
        "/about/accessibility/",
        "/about/privacy/",
        "/about/help/",
        "/about/notice/",
    ],
)
def test_page_for_visitors_has_the_shell_and_no_inline_code(client, path):
    answer = client.get(path)

    assert answer.status_code == 200
    assert_in_shell(answer.content.decode())


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/logout/",
        "/accounts/reauthenticate/",
    ],
)
def test_page_for_members_has_the_shell_and_no_inline_code(client, ada, path):
    client.post("/accounts/login/", {"login": "ada@example.edu", "password": factories.PASSWORD})

    answer = client.get(path)

    assert answer.status_code == 200
    assert_in_shell(answer.content.decode())


def assert_in_shell(page):
    assert page.count("<h1") == 1
    assert 'class="skip" href="#main"' in page
    assert 'id="main"' in page
    assert re.findall(r"\sstyle=|\son\w+=|<style", page) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []


def test_sign_in_on_the_way_to_a_course_says_that_the_code_is_not_lost(client, course):
    code = course.join_code
    plain = client.get("/accounts/login/").content.decode()
    joining = client.get(f"/accounts/login/?next=/join/{code}/").content.decode()

    assert 'action="/join/"' in plain
    assert "You don’t have to enter the code again." not in plain
    assert 'action="/join/"' not in joining
    assert "You don’t have to enter the code again." in " ".join(joining.split())
    assert f'href="/accounts/signup/?next=%2Fjoin%2F{code}%2F"' in joining


# The typed text comes back with a refusal


def test_old_form_gives_back_what_was_typed(ada):
    client = Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin"})

    answer = client.post("/accounts/login/", {"title": "A title", "text": "Long <thoughts>"})

    assert answer.status_code == 403
    page = answer.content.decode()
    assert "This form was not accepted" in page
    assert "Long &lt;thoughts&gt;</textarea>" in page


@pytest.mark.parametrize("field", ["text", "pasted", "question", "about"])
def test_refused_form_gives_back_what_was_typed_in_any_long_field(client, eve, course, field):
    client.force_login(eve)

    answer = client.post(
        f"/c/{course.slug}/posts/new/",
        {field: "An hour of thinking"},
        headers={"sec-fetch-site": "same-origin"},
    )

    assert answer.status_code == 404
    assert "An hour of thinking</textarea>" in answer.content.decode()


def test_old_form_shows_nothing_that_another_site_sent(ada):
    client = Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "cross-site"})

    answer = client.post("/accounts/login/", {"text": "Call this number"})

    assert answer.status_code == 403
    assert "Call this number" not in answer.content.decode()


def test_missing_page_links_a_visitor_to_sign_in_and_says_nothing_else(client, db):
    answer = client.get("/c/secret/?a=1")

    assert answer.status_code == 302

    answer = client.get("/nowhere/?a=1")

    assert answer.status_code == 404
    assert 'href="/accounts/login/?next=/nowhere/%3Fa%3D1"' in answer.content.decode()


def test_pages_say_alike_who_sees_an_email(client, course, instructor, eve):
    visitor = [client.get("/accounts/signup/"), client.get("/about/who-can-see-what/")]
    client.force_login(eve)
    invitation = factories.make_invitation(course, instructor, eve.email)
    pages = [*visitor, client.get(invitation.path), client.get(f"/join/{course.join_code}/")]

    for page in pages:
        assert (
            "Only you, the teaching teams of your courses and the people who run this site can see "
            "your email."
        ) in " ".join(page.content.decode().split())
