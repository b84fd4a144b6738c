"""A list of people takes twenty seconds at most, however an LMS deals it out."""

import pytest

from blog.lookup import Unavailable
from blog.lookup.http_client import Answer
from blog.lti import services
from blog.lti.services import Registration, Services
from blog.lti.tokens import SigningKey
from tests.lms import KEY

LMS = "https://lms.example"
WHERE = Registration(LMS, "us", *(f"{LMS}/{name}" for name in ("auth", "token", "jwks")))


class SlowLms:
    """An LMS whose answers each take seconds of a clock of its own, with so many people."""

    def __init__(self, takes, people):
        self.takes, self.people = takes, people
        self.now, self.waits = 0.0, []

    def monotonic(self):
        return self.now

    def send(self, url, body=None, *, headers, method="POST", seconds=None):
        self.waits.append(seconds)
        if self.takes > seconds:
            self.now += seconds
            raise Unavailable("no answer in time")
        self.now += self.takes
        if url.endswith("/token"):
            return Answer(200, {"access_token": "t", "expires_in": 3600})
        page = int(url.partition("page=")[2].partition("&")[0] or 0)
        following = {"link": f'<{LMS}/members?page={page + 1}>; rel="next"'}
        return Answer(200, {"members": [{"user_id": "x"}] * self.people}, following)


@pytest.fixture
def slow(monkeypatch):
    def make(takes, people=1):
        lms = SlowLms(takes, people)
        monkeypatch.setattr(services.time, "monotonic", lms.monotonic)
        monkeypatch.setattr(services, "send", lms.send)
        return lms

    return make


def members():
    key = SigningKey("k", KEY.pem)
    return Services(WHERE, key, site="https://pln.example").members(f"{LMS}/members")


@pytest.mark.parametrize("takes", [2.5, 9.0])
def test_all_pages_have_one_deadline(slow, takes):
    lms = slow(takes)

    with pytest.raises(Unavailable, match="no answer in time"):
        members()

    assert lms.now <= services.LIST_SECONDS
    assert max(lms.waits) == services.SECONDS


def test_list_without_end_is_refused(slow):
    lms = slow(0.01, people=3_000)

    with pytest.raises(Unavailable, match="too many members"):
        members()

    assert len(lms.waits) == 5  # the token and four pages
