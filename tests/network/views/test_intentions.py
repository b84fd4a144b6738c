"""A weekly intention: private, in the digest, and a later look back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network import ties
from network.metrics.units import end_of_week
from network.models import Follow, Intention
from network.queries.intentions import earlier_intentions
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
    assert "you wanted to do this: <bdi>“answer Bob”</bdi>." in client.get(NETWORK).content.decode()

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


@pytest.mark.parametrize("text", ["\u200b", " \u202e\u2060 ", "\u00a0"])
def test_what_shows_nothing_is_no_intention(client, course, ada, text):
    client.force_login(ada)
    save(client, "keep up with Bob")

    save(client, text)

    assert not Intention.objects.exists()


@pytest.mark.parametrize("first_weekday", range(7))
def test_a_look_back_leads_to_the_network_at_the_end_of_its_week(course, ada, first_weekday):
    """Whatever day the weeks of the course begin on, two intentions never share one."""
    monday = week_of(course)
    course.starts_on = monday - timedelta(days=28 - first_weekday)
    for number in range(1, 5):
        week = monday - timedelta(days=7 * number)
        Intention.objects.create(course=course, person=ada, week=week, text=f"Week {number}")

    found = [(one.week, number) for one, number in earlier_intentions(ada, course)]

    assert [week for week, _number in found] == [
        monday - timedelta(days=7 * number) for number in range(1, 5)
    ]
    for week, number in found:
        # The network is shown on a day in the intention's last six days or the six after them.
        ends_on = end_of_week(number, course.starts_on)
        assert week + timedelta(days=6) <= ends_on <= week + timedelta(days=12)
    numbers = [number for _week, number in found]
    assert numbers == sorted(set(numbers), reverse=True)


def test_after_the_course_one_looks_back_and_sets_none(client, course, ada):
    Intention.objects.create(course=course, person=ada, week=week_of(course), text="thank Bob")
    course.starts_on -= timedelta(days=28)
    course.ends_on = course.today() - timedelta(days=1)
    course.save()
    Intention.objects.update(week=week_of(course))
    client.force_login(ada)

    page, network = (client.get(path).content.decode() for path in (PATH, NETWORK))
    refused = save(client, "meet Cyn")

    assert "How did it go?" in page
    assert "This week I want to" not in page
    assert "you wanted to do this: <bdi>“thank Bob”</bdi>." in network
    assert "Set an intention" not in network
    assert refused.status_code == 422
    assert "The course is over" in refused.content.decode()
    assert 'value="meet Cyn"' in refused.content.decode()
    assert [one.text for one in Intention.objects.all()] == ["thank Bob"]


@pytest.mark.parametrize("count", [1, 3])
def test_queries(client, course, ada, count, django_assert_num_queries):
    for number in range(count):
        week = week_of(course) - timedelta(days=7 * (number + 1))
        Intention.objects.create(course=course, person=ada, week=week, text=f"Week {number}")
    client.force_login(ada)

    with django_assert_num_queries(8):
        assert client.get(PATH).status_code == 200
