"""Choices of mail, and the links in mail that stop one kind of it."""

from itertools import permutations
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
        MailKind.EXTENSIONS,
    ]


def test_choices_are_saved(client, ada):
    client.force_login(ada)

    answer = client.post(PAGE, CHOSEN)

    choices = stored(ada)
    assert (answer.status_code, answer.url) == (302, PAGE)
    assert (choices.rhythm, choices.hour, choices.weekday) == ("weekly", 18, 5)
    assert choices.left_out == ["decision", "report", "mention", "used", "given", "imported"]
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


@pytest.mark.parametrize("wrong", [{"hour": 6}, {"hour": 22}, {"weekday": 7}, {"rhythm": "never"}])
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


AS_CHOSEN = {
    "rhythm": "weekly",
    "hour": 18,
    "weekday": 5,
    "left_out": ["mention"],
    "has_digest": True,
    "has_replies_at_once": True,
    "has_announcements": True,
    "has_feedback": True,
    "has_extensions": True,
}


def all_of(person):
    return {name: getattr(stored(person), name) for name in AS_CHOSEN}


@pytest.mark.parametrize("clicks", [["stop"], ["stop", "stop"], ["stop", "undo", "stop", "stop"]])
@pytest.mark.parametrize("kind", MailKind)
def test_what_a_link_stopped_comes_back_as_it_was(client, ada, kind, clicks):
    MailChoices.objects.create(user=ada, **AS_CHOSEN)
    path = path_of(ada, kind)

    for click in clicks:
        client.post(path, {"undo": "1"} if click == "undo" else {})
    stopped = all_of(ada)
    html = client.post(path, {"undo": "1"}).content.decode()

    assert stopped == AS_CHOSEN | {MailChoices.FIELD_OF[kind]: False}
    assert all_of(ada) == AS_CHOSEN
    assert "You get these emails again, as before." in html


@pytest.mark.parametrize("kinds", [*permutations(MailKind, 2)])
def test_kinds_that_are_stopped_one_after_the_other_come_back_in_any_order(client, ada, kinds):
    MailChoices.objects.create(user=ada, **AS_CHOSEN)
    for kind in kinds:
        client.post(path_of(ada, kind))

    client.post(path_of(ada, kinds[0]), {"undo": "1"})
    one_is_back = all_of(ada)
    client.post(path_of(ada, kinds[1]), {"undo": "1"})

    assert one_is_back == AS_CHOSEN | {MailChoices.FIELD_OF[kinds[1]]: False}
    assert all_of(ada) == AS_CHOSEN


@pytest.mark.parametrize("kind", MailKind)
def test_undoing_what_was_not_stopped_changes_nothing(client, ada, kind):
    MailChoices.objects.create(user=ada, **AS_CHOSEN)

    client.post(path_of(ada, kind), {"undo": "1"})

    assert all_of(ada) == AS_CHOSEN
    assert not AuditEvent.objects.exists()


def test_a_digest_that_is_stopped_in_the_form_keeps_its_rhythm_too(client, ada):
    client.force_login(ada)
    client.post(PAGE, CHOSEN)
    client.post(PAGE, CHOSEN | {"rhythm": "never"})
    shown = client.get(PAGE).context["form"]["rhythm"].value()

    client.post(path_of(ada, MailKind.DIGEST), {"undo": "1"})

    choices = stored(ada)
    assert shown == "never"
    assert (choices.has_digest, choices.rhythm, choices.weekday) == (True, "weekly", 5)


def test_an_old_link_of_somebody_whose_account_is_closed_changes_nothing(client, ada):
    User.objects.filter(pk=ada.pk).update(is_active=False)

    answer = client.post(path_of(ada, MailKind.DIGEST))

    assert answer.status_code == 404
    assert not MailChoices.objects.exists()


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


def test_a_link_of_a_kind_that_we_no_longer_send_stops_nothing(client, ada):
    answer = client.post(path_of(ada, "newsletter"))

    assert answer.status_code == 404
    assert not MailChoices.objects.exists()


def test_a_link_names_nobody(client, ada):
    html = client.get(path_of(ada, MailKind.DIGEST)).content.decode()

    assert "Ada" not in html
    assert ada.email not in html
