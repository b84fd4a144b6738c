"""Two registrations of one issuer with other keys: people come from one of them at most."""

import pytest

from blog.actions import platforms as actions
from blog.exceptions import Refused
from blog.models import Platform
from tests import factories
from tests.threads import at_once, on_postgresql, queueing

pytestmark = pytest.mark.django_db(transaction=True)
ISSUER = "https://lms.example.edu"


@pytest.fixture
def root():
    return factories.make_user("Rosa Root", is_staff=True, is_superuser=True)


def new(client):
    urls = dict.fromkeys(("auth_url", "token_url"), f"{ISSUER}/")
    keys = f"{ISSUER}/keys-of-{client}"
    return Platform(name=client, issuer=ISSUER, client_id=client, jwks_url=keys, is_on=True, **urls)


def stored(client):
    """Return one that is off, as on the page of somebody who turns it on."""
    platform = new(client)
    platform.is_on = False
    platform.save()
    platform.is_on = True
    return platform


@pytest.mark.parametrize("make", [new, stored])
def test_of_two_that_are_turned_on_at_once_one_is(root, make):
    refused = []

    def turn_on(platform):
        try:
            actions.save_platform(platform, ["1"], by=root)
        except Refused as refusal:
            refused.append(refusal.field)

    one, two = make("c-1"), make("c-2")
    at_once(lambda: turn_on(one), lambda: turn_on(two))

    assert refused == ["jwks_url"]
    assert Platform.objects.on().count() == 1


@on_postgresql
@pytest.mark.parametrize("make", [new, stored])
def test_the_second_waits_for_the_first(root, make):
    one, two = make("c-1"), make("c-2")

    with queueing(lambda: actions.save_platform(two, ["1"], by=root)) as results:
        actions.save_platform(one, ["1"], by=root)

    assert isinstance(results[0], Refused)
    assert list(Platform.objects.on()) == [one]


def test_what_was_saved_since_the_page_was_loaded_counts(root, monkeypatch):
    one, two = stored("c-1"), stored("c-2")
    claim = actions.claim_version

    def meanwhile(row):
        monkeypatch.setattr(actions, "claim_version", claim)
        actions.save_platform(two, ["1"], by=root)
        return claim(row)

    monkeypatch.setattr(actions, "claim_version", meanwhile)

    with pytest.raises(Refused):
        actions.save_platform(one, ["1"], by=root)

    assert not Platform.objects.on().filter(pk=one.pk).exists()
