"""One message of an LMS, one person or one link that arrives several times at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from blog.models import Launch, Platform, PlatformAccount, new_secret, secret_digest
from blog.models import RegistrationLink as Link
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 4


def test_one_of_several_forms_is_let_in(lms):
    platform = lms.register(trusts_email=True)
    instructor = factories.make_user("Ines Instructor")
    course = factories.make_course("networks", instructor=instructor)
    factories.make_platform_course(course, instructor, platform, context_id="context-1")
    browser = Client()
    form = lms.form(browser)
    together = Barrier(AT_ONCE)

    def send(_number):
        client = Client()
        client.cookies = browser.cookies.copy()
        together.wait()
        try:
            return client.post("/lti/launch/", form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        statuses = sorted(threads.map(send, range(AT_ONCE)))

    assert statuses == [302, *[403] * (AT_ONCE - 1)]
    assert Launch.objects.count() == 1


def test_first_launches_of_one_person_at_once_make_one_account(lms):
    platform = lms.register(trusts_email=True)
    instructor = factories.make_user("Ines Instructor")
    course = factories.make_course("networks", instructor=instructor)
    factories.make_platform_course(course, instructor, platform, context_id="context-1")
    browsers = [Client() for _ in range(AT_ONCE)]
    forms = [lms.form(browser) for browser in browsers]
    together = Barrier(AT_ONCE)

    def send(number):
        together.wait()
        try:
            answer = browsers[number].post("/lti/launch/", forms[number])
            if answer["Location"].startswith("/lti/who/"):  # else another was faster
                answer = browsers[number].post(answer["Location"])
            return answer.status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        statuses = list(threads.map(send, range(AT_ONCE)))

    assert statuses == [302] * AT_ONCE
    assert PlatformAccount.objects.count() == course.memberships.filter(role="student").count() == 1


def test_link_that_is_sent_several_times_at_once_registers_once(lms):
    staff, secret = factories.make_user("Root", is_superuser=True), new_secret()
    Link.objects.create(token=secret_digest(secret), created_by=staff)
    address = f"/lti/register/{secret}/?openid_configuration={lms.url}/openid-configuration"
    together = Barrier(AT_ONCE)

    def send(_number):
        together.wait()
        try:
            return Client().post(address, headers={"origin": "http://testserver"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        statuses = sorted(threads.map(send, range(AT_ONCE)))

    assert statuses[0] == 200
    assert set(statuses[1:]) <= {404, 422}
    assert len(lms.registered) == Platform.objects.count() == 1
