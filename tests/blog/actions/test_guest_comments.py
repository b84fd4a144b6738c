"""Guests comment, withdraw and object; instructors enter what guests wrote elsewhere."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from blog.actions.comments import add_comment
from blog.actions.guest_comments import (
    Origin,
    add_guest_comment,
    import_guest_comment,
    object_to_decision,
    restore_guest_comment,
    withdraw_guest_comment,
)
from blog.actions.guest_moderation import publish_guest_comment, refuse_guest_comment
from blog.actions.moderation import report, undo_decision
from blog.exceptions import NotAllowed, Refused
from blog.models import (
    Audience,
    AuditEvent,
    Comment,
    GuestComment,
    GuestComments,
    ModerationEvent,
    OutboxMessage,
    Post,
)
from blog.tasks import send_due_mail
from network.models import TieArc, TieUnit
from tests import factories

VISITOR = AnonymousUser()
State = Comment.State
ORIGIN = Origin("198.51.100.7", "Firefox", "https://example.org/")


@pytest.fixture
def course(course):
    course.guest_comments = GuestComments.MODERATED
    course.save()
    return course


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course, "Out there", audience=Audience.PUBLIC)


def send(post, text="From *outside*.", *, by=VISITOR, key=None, **fields):
    fields = {"name": "Gil", "email": "gil@example.org", "origin": ORIGIN} | fields
    return add_guest_comment(post, by=by, key=key or uuid4(), text=text, **fields)


def test_a_guests_comment_waits_and_its_status_is_mailed_at_once(post, ada):
    comment = send(post, website="https://gil.example/")
    sent = send_due_mail()

    guest = comment.guest
    assert (comment.state, comment.audience) == (State.WAITING, Comment.Audience.EVERYONE)
    assert (comment.author, comment.addressee, comment.guest_name) == (None, ada, "Gil")
    assert comment.html == '<p dir="auto">From <em>outside</em>.</p>'
    assert (guest.email, guest.website) == ("gil@example.org", "https://gil.example/")
    assert sent == 1
    [message] = mail.outbox
    assert message.to == ["gil@example.org"]
    assert guest.status_path in message.body
    assert "outside" not in message.body
    assert "Gil" not in message.body


def test_without_a_spam_filter_nothing_is_stored_for_it(post):
    guest = send(post, origin=None).guest

    assert (guest.ip, guest.user_agent, guest.referrer, guest.spam_check) == (None, "", "", "")


def test_for_a_spam_filter_the_origin_is_stored(post):
    guest = send(post).guest

    assert (guest.ip, guest.user_agent, guest.referrer) == (
        "198.51.100.7",
        "Firefox",
        "https://example.org/",
    )
    assert guest.spam_check == GuestComment.SpamCheck.DUE


def test_members_are_never_sent_to_the_spam_filter(post, bob):
    add_comment(post, by=bob, text="A thought.", audience=Comment.Audience.EVERYONE)

    assert not GuestComment.objects.exists()


def test_a_form_sent_twice_makes_one_comment(post):
    key = uuid4()

    first, second = (send(post, key=key) for _twice in range(2))

    assert first == second
    assert Comment.objects.count() == 1
    assert OutboxMessage.objects.count() == 1


def test_the_key_of_a_form_is_of_one_post(post, ada, course):
    other = factories.make_post(ada, course, audience=Audience.PUBLIC)
    key = uuid4()
    send(post, key=key)

    with pytest.raises(Refused, match="another post"):
        send(other, key=key)


def test_a_key_that_another_post_takes_at_the_same_moment_is_refused(
    post, ada, course, monkeypatch
):
    other = factories.make_post(ada, course, audience=Audience.PUBLIC)
    key = uuid4()
    send(post, key=key)
    # On PostgreSQL two posts are locked at once, and neither sees what the other stores.
    monkeypatch.setattr("blog.actions.guest_comments.sent_before", lambda post, key: None)

    with pytest.raises(Refused, match="another post"):
        send(other, key=key)
    assert Comment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_of_the_same_form_at_once_make_one_comment(post):
    key = uuid4()

    def one(_number):
        try:
            return send(post, key=key).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        keys = set(pool.map(one, range(20)))

    assert keys == set(Comment.objects.values_list("pk", flat=True))
    assert len(keys) == 1


def test_so_many_wait_under_a_post_and_no_more(post, ada, course, monkeypatch):
    monkeypatch.setattr("blog.actions.guest_comments.MAX_WAITING", 2)
    first = send(post)
    send(post)

    with pytest.raises(Refused, match="you cannot send one today"):
        send(post)
    assert send(factories.make_post(ada, course, audience=Audience.PUBLIC))
    withdraw_guest_comment(first, by=VISITOR, token=first.guest.token)
    assert send(post)


def test_a_guest_makes_no_tie(post):
    comment = send(post)
    Comment.objects.filter(pk=comment.pk).update(state=State.OPEN)

    assert Comment.objects.counting().count() == 0
    assert (TieUnit.objects.count(), TieArc.objects.count()) == (0, 0)


def test_a_guest_can_reply_to_what_the_public_page_shows(post, bob):
    shown = factories.make_comment(bob, post, audience=Comment.Audience.EVERYONE)

    comment = send(post, parent=shown)

    assert (comment.parent, comment.addressee) == (shown, bob)


@pytest.mark.parametrize(
    "fields",
    [
        {"audience": Comment.Audience.READERS},
        {"state": State.HIDDEN},
        {"deleted_at": timezone.now()},
    ],
    ids=["of the course", "hidden", "deleted"],
)
def test_a_guest_cannot_reply_to_anything_else(post, bob, fields):
    fields = {"audience": Comment.Audience.EVERYONE} | fields
    parent = factories.make_comment(bob, post, tied=False, **fields)

    with pytest.raises(Refused, match="gone"):
        send(post, parent=parent)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("https://a.example https://b.example [c](https://c.example)", False),
        ("https://a.example www.b.example [c](https://c.example) d@example.org", True),
        ("![a picture](https://a.example/a.png)", False),
        (" ".join(f"[x](HTTPS://spam{number}.example)" for number in range(4)), True),
        (" ".join(f"[x](MailTo:a@spam{number}.example)" for number in range(4)), True),
        (
            "".join(f"a[^{n}] " for n in range(4)) + "".join(f"\n\n[^{n}]: b" for n in range(4)),
            False,
        ),
    ],
)
def test_links_are_few_and_pictures_are_none(post, text, refused):
    if refused:
        with pytest.raises(Refused, match="3 links"):
            send(post, text)
    else:
        html = send(post, text).html
        assert "<img" not in html
        assert html.count("<a ") == html.count('rel="nofollow ugc noopener"')


def test_guests_can_comment_nowhere_else(post, course, ada, bob, eve):
    def is_refused(place, by=VISITOR):
        with pytest.raises(NotAllowed):
            send(place, by=by)
        return True

    assert is_refused(post, by=bob)
    for audience in (Audience.SIGNED_IN, Audience.COURSE):
        assert is_refused(factories.make_post(ada, course, audience=audience))
    past = timezone.now() - timedelta(days=1)
    ended = factories.make_post(ada, course, audience=Audience.PUBLIC, public_until=past)
    assert is_refused(ended)
    assert is_refused(factories.make_withdrawn_post(ada, course, audience=Audience.PUBLIC))
    assert send(post, by=eve).author is None
    course.ends_on = course.today() - timedelta(days=1)
    course.save()
    post.course.refresh_from_db()
    assert is_refused(post)
    course.ends_on, course.guest_comments = course.today(), GuestComments.OFF
    course.save()
    post.course.refresh_from_db()
    assert is_refused(post)


def test_a_post_that_is_hidden_meanwhile_takes_no_guests_comment(post, instructor):
    Post.objects.filter(pk=post.pk).update(hidden_at=timezone.now())  # not in `post`

    with pytest.raises(Refused, match="any more"):
        send(post)
    post.hidden_at = None
    with pytest.raises(Refused, match="not public any more"):
        import_guest_comment(post, by=instructor, text="One.", name="", day=date(2009, 2, 23))
    post.refresh_from_db()
    with pytest.raises(NotAllowed):
        import_guest_comment(post, by=instructor, text="One.", name="", day=date(2009, 2, 23))


def test_withdrawing_and_restoring_takes_the_token(post):
    comment, other = send(post), send(post, "Another.")

    with pytest.raises(NotAllowed):
        withdraw_guest_comment(comment, by=VISITOR, token=other.guest.token)
    withdraw_guest_comment(comment, by=VISITOR, token=comment.guest.token)
    comment.refresh_from_db()
    assert comment.is_deleted
    restore_guest_comment(comment, by=VISITOR, token=comment.guest.token)
    comment.refresh_from_db()
    assert (comment.is_deleted, comment.state) == (False, State.WAITING)


def test_withdrawing_closes_the_case_and_restoring_opens_it(client, post, bob, instructor):
    comment = factories.make_guest_comment(post, state=State.OPEN)
    made = report(comment, by=bob)
    client.force_login(instructor)
    pages = []

    for change in (withdraw_guest_comment, restore_guest_comment):
        change(comment, by=VISITOR, token=comment.guest.token)
        made.refresh_from_db()
        html = client.get(reverse("moderation", args=["networks"])).content.decode()
        pages.append((made.is_open, "nav-note" in html, "Nothing is waiting." in html))

    assert pages == [(False, False, True), (True, True, False)]
    log = list(made.case.events.values_list("kind", "actor"))
    assert log == [("report", bob.pk), ("delete", None), ("restore", None)]
    page = client.get(reverse("case_page", args=["networks", comment])).content.decode()
    assert "Gil Guest restored it." in page


def test_nothing_waits_about_what_is_deleted(client, post, bob, instructor):
    comment = factories.make_comment(bob, post)
    factories.make_report(comment, instructor)
    Comment.objects.update(deleted_at=timezone.now())
    client.force_login(instructor)

    assert "nav-note" not in client.get(reverse("post_list", args=["networks"])).content.decode()


def test_a_guest_objects_once_to_each_decision_not_to_publish(post, instructor):
    comment = send(post)
    token = comment.guest.token
    with pytest.raises(Refused, match="only to a comment that is not published"):
        object_to_decision(comment, by=VISITOR, token=token, text="Please.")
    refuse_guest_comment(comment, by=instructor, reason="Off topic.")

    object_to_decision(comment, by=VISITOR, token=token, text="It is about doors.")

    guest = GuestComment.objects.get()
    assert guest.objection == "It is about doors."
    assert guest.has_open_objection
    with pytest.raises(Refused, match="already"):
        object_to_decision(comment, by=VISITOR, token=token, text="And again.")
    refuse_guest_comment(comment, by=instructor, reason="Still off topic.")
    assert not GuestComment.objects.get().has_open_objection
    object_to_decision(comment, by=VISITOR, token=token, text="Doors are ties.")
    objections = ModerationEvent.objects.filter(kind="object").values_list("text", flat=True)
    assert [*objections] == ["It is about doors.", "Doors are ties."]


@pytest.mark.parametrize(
    ("since", "can_object"),
    [
        ([], False),
        (["publish"], False),
        (["publish", "hide"], True),
        (["hide"], True),
        (["publish", "undo"], False),  # the first refusal, which the guest has objected to
        (["hide", "undo"], False),
        (["publish", "hide", "undo"], False),
        (["publish", "hide", "withdraw"], False),
        (["publish", "hide", "withdraw", "restore"], True),
    ],
    ids=lambda since: " ".join(since) if isinstance(since, list) else "",
)
def test_what_has_been_decided_since_can_be_objected_to(
    client, post, instructor, assistant, since, can_object
):
    comment = send(post)
    token = comment.guest.token
    refuse_guest_comment(comment, by=instructor, reason="Off topic.")
    object_to_decision(comment, by=VISITOR, token=token, text="It is about doors.")
    do = {
        "publish": lambda: publish_guest_comment(comment, by=instructor),
        "hide": lambda: refuse_guest_comment(comment, by=assistant, reason="Names a person."),
        "undo": lambda: undo_decision(Comment.objects.get(), by=instructor),
        "withdraw": lambda: withdraw_guest_comment(comment, by=VISITOR, token=token),
        "restore": lambda: restore_guest_comment(comment, by=VISITOR, token=token),
    }
    for step in since:
        do[step]()

    page = client.get(comment.guest.status_path)

    assert ("Send the objection" in page.content.decode()) is can_object
    with nullcontext() if can_object else pytest.raises(Refused):
        object_to_decision(comment, by=VISITOR, token=token, text="Doors are ties.")
    assert ("Why it is not published" in page.content.decode()) is (
        Comment.objects.get().is_hidden and "withdraw" not in since[-1:]
    )


def test_an_imported_comment_has_a_day_and_perhaps_a_name(post, instructor, course):
    day = date(2009, 2, 23)

    named = import_guest_comment(post, by=instructor, text="One.", name="J. K.", day=day)
    unnamed = import_guest_comment(post, by=instructor, text="Two.", name="", day=day)

    assert [c.guest_name for c in (named, unnamed)] == ["J. K.", "Anonymous guest"]
    assert [c.state for c in (named, unnamed)] == [State.OPEN, State.OPEN]
    assert [(c.day, c.day_only, course.day_of(c.created_at)) for c in (named, unnamed)] == [
        (day, True, day)
    ] * 2
    assert list(post.comments.for_thread()) == [named, unnamed]
    assert OutboxMessage.objects.count() == 0
    events = AuditEvent.objects.filter(action="guest_comment_imported", actor=instructor)
    assert events.count() == 2


def test_a_day_to_come_is_refused(post, instructor, course):
    with pytest.raises(Refused, match="in the future"):
        import_guest_comment(
            post, by=instructor, text="One.", name="", day=course.today() + timedelta(days=1)
        )
