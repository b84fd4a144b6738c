"""One's own pages of calendar and feeds: the addresses, new ones, and none."""

import re

import pytest
from django.urls import reverse

from blog.models import AuditEvent, FeedAddress
from tests import factories
from tests.signed_in import signed_in_long_ago

PAGE = "/me/calendar/"
FEEDS = "/me/feeds/"
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


@pytest.mark.parametrize("page", [PAGE, FEEDS])
def test_the_page_says_that_a_new_password_does_not_end_them(signed_in, page):
    signed_in.post("/me/feeds/new/" + ("?from=feeds" if page == FEEDS else ""))

    assert "working after a password change" in signed_in.get(page).content.decode()


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


# Feeds of posts and comments, which have a secret of their own


def posts_token():
    return FeedAddress.objects.get().posts_token


def course_feed(secret):
    return reverse("secret_course_feed", args=[secret, "networks"])


def test_a_calendar_opens_no_posts(signed_in):
    signed_in.post("/me/feeds/new/")

    assert posts_token() == ""
    assert "Create my feed addresses" in signed_in.get(FEEDS).content.decode()
    assert signed_in.get(course_feed(token())).status_code == 404


def test_feeds_are_created_on_their_page_and_a_second_click_keeps_them(signed_in, ada):
    calendar = FeedAddress.objects.create(user=ada).token
    secrets = []
    for _twice in range(2):
        answer = signed_in.post("/me/feeds/new/?from=feeds")
        assert answer.url == FEEDS
        secrets.append(posts_token())

    assert secrets[0] == secrets[1]
    assert len({*secrets, token()}) == 2
    assert token() == calendar
    assert [event.action for event in AuditEvent.objects.all()] == ["post_feeds_created"]


def test_the_page_has_an_address_for_each_course_that_runs(signed_in, ada, course):
    over = factories.make_course("over", ends_on=course.starts_on)
    factories.add_member(over, ada)
    signed_in.post("/me/feeds/new/?from=feeds")

    answer = signed_in.get(FEEDS)

    html = answer.content.decode()
    addresses = re.findall(r'value="(http[^"]*)"', html)
    assert addresses == [f"{LOCAL}{course_feed(posts_token())}"]
    assert signed_in.get(addresses[0]).status_code == 200
    assert 'href="/c/networks/people.opml"' in html
    assert token() not in html
    assert "no-store" in answer["Cache-Control"]


def test_who_has_not_shown_who_they_are_sees_no_address_of_feeds(signed_in, ada, course):
    """Nor a file with them: who finds an open browser could read on without it."""
    signed_in.post("/me/feeds/new/?from=feeds")
    signed_in_long_ago(signed_in)

    html = signed_in.get(FEEDS).content.decode()
    asked = signed_in.get("/c/networks/people.opml")

    assert posts_token() not in html
    question = "/accounts/reauthenticate/?next=%2Fme%2Ffeeds%2F"
    assert f'href="{question}"' in html
    assert (asked.status_code, asked.url) == (302, question)
    shown = signed_in.post(question, {"password": factories.PASSWORD, "next": FEEDS})
    assert shown.url == FEEDS
    assert posts_token() in signed_in.get(FEEDS).content.decode()
    assert signed_in.get("/c/networks/people.opml").status_code == 200


def test_nobody_is_asked_for_the_dates_of_a_calendar(signed_in):
    signed_in_long_ago(signed_in)

    signed_in.post("/me/feeds/new/")

    assert token() in signed_in.get(PAGE).content.decode()
    assert signed_in.get("/c/networks/people.opml").status_code == 200


def test_somebody_in_no_course_is_told_so(client, eve):
    nobody = factories.make_user()
    client.force_login(nobody)
    client.post("/me/feeds/new/?from=feeds")

    assert "You are not in a course that is running now." in client.get(FEEDS).content.decode()


def test_new_addresses_end_both_old_ones_and_lead_back(signed_in, course):
    signed_in.post("/me/feeds/new/?from=feeds")
    old = [feed(token()), course_feed(posts_token())]
    question = signed_in.get("/me/feeds/renew/?from=feeds").content.decode()
    assert f'href="{FEEDS}"' in question

    answer = signed_in.post("/me/feeds/renew/?from=feeds")

    assert answer.url == FEEDS
    new = [feed(token()), course_feed(posts_token())]
    assert [signed_in.get(one).status_code for one in [*old, *new]] == [404, 404, 200, 200]


def test_removing_ends_both_and_leads_back(signed_in, course):
    signed_in.post("/me/feeds/new/?from=feeds")
    old = [feed(token()), course_feed(posts_token())]

    answer = signed_in.post("/me/feeds/remove/?from=feeds")

    assert answer.url == FEEDS
    assert [signed_in.get(one).status_code for one in old] == [404, 404]


def test_a_new_calendar_address_makes_no_feeds(signed_in):
    signed_in.post("/me/feeds/new/")
    signed_in.post("/me/feeds/renew/")

    assert posts_token() == ""


def test_posts_and_the_profile_lead_to_the_feeds(client, bob, course):
    client.force_login(bob)
    for address in (reverse("post_list", args=[course.slug]), reverse("profile_edit")):
        assert f'href="{FEEDS}"' in client.get(address).content.decode()
