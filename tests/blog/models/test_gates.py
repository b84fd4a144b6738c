"""Prompts that show the posts of others once one's own is published: who sees them when."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from blog.models import Audience, Comment, Picture, Post, ProcessNote, Prompt, User, Work
from blog.models.post_visibility import of_post
from tests import factories

PUBLISHED = {"status": Post.Status.PUBLISHED}


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, own_post_first=True)


@pytest.fixture
def post(ada, course, prompt):
    """Return Ada's post for the prompt; Bob has not published his."""
    return factories.make_post(ada, course, "Of ties", prompt=prompt)


def seen_by(person, rows=Post):
    """Return what somebody sees of a model at their next request."""
    reader = User.objects.get(pk=person.pk) if person.pk else person
    return list(rows.objects.visible_to(reader))


def publish_own(person, prompt, **fields):
    """Publish somebody's post for a prompt, with fields that no author can set at once."""
    own = factories.make_post(person, prompt.course, prompt=prompt)
    Post.objects.filter(pk=own.pk).update(**fields)
    return own


@pytest.mark.parametrize("audience", [a for a in Audience.values if a != Audience.ONLY_ME])
def test_posts_of_others_show_once_ones_own_is_published(bob, prompt, post, audience):
    Post.objects.update(audience=audience, pod=factories.make_pod(prompt.course, "Alder", bob))
    before = seen_by(bob)

    own = publish_own(bob, prompt)

    assert before == []
    assert own in seen_by(bob)
    assert (post in seen_by(bob)) == (audience >= Audience.POD)


@pytest.mark.parametrize(
    ("fields", "opens"),
    [
        ({"status": Post.Status.DRAFT}, False),
        (PUBLISHED | {"audience": Audience.ONLY_ME}, False),
        (PUBLISHED | {"audience": Audience.INSTRUCTORS}, True),
        (PUBLISHED | {"audience": Audience.PUBLIC}, True),
        (PUBLISHED | {"deleted_at": timezone.now()}, False),
        ({"status": Post.Status.WITHDRAWN}, False),
    ],
)
def test_a_post_that_the_team_can_read_opens_the_gate(bob, prompt, post, fields, opens):
    publish_own(bob, prompt, **fields)

    assert (post in seen_by(bob)) is opens


def test_a_post_by_another_or_for_another_prompt_opens_nothing(ada, bob, course, prompt, post):
    factories.make_post(bob, course, prompt=factories.make_prompt(course, own_post_first=True))

    assert post not in seen_by(bob)


def test_withdrawing_ones_own_post_closes_the_gate_again(bob, prompt, post):
    own = publish_own(bob, prompt)
    assert post in seen_by(bob)

    Post.objects.filter(pk=own.pk).update(status=Post.Status.WITHDRAWN)

    assert seen_by(bob) == [own]


def test_the_setting_works_from_the_moment_it_is_changed(bob, prompt, post):
    Prompt.objects.update(own_post_first=False)
    assert seen_by(bob) == [post]

    Prompt.objects.update(own_post_first=True)

    assert seen_by(bob) == []


def test_other_posts_of_the_course_are_not_touched(ada, bob, course, prompt, post):
    without_prompt = factories.make_post(ada, course)
    for_another = factories.make_post(ada, course, prompt=factories.make_prompt(course))

    assert {*seen_by(bob)} == {without_prompt, for_another}


def test_the_author_the_team_and_observers_see_the_post(ada, instructor, assistant, observer, post):
    for reader in (ada, instructor, assistant, observer):
        assert seen_by(reader) == [post]


@pytest.mark.parametrize(
    ("audience", "readers"),
    [(Audience.PUBLIC, ["anonymous", "eve"]), (Audience.SIGNED_IN, ["eve"])],
)
def test_whoever_is_not_asked_for_a_post_reads_a_wide_one(bob, eve, post, audience, readers):
    Post.objects.update(audience=audience)
    people = {"anonymous": AnonymousUser(), "eve": eve, "bob": bob}

    assert [name for name, person in people.items() if seen_by(person)] == readers


def test_a_student_who_teaches_elsewhere_waits_all_the_same(bob, post):
    factories.make_course("elsewhere", instructor=bob)

    assert seen_by(bob) == []


def test_nobody_writes_under_a_post_that_waits_for_theirs(bob, prompt, post):
    reader = User.objects.get(pk=bob.pk)

    assert not Post.objects.open_to(reader).exists()
    publish_own(bob, prompt)
    assert post in Post.objects.open_to(User.objects.get(pk=bob.pk))


def test_all_that_rests_on_a_post_waits_with_it(bob, prompt, post):
    factories.make_comment(bob, post)
    factories.make_picture(post)
    factories.make_process_note(post)
    factories.make_reference(post, cited=True)
    rows = (Comment, Picture, ProcessNote, Work)

    assert [seen_by(bob, model) for model in rows] == [[], [], [], []]
    publish_own(bob, prompt)
    assert [len(seen_by(bob, model)) for model in rows] == [1, 1, 1, 1]


def test_a_work_shows_as_soon_as_another_post_cites_it(ada, bob, course, post):
    work = factories.make_reference(post, cited=True).work
    assert seen_by(bob, Work) == []

    factories.make_reference(factories.make_post(ada, course), work, cited=True)

    assert seen_by(bob, Work) == [work]


@pytest.mark.django_db
def test_a_condition_that_is_not_in_keeps_rows_with_another_value(ada, course, prompt, post):
    other = factories.make_post(ada, course, prompt=factories.make_prompt(course))

    assert list(Post.objects.filter(prompt__not_in=[prompt.pk])) == [other]
    assert of_post(Q(prompt__not_in=[1])) == Q(post__prompt__not_in=[1])


# Queries


def test_a_course_without_gates_costs_no_query_more(bob, course, django_assert_num_queries):
    factories.make_prompt(course)
    reader = User.objects.get(pk=bob.pk)

    with django_assert_num_queries(2):
        list(Post.objects.visible_to(reader))


@pytest.mark.parametrize("count", [1, 3])
def test_gates_cost_one_query_for_a_student(ada, bob, course, count, django_assert_num_queries):
    for _each in range(count):
        prompt = factories.make_prompt(course, own_post_first=True)
        factories.make_comment(ada, factories.make_post(ada, course, prompt=prompt))
    reader = User.objects.get(pk=bob.pk)

    with django_assert_num_queries(4):
        list(Post.objects.visible_to(reader))
        list(Comment.objects.visible_to(reader))


def test_gates_cost_the_team_nothing(instructor, prompt, post, django_assert_num_queries):
    reader = User.objects.get(pk=instructor.pk)

    with django_assert_num_queries(2):
        assert list(Post.objects.visible_to(reader)) == [post]
