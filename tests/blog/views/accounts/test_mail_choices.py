"""What people want by mail, and the links in mail that stop one kind of it."""

from urllib.parse import urlsplit

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from blog.models import (
    AuditEvent,
    MailChoices,
    MailKind,
    User,
    choices_of,
    unsubscribe_address,
)

PAGE = "/me/mail/"
CHOSEN = {
    "rhythm": "weekly",
    "hour": "18",
    "weekday": "5",
    "in_digest": ["reply", "comment"],
    "has_announcements": "on",
}


def stored(person):
    return choices_of(User.objects.get(pk=person.pk))


def path_of(person, kind):
    return urlsplit(unsubscribe_address(person, kind)).path


def test_the_digest_comes_daily_in_the_morning_by_default(ada):
    choices = stored(ada)

    assert (choices.rhythm, choices.hour, choices.left_out) == ("daily", 8, [])
    assert [kind for kind in MailKind if choices.wants(kind)] == [
        MailKind.DIGEST,
        MailKind.ANNOUNCEMENTS,
        MailKind.FEEDBACK,
    ]


def test_choices_are_saved(client, ada):
    client.force_login(ada)

    answer = client.post(PAGE, CHOSEN)

    choices = stored(ada)
    assert (answer.status_code, answer.url) == (302, PAGE)
    assert (choices.rhythm, choices.hour, choices.weekday) == ("weekly", 18, 5)
    assert choices.left_out == ["decision", "report", "mention", "used", "given"]
    assert [kind for kind in MailKind if choices.wants(kind)] == [
        MailKind.DIGEST,
        MailKind.ANNOUNCEMENTS,
    ]
    assert AuditEvent.objects.get().action == "mail_choices_changed"


def test_choices_that_are_saved_again_stay_one_row(client, ada):
    client.force_login(ada)

    for hour in ("7", "21"):
        client.post(PAGE, CHOSEN | {"hour": hour})

    assert MailChoices.objects.get().hour == 21


@pytest.mark.parametrize("wrong", [{"hour": "6"}, {"hour": "22"}, {"rhythm": "hourly"}])
def test_no_digest_at_night_or_each_hour(client, ada, wrong):
    client.force_login(ada)

    answer = client.post(PAGE, CHOSEN | wrong)

    assert answer.status_code == 422
    assert not MailChoices.objects.exists()


@pytest.mark.parametrize("wrong", [{"hour": 6}, {"hour": 22}, {"weekday": 7}])
def test_the_database_knows_day_and_week(ada, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        MailChoices.objects.create(user=ada, **wrong)


@pytest.mark.parametrize("kind", MailKind)
def test_a_link_stops_its_kind_of_mail_and_no_other(ada, kind):
    MailChoices.objects.create(user=ada, has_replies_at_once=True)

    answer = Client(enforce_csrf_checks=True).post(
        path_of(ada, kind), {"List-Unsubscribe": "One-Click"}
    )

    choices = stored(ada)
    assert answer.status_code == 200  # and no redirect: a mail program follows none
    assert [other for other in MailKind if not choices.wants(other)] == [kind]


@pytest.mark.parametrize("kind", MailKind)
def test_what_a_link_stopped_is_undone_on_its_page(client, ada, kind):
    MailChoices.objects.create(user=ada, rhythm="weekly", has_replies_at_once=True)
    stopped = client.post(path_of(ada, kind))
    form = {"undo": "1", "rhythm": stopped.context["rhythm"]}

    html = client.post(path_of(ada, kind), form).content.decode()

    assert all(stored(ada).wants(each) for each in MailKind)
    assert stored(ada).rhythm == "weekly"
    assert "Undone. You get these emails as before." in html


@pytest.mark.parametrize("rhythm", ["never", "hourly", ""])
def test_an_undone_digest_is_daily_where_nothing_else_is_known(client, ada, rhythm):
    client.post(path_of(ada, MailKind.DIGEST))

    client.post(path_of(ada, MailKind.DIGEST), {"undo": "1", "rhythm": rhythm})

    assert stored(ada).rhythm == "daily"


@pytest.mark.parametrize(
    ("kind", "question", "answer"),
    [
        (MailKind.DIGEST, "Stop the digest?", "You get no more digests"),
        (
            MailKind.REPLIES,
            "Stop emails about replies to your comments?",
            "You get no more emails about replies to your comments",
        ),
    ],
)
def test_a_page_says_what_it_stops(client, ada, kind, question, answer):
    MailChoices.objects.create(user=ada, has_replies_at_once=True)

    asked, stopped = client.get(path_of(ada, kind)), client.post(path_of(ada, kind))

    assert question in asked.content.decode()
    assert answer in stopped.content.decode()


def test_opening_a_link_only_asks(ada):
    answer = Client().get(path_of(ada, MailKind.DIGEST))

    assert answer.status_code == 200
    assert b"<button" in answer.content
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not MailChoices.objects.exists()


def test_a_second_click_says_the_same(ada):
    path = path_of(ada, MailKind.DIGEST)

    first, second = (Client().post(path).content for _twice in range(2))

    assert first == second
    assert AuditEvent.objects.count() == 1


def test_somebody_else_who_is_signed_in_stops_the_mail_of_the_link(client, ada, bob):
    client.force_login(bob)

    client.post(path_of(ada, MailKind.DIGEST))

    assert not stored(ada).wants(MailKind.DIGEST)
    assert stored(bob).wants(MailKind.DIGEST)


@pytest.mark.parametrize("change", [str.upper, lambda token: token[:-1], lambda _: "old"])
def test_a_link_that_we_did_not_make_stops_nothing(ada, change):
    path = path_of(ada, MailKind.DIGEST)
    token = path.split("/")[-2]

    answer = Client().post(path.replace(token, change(token)))

    assert answer.status_code == 404
    assert not MailChoices.objects.exists()


def test_a_link_names_nobody(client, ada):
    html = client.get(path_of(ada, MailKind.DIGEST)).content.decode()

    assert "Ada" not in html
    assert ada.email not in html
