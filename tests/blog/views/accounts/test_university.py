"""Signing in with the institution's account: from its page to ours, and who gets which account."""

import logging
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.cache import cache
from django.test import Client

from blog.models import User
from tests import factories, university
from tests.signed_in import signed_in_long_ago
from tests.university import START, query_of, settings_for, way_on

# Whatever is refused here lets somebody in who is not: each is tried at each commit.
pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def running():
    with university.running() as one:
        yield one


@pytest.fixture
def uni(running, settings, db):
    cache.clear()
    for name, value in settings_for(running.address).items():
        setattr(settings, name, value)
    return running


@pytest.fixture
def trusted(uni, settings):
    settings.UNIVERSITY_LOGIN["settings"]["email_authentication"] = True
    return uni


def who(client):
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key) if key else None


def connected(person, sub="s-1"):
    return SocialAccount.objects.create(user=person, provider="university", uid=sub)


def without_password(person):
    person.set_unusable_password()
    person.save()
    return person


# The way there


def test_without_an_institution_no_page_speaks_of_one(client, db):
    page = client.get("/accounts/login/").content.decode()

    assert "Example University" not in page
    assert client.get(START).status_code == client.post(START).status_code == 404


def test_the_sign_in_page_leads_there_by_a_form(client, uni):
    page = client.get("/accounts/login/?next=/c/pln/").content.decode()

    assert "Sign in with Example University" in page
    assert f'action="{START}"' in page
    assert page.count('value="/c/pln/"') >= 2  # of the password's form, and of this one


def test_a_link_asks_first(client, uni):
    page = client.get(START)

    assert "Sign in with Example University?" in page.content.decode()
    assert "socialaccount_states" not in client.session


def test_the_page_between_leads_to_the_provider_with_what_protects_the_way_back(client, uni):
    address = way_on(client.post(START))

    asked = query_of(address)
    assert address.startswith(f"{uni.address}/")
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 16
    assert asked["redirect_uri"] == "http://testserver/accounts/oidc/university/login/callback/"


@pytest.mark.parametrize("answer", ["refused", "<html>", "{}", "404"])
def test_a_provider_that_does_not_answer_is_named(client, uni, settings, monkeypatch, answer):
    def get(self, method, url, **options):
        if answer == "refused":
            raise requests.ConnectionError(url)
        response = requests.Response()
        response.status_code = 404 if answer == "404" else 200
        response._content = answer.encode()
        return response

    monkeypatch.setattr(requests.Session, "request", get)

    page = client.post(START)

    assert page.status_code == 503
    assert "Example University cannot be reached" in page.content.decode()


def test_nobody_makes_the_site_ask_the_provider_without_end(client, uni, monkeypatch):
    monkeypatch.setattr("blog.views.accounts.university.STARTS", 2)

    assert [client.post(START).status_code for _ in range(3)] == [200, 200, 429]


# New people


def test_a_new_person_has_an_account_with_what_the_provider_says(client, uni):
    uni.says(name="Ada Okafor", email="Ada@Example.edu", email_verified=True, phone_number="1")

    assert uni.sign_in(client, to="/me/", time_zone="America/Vancouver").url == "/me/"

    person = who(client)
    assert person.time_zone == "America/Vancouver"
    assert (person.display_name, person.email) == ("Ada Okafor", "ada@example.edu")
    assert person.has_confirmed_email
    assert not person.has_usable_password()
    assert SocialAccount.objects.get().extra_data == {"email": "ada@example.edu"}


def test_the_second_time_it_is_the_same_account_whatever_its_email_is_now(client, uni):
    uni.says(name="Ada", email="ada@example.edu", email_verified=True)
    uni.sign_in(client)
    uni.says(name="Ada Lovelace", email="lovelace@example.edu", email_verified=True)

    again = Client()
    uni.sign_in(again)

    assert who(again) == who(client)
    assert who(again).display_name == "Ada"


@pytest.mark.parametrize("claim", [False, "false", "False", None, "0", "", 1, "yes"])
def test_an_email_that_is_not_confirmed_there_is_confirmed_here(client, uni, claim):
    said = {} if claim is None else {"email_verified": claim}
    uni.says(name="Ada", email="ada@example.edu", **said)

    answer = uni.sign_in(client)

    assert who(client) is None
    assert answer.url == "/accounts/confirm-email/"
    assert not EmailAddress.objects.get().verified
    assert mail.outbox[-1].to == ["ada@example.edu"]


def test_who_comes_without_a_name_is_asked_for_one(client, uni):
    uni.says(email="ada@example.edu", email_verified=True)

    answer = uni.sign_in(client)
    assert answer.url == "/accounts/university/signup/"
    empty = client.post(answer.url, {"email": "ada@example.edu", "display_name": " \u200b "})
    assert "Enter the name your courses will see." in empty.content.decode()
    client.post(answer.url, {"email": "ada@example.edu", "display_name": "Ada"})

    assert (who(client).display_name, who(client).time_zone) == ("Ada", "UTC")


