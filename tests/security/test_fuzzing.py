"""Odd requests to every address, and odd values in every form, never break a page."""

import os

import pytest
from django.core.cache import cache

from tests.payloads import naughty_strings
from tests.security.fuzz import MINUTES, SEED
from tests.security.fuzzer import Fuzzer
from tests.security.test_forms_of_others import forms, world  # noqa: F401 - fixtures
from tests.written import undone

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.figure
@pytest.mark.parametrize(
    "requests",
    [pytest.param(400, id="some"), pytest.param(20_000, id="many", marks=pytest.mark.long)],
)
def test_no_odd_request_breaks_a_page(world, forms, figure, requests):  # noqa: F811
    fuzzer = Fuzzer(world, forms, seed=13)

    fuzzer.run(requests=requests)

    assert fuzzer.broken == {}
    figure("No odd request breaks a page", f"{fuzzer.sent:,} requests, {len(forms)} forms")


@pytest.mark.parametrize("role", ["instructor", "owner"])
def test_an_empty_form_breaks_no_page(world, forms, role):  # noqa: F811
    client = world.client(role)
    broken = []
    for path in sorted({form.path for form in forms}):
        cache.clear()  # which has the limits of what somebody may send
        with undone():
            answer = client.post(path, {"csrfmiddlewaretoken": "x"})  # as every browser sends
        if answer.status_code >= 500:
            broken.append(path)
        client.force_login(world.people[role])  # one of them signs out

    assert broken == []


@pytest.mark.figure
@pytest.mark.skipif(MINUTES not in os.environ, reason="make fuzz says for how long")
def test_no_odd_request_breaks_a_page_for_as_long_as_asked(world, forms, figure, request):  # noqa: F811
    words = []
    if os.environ.get("PLN_TEST_DATA"):
        words = naughty_strings(request.getfixturevalue("real_data") / "unicode")
    seed, minutes = int(os.environ[SEED]), float(os.environ[MINUTES])
    fuzzer = Fuzzer(world, forms, seed=seed, words=words)

    fuzzer.run(seconds=60 * minutes)

    print(f"{fuzzer.sent} requests")
    assert fuzzer.broken == {}
    figure(
        "No odd request breaks a page in the minutes of `make fuzz`",
        f"{fuzzer.sent:,} requests, {len(forms)} forms, {minutes:g} min from seed {seed}",
    )
