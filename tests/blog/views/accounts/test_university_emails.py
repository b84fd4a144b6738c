"""Accounts opened by the email of the institution, where the site trusts it."""

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache

from blog.models import User
from tests import factories, university
from tests.university import settings_for


@pytest.fixture(scope="module")
def running():
    with university.running() as one:
        yield one


@pytest.fixture
def uni(running, settings, db):
    cache.clear()
    for name, value in settings_for(running.address, trusts_email=True).items():
        setattr(settings, name, value)
    return running


def who(client):
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key) if key else None


def connected_to(person):
    return list(SocialAccount.objects.filter(user=person).values_list("uid", flat=True))


def test_an_email_that_was_given_to_somebody_new_opens_no_account(client, uni, ada):
    SocialAccount.objects.create(user=ada, provider="university", uid="s-1")
    newcomer = uni.says("s-2", name="Adam", email=ada.email, email_verified=True)

    answer = uni.sign_in(client, newcomer)

    assert answer.status_code == 403
    assert "belongs to another account of Example University" in answer.content.decode()
    assert who(client) is None
    assert connected_to(ada) == ["s-1"]


def test_its_former_owner_still_gets_in(client, uni, ada):
    SocialAccount.objects.create(user=ada, provider="university", uid="s-1")
    uni.says("s-1", name="Ada", email=ada.email, email_verified=True)

    uni.sign_in(client, "s-1")

    assert who(client) == ada


def test_an_account_that_waits_for_my_email_is_no_trap(client, uni, ada, bob):
    EmailAddress.objects.create(user=bob, email="dora@example.edu", verified=False)
    uni.says("s-3", name="Dora", email="dora@example.edu", email_verified=True)

    uni.sign_in(client, "s-3")

    assert who(client) != bob
    assert connected_to(bob) == []


def test_an_account_that_nobody_confirmed_takes_the_name_of_whoever_comes(client, uni):
    trap = factories.make_user("Ines, your teacher", email="dora@example.edu")
    trap.emailaddress_set.update(verified=False)
    uni.says("s-4", name="Dora Diaz", email=trap.email, email_verified=True)

    uni.sign_in(client, "s-4")

    trap.refresh_from_db()
    assert trap.display_name == "Dora Diaz"
    assert not trap.has_usable_password()
    assert connected_to(trap) == ["s-4"]
