"""Ask my network: the pages of who asks and of who is asked, and the digest between them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from blog.actions.comments import add_comment
from blog.models import Audience
from blog.tasks import queue_due_digests, send_due_mail
from network.models import Follow, Question, QuestionOffer
from tests import factories
from tests.submitted import fields_of

NETWORK = "/c/networks/network/"


@pytest.fixture
def posts(course, ada, bob):
    """Return a post of Ada's and one of Bob's that cite one work."""
    work = factories.make_work(course)
    posts = [
        factories.make_post(ada, course, "Half-open windows"),
        factories.make_post(bob, course, "Of ties"),
    ]
    for post in posts:
        factories.make_reference(post, work, cited=True)
    return posts


@pytest.fixture
def question(posts, bob):
    return factories.make_question(posts[0], bob, text="Who opens the upper half?")


def address_of(post):
    return f"{post.get_absolute_url()}ask/"


def read(client, person, address):
    client.force_login(person)
    return client.get(address).content.decode()


# Asking


def test_the_page_says_whom_it_is_offered_to_and_why_before_anything_is_sent(client, ada, posts):
    page = read(client, ada, address_of(posts[0]))

    assert "Bob cites Granovetter, 1973, too." in page
    assert "Only you and the people it is offered to see the question." in page
    assert not Question.objects.exists()


def test_asking_twice_with_one_form_asks_once(client, ada, bob, posts):
    client.force_login(ada)
    address = address_of(posts[0])
    sent = fields_of(client.get(address), "text") | {"text": "Who opens\n the upper  half?"}

    first, second = (client.post(address, sent) for _twice in range(2))

    question = Question.objects.get()
    assert first.url == second.url == f"{NETWORK}questions/{question.pk}/"
    assert question.text == "Who opens the upper half?"
    assert [offer.person for offer in question.offers.all()] == [bob]


@pytest.mark.parametrize("text", ["", "x" * 301])
def test_words_that_do_not_do_stay_in_their_box(client, ada, posts, text):
    client.force_login(ada)
    address = address_of(posts[0])
    sent = fields_of(client.get(address), "text") | {"text": text}

    answer = client.post(address, sent)

    assert answer.status_code == 422
    assert answer.context["form"].errors["text"]
    assert text in answer.content.decode()
    assert not Question.objects.exists()


def test_what_is_typed_in_a_second_window_stays_there(client, ada, posts, question):
    client.force_login(ada)
    Question.objects.update(created_at=timezone.now() - timedelta(days=9), closed_at=timezone.now())
    address = address_of(posts[0])
    sent = fields_of(client.get(address), "text") | {"text": "And who closes it?"}
    Question.objects.update(closed_at=None)

    answer = client.post(address, sent)

    assert answer.status_code == 422
    assert "You already have an open question. Close it first." in answer.content.decode()
    assert "And who closes it?" in answer.content.decode()


def test_a_post_that_cites_nothing_leads_to_its_editor(client, course, ada):
    post = factories.make_post(ada, course)

    page = read(client, ada, address_of(post))

    assert "This post cites nothing yet" in page
    assert f'href="{post.get_absolute_url()}edit/"' in page


def test_where_nobody_shares_a_work_the_page_leads_to_discover(client, course, ada):
    post = factories.make_post(ada, course)
    factories.make_reference(post, cited=True)

    page = read(client, ada, address_of(post))

    assert "Nobody can be asked about this post yet" in page
    assert 'href="/c/networks/discover/"' in page


def test_an_open_question_is_shown_instead_of_a_form_for_another(client, ada, posts, question):
    other = factories.make_post(ada, posts[0].course, "Another")

    client.force_login(ada)
    assert client.get(address_of(posts[0])).url == f"{NETWORK}questions/{question.pk}/"
    page = client.get(address_of(other)).content.decode()

    assert "You have an open question" in page
    assert "“Who opens the upper half?”" in page
    assert "<textarea" not in page


def test_after_a_question_the_pages_say_when_the_next_can_be_sent_and_lead_to_it(
    client, course, ada, bob, posts, question
):
    Follow.objects.create(course=course, follower=ada, followed=bob)
    Question.objects.update(closed_at=timezone.now())

    for address in (address_of(posts[0]), NETWORK):
        page = read(client, ada, address)
        assert "You can ask again from " in page
        assert f'href="{NETWORK}questions/{question.pk}/"' in page


@pytest.mark.parametrize("audience", [Audience.ONLY_ME, Audience.INSTRUCTORS])
def test_the_menu_of_a_post_offers_it_where_classmates_see_the_post(
    client, course, ada, bob, posts, audience
):
    private = factories.make_post(ada, course, audience=audience)

    assert address_of(posts[0]) in read(client, ada, posts[0].get_absolute_url())
    assert address_of(private) not in read(client, ada, private.get_absolute_url())
    assert address_of(posts[0]) not in read(client, bob, posts[0].get_absolute_url())


# The author’s own pages


def test_an_author_changes_closes_and_opens_a_question(client, course, ada, question):
    Follow.objects.create(course=course, follower=ada, followed=question.offers.get().person)
    client.force_login(ada)
    address = f"{NETWORK}questions/{question.pk}/"
    assert "Change or close it" in client.get(NETWORK).content.decode()

    client.post(address, {"text": "And who closes it?"})
    assert "And who closes it?" in client.get(address).content.decode()

    assert client.post(f"{address}close/").url == address
    assert "This question is closed." in client.get(address).content.decode()
    assert "And who closes it?" not in client.get(NETWORK).content.decode()

    assert client.post(f"{address}reopen/").url == address
    assert "<textarea" in client.get(address).content.decode()


def test_a_question_that_another_keeps_closed_says_so(client, ada, posts, question):
    other = factories.make_post(ada, posts[0].course, "Another")
    old = factories.make_question(
        other, created_at=timezone.now() - timedelta(days=8), closed_at=timezone.now()
    )
    client.force_login(ada)

    answer = client.post(f"{NETWORK}questions/{old.pk}/reopen/", follow=True)

    assert "You already have an open question." in answer.content.decode()


def test_my_network_offers_posts_to_ask_about(client, course, ada, bob, posts):
    Follow.objects.create(course=course, follower=ada, followed=bob)

    page = read(client, ada, NETWORK)

    assert "Ask about “<bdi>Half-open windows</bdi>”" in page
    assert address_of(posts[0]) in page


def test_who_cannot_ask_is_not_offered_to(client, course, instructor, bob, posts):
    Follow.objects.create(course=course, follower=bob, followed=posts[0].author)
    course.ends_on = timezone.now().date() - timedelta(days=1)
    course.save()

    for person in (instructor, bob):
        assert "Ask about" not in read(client, person, NETWORK)


def test_nothing_tells_an_author_who_was_offered_it_or_declined(
    client, course, ada, bob, posts, question
):
    Question.objects.update(created_at=timezone.now() - timedelta(days=8))
    addresses = [
        f"{NETWORK}questions/{question.pk}/",
        *(NETWORK, posts[0].get_absolute_url(), "/c/networks/", "/me/notifications/"),
    ]
    client.force_login(ada)
    before = [_plain(client, address) for address in addresses]

    QuestionOffer.objects.update(declined_at=timezone.now(), mail_key="digest")

    assert [_plain(client, address) for address in addresses] == before
    assert "Bob" not in before[0]
    Question.objects.update(closed_at=timezone.now())
    assert "Bob cites Granovetter, 1973, too." in read(client, ada, address_of(posts[0]))


def _plain(client, address):
    """Return a page without the parts that differ each time: keys of forms."""
    page = client.get(address).content.decode()
    return re.sub(r'name="(csrfmiddlewaretoken|key|tab)" value="[^"]*"|"token": "[^"]*"', "", page)


# The page of who is asked


def test_who_is_asked_sees_it_in_their_network_and_declines(client, ada, bob, question):
    page = read(client, bob, NETWORK)
    assert "“Who opens the upper half?”" in page
    assert "both cite Granovetter, 1973." in page
    assert f'id="q{question.pk}"' in page

    for _twice in range(2):
        answer = client.post(f"{NETWORK}questions/{question.pk}/decline/")
        assert answer.url == NETWORK

    assert "Who opens the upper half?" not in client.get(NETWORK).content.decode()
    assert "Who opens the upper half?" in read(client, ada, f"{NETWORK}questions/{question.pk}/")


def test_an_earlier_week_of_a_network_has_no_questions(client, bob, question):
    assert "Who opens the upper half?" not in read(client, bob, f"{NETWORK}?week=2")


def test_the_question_is_above_the_form_to_which_its_link_leads(client, ada, bob, question):
    address = question.post.get_absolute_url()

    assert "Who opens the upper half?" in read(client, bob, f"{address}?question={question.pk}")
    assert "Who opens the upper half?" not in read(client, bob, address)
    assert "Who opens the upper half?" not in read(client, ada, f"{address}?question=1")


def test_nobody_else_sees_or_changes_it(
    client, course, ada, instructor, assistant, observer, eve, question
):
    cyn = factories.make_user()
    factories.add_member(course, cyn)
    post = question.post.get_absolute_url()
    for reader in (cyn, instructor, assistant, observer, eve):
        client.force_login(reader)
        for address in (NETWORK, "/c/networks/", post, f"{post}?question={question.pk}"):
            assert "Who opens the upper half?" not in client.get(address).content.decode()
        for act in ("", "close/", "reopen/", "decline/"):
            address = f"{NETWORK}questions/{question.pk}/{act}"
            assert client.post(address, {"text": "Mine now."}).status_code == 404
    assert client.get(address_of(question.post)).status_code == 404
    assert Question.objects.get().text == "Who opens the upper half?"


# The digest


class Clock:
    """The time that the site goes by, until a test moves it."""

    def __init__(self):
        self.now = datetime(2026, 11, 2, 20, 0, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.now)
    return clock


def tick_at(clock, *fields):
    clock.now = datetime(*fields, tzinfo=UTC)
    queue_due_digests()
    send_due_mail()


def test_a_question_comes_with_the_next_digest_and_once(clock, bob, question):
    Question.objects.update(created_at=clock.now)

    for day in (3, 3, 4):
        tick_at(clock, 2026, 11, day, 8, 0)

    [message] = mail.outbox
    [(html, _kind)] = message.alternatives
    post = f"{question.post.get_absolute_url()}?question={question.pk}#say"
    assert message.to == [bob.email]
    assert "Ada Student asks you about Half-open windows" in message.body
    assert "Ada Student asks you about <bdi>Half-open windows</bdi>" in html
    for words in (message.body, html):
        assert "Who opens the upper half?" in words
        assert "You and Ada Student both cite Granovetter, 1973." in words
        assert post in words
        assert f"{NETWORK}#q{question.pk}" in words
        assert "Not this time" in words


@pytest.mark.parametrize("text", ["<b>Bold</b> & free"])
def test_what_an_author_writes_is_no_html(clock, bob, question, text):
    Question.objects.update(created_at=clock.now, text=text)

    tick_at(clock, 2026, 11, 3, 8, 0)

    [message] = mail.outbox
    assert text in message.body
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; free" in message.alternatives[0][0]


def test_a_question_joins_what_else_is_new_in_its_course(clock, course, bob, posts, question):
    Question.objects.update(created_at=clock.now)
    add_comment(posts[1], by=posts[0].author, text="Well said.")

    tick_at(clock, 2026, 11, 3, 8, 0)

    [message] = [one for one in mail.outbox if one.to == [bob.email]]
    assert message.body.count(course.title) == 1
    assert "commented on Of ties" in message.body
    assert "asks you about Half-open windows" in message.body


def test_what_has_gone_when_the_digest_is_sent_is_not_in_it(clock, bob, question):
    Question.objects.update(created_at=clock.now)
    clock.now = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)
    queued = queue_due_digests()
    QuestionOffer.objects.update(declined_at=clock.now)

    send_due_mail()

    assert (queued, mail.outbox) == (1, [])


def test_nobody_has_a_digest_because_of_a_question_to_somebody_else(clock, ada, question):
    Question.objects.update(created_at=clock.now)

    tick_at(clock, 2026, 11, 3, 8, 0)

    assert [one.to for one in mail.outbox] == [[question.offers.get().person.email]]
