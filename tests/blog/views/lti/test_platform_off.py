"""An LMS that is turned off lets nobody in, also whom it has sent a moment before."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from blog.models import Membership, Platform, PlatformAccount, PlatformCourse
from tests import factories
from tests.blog.views.lti.test_launches import connect_address, words
from tests.blog.views.lti.test_links import ORIGIN, pick
from tests.blog.views.lti.test_waiting_accounts import (
    EMAIL,
    confirm,
    nothing_is_left_of_it,
    send,
)

# Whatever is refused here lets somebody in: each is tried at each commit.
pytestmark = [pytest.mark.django_db, pytest.mark.whole]


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


IS_OFF = "People cannot sign in from this LMS now. Tell the people who run this site"


def turn_off():
    Platform.objects.update(is_on=False)


def test_account_is_not_connected(client, lms, connected, bob):
    address = connect_address(lms.launch(client, email=bob.email))
    client.force_login(bob)
    turn_off()

    answers = client.get(address), client.post(address)

    assert [answer.status_code for answer in answers] == [403, 403]
    assert all(IS_OFF in words(answer) for answer in answers)
    assert not PlatformAccount.objects.filter(user=bob).exists()


def test_course_is_not_connected(client, lms, platform, course, instructor):
    PlatformAccount.objects.create(issuer=lms.url, subject="t-1", user=instructor)
    address = lms.teach(client)["Location"]
    turn_off()

    answer = client.post(address, {"course": course.slug})

    assert (answer.status_code, IS_OFF in words(answer)) == (403, True)
    assert not PlatformCourse.objects.exists()


def test_prompts_are_not_picked(client, lms, connected, course):
    prompt = factories.make_prompt(course)
    _page, secret = pick(lms, client)
    turn_off()

    answer = client.post("/lti/pick/", {"launch": secret, "prompts": [prompt.pk]}, headers=ORIGIN)

    assert (answer.status_code, IS_OFF in words(answer)) == (403, True)
    assert "JWT" not in answer.content.decode()


def test_nobody_goes_on_in_a_window(client, lms, connected):
    page = lms.launch(client, frame=True)
    secret = re.search(r'name="launch" value="([^"]+)"', page.content.decode())[1]
    turn_off()
    window = Client()

    answer = window.post("/lti/enter/", {"launch": secret}, headers={"origin": "http://testserver"})

    assert "_auth_user_id" not in window.session
    assert IS_OFF in words(answer)


def test_link_of_a_mail_connects_nobody(client, lms, connected):
    Platform.objects.update(trusts_email=False)
    send(lms, client)
    turn_off()

    confirm(client)

    assert nothing_is_left_of_it()
    assert not Membership.objects.filter(user__email=EMAIL).exists()
