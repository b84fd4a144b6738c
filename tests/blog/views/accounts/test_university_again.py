"""Confirmation by the institution: it is told to ask, and says when it did."""

import time

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.cache import cache

from blog.models import User
from tests import university
from tests.signed_in import signed_in_long_ago
from tests.university import START, query_of, settings_for, way_on

GUARDED = "/accounts/two-step/totp/activate/"  # a page that asks who sits there
AGAIN = f"{START}?next=%2Faccounts%2Ftwo-step%2Ftotp%2Factivate%2F"


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
def ada(ada):
    """Return Ada, who has no password here, and signs in at the institution."""
    ada.set_unusable_password()
    ada.save()
    SocialAccount.objects.create(user=ada, provider="university", uid="s-1")
    return ada


@pytest.fixture
def told(monkeypatch):
    """Return the institution's claims about when it asked; nothing at first."""
    claims = {}
    decode = OpenIDConnectOAuth2Adapter._decode_id_token

    def decoded(self, app, token):
        found = decode(self, app, token)
        found.pop("auth_time", None)
        return found | claims

    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "_decode_id_token", decoded)
    return claims


@pytest.fixture
def long_in(client, uni, ada, told):
    client.force_login(ada)
    return signed_in_long_ago(client)


def who(client):
    return User.objects.get(pk=client.session["_auth_user_id"])


def test_the_institution_is_told_to_ask_again(long_in):
    page = long_in.get(long_in.get(GUARDED).url).text
    assert "asks you to sign in again, even if you are signed in there" in page

    asked = query_of(way_on(long_in.post(AGAIN + "&auth_params=prompt%3Dnone")))

    assert (asked["prompt"], asked["max_age"]) == ("login", "0")


def test_at_a_first_sign_in_and_to_connect_it_is_not(client, uni, ada, db):
    page = client.get(START).text
    assert "sign in again" not in page
    first = query_of(way_on(client.post(START)))
    client.force_login(ada)
    connecting = query_of(way_on(client.post(START, {"process": "connect"})))

    assert not {"prompt", "max_age"} & {*first, *connecting}


@pytest.mark.parametrize("write", [int, float, str, lambda at: f"{at:.3f}"])
@pytest.mark.parametrize("seconds_ago", [0, 30])
def test_whoever_was_asked_goes_on(long_in, uni, ada, told, seconds_ago, write):
    back = uni.come_back(long_in, to=GUARDED)
    told["auth_time"] = write(int(time.time()) - seconds_ago)

    assert long_in.get(back).url == GUARDED

    assert who(long_in) == ada
    assert long_in.get(GUARDED).status_code == 200


@pytest.mark.parametrize("write", [int, float, str])
def test_whoever_was_let_pass_does_not(long_in, uni, ada, told, write):
    """As where somebody has taken the question out of the address."""
    back = uni.come_back(long_in, to=GUARDED)
    told["auth_time"] = write(int(time.time()) - 3600)

    page = long_in.get(back)

    assert page.status_code == 403
    assert "Example University let you in without asking who you are" in page.text
    assert who(long_in) == ada
    assert long_in.get(GUARDED).url == AGAIN


NO_ANSWERS = [None, "", "yesterday", "nan", "inf", {}, True, False, float("nan"), float("inf")]


@pytest.mark.parametrize("said", NO_ANSWERS, ids=repr)
def test_silence_after_the_question_is_no_answer(long_in, uni, ada, told, said):
    """An institution has to say when it asked only if it reads that it should ask."""
    back = uni.come_back(long_in, to=GUARDED)
    if said is not None:
        told["auth_time"] = said

    page = long_in.get(back)

    assert page.status_code == 403
    assert "Example University did not confirm that you just signed in there" in page.text
    assert 'href="/accounts/password/reset/"' in page.text
    assert who(long_in) == ada
    assert long_in.get(GUARDED).url == AGAIN


@pytest.mark.parametrize("said", [None, "yesterday"])
def test_an_institution_that_never_answers_is_believed_where_the_site_says_so(
    long_in, uni, ada, told, settings, said
):
    for name, value in settings_for(uni.address, is_silent=True).items():
        setattr(settings, name, value)
    back = uni.come_back(long_in, to=GUARDED)
    told["auth_time"] = said

    assert long_in.get(back).url == GUARDED

    assert long_in.get(GUARDED).status_code == 200


def test_what_it_says_counts_also_where_its_silence_does(long_in, uni, ada, told, settings):
    for name, value in settings_for(uni.address, is_silent=True).items():
        setattr(settings, name, value)
    back = uni.come_back(long_in, to=GUARDED)
    told["auth_time"] = int(time.time()) - 3600

    assert long_in.get(back).status_code == 403

    assert long_in.get(GUARDED).url == AGAIN


@pytest.mark.parametrize(("seconds_ago", "opens"), [(None, False), (10, True), (3600, False)])
def test_a_sign_in_shows_who_it_is_only_if_the_institution_asked(
    client, uni, ada, told, seconds_ago, opens
):
    """Otherwise signing out and in again would open all there is, without a question."""
    if seconds_ago is not None:
        told["auth_time"] = int(time.time()) - seconds_ago
    uni.sign_in(client)
    assert who(client) == ada

    assert (client.get(GUARDED).status_code == 200) == opens


@pytest.mark.parametrize("said", ["yesterday", {}, 10**30, True])
def test_what_is_no_time_opens_nothing(client, uni, ada, told, said):
    told["auth_time"] = said
    uni.sign_in(client)

    assert who(client) == ada
    assert (client.get(GUARDED).status_code == 200) == (said == 10**30)
