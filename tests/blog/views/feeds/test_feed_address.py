"""One's own calendar page: the address, a new one, and none."""

import pytest
from django.urls import reverse

from blog.models import AuditEvent, FeedAddress

PAGE = "/me/calendar/"
LOCAL = "http://testserver"


@pytest.fixture
def signed_in(client, ada):
    client.force_login(ada)
    return client


def token():
    return FeedAddress.objects.get().token


def feed(secret):
    return reverse("calendar_feed", args=[secret])


def test_there_is_no_address_until_somebody_wants_one(signed_in):
    html = signed_in.get(PAGE).content.decode()

    assert "Create my calendar address" in html
    assert "webcal://" not in html
    assert not FeedAddress.objects.exists()


def test_a_second_click_on_create_keeps_the_address_of_the_first(signed_in, ada):
    answers = [signed_in.post("/me/feeds/new/") for _twice in range(2)]

    assert [answer.url for answer in answers] == [PAGE, PAGE]
    assert FeedAddress.objects.get().user == ada
    assert [event.action for event in AuditEvent.objects.all()] == ["feed_address_created"]


def test_the_page_has_the_address_to_copy_and_to_open(signed_in):
    signed_in.post("/me/feeds/new/")

    answer = signed_in.get(PAGE)

    html = answer.content.decode()
    assert f'value="{LOCAL}{feed(token())}"' in html
    assert f'href="webcal://testserver{feed(token())}"' in html
    assert "no-store" in answer["Cache-Control"]
    for program in ("Google Calendar", "Outlook", "Apple Calendar"):
        assert program in html


def test_nobody_else_is_shown_it(client, ada, bob):
    secret = FeedAddress.objects.create(user=ada).token
    client.force_login(bob)

    assert secret not in client.get(PAGE).content.decode()
    for name in ("renew", "remove"):
        assert client.get(f"/me/feeds/{name}/").status_code == 404
    client.post("/me/feeds/renew/")
    client.post("/me/feeds/remove/")
    assert token() == secret


def test_a_new_address_is_asked_about_first_and_ends_the_old_one(signed_in, course, prompt):
    signed_in.post("/me/feeds/new/")
    old = token()

    question = signed_in.get("/me/feeds/renew/").content.decode()
    assert "The old address stops working at once." in question
    assert token() == old

    answer = signed_in.post("/me/feeds/renew/", follow=True)
    assert "The old one does not work any more." in answer.content.decode()
    assert token() != old
    assert [signed_in.get(feed(one)).status_code for one in (old, token())] == [404, 200]


def test_removing_is_asked_about_first_and_a_second_click_is_no_error(signed_in):
    signed_in.post("/me/feeds/new/")
    old = token()
    assert "It stops working at once." in signed_in.get("/me/feeds/remove/").content.decode()

    answers = [signed_in.post("/me/feeds/remove/") for _twice in range(2)]

    assert [answer.url for answer in answers] == [PAGE, PAGE]
    assert not FeedAddress.objects.exists()
    assert signed_in.get(feed(old)).status_code == 404


def test_the_audit_log_has_no_secret(signed_in):
    secrets = []
    for name in ("new", "renew"):
        signed_in.post(f"/me/feeds/{name}/")
        secrets.append(token())
    signed_in.post("/me/feeds/remove/")

    events = AuditEvent.objects.order_by("pk")
    assert [event.action for event in events] == [
        "feed_address_created",
        "feed_address_renewed",
        "feed_address_removed",
    ]
    said = " ".join(f"{event.target} {event.data}" for event in events)
    assert not any(secret in said for secret in secrets)


def test_pages_with_dates_and_the_profile_lead_to_it(client, ada, course, prompt):
    client.force_login(ada)
    for address in (
        reverse("course_work", args=[course.slug]),
        reverse("prompt_list", args=[course.slug]),
        reverse("profile_edit"),
    ):
        assert f'href="{PAGE}"' in client.get(address).content.decode()


def test_secrets_are_long_and_differ():
    secrets = {FeedAddress(user=None).token for _ in range(100)}

    assert len(secrets) == 100
    assert {len(secret) for secret in secrets} == {32}
