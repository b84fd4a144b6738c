"""The words of a question to one's network: how they are read, and that none are ever lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Audience, Course, Membership, Post
from network.models import Question
from tests import factories
from tests.submitted import fields_of

NETWORK = "/c/networks/network/"


@pytest.fixture
def posts(course, ada, bob):
    work = factories.make_work(course)
    posts = [factories.make_post(person, course) for person in (ada, bob)]
    for post in posts:
        factories.make_reference(post, work, cited=True)
    return posts


@pytest.fixture
def question(posts, bob):
    return factories.make_question(posts[0], bob, text="Who opens the upper half?")


@pytest.fixture
def address(question):
    return f"{NETWORK}questions/{question.pk}/"


def words():
    return Question.objects.get().text


def box_of(answer):
    return answer.context["form"]["text"].value()


# How they are read


@pytest.mark.parametrize("text", ["\u200b\u200d", "\u00ad \ufeff", "\u202e\n\u2060", "\u3000"])
def test_signs_that_nobody_sees_are_no_question(client, ada, posts, text):
    client.force_login(ada)
    address = f"{posts[0].get_absolute_url()}ask/"
    sent = fields_of(client.get(address), "text") | {"text": text}

    answer = client.post(address, sent)

    assert answer.status_code == 422
    assert answer.context["form"].errors["text"] == ["This field is required."]
    assert not Question.objects.exists()


def test_the_ends_of_pasted_lines_do_not_make_a_question_too_long(client, ada, posts):
    client.force_login(ada)
    address = f"{posts[0].get_absolute_url()}ask/"
    lines = ["x" * 59] * 4 + ["x" * 60]
    sent = fields_of(client.get(address), "text") | {"text": "\r\n".join(lines)}

    client.post(address, sent)

    assert words() == " ".join(lines)
    assert len(words()) == 300


@pytest.mark.parametrize("text", ["👩‍👩‍👧‍👦?", "هل تعرفون مثلًا أقدم؟", "مهدی‌پور؟"])
def test_words_in_any_script_stay_as_they_are(client, ada, address, text):
    client.force_login(ada)

    client.post(address, {"text": f"  {text}\r\n"})

    assert words() == text


# That none are lost


def test_what_is_typed_while_another_tab_closes_the_question_opens_it_again(client, ada, address):
    client.force_login(ada)
    client.post(f"{address}close/")

    answer = client.post(address, {"text": "And who closes it?"})
    assert answer.status_code == 422
    assert box_of(answer) == "And who closes it?"
    assert "Open it again with these words" in answer.content.decode()
    assert words() == "Who opens the upper half?"

    client.post(f"{address}reopen/", {"text": "And who closes it?"})
    assert Question.objects.get().closed_at is None
    assert words() == "And who closes it?"


@pytest.mark.parametrize(("typed", "kept"), [("And who closes it?", True), ("", False)])
def test_closing_keeps_the_words_in_the_box(client, ada, address, typed, kept):
    client.force_login(ada)

    answer = client.post(f"{address}close/", {"text": typed}, follow=True)

    shown = typed if kept else "Who opens the upper half?"
    assert f"“{shown}”" in answer.content.decode()
    assert words() == shown


def test_words_that_do_not_do_open_nothing_and_stay_in_their_box(client, ada, address):
    client.force_login(ada)
    client.post(f"{address}close/")

    answer = client.post(f"{address}reopen/", {"text": "x" * 301})

    assert answer.status_code == 422
    assert box_of(answer) == "x" * 301
    assert Question.objects.get().closed_at


# A question that is over says so


def _withdraw(question):
    Post.objects.filter(pk=question.post_id).update(status=Post.Status.WITHDRAWN)


def _narrow(question):
    Post.objects.filter(pk=question.post_id).update(audience=Audience.INSTRUCTORS)


def _end_course(question):
    yesterday = timezone.now().date() - timedelta(days=1)
    Course.objects.filter(pk=question.course_id).update(ends_on=yesterday)


def _grow_old(question):
    old = timezone.now() - timedelta(days=14, minutes=1)
    Question.objects.filter(pk=question.pk).update(created_at=old)


def _teach(question):
    members = Membership.objects.filter(user=question.author)
    members.update(role=Membership.Role.ASSISTANT)


@pytest.mark.parametrize("is_closed", [True, False])
@pytest.mark.parametrize(
    ("end", "because"),
    [
        (_withdraw, "Classmates cannot see this question now"),
        (_narrow, "Classmates cannot see this question now"),
        (_end_course, "The course is over"),
        (_grow_old, "This question is older than two weeks."),
        (_teach, "Classmates cannot see this question now"),
    ],
)
def test_nothing_is_saved_in_a_question_that_nobody_sees(
    client, ada, question, address, end, because, is_closed
):
    client.force_login(ada)
    if is_closed:
        client.post(f"{address}close/")
    end(question)

    page = client.get(address).content.decode()
    changed = client.post(address, {"text": "And who closes it?"})
    opened = client.post(f"{address}reopen/", follow=True).content.decode()

    assert "This question is closed." in page
    assert "Open it again" not in page
    assert because in changed.content.decode()
    assert box_of(changed) == "And who closes it?"
    assert words() == "Who opens the upper half?"
    assert because in opened
    assert "Open again, for the same people." not in opened
    assert bool(Question.objects.get().closed_at) is is_closed
