"""Everything of mine: its page, and its file for the person it is of."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Takeout
from blog.models.takeouts import KEPT_FOR
from tests import factories
from tests.signed_in import signed_in_long_ago

pytestmark = pytest.mark.django_db


def test_the_page_says_how_far_a_file_is(client, ada, course):
    client.force_login(ada)
    assert client.post(reverse("takeout_new"), {"course": course.pk}).status_code == 302
    assert client.post(reverse("takeout_new"), {"course": course.pk}).status_code == 302
    takeout = Takeout.objects.get()
    assert "Waiting to be prepared." in client.get(reverse("takeout_list")).text

    takeout.record_steps(2, 9)

    page = client.get(reverse("takeout_list")).text
    assert "2 of 9 parts are done" in page
    assert "Refresh" in page
    assert f'href="{reverse("takeout_file", args=[takeout.pk])}"' not in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("waiting", "Cancelled. No file is prepared."),
        ("ready", "File deleted."),
        ("failed", "Removed from this list."),
    ],
)
def test_it_is_said_whether_there_was_a_file(client, ada, state, words):
    if state == "ready":
        takeout = factories.make_takeout(ada)
    else:
        takeout = Takeout.objects.create(person=ada, state=state)
    client.force_login(ada)

    page = client.post(reverse("takeout_delete", args=[takeout.pk]), follow=True).text

    assert words in page
    assert not Takeout.objects.exists()


def test_a_file_is_for_its_person_after_a_recent_sign_in_as_long_as_it_is_kept(client, ada, bob):
    takeout = factories.make_takeout(ada, content=b"all of mine")
    address = reverse("takeout_file", args=[takeout.pk])
    client.force_login(ada)
    signed_in_long_ago(client)
    assert client.get(address).headers["Location"].startswith(reverse("account_reauthenticate"))

    client.force_login(ada)
    response = client.get(address)
    assert b"".join(response.streaming_content) == b"all of mine"
    assert response["Content-Disposition"].startswith('attachment; filename="everything-of-mine-')
    assert "no-store" in response["Cache-Control"] or "private" in response["Cache-Control"]

    Takeout.objects.update(finished_at=timezone.now() - KEPT_FOR - timedelta(seconds=1))
    assert client.get(address).status_code == 404
    Takeout.objects.update(finished_at=timezone.now())
    client.logout()
    client.force_login(bob)
    assert client.get(address).status_code == 404
    delete = reverse("takeout_delete", args=[takeout.pk])
    assert client.post(delete).status_code == 404


def test_somebody_who_left_every_course_can_still_ask(client, ada, course):
    ada.memberships.update(ended_at=timezone.now())
    client.force_login(ada)

    page = client.get(reverse("takeout_list"), {"course": course.pk}).text
    assert f'<option value="{course.pk}" selected>' in page
    assert client.post(reverse("takeout_new"), {"course": course.pk}).status_code == 302