def test_an_email_that_the_provider_confirmed_cannot_become_another(client, uni):
    uni.says(email="ada@example.edu", email_verified=True)
    uni.sign_in(client)

    client.post(
        "/accounts/university/signup/", {"email": "other@example.org", "display_name": "Ada"}
    )

    assert who(client).email == "ada@example.edu"
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["ada@example.edu"]


def test_who_comes_without_an_email_types_and_confirms_one(client, uni, ada):
    uni.says(name="Somebody")
    page = client.get(uni.sign_in(client).url).content.decode()
    assert 'value="Somebody"' in page
    taken = {"email": ada.email, "display_name": "Somebody"}
    client.post("/accounts/university/signup/", taken)
    assert who(client) is None
    assert connected_to(ada) == []

    uni.sign_in(client)
    new = {"email": "new@example.org", "display_name": "Somebody"}
    answer = client.post("/accounts/university/signup/", new)

    assert answer.url == "/accounts/confirm-email/"
    assert who(client) is None
    assert not EmailAddress.objects.get(email="new@example.org").verified


@pytest.mark.parametrize("name", ["A" * 300, "<script>alert(1)</script>", "عبد الله", 7, ["x"]])
def test_any_name_makes_an_account(client, uni, name):
    uni.says(name=name, email="ada@example.edu", email_verified=True)

    uni.sign_in(client)

    assert 0 < len(who(client).display_name) <= 80


def test_an_invitation_is_accepted_on_the_way(client, uni, course, instructor):
    uni.says(name="Ada", email="ada@example.edu", email_verified=True)

    answer = uni.sign_in(client, to=f"/join/{course.join_code}/")

    assert answer.url == f"/join/{course.join_code}/"


# Accounts that are here already


def test_an_unconfirmed_email_never_takes_an_account_over(client, trusted, ada):
    trusted.says(name="Eve", email=ada.email, email_verified=False)

    trusted.sign_in(client)

    assert who(client) is None
    assert not SocialAccount.objects.exists()
    assert "There is already an account with this email" in mail.outbox[-1].body
    assert "connect your account under “Email and password”" in " ".join(
        mail.outbox[-1].body.split()
    )


def test_nor_does_a_confirmed_one_where_the_site_does_not_trust_the_providers_emails(
    client, uni, ada
):
    uni.says(name="Eve", email=ada.email, email_verified=True)

    uni.sign_in(client)

    assert who(client) is None
    assert not SocialAccount.objects.exists()


def test_a_confirmed_one_leads_to_it_where_the_site_does(client, trusted, ada):
    trusted.says(name="Ada", email=ada.email.upper(), email_verified=True)

    trusted.sign_in(client)

    assert who(client) == ada
    assert connected_to(ada) == ["s-1"]
    assert ada.has_usable_password()


def connected_to(person):
    return list(SocialAccount.objects.filter(user=person).values_list("uid", flat=True))


def test_an_account_that_somebody_else_prepared_with_my_email_is_no_trap(client, trusted):
    trap = factories.make_user("A trap", email="dora@example.edu")
    trap.emailaddress_set.all().delete()
    EmailAddress.objects.create(user=trap, email=trap.email, primary=True, verified=False)
    trusted.says(name="Ada", email=trap.email, email_verified=True)

    trusted.sign_in(client)

    trap.refresh_from_db()
    assert not trap.has_usable_password()


def test_a_person_connects_their_account_and_signs_in_by_it(client, uni, ada):
    client.force_login(ada)
    uni.says(name="Somebody", email="other@example.org", email_verified=True)

    answer = uni.sign_in(client, process="connect")

    page = client.get(answer.url).content.decode()
    assert "Your university account is connected." in page
    assert "other@example.org" in page
    assert mail.outbox[-1].subject == "Your university account is connected"
    elsewhere = Client()
    uni.sign_in(elsewhere)
    assert who(elsewhere) == ada


def test_one_account_there_belongs_to_one_here(client, uni, ada, bob):
    connected(bob)
    client.force_login(ada)

    page = client.get(uni.sign_in(client, process="connect").url).content.decode()

    assert "is connected to another account here" in page
    assert connected_to(ada) == []


def test_to_disconnect_one_needs_a_password(client, uni, ada):
    account = connected(ada)
    client.force_login(ada)
    client.post("/accounts/university/", {"account": account.pk})
    assert connected_to(ada) == []

    account = connected(without_password(ada))
    client.force_login(ada)
    page = client.post("/accounts/university/", {"account": account.pk}).content.decode()

    assert "Choose a password first" in page
    assert connected_to(ada) == ["s-1"]


def test_nobody_disconnects_anothers(client, uni, ada, bob):
    account = connected(bob)
    client.force_login(ada)

    client.post("/accounts/university/", {"account": account.pk})

    assert connected_to(bob) == ["s-1"]


