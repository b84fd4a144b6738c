"""One message of an LMS that arrives twice at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from blog.models import Launch, PlatformAccount
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
    assert Launch.objects.count() == PlatformAccount.objects.count() == 1
