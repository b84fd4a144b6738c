"""No address changes anything without a CSRF token."""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from blog.models import version_of
from tests.security.support import address_of, keys_of, make_course_of
from tests.test_access import named_addresses
from tests.written import snapshot


def all_patterns(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from all_patterns(pattern.url_patterns)


# Mail programs stop mail for their readers and have no page of ours: the address itself is signed
# (RFC 8058), and a POST to it does this one thing. Visitors choose a language in pages that their
# browsers keep, which can have no token: it changes what this browser reads, and no account.
# What an LMS sends comes from another site: a signed message that is let in once, in the browser
# that began. Inside its frame there is no session: what its forms may do is said by a secret in
# them, and they have to come from our own origin (blog/web/launches.py).
EXEMPT = [
    *("language_choose", "unsubscribe"),
    *("lti_login", "lti_launch", "lti_enter", "lti_pick", "lti_register"),
]


def test_few_views_are_exempt_from_the_token():
    exempt = [
        pattern.name
        for pattern in all_patterns(get_resolver().url_patterns)
        if getattr(pattern.callback, "csrf_exempt", False)
    ]

    assert sorted(exempt) == sorted(EXEMPT)


@pytest.mark.figure
@pytest.mark.parametrize("sent_as", ["form", "json"])
def test_nothing_is_done_without_a_token(root, figure, sent_as):
    rows = make_course_of(root, "own")
    client = Client(enforce_csrf_checks=True)
    client.force_login(root)
    before = snapshot()
    kind = {"content_type": "application/json"} if sent_as == "json" else {}

    statuses = {
        name: client.post(address_of(name, keys_of(rows)), {}, **kind).status_code
        for name in named_addresses()
        if name not in EXEMPT
    }

    assert {name: status for name, status in statuses.items() if status != 403} == {}
    assert snapshot() == before
    figure("Nothing is done without a token", "{posts} forged posts", posts=len(statuses))


def test_token_from_another_site_is_refused(root):
    client = Client(enforce_csrf_checks=True)
    client.force_login(root)
    token = str(client.get("/me/").context["csrf_token"])
    form = {"display_name": "Mallory", "time_zone": "UTC", "version": version_of(root)}
    form["csrfmiddlewaretoken"] = token

    foreign = client.post("/me/", form, headers={"origin": "https://evil.example"})
    null = client.post("/me/", form, headers={"origin": "null"})
    ours = client.post("/me/", form, headers={"origin": "http://testserver"})

    assert [foreign.status_code, null.status_code, ours.status_code] == [403, 403, 302]
