"""Nobody receives another person's figures: what others do between them changes no page of mine."""

import uuid

import pytest
from django.urls import URLPattern, reverse

from blog.models import Comment
from network.actions import follow, mute, save_intention
from network.export import FORMATS
from network.ties import TieClass, ties_of
from network.urls import course_patterns
from tests import factories
from tests.network.class_world import make_class, write_in_ring
from tests.test_count_leaks import CHANGING

TEAM = Comment.Audience.TEAM


def addresses(course, post, person) -> list[str]:
    """Return every address of network, about a person and a post of theirs."""
    values = {
        "username": person.username,
        "slug": post.slug,
        "pk": 1,
        "people": "not-answered",
        "file_format": "csv",
    }
    found = []
    for pattern in course_patterns:
        assert isinstance(pattern, URLPattern)
        names = pattern.pattern.converters
        found.append(
            reverse(
                pattern.name,
                kwargs={"course": course.slug, **{name: values[name] for name in names}},
            )
        )
    return found


def pages_of(client, reader, urls) -> dict[str, tuple[int, str]]:
    client.force_login(reader)
    answers = {url: client.get(url) for url in urls}
    return {
        url: (answer.status_code, CHANGING.sub("", answer.content.decode()))
        for url, answer in answers.items()
    }


@pytest.fixture
def classmates(course):
    """Return a class whose students have met three others each."""
    students, posts = make_class(course, 20, pods=4)
    write_in_ring(course, students, posts, 1, 2, 3)
    return students, posts


def become_closer(course, one, other, posts):
    """Let two students comment to each other, for them and the team alone, and do more apart."""
    for author, post in ((other, posts[0]), (one, posts[1])):
        factories.make_comment(author, post, audience=TEAM)
    follow(course, by=one, person=other)
    save_intention(course, by=one, text="Ask the other one")


def test_what_two_others_exchange_changes_no_page_of_a_third(client, course, classmates):
    students, posts = classmates
    one, other, third = students[0], students[9], students[5]
    urls = [
        url
        for person, post in ((one, posts[0]), (other, posts[9]), (third, posts[5]))
        for url in addresses(course, post, person)
    ]
    home = reverse("course_home", args=[course.slug])
    urls += [home, *(reverse("person_page", args=[course.slug, p.username]) for p in (one, other))]
    before = pages_of(client, third, urls)
    assert [tie.peer for tie in ties_of(one, course) if tie.peer == other] == []

    become_closer(course, one, other, (posts[0], posts[9]))

    [tie] = [tie for tie in ties_of(one, course) if tie.peer == other]
    assert tie.tie_class == TieClass.WEAK
    after = pages_of(client, third, urls)
    assert [url for url in urls if after[url] != before[url]] == []
    assert sum(status == 200 for status, _ in before.values()) >= 10


def test_a_student_gets_no_file_of_the_class(client, course, classmates):
    client.force_login(classmates[0][0])

    answers = [
        client.post(
            reverse("network_export_file", args=[course.slug, file_format]),
            {"names": "on", "key": uuid.uuid4()},
        )
        for file_format in FORMATS
    ]

    assert {answer.status_code for answer in answers} == {403}


def test_what_i_choose_of_somebody_is_on_no_page_of_theirs(client, course, classmates):
    students, posts = classmates
    one, other = students[0], students[9]
    urls = addresses(course, posts[9], other) + addresses(course, posts[0], one)
    before = pages_of(client, other, urls)

    mute(course, by=one, person=other)
    save_intention(course, by=one, text="Rest")

    after = pages_of(client, other, urls)
    assert [url for url in urls if after[url] != before[url]] == []
