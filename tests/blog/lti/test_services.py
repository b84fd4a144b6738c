"""Requests to an LMS for a course of its own: people of all pages, or of none."""

from dataclasses import replace

import pytest

from blog.lti.services import (
    MAX_PAGES,
    PEOPLE_PER_PAGE,
    ListIsCut,
    Registration,
    ServiceRefused,
    Services,
)
from blog.lti.tokens import public_jwk
from tests.lms import KEY

SITE = "http://127.0.0.1:8000"


@pytest.fixture
def services(lms):
    """Return the services of an LMS that knows our key."""
    lms.tool_keys = {KEY.kid: public_jwk(KEY)}
    addresses = [f"{lms.url}/{name}" for name in ("auth", "token", "jwks")]
    return Services(Registration(lms.url, lms.client_id, *addresses), KEY, site=SITE)


def test_token_is_asked_for_the_audience_that_the_lms_names(lms, services):
    lms.audience = "https://api.brightspace.example/auth/token"
    services.registration = replace(services.registration, audience=lms.audience)

    assert services.members(f"{lms.url}/members") == []


def people(count):
    """Return as many as that, each with what LMSs say of somebody: together over a megabyte."""
    return [
        {
            "user_id": f"00000000-0000-4000-8000-{number:012d}",
            "name": f"Somebody Number {number}",
            "email": f"somebody.number.{number}@student.example.edu",
            "picture": f"https://lms.example.edu/user/pix.php/{number}/{'f' * 200}.jpg",
            "lis_person_sourcedid": f"V{number:08d}",
            "roles": ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
        }
        for number in range(count)
    ]


def test_people_of_all_pages_come(lms, services):
    lms.members = people(3_000)

    found = services.members(f"{lms.url}/members")

    assert [one["user_id"] for one in found] == [one["user_id"] for one in lms.members]
    assert lms.asked.count("/token") == 1


@pytest.mark.parametrize("count", [0, 1, PEOPLE_PER_PAGE, PEOPLE_PER_PAGE + 1])
def test_last_page_ends_the_list(lms, services, count):
    lms.members = people(count)

    assert len(services.members(f"{lms.url}/members")) == count


def test_list_that_goes_on_elsewhere_is_cut(lms, services):
    """Our token goes to nobody else, and half a list says that the others have left."""
    lms.members = people(PEOPLE_PER_PAGE + 1)
    lms.next_origin = lms.url.replace("127.0.0.1", "localhost")

    with pytest.raises(ListIsCut):
        services.members(f"{lms.url}/members")


def test_list_that_goes_on_nowhere_is_cut(lms, services):
    lms.members = people(PEOPLE_PER_PAGE + 1)
    lms.next_origin = "http://[bad"

    with pytest.raises(ListIsCut):
        services.members(f"{lms.url}/members")


@pytest.mark.parametrize("url", ["https://[bad/members", "http://127.0.0.1:99999/members", ""])
def test_address_that_is_none_is_not_asked(lms, services, url):
    for ask in (
        services.members,
        lambda url: services.send_score(url, {}),
        lambda url: services.line_item(url, {"resourceId": "prompt-1", "tag": "post"}),
    ):
        with pytest.raises(ServiceRefused):
            ask(url)
    assert lms.asked == []


def test_list_without_an_end_is_cut(lms, services):
    lms.members = [{"user_id": "s-1"}] * (MAX_PAGES * PEOPLE_PER_PAGE + 1)

    with pytest.raises(ListIsCut):
        services.members(f"{lms.url}/members")
