"""A weekly intention: private, in the digest, and a later look back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network import ties
from network.models import Follow, Intention
from network.queries.week_choice import week_of
from tests import factories

PATH = "/c/networks/network/intentions/"
NETWORK = "/c/networks/network/"


@pytest.fixture
def last_week(course, ada):
    week = week_of(course) - timedelta(days=7)
    return Intention.objects.create(course=course, person=ada, week=week, text="answer Bob")


def save(client, text):
    return client.post(f"{PATH}save/", {"text": text})


def test_an_intention_is_saved_changed_and_removed(client, course, ada, bob):
    Follow.objects.create(course=course, follower=ada, followed=bob)
    client.force_login(ada)

    assert save(client, "  keep up   with Bob ").url == NETWORK
    assert Intention.objects.get().text == "keep up with Bob"
    assert "keep up with Bob" in client.get(NETWORK).content.decode()

    save(client, "meet someone outside my pod")
    assert Intention.objects.get().text == "meet someone outside my pod"
    assert 'value="meet someone outside my pod"' in client.get(PATH).content.decode()

    save(client, " ")
    assert not Intention.objects.exists()
    assert "Set an intention" in client.get(NETWORK).content.decode()


def test_words_that_are_too_long_stay_in_their_box(client, ada, course):
    client.force_login(ada)

    answer = save(client, "x" * 201)

    assert answer.status_code == 422
    assert "x" * 201 in answer.content.decode()
    assert answer.context["form"].errors["text"]
    assert not Intention.objects.exists()


def test_ones_ties_are_offered_by_name(client, course, ada, bob):
    for day in (1, 2):
        post = factories.make_post(bob, course, f"Post {day}", at=timezone.now())
        factories.make_comment(ada, post)
    ties.rebuild(course)
    client.force_login(ada)

    offers = client.get(PATH).context["offers"]

    assert offers == ["keep up with Bob Student", "meet someone outside my pod"]


def test_after_the_week_one_looks_back(client, ada, bob, last_week):
    client.force_login(ada)
    assert "you wanted to do this: “answer Bob”." in client.get(NETWORK).content.decode()

    answer = client.post(f"{PATH}{last_week.pk}/", {"looked_back": "I did, at last."})

    assert answer.url == PATH
    last_week.refresh_from_db()
    assert last_week.looked_back == "I did, at last."
    assert "I did, at last." in client.get(PATH).content.decode()
    assert "How did it go?" not in client.get(NETWORK).content.decode()


def test_a_look_back_that_is_too_long_stays_in_its_box(client, ada, last_week):
    client.force_login(ada)

    answer = client.post(f"{PATH}{last_week.pk}/", {"looked_back": "y" * 501})

    assert answer.status_code == 422
    assert "y" * 501 in answer.content.decode()
    last_week.refresh_from_db()
    assert last_week.looked_back == ""


def test_nobody_else_sees_or_changes_it(client, bob, instructor, last_week):
    for reader in (bob, instructor):
        client.force_login(reader)
        assert "answer Bob" not in client.get(PATH).content.decode()
        assert "answer Bob" not in client.get(NETWORK).content.decode()
        answer = client.post(f"{PATH}{last_week.pk}/", {"looked_back": "Mine now."})
        assert answer.status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_queries(client, course, ada, count, django_assert_num_queries):
    for number in range(count):
        week = week_of(course) - timedelta(days=7 * (number + 1))
        Intention.objects.create(course=course, person=ada, week=week, text=f"Week {number}")
    client.force_login(ada)

    with django_assert_num_queries(9):
        assert client.get(PATH).status_code == 200
