"""My network at the end of a week, against the reader's own past only."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network import ties
from network.models import Follow
from network.queries.ego_weeks import ties_in_week
from tests import factories

PATH = "/c/networks/network/"
WEEKS = 5


@pytest.fixture
def running(course):
    """Return the course, in its fifth week."""
    course.starts_on = course.today() - timedelta(days=7 * WEEKS - 5)
    course.save()
    return course


@pytest.fixture
def write(running):
    """Let somebody comment on a new post of another in a week of the course, both in each way."""

    def exchange(one, other, week, *, both=False):
        day = running.starts_on + timedelta(days=7 * (week - 1) + 1)
        at = timezone.now() - (running.today() - day)
        pairs = [(one, other), (other, one)] if both else [(one, other)]
        for author, addressee in pairs:
            post = factories.make_post(addressee, running, f"{addressee} in {week}", at=at)
            factories.make_comment(author, post, at=at)

    return exchange


def read(client, reader, query=""):
    client.force_login(reader)
    answer = client.get(PATH + query)
    return answer, " ".join(answer.content.decode().split())


def test_the_network_of_a_week_is_that_of_the_model_on_its_last_day(running, ada, bob, write):
    for week in (1, 2, 4):
        write(ada, bob, week, both=True)

    for number in range(1, WEEKS):
        week, shown = ties_in_week(ada, ties.clock_of(running), str(number))
        assert week.ends_on == running.starts_on + timedelta(days=7 * number - 1)
        assert shown == ties.ties_of(ada, running, week.ends_on)
    assert ties_in_week(ada, ties.clock_of(running), None)[1] == ties.ties_of(ada, running)


def test_page_says_what_was_new_stronger_and_weaker(client, running, ada, bob, write):
    cyn = factories.make_user("Cyn Student")
    factories.add_member(running, cyn)
    for week in (1, 2, 3):
        write(ada, bob, week, both=True)
    write(cyn, ada, 3)
    ties.set_half_life(running, 7)

    answer, page = read(client, ada, "?week=3")

    assert (
        "Since the end of week 2: a new tie to Cyn Student; a stronger tie to Bob Student." in page
    )
    assert "This is your network at the end of week 3" in page
    assert {one.tie.peer for one in answer.context["drawn"]} == {bob, cyn}
    assert "build" not in answer.context
    assert (
        "Since the end of week 3: a weaker tie to Bob Student." in read(client, ada, "?week=4")[1]
    )


def test_comments_of_later_weeks_are_not_shown(client, running, ada, bob, write):
    write(ada, bob, 1)
    write(ada, bob, 3)

    page = read(client, ada, f"{bob.username}/?part=why&week=2")[1]

    assert page.count("Bob Student in 1") == 1
    assert "Bob Student in 3" not in page


def test_a_follow_is_a_tie_from_its_day_on(client, running, ada, bob):
    Follow.objects.create(
        course=running,
        follower=ada,
        followed=bob,
        created_at=timezone.now() - timedelta(days=14),
    )

    assert read(client, ada, "?week=1")[0].context["ties"] == []
    assert len(read(client, ada, "?week=4")[0].context["ties"]) == 1


@pytest.mark.parametrize("asked", ["0", "99", "-1", "x", "", "²", "9" * 9, "5"])
def test_what_is_no_earlier_week_is_now(client, running, ada, asked):
    week = read(client, ada, f"?week={asked}")[0].context["week"]

    assert (week.number, week.is_past) == (WEEKS, False)


def test_the_first_week_has_no_slider(client, course, ada):
    course.starts_on = course.today() - timedelta(days=2)
    course.save()

    answer, page = read(client, ada)

    assert (answer.context["week"].last, answer.context["week"].change) == (1, None)
    assert 'type="range"' not in page


def test_slider_works_without_a_script(client, running, ada):
    page = read(client, ada, "?week=2")[1]

    assert '<form class="ego-weeks" method="get"' in page
    assert 'href="?week=1"' in page
    assert 'href="?week=3"' in page
    assert 'value="2"' in page


def test_weeks_of_an_ended_course_stop_with_it(running, ada):
    running.ends_on = running.today() - timedelta(days=14)

    week, _ties = ties_in_week(ada, ties.clock_of(running), None)

    assert (week.number, week.last, week.ends_on) == (3, 3, running.ends_on)


@pytest.mark.parametrize("weeks", [1, 3])
def test_query_count_of_a_week(client, running, ada, bob, write, weeks, django_assert_num_queries):
    for week in range(1, weeks + 1):
        write(ada, bob, week)
    client.force_login(ada)

    # session, user with memberships; twice: clock, units, contacts, follows, members; choices;
    # comments; clock
    with django_assert_num_queries(7):
        client.get(f"{PATH}?week=4")
