"""For whom a launch opens an account, and what it tells strangers about the accounts of others."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from blog.lti.names import CLAIM
from blog.models import Launch, PlatformAccount, User
from tests import factories
from tests.blog.views.lti.test_launches import accept_notice, words
from tests.lms import ADMINISTRATOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(platform):
    """Return an LMS in which everybody can type their email."""
    cache.clear()
    platform.trusts_email = False
    platform.save()
    return platform


def nobody_new():
    accounts = PlatformAccount.objects.exclude(subject="t-1")
    return not (User.objects.filter(email="sam@example.edu").exists() or accounts.exists())


def test_who_is_signed_in_is_asked_whether_that_is_them(client, lms, connected, bob):
    client.force_login(bob)

    page = lms.launch(client)

    assert "Is this your account? You are signed in here as Bob Student" in words(page)
    assert re.search(r'href="/lti/connect/[^/"]+/"', page.content.decode())
    assert (nobody_new(), mail.outbox) == (True, [])


def test_who_is_somebody_else_gets_an_account(client, lms, connected, course, bob):
    client.force_login(bob)
    page = lms.launch(client)

    answer = client.post(page.request["PATH_INFO"])

    person = User.objects.get(email="sam@example.edu")
    assert (answer.status_code, answer["Location"]) == (302, course.get_absolute_url())
    assert client.session["_auth_user_id"] == str(person.pk)


def test_address_of_a_launch_lets_in_once_and_in_its_browser_alone(client, lms, connected):
    where = client.post("/lti/launch/", lms.form(client))["Location"]

    answers = [Client().post(where), client.post(where)]
    accept_notice(User.objects.get(email="sam@example.edu"))
    answers.append(client.get(where))
    del client.cookies["sessionid"]
    answers += [client.get(where), client.post(where)]

    assert [answer.status_code for answer in answers] == [403, 302, 403, 403, 403]
    assert all("This link was already used." in words(answer) for answer in answers[2:])
    assert "_auth_user_id" not in client.session


def test_to_look_at_its_address_uses_nothing_up(client, lms, connected):
    """A browser loads pages ahead, and those of its tabs again."""
    where = client.post("/lti/launch/", lms.form(client))["Location"]

    pages = [words(client.get(where)) for _each in range(2)]

    said = "If you are new here, you get an account with the name and email that Campus LMS has"
    assert [said in page for page in pages] == [True, True]
    assert (nobody_new(), Launch.objects.get().asked_at, mail.outbox) == (True, None, [])
    assert client.post(where).status_code == 302
    assert User.objects.filter(email="sam@example.edu").exists()


def test_who_is_not_new_signs_in_and_connects_the_two(client, lms, connected, bob):
    where = client.post("/lti/launch/", lms.form(client))["Location"]
    link = re.search(r'href="(/lti/connect/[^/"]+/)"', client.get(where).content.decode())[1]
    assert client.get(link)["Location"].startswith("/accounts/login/")
    client.force_login(bob)

    page = client.get(link)

    assert "Connect your account with Campus LMS?" in words(page)
    assert nobody_new()


@pytest.mark.parametrize("is_listed", [True, False])
def test_new_account_has_the_time_zone_of_its_first_course(
    client, lms, connected, course, instructor, is_listed
):
    """An LMS says none; whoever chooses another keeps it."""
    course.time_zone = "America/Toronto"
    course.save()
    if is_listed:
        factories.make_invitation(course, instructor, email="sam@example.edu")

    lms.launch(client)

    person = User.objects.get(email="sam@example.edu")
    assert (person.time_zone, person.membership_in(course).role) == ("America/Toronto", "student")


def test_account_of_before_keeps_its_time_zone(client, lms, connected, course, bob):
    course.time_zone = "America/Toronto"
    course.save()
    course.memberships.filter(user=bob).delete()
    PlatformAccount.objects.create(issuer=lms.url, subject="s-b", user=bob)

    lms.launch(client, sub="s-b", email=bob.email)

    assert User.objects.get(pk=bob.pk).time_zone == "UTC"
    assert bob.membership_in(course) is not None


@pytest.mark.parametrize("roles", [[ADMINISTRATOR], []])
def test_who_has_no_role_in_the_course_gets_no_account(client, lms, connected, roles):
    assert lms.launch(client, **{f"{CLAIM}roles": roles}).status_code == 403
    assert nobody_new()


def test_who_comes_into_an_archived_course_gets_no_account(client, lms, connected, course):
    course.archived_at = timezone.now()
    course.save()

    assert lms.launch(client).status_code == 403
    assert nobody_new()


def test_student_with_the_name_of_the_teacher_gets_no_account(client, lms, connected):
    answer = lms.launch(client, name="Ines Instructor")

    assert answer.status_code == 403
    assert nobody_new()


@pytest.mark.parametrize(
    "email",
    [
        "notanemail",
        "sam@example.edu,bob@example.edu",
        "sam@example.edu bob@example.edu",
        "Sam <sam@example.edu>",
        "sam@",
        "",
    ],
)
@pytest.mark.parametrize("trusts_email", [True, False])
def test_what_is_no_email_opens_no_account(client, lms, connected, platform, email, trusts_email):
    platform.trusts_email = trusts_email
    platform.save()

    answer = lms.launch(client, email=email)

    assert "did not tell us your name and an email that you can use here" in words(answer)
    assert User.objects.count() == 1  # the instructor
    assert mail.outbox == []


def test_email_of_another_domain_opens_an_account_only_where_nobody_can_type_it(
    client, lms, connected, typed, settings
):
    settings.SIGNUP_EMAIL_DOMAINS = ("example.edu",)

    answer = lms.launch(client, email="sam@elsewhere.example")
    typed.trusts_email = True
    typed.save()
    trusted = lms.launch(Client(), email="sam@elsewhere.example", sub="s-2")

    assert "an email that you can use here" in words(answer)
    assert trusted.status_code == 302


def test_page_does_not_tell_which_emails_have_accounts(client, lms, connected, typed):
    factories.make_user("Ada", email="ada@example.edu")

    pages = [
        lms.launch(browser, sub=sub, email=email)
        for browser, sub, email in [
            (client, "s-1", "new@example.edu"),
            (Client(), "s-2", "ada@example.edu"),
        ]
    ]

    texts = [
        re.sub(r"(new|ada)@|/lti/connect/[^/]+/|nonce=\S+", "", page.content.decode())
        for page in pages
    ]
    assert texts[0] == texts[1]
    assert [page.status_code for page in pages] == [200, 200]
    assert [sorted(page.cookies) for page in pages][0] == [sorted(page.cookies) for page in pages][
        1
    ]
    assert [(one.to[0], "already an account" in one.body) for one in mail.outbox] == [
        ("new@example.edu", False),
        ("ada@example.edu", True),
    ]


def test_mails_say_that_somebody_came_from_the_lms(client, lms, connected, typed, settings):
    """They have not signed up, and whoever owns the email may never have been there."""
    factories.make_user("Ada", email="ada@example.edu")
    lms.launch(client, sub="s-1", email="new@example.edu")
    lms.launch(Client(), sub="s-2", email="ada@example.edu")

    new, known = (" ".join(one.body.split()) for one in mail.outbox)

    assert "You came here from Campus LMS for the first time. Open this link in the same" in new
    assert "If you did not come from Campus LMS, ignore this email." in new
    assert "came here from Campus LMS with ada@example.edu. There is already an account" in known
    assert "sign up" not in new + known


def test_mails_to_who_signs_up_here_name_no_lms(client, db):
    typed = {"display_name": "New Here", "time_zone": "UTC", "email": "new@example.edu"}
    client.post("/accounts/signup/", typed | {"password1": "five quiet herons wade"})

    [sent] = mail.outbox
    assert "Open this link to confirm your email. Then your account is ready" in sent.body
    assert "If you did not sign up, ignore this email." in " ".join(sent.body.split())
