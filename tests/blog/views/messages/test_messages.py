"""Writing to those who have not posted, have not commented, or have no comment yet."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from blog.models import AuditEvent, Comment, Grading, Message, OutboxMessage
from blog.queries.students_who import students_who
from blog.tasks import send_due_mail
from blog.views.messages.default_text import first_words
from tests import factories

WRITE = "/c/networks/prompts/1/write/no-post/"
WORDS = {"title": "Your post", "text": "There is no post by you yet."}


@pytest.fixture
def prompt(course, ada, bob):
    return factories.make_prompt(course, title="Ties")


@pytest.fixture
def teacher(client, instructor):
    client.force_login(instructor)
    return client


def send(client, *students, path=WRITE, **fields):
    form = client.get(path).context["form"]
    sent = {"students": [each.pk for each in students], "key": form["key"].value(), **WORDS}
    return client.post(f"{path}send/", sent | fields)


def names(response):
    return [each.name for each in response.context["form"].listed]


def test_each_group_has_whom_it_says(course, prompt, instructor, ada, bob):
    cleo, dov = factories.make_user("Cleo"), factories.make_user("Dov")
    factories.add_member(course, cleo)
    factories.add_member(course, dov)
    post = factories.make_post(ada, course, prompt=prompt)
    factories.make_comment(bob, post)
    factories.make_comment(ada, factories.make_post(cleo, course, prompt=prompt))
    factories.make_draft_post(bob, course, prompt=prompt)
    Grading.objects.create(
        prompt=prompt, student=dov, grader=instructor, status="excused", of_record=True
    )

    assert students_who([prompt], course, instructor) == {
        prompt.pk: {"no-post": {bob.pk}, "no-comments": {cleo.pk}, "no-comment-yet": set()}
    }


def test_own_comments_and_hidden_ones_count_as_none(course, prompt, instructor, ada, bob):
    post = factories.make_post(ada, course, prompt=prompt)
    factories.make_comment(ada, post)
    factories.make_comment(bob, post, state=Comment.State.HIDDEN, tied=False)

    groups = students_who([prompt], course, instructor)[prompt.pk]

    assert groups["no-comments"] == {ada.pk, bob.pk}
    assert groups["no-comment-yet"] == {ada.pk}


def test_the_page_lists_them_with_facts_for_a_text(teacher, prompt, ada, bob):
    page = teacher.get(WRITE)

    assert names(page) == ["Ada Student", "Bob Student"]
    form = page.context["form"]
    assert form["students"].value() == [ada.pk, bob.pk]
    assert "You have not posted on “Ties” yet. Your post is due on" in form["text"].value()
    assert "behind" not in form["text"].value()


def test_two_steps_lead_to_one_mail_for_each(teacher, prompt, ada, bob, instructor):
    preview = teacher.post(WRITE, {"students": [ada.pk], "key": _key(teacher), **WORDS})
    assert "Send to 1 student" in preview.content.decode()
    assert not Message.objects.exists()

    answer = send(teacher, ada)

    message = Message.objects.get()
    assert answer.url == f"{WRITE}#m{message.pk}"
    assert list(message.students.all()) == [ada]
    assert AuditEvent.objects.filter(action="message_sent").count() == 1
    OutboxMessage.objects.update(due_at=timezone.now())
    send_due_mail()
    [email] = mail.outbox
    assert (email.to, email.subject) == ([ada.email], "Your post")
    assert email.reply_to == [instructor.email]
    assert email.body == "There is no post by you yet.\n"
    assert not email.cc
    assert not email.bcc


def _key(client):
    return client.get(WRITE).context["form"]["key"].value()


def test_a_second_click_sends_nothing_more(teacher, prompt, ada):
    key = _key(teacher)
    for _click in range(2):
        assert send(teacher, ada, key=key).status_code == 302

    assert Message.objects.count() == OutboxMessage.objects.count() == 1


@pytest.mark.parametrize(
    ("zone", "hour"), [("Pacific/Auckland", 7), ("America/Vancouver", 7), ("UTC", 7)]
)
def test_mails_wait_for_the_reader_s_day(teacher, prompt, ada, monkeypatch, zone, hour):
    ada.time_zone = zone
    ada.save()
    night = datetime(2026, 11, 24, 23, 30, tzinfo=ZoneInfo(zone))
    monkeypatch.setattr(timezone, "now", lambda: night)

    send(teacher, ada)

    due = OutboxMessage.objects.get().due_at.astimezone(ZoneInfo(zone))
    assert (due.day, due.hour, due.minute) == (25, hour, 0)
    assert Message.objects.get().sends_at == due


def test_a_message_of_the_night_can_be_withdrawn_until_the_morning(
    teacher, prompt, ada, monkeypatch
):
    night = datetime(2026, 11, 24, 23, 30, tzinfo=ZoneInfo(ada.time_zone))
    monkeypatch.setattr(timezone, "now", lambda: night)
    send(teacher, ada)
    monkeypatch.setattr(timezone, "now", lambda: night + timedelta(hours=2))

    teacher.post(f"/c/networks/messages/{Message.objects.get().pk}/withdraw/")

    assert Message.objects.get().withdrawn_at


def test_the_team_sees_who_was_written_to(teacher, prompt, ada, bob):
    send(teacher, ada)

    page = teacher.get(WRITE)

    html = " ".join(page.content.decode().split())
    assert "Ines Instructor wrote to them about this on" in html
    assert page.context["form"]["students"].value() == [bob.pk]
    assert "Sent before" in html
    # Another list is another matter.
    other = teacher.get("/c/networks/prompts/1/write/no-comments/").content.decode()
    assert "wrote to them" not in other


def test_whoever_posts_meanwhile_gets_no_mail(teacher, course, prompt, ada, bob):
    send(teacher, ada, bob)
    factories.make_post(ada, course, prompt=prompt)
    OutboxMessage.objects.update(due_at=timezone.now())

    send_due_mail()

    assert [email.to for email in mail.outbox] == [[bob.email]]


def test_who_is_not_in_the_list_any_more_is_not_written_to(teacher, course, prompt, ada):
    key = _key(teacher)
    factories.make_post(ada, course, prompt=prompt)

    answer = teacher.post(f"{WRITE}send/", {"students": [ada.pk], "key": key, **WORDS})

    assert answer.status_code == 422
    assert not Message.objects.exists()


def test_a_message_can_be_withdrawn_before_it_is_sent(teacher, prompt, ada):
    send(teacher, ada)
    message = Message.objects.get()

    answer = teacher.post(f"/c/networks/messages/{message.pk}/withdraw/", follow=True)

    assert "Message withdrawn. Nobody received it." in answer.content.decode()
    OutboxMessage.objects.update(due_at=timezone.now())
    send_due_mail()
    assert mail.outbox == []
    assert "wrote to them" not in teacher.get(WRITE).content.decode()


def test_what_was_sent_is_not_withdrawn(teacher, prompt, ada):
    send(teacher, ada)
    Message.objects.update(sends_at=timezone.now() - timedelta(minutes=1))
    message = Message.objects.get()

    answer = teacher.post(f"/c/networks/messages/{message.pk}/withdraw/", follow=True)

    assert "was already sent" in answer.content.decode()
    assert Message.objects.get().withdrawn_at is None


def test_what_was_typed_comes_back_with_its_errors(teacher, prompt, ada):
    answer = send(teacher, title="", text="My own words.")

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "My own words.</textarea>" in html
    assert "Choose at least one student." in html


def test_an_assistant_uses_their_own_mail_program(client, prompt, ada, bob, assistant):
    client.force_login(assistant)
    preview = client.post(WRITE, {"students": [ada.pk], "key": _key(client), **WORDS})

    html = preview.content.decode()
    assert f"mailto:{assistant.email}?bcc={ada.email}&amp;subject=Your%20post" in html
    assert "send/" not in html
    assert send(client, ada).status_code == 403


def test_students_see_nothing_of_it(client, prompt, ada):
    client.force_login(ada)

    assert client.get(WRITE).status_code == 403
    assert client.get("/c/networks/messages/").status_code == 403
    for path in ("/c/networks/people/", "/c/networks/prompts/1/"):
        main = client.get(path).content.decode().split("<main")[1]
        assert "networks/messages/" not in main
        assert "prompts/1/write/" not in main


@pytest.mark.parametrize("path", ["people/", "roster/", "desk/", "gradebook/"])
def test_each_list_of_people_leads_there(teacher, prompt, path):
    html = teacher.get(f"/c/networks/{path}").content.decode()

    assert 'href="/c/networks/messages/"' in html


@pytest.mark.parametrize("path", ["desk/1/", "prompts/1/", "prompts/1/write/no-post/"])
def test_each_page_of_a_prompt_leads_there(teacher, prompt, path):
    html = teacher.get(f"/c/networks/{path}").content.decode()

    assert 'href="/c/networks/prompts/1/write/' in html


def test_sending_is_limited(teacher, prompt, ada, monkeypatch):
    monkeypatch.setattr("blog.views.messages.message.SENDINGS_PER_HOUR", 1)
    send(teacher, ada)

    assert send(teacher, ada).status_code == 429


@pytest.mark.parametrize("n", [1, 3])
def test_query_counts(teacher, course, prompt, instructor, n, django_assert_num_queries):
    students = [factories.make_user() for _number in range(n)]
    for student in students:
        factories.add_member(course, student)
        message = Message.objects.create(
            prompt=prompt, author=instructor, to="no-post", title="T", text="W"
        )
        message.students.add(student)

    # session, person with memberships, prompts; students, posts, comments, who is excused
    with django_assert_num_queries(7):
        teacher.get("/c/networks/messages/")
    # the same, and: people, messages to them; what was sent 2
    with django_assert_num_queries(12):
        teacher.get(WRITE)


def test_no_due_date_is_told_where_one_of_them_has_another(
    course, instructor, ada, bob, monkeypatch
):
    due = timezone.now().replace(second=0, microsecond=0)
    prompt = factories.make_prompt(course, due_at=due)
    monkeypatch.setattr(timezone, "now", lambda: due + timedelta(seconds=30))
    assert "Your post is due on" in first_words(prompt, "no-post", instructor, [ada.pk])["text"]
    prompt.due_at -= timedelta(days=1)
    prompt.save()
    factories.make_extension(prompt, ada, instructor)

    assert "due on" not in first_words(prompt, "no-post", instructor, [ada.pk, bob.pk])["text"]
    assert "Your post was due on" in first_words(prompt, "no-post", instructor, [bob.pk])["text"]