# The way back


def test_the_way_back_works_once_and_in_its_own_browser(client, uni):
    uni.says(name="Ada", email="ada@example.edu", email_verified=True)
    back = uni.come_back(client)

    stranger = Client()
    page = stranger.get(back, follow=True)
    assert who(stranger) is None
    assert "That sign-in did not work" in page.content.decode()

    client.get(back)
    assert who(client)
    client.post("/accounts/logout/")
    client.get(back)
    assert who(client) is None


@pytest.mark.parametrize("has_state", [True, False])
def test_who_changes_their_mind_comes_back_unharmed(client, uni, has_state):
    state = query_of(way_on(client.post(START)))["state"]
    back = f"{START}callback/?error=access_denied" + has_state * f"&state={state}"

    page = client.get(back, follow=True).content.decode()

    assert "You are not signed in" in page
    assert "You stopped the sign-in at Example University." in page


@pytest.mark.parametrize("query", ["", "?code=x", "?code=x&state=y", "?error=server_error&state=y"])
def test_what_no_provider_sends_signs_nobody_in(client, uni, query, caplog):
    with caplog.at_level(logging.WARNING):
        page = client.get(f"{START}callback/{query}", follow=True)

    assert "That sign-in did not work" in page.content.decode()
    assert who(client) is None


def test_a_code_that_was_made_up_signs_nobody_in(client, uni):
    state = query_of(way_on(client.post(START)))["state"]

    page = client.get(f"{START}callback/?code=forged&state={state}", follow=True)

    assert "That sign-in did not work" in page.content.decode()
    assert who(client) is None


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_the_way_back_leads_to_no_other_site(client, uni, to):
    uni.says(name="Ada", email="ada@example.edu", email_verified=True)

    assert uni.sign_in(client, to=to).url == "/"


# What else an account can do


def test_exports_ask_them_to_sign_in_there_again(client, uni, ada):
    connected(without_password(ada))
    client.force_login(ada)
    signed_in_long_ago(client)

    asked = client.get("/accounts/reauthenticate/?next=/me/export/")

    assert asked.url.startswith(START)
    page = client.get(asked.url).content.decode()
    assert "Sign in with Example University?" in page
    back = uni.come_back(client, to="/me/export/")
    assert client.get(back).url == "/me/export/"
    assert who(client) == ada


def test_a_second_step_cannot_be_added_by_whoever_finds_an_open_session(client, uni, ada):
    connected(without_password(ada))
    client.force_login(ada)
    signed_in_long_ago(client)

    asked = client.get("/accounts/two-step/totp/activate/")

    assert asked.url == f"{START}?next=%2Faccounts%2Ftwo-step%2Ftotp%2Factivate%2F"


def test_signing_out_says_what_stays_signed_in(client, uni, ada):
    connected(ada)
    uni.sign_in(client)
    asked = client.get("/accounts/logout/").content.decode()
    page = client.post("/accounts/logout/", follow=True).content.decode()

    assert "You stay signed in at Example University" in asked
    assert "still signed in at Example University" in page

    client.force_login(ada)
    assert "Example University" not in client.get("/accounts/logout/").content.decode()


def test_password_sign_up_can_be_off(client, uni, settings):
    settings.PASSWORD_SIGNUP = False
    fields = {"display_name": "Eve", "email": "eve@example.org", "password1": factories.PASSWORD}

    assert "Create an account" not in client.get("/accounts/login/").content.decode()
    assert "You don’t need a new account" in client.get("/accounts/signup/").content.decode()
    client.post("/accounts/signup/", fields)
    assert not User.objects.filter(email="eve@example.org").exists()

    uni.says(name="Ada", email="ada@example.edu", email_verified=True)
    uni.sign_in(Client())
    assert User.objects.filter(email="ada@example.edu").exists()


def test_a_closed_account_stays_closed(client, uni, ada):
    connected(ada)
    ada.is_active = False
    ada.save()

    page = client.get(uni.sign_in(client).url).content.decode()

    assert "<h1>This account is closed</h1>" in page
    assert who(client) is None


ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def certified():
    if not shutil.which("node") or not (ROOT / "node_modules" / "oidc-provider").is_dir():
        pytest.skip("no Node.js with oidc-provider: run npm ci")
    with university.running("node", str(ROOT / "tests" / "university_provider.js")) as one:
        yield one


def test_the_certified_provider_of_npm_agrees(client, certified, settings, db):
    cache.clear()
    for name, value in settings_for(certified.address).items():
        setattr(settings, name, value)
    for browser in (client, Client()):
        address = way_on(browser.post(START, {"next": "/me/"}))
        back = urlsplit(university.through_certified(address, "wen"))

        assert browser.get(f"{back.path}?{back.query}").url == "/me/"
        assert (who(browser).display_name, who(browser).email) == (
            "Certified wen",
            "wen@example.edu",
        )

    assert SocialAccount.objects.count() == 1
