"""A student's rota: their assignments, if they can read them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Audience, Comment, Post, Prompt, User
from blog.queries.rota import (
    first_comments_missing,
    posts_given_to,
    rota_facts,
    running_rotas,
    student_rota,
)
from blog.rota import Pair
from tests import factories


@pytest.fixture
def prompt(course):
    return factories.make_rota_prompt(course)


@pytest.fixture
def post(ada, course, prompt):
    return factories.make_post(ada, course, prompt=prompt)


def given_to(person, course, prompt):
    return posts_given_to(User.objects.get(pk=person.pk), course, [prompt])


def test_students_see_the_posts_they_were_given_those_to_do_first(ada, bob, course, prompt, post):
    done, offered, other = (
        factories.make_post(factories.make_user(), course, title, prompt=prompt)
        for title in ("Done", "Offered", "Not given")
    )
    factories.make_rota_entry(bob, done)
    factories.make_rota_entry(bob, offered, is_offer=True)
    factories.make_rota_entry(bob, post)
    factories.make_rota_entry(ada, other)
    factories.make_comment(bob, done)

    found = given_to(bob, course, prompt)

    assert [(one, one.is_commented, one.is_offer) for one in found] == [
        (post, False, False),
        (offered, False, True),
        (done, True, False),
    ]


@pytest.mark.parametrize(
    ("fields", "is_listed"),
    [
        ({}, True),
        ({"audience": Audience.PUBLIC}, True),
        ({"audience": Audience.ONLY_ME}, False),
        ({"audience": Audience.INSTRUCTORS}, False),
        ({"audience": Audience.POD}, False),
        ({"status": Post.Status.WITHDRAWN}, False),
        ({"deleted_at": timezone.now()}, False),
    ],
)
def test_a_given_post_is_listed_for_those_alone_who_can_read_it(
    bob, course, prompt, post, fields, is_listed
):
    factories.make_rota_entry(bob, post)
    Post.objects.filter(pk=post.pk).update(**fields)

    assert (given_to(bob, course, prompt) == [post]) == is_listed


def test_a_former_student_sees_nothing(bob, course, prompt, post):
    factories.make_rota_entry(bob, post)
    course.memberships.filter(user=bob).update(ended_at=timezone.now())

    assert given_to(bob, course, prompt) == []


def test_running_rotas_are_those_with_posts(ada, bob, course, prompt, post):
    later = factories.make_rota_prompt(course)
    over = factories.make_rota_prompt(course, hours_left=-1)
    for other in (later, over):
        factories.make_rota_entry(bob, factories.make_post(ada, course, prompt=other))
    prompts = [prompt, later, over, factories.make_prompt(course)]

    rotas = running_rotas(bob, course, prompts)

    assert [(rota.prompt, len(rota.posts), rota.is_done) for rota in rotas] == [(later, 1, False)]


def test_no_rota_costs_no_query(django_assert_num_queries, bob, course):
    prompts = [factories.make_prompt(course)]

    with django_assert_num_queries(0):
        assert running_rotas(bob, course, prompts) == []
        assert student_rota(bob, prompts[0], has_published=True) is None


@pytest.mark.parametrize("posts", [1, 3])
def test_lists_cost_one_query(
    django_assert_num_queries, bob, instructor, course, prompt, post, posts
):
    for _ in range(posts):
        author = factories.make_user()
        factories.add_member(course, author)
        factories.make_rota_entry(bob, factories.make_post(author, course, prompt=prompt))
    for person in (bob, instructor):
        assert person.memberships_now

    with django_assert_num_queries(1):
        assert len(running_rotas(bob, course, [prompt])[0].posts) == posts
    with django_assert_num_queries(1):
        assert len(first_comments_missing(instructor, [prompt])) == posts + 1


def test_first_comments_missing_are_students_posts_that_the_team_can_read(
    ada, bob, instructor, course, prompt, post
):
    factories.make_post(instructor, course, prompt=prompt)
    factories.make_post(bob, course, prompt=prompt, audience=Audience.ONLY_ME)
    commented = factories.make_prompt(course)
    factories.make_comment(bob, factories.make_post(ada, course, prompt=commented))

    missing = first_comments_missing(instructor, [prompt, commented])

    assert missing == [post]


# The facts


def test_facts_are_plain_values(ada, bob, course, prompt, post):
    prompt.rota, prompt.rota_posts = Prompt.Rota.PODS_FIRST, 3
    prompt.save()
    alder = factories.make_pod(course, "Alder", ada)
    of_bob = factories.make_post(bob, course, prompt=prompt, at=post.published_at)
    factories.make_rota_entry(bob, post)
    factories.make_rota_entry(ada, of_bob, is_offer=True)
    factories.make_comment(bob, post)
    factories.make_comment(bob, of_bob)
    Comment.objects.create(
        post=post, guest_name="Guest", text="Hi", html="Hi", renderer=1, day=timezone.now().date()
    )

    facts = rota_facts(prompt)

    assert (facts.authors, facts.readers_per_post, facts.pods_first, facts.seed) == (
        {post.pk: ada.pk, of_bob.pk: bob.pk},
        3,
        True,
        prompt.pk,
    )
    assert (facts.pods, facts.restricted, facts.earlier) == ({ada.pk: alder.pk}, {}, frozenset())
    assert facts.commented == {Pair(bob.pk, post.pk)}
    assert facts.uncommented == {of_bob.pk}
    assert (facts.given, facts.offered) == ({Pair(bob.pk, post.pk)}, {Pair(ada.pk, of_bob.pk)})


def test_facts_know_who_can_read_a_restricted_post(ada, bob, course, prompt):
    pod = factories.make_pod(course, "Alder", ada, bob)
    stranger = factories.make_user()
    factories.add_member(course, stranger)
    factories.make_post(bob, course, prompt=prompt)
    factories.make_post(stranger, course, prompt=prompt, audience=Audience.INSTRUCTORS)
    factories.make_post(ada, course, prompt=prompt, audience=Audience.POD, pod=pod)

    restricted = rota_facts(prompt).restricted

    # The author among them: nobody is given their own.
    assert sorted(map(sorted, restricted.values())) == [[], sorted([ada.pk, bob.pk])]


def test_facts_leave_out_closed_accounts_and_former_students(ada, bob, course, prompt, post):
    factories.make_post(bob, course, prompt=prompt)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    course.memberships.filter(user=bob).update(ended_at=timezone.now())

    assert rota_facts(prompt).authors == {}


def test_last_time_is_the_last_prompt_with_a_rota(ada, bob, course):
    first, second, _without, now = (factories.make_rota_prompt(course) for _ in range(4))
    for prompt, reader, author in [(first, ada, bob), (second, bob, ada)]:
        factories.make_rota_entry(reader, factories.make_post(author, course, prompt=prompt))

    assert rota_facts(now).earlier == {(bob.pk, ada.pk)}


def test_last_time_is_the_last_by_date_whatever_the_numbers(ada, bob, course):
    """The prompts were made in another order than the one in which their posts are due."""
    due = [timezone.now() - timedelta(days=days) for days in (7, 21, 14, 0, -7)]
    last, first, _without, now, later = (
        factories.make_rota_prompt(
            course, hours_left=400, due_at=at, opens_at=at - timedelta(days=7)
        )
        for at in due
    )
    for prompt, reader, author in [(last, ada, bob), (first, bob, ada), (later, bob, ada)]:
        factories.make_rota_entry(reader, factories.make_post(author, course, prompt=prompt))

    assert rota_facts(now).earlier == {(ada.pk, bob.pk)}


@pytest.mark.parametrize("students", [1, 3])
def test_facts_cost_the_same_at_one_and_three(django_assert_num_queries, course, prompt, students):
    for _ in range(students):
        author = factories.make_user()
        factories.add_member(course, author)
        factories.make_post(author, course, prompt=prompt)

    # members, posts, comments, entries, restricted posts, the last rota
    with django_assert_num_queries(6):
        rota_facts(prompt)


def test_the_rota_begins_after_the_due_minute(course):
    now = timezone.now().replace(second=0, microsecond=0)
    prompt = factories.make_rota_prompt(course, due_at=now)

    assert (prompt.rota_begins_at, prompt.is_rota_running) == (now + timedelta(minutes=1), False)
