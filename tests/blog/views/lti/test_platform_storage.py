"""An LMS keeps the secret of a launch where the browser keeps no cookie inside its page."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from blog.lti.names import CLAIM
from blog.models import Launch
from tests import factories
from tests.lms import INSTRUCTOR, OTHER_KEY

# Whatever is refused here lets somebody in who is not: each is tried at each commit.
pytestmark = [pytest.mark.django_db, pytest.mark.whole]

FRAMED = {"sec-fetch-dest": "iframe"}
WAY = r'btn-primary"\s+href'
OURS = FRAMED | {"origin": "http://testserver"}
TEACHER = {f"{CLAIM}roles": [INSTRUCTOR], "sub": "t-1", "email": "ines@example.edu"}


def begin(lms, client, headers=FRAMED, **changes):
    query = {
        "iss": lms.url,
        "client_id": lms.client_id,
        "login_hint": "s-1",
        "lti_storage_target": "_parent",
    } | changes
    return client.get("/lti/login/", query, headers=headers)


def attribute(page, name):
    return unescape(re.search(rf'{name}="([^"]*)"', page.content.decode())[1])


def asked_of_lms(page):
    return dict(parse_qsl(urlsplit(attribute(page, WAY)).query))


def form_without_cookie(lms, **changes):
    """Return the form of a launch in a browser that keeps no cookie, and what the LMS keeps."""
    page = begin(lms, Client())
    secret = attribute(page, "data-lms-keeps")
    asked = asked_of_lms(page)
    token = lms.sign(lms.claims(asked["nonce"], **changes))
    return {"state": asked["state"], "id_token": token}, secret


def test_lms_that_offers_it_is_given_a_secret_on_the_way(lms, platform):
    client = Client()

    page = begin(lms, client, lti_storage_target="lms_storage")

    assert page.status_code == 200
    assert attribute(page, "data-target") == "lms_storage"
    assert attribute(page, "data-lms") == f"{lms.url}/auth"
    assert urlsplit(attribute(page, WAY)).path == "/auth"
    secret = attribute(page, "data-lms-keeps")
    assert secret not in attribute(page, WAY)
    assert client.cookies["lti"].value != secret
    assert "frame-ancestors *" in page["Content-Security-Policy"]


def test_each_launch_has_a_secret_of_its_own(lms, platform):
    secrets = {attribute(begin(lms, Client()), "data-lms-keeps") for _ in range(2)}

    assert len(secrets) == 2


@pytest.mark.parametrize(
    ("headers", "target", "has_cookie"),
    [
        (FRAMED, "", False),
        ({"sec-fetch-dest": "document"}, "_parent", False),
        (FRAMED, "_parent", True),
    ],
    ids=["not offered", "in a tab", "with our cookie"],
)
def test_where_the_cookie_will_do_the_lms_keeps_nothing(lms, platform, headers, target, has_cookie):
    client = Client()
    if has_cookie:
        lms.start(client)

    answer = begin(lms, client, headers, lti_storage_target=target)

    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{lms.url}/auth?")


def test_launch_asks_the_lms_for_its_secret(lms, connected):
    form, secret = form_without_cookie(lms)

    page = Client().post("/lti/launch/", form, headers=FRAMED)

    assert page.status_code == 403
    content = page.content.decode()
    assert (attribute(page, "data-target"), attribute(page, "data-lms")) == (
        "_parent",
        f"{lms.url}/auth",
    )
    assert f'name="state" value="{form["state"]}"' in content
    assert f'name="id_token" value="{form["id_token"]}"' in content
    assert "Open in a new tab" in content
    assert secret not in content
    assert not Launch.objects.exists()


def test_secret_that_the_lms_has_kept_lets_in_once(lms, connected):
    form, secret = form_without_cookie(lms)
    form["kept"] = secret

    first, second = (Client().post("/lti/launch/", form, headers=OURS) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 403)
    assert 'action="/lti/enter/"' in first.content.decode()
    assert "This link was already used." in second.content.decode()
    assert f"frame-ancestors {lms.url}" in first["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("kept", "origin"),
    [
        ("", "http://testserver"),
        ("made up", "http://testserver"),
        ("of another launch", "http://testserver"),
        ("right", "https://evil.example"),
        ("right", "null"),
        ("right", None),
    ],
)
def test_other_secrets_and_other_pages_let_in_nobody(lms, connected, kept, origin):
    """Whoever begins a launch themselves knows its secret: a form of theirs is not ours."""
    form, secret = form_without_cookie(lms)
    _form, other = form_without_cookie(lms)
    form["kept"] = {"right": secret, "of another launch": other}.get(kept, kept)
    headers = FRAMED | ({"origin": origin} if origin else {})

    answer = Client().post("/lti/launch/", form, headers=headers)

    assert answer.status_code == 403
    assert not Launch.objects.exists()


def test_launch_that_the_lms_keeps_nothing_of_has_no_such_way_in(lms, connected):
    form = lms.form(Client())

    answers = [
        Client().post("/lti/launch/", form | {"kept": kept}, headers=OURS) for kept in ("", "x")
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "data-lms-kept" not in answers[0].content.decode()
    assert not Launch.objects.exists()


def test_cookie_that_is_kept_after_all_is_enough(lms, connected):
    client = Client()
    asked = asked_of_lms(begin(lms, client))
    form = {"state": asked["state"], "id_token": lms.sign(lms.claims(asked["nonce"]))}

    answer = client.post("/lti/launch/", form, headers=FRAMED)

    assert answer.status_code == 200
    assert 'action="/lti/enter/"' in answer.content.decode()


def test_prompts_are_picked_without_any_cookie(lms, connected, course):
    prompt = factories.make_prompt(course, title="Ties")
    form, secret = form_without_cookie(lms, **(lms.deep_linking() | TEACHER))
    page = Client().post("/lti/launch/", form | {"kept": secret}, headers=OURS)
    picked = {"launch": attribute(page, 'name="launch" value'), "prompts": prompt.pk}

    without = Client().post("/lti/pick/", picked, headers=OURS)
    none = Client().post("/lti/pick/", {"launch": picked["launch"], "kept": secret}, headers=OURS)
    answer = Client().post("/lti/pick/", picked | {"kept": secret}, headers=OURS)

    assert f'name="kept" value="{secret}"' in page.content.decode()
    assert (without.status_code, none.status_code, answer.status_code) == (403, 422, 200)
    assert f'name="kept" value="{secret}"' in none.content.decode()
    assert 'name="JWT"' in answer.content.decode()


def test_launch_signed_by_another_is_refused_with_the_secret_too(lms, connected):
    page = begin(lms, Client())
    asked = asked_of_lms(page)
    forged = lms.sign(lms.claims(asked["nonce"]), OTHER_KEY)
    form = {"state": asked["state"], "id_token": forged, "kept": attribute(page, "data-lms-keeps")}

    answer = Client().post("/lti/launch/", form, headers=OURS)

    assert answer.status_code == 403
    assert not Launch.objects.exists()


def test_what_an_lms_sends_stays_text_on_our_pages(lms, connected):
    word = '"><script>alert(1)</script>'
    page = begin(lms, Client(), lti_storage_target=word)
    state = asked_of_lms(page)["state"]

    answer = Client().post("/lti/launch/", {"state": state, "id_token": word}, headers=FRAMED)

    assert attribute(page, "data-target") == word
    assert "<script>alert" not in page.content.decode() + answer.content.decode()
