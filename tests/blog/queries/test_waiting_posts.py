"""Posts that wait for a first comment, and their order."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Comment, Post, RotaEntry, name_for
from blog.queries.post_page import post_of_page
from blog.queries.waiting_posts import NextPost, next_post_to_comment_on, posts_without_comments
from tests import factories
from tests.hidden_posts import NOT_FOR_CLASSMATES


@pytest.fixture
def cyn(course):
    user = factories.make_user("Cyn Student")
    factories.add_member(course, user)
    return user


@pytest.fixture
def read(ada, course):
    """Return the post that is read: the newest, by somebody else, without a comment."""
    return factories.make_post(ada, course, "Read")


def write(author, course, title="A post", days=1, **fields):
    """Make a post that was published some days ago."""
    at = timezone.now() - timedelta(days=days)
    return factories.make_post(author, course, title, at=at, **fields)


def after(reader, post):
    """Return the title of what comes after a post, and whether a rota gave it."""
    found = next_post_to_comment_on(reader, post)
    return found and (found.post.title, found.is_given)


# What waits


def test_posts_that_wait_are_those_of_ones_pod_first_and_never_ones_own(ada, bob, cyn, course):
    factories.make_pod(course, "Alder", ada, bob)
    outside = write(cyn, course, days=2)
    podmates = factories.make_post(bob, course)
    write(ada, course, days=2)
    factories.make_comment(ada, write(bob, course, days=2))

    found = posts_without_comments(ada, course)

    assert [(post, post.is_in_pod) for post in found] == [(podmates, True), (outside, False)]


def test_without_a_pod_nobody_is_in_it(ada, bob, course):
    factories.make_post(bob, course)

    [post] = posts_without_comments(ada, course)

    assert post.is_in_pod is False


def test_those_that_have_waited_longest_come_first_and_the_list_ends(ada, bob, course):
    for days in (2, 4, 1, 3):
        write(bob, course, f"{days} days", days)

    found = posts_without_comments(ada, course)

    assert [post.title for post in found] == ["4 days", "3 days", "2 days"]


def test_nothing_waits_for_who_cannot_comment(ada, bob, observer, eve, course):
    factories.make_post(ada, course)

    assert [len(posts_without_comments(who, course)) for who in (bob, observer, eve)] == [1, 0, 0]
    course.ends_on = course.today() - timedelta(days=1)
    assert posts_without_comments(bob, course) == []


@pytest.mark.parametrize(
    ("fields", "waits"),
    [
        ({}, False),
        ({"audience": Comment.Audience.TEAM}, True),
        ({"state": Comment.State.HIDDEN}, True),
        ({"state": Comment.State.WAITING}, True),
        ({"deleted_at": timezone.now()}, True),
    ],
    ids=["open", "for the team", "hidden", "waiting", "deleted"],
)
def test_a_post_waits_until_there_is_a_comment_that_the_reader_sees(
    ada, bob, instructor, course, fields, waits
):
    factories.make_comment(instructor, factories.make_post(ada, course), **fields)

    assert bool(posts_without_comments(bob, course)) == waits


def test_a_guests_comment_is_a_first_comment(ada, bob, course):
    post = factories.make_post(ada, course)
    factories.make_comment(None, post, guest_name="Gus Guest")

    assert posts_without_comments(bob, course) == []


# What comes after a post


def test_after_a_post_comes_the_one_that_has_waited_longest(ada, bob, course, read):
    write(ada, course, "Old", 2)
    write(ada, course, "Older", 3)

    assert after(bob, read) == ("Older", False)


def test_after_a_post_those_of_ones_pod_come_first(ada, bob, cyn, course, read):
    factories.make_pod(course, "Alder", bob, cyn)
    write(ada, course, "Outside", 3)
    write(cyn, course, "In my pod", 2)

    assert after(bob, read) == ("In my pod", False)


def test_after_the_last_post_that_waits_comes_none(bob, course, read):
    write(bob, course, "My own")

    assert [post.title for post in posts_without_comments(bob, course)] == ["Read"]
    assert after(bob, read) is None


def test_after_ones_own_post_comes_one_of_others(ada, bob, course, read):
    own = write(bob, course, "My own")

    assert after(bob, own) == ("Read", False)


def test_the_team_is_led_on_too(ada, assistant, instructor, course, read):
    write(ada, course, "Waits")

    assert [after(who, read) for who in (assistant, instructor)] == [("Waits", False)] * 2


@pytest.mark.parametrize("is_in_pod", [True, False])
def test_the_query_of_a_post_finds_all_that_is_printed(
    bob, cyn, course, read, is_in_pod, django_assert_num_queries
):
    if is_in_pod:
        factories.make_pod(course, "Alder", bob, cyn)
    cyn.course_name = "Quiet Cyn"
    cyn.save()
    waits = write(cyn, course, "“Waits” <b>& \\ ü</b>")
    waits.refresh_from_db()
    seen = post_of_page(bob, course, read.slug)

    with django_assert_num_queries(0):
        found = next_post_to_comment_on(bob, seen)
        post, author = found.post, found.post.author
        assert (post.title, post.slug, post.course_id) == (waits.title, waits.slug, course.pk)
        assert (post.published_at, post.is_in_pod) == (waits.published_at, is_in_pod)
        assert (author, name_for(author, bob)) == (cyn, name_for(cyn, bob))
        assert author.course_name == "Quiet Cyn"

    assert found == next_post_to_comment_on(bob, read)
    assert post.audience == waits.audience, "what nobody asked for is loaded"


def test_who_cannot_comment_is_not_led_on(ada, observer, bob, course, read):
    write(bob, course, "Waits")
    assert "next_waiting" not in vars(post_of_page(observer, course, read.slug))

    course.ends_on = course.today() - timedelta(days=1)
    course.save()

    assert "next_waiting" not in vars(post_of_page(ada, course, read.slug))


@pytest.mark.parametrize("pod", ["none", "another"])
@pytest.mark.parametrize("fields", NOT_FOR_CLASSMATES)
@pytest.mark.parametrize("is_given", [False, True])
def test_a_post_that_the_reader_cannot_see_is_never_the_next(
    cyn, bob, course, read, fields, is_given, pod
):
    prompt = factories.make_rota_prompt(course)
    hidden = write(cyn, course, "Hidden", 2, prompt=prompt)
    if pod == "another":
        hidden.pod = factories.make_pod(course, "Alder", cyn)
        factories.make_pod(course, "Birch", bob)
        hidden.save()
    if is_given:
        factories.make_rota_entry(bob, hidden)
    Post.objects.filter(pk=hidden.pk).update(**fields)

    assert after(bob, read) is None


def test_a_post_of_another_course_is_never_the_next(bob, course, read):
    elsewhere = factories.make_course("elsewhere")
    stranger = factories.make_user()
    for member in (bob, stranger):
        factories.add_member(elsewhere, member)
    write(stranger, elsewhere, "Elsewhere")

    assert after(bob, read) is None


# Posts given by a rota


@pytest.fixture
def given(ada, cyn, bob, course):
    """Return a post that was given to Bob, with a comment; one by his podmate waits longer."""
    prompt = factories.make_rota_prompt(course)
    factories.make_pod(course, "Alder", bob, cyn)
    write(cyn, course, "Waits", 4)
    post = write(ada, course, "Given", 2, prompt=prompt)
    factories.make_comment(cyn, post)
    factories.make_rota_entry(bob, post)
    return post


def test_what_a_rota_gave_comes_before_what_waits(bob, given, read):
    assert next_post_to_comment_on(bob, read) == NextPost(given, is_given=True)


def test_what_one_has_commented_on_or_reads_is_not_given_again(bob, given, read):
    assert after(bob, given) == ("Waits", False)
    factories.make_comment(bob, given)
    assert after(bob, read) == ("Waits", False)


@pytest.mark.parametrize("hours_left", [-1, 24 * 30])
def test_a_rota_that_does_not_run_leads_nowhere(bob, given, read, hours_left):
    now = timezone.now()
    given.prompt.due_at = now + timedelta(hours=hours_left - 1)
    given.prompt.comments_due_at = now + timedelta(hours=hours_left)
    given.prompt.save()

    assert after(bob, read) == ("Waits", False)


def test_what_was_given_to_others_or_to_who_teaches_now_leads_nowhere(
    bob, cyn, instructor, course, given, read
):
    assert after(cyn, read) is None
    course.memberships.filter(user=bob).update(role=factories.Role.ASSISTANT)
    bob.__dict__.pop("memberships_now", None)
    assert after(bob, read) == ("Waits", False)


def test_an_offer_comes_last_and_ends_with_the_first_comment(bob, cyn, course, given, read):
    offered = write(cyn, course, "Offered", 3, prompt=given.prompt)
    factories.make_rota_entry(bob, offered, is_offer=True)
    assert after(bob, read) == ("Given", True)

    factories.make_comment(bob, given)
    assert after(bob, read) == ("Offered", True)

    factories.make_comment(given.author, offered)
    assert after(bob, read) == ("Waits", False)


def test_the_rota_whose_comments_are_due_first_leads_on(ada, bob, course, given, read):
    sooner = factories.make_rota_prompt(course, hours_left=60)
    urgent = write(ada, course, "Urgent", 1, prompt=sooner)
    factories.make_rota_entry(bob, urgent)

    assert after(bob, read) == ("Urgent", True)


@pytest.mark.parametrize("number", [1, 3])
def test_the_next_post_costs_the_same_at_one_and_three(
    django_assert_num_queries, bob, course, given, read, number
):
    for _ in range(number - 1):
        author = factories.make_user()
        write(author, course)
        factories.make_rota_entry(bob, write(author, course, prompt=given.prompt))
    assert bob.membership_in(course).is_student

    with django_assert_num_queries(2):  # prompts with a rota, what they gave
        assert after(bob, read) == ("Given", True)
    RotaEntry.objects.all().delete()
    with django_assert_num_queries(3):  # what waits
        assert after(bob, read) == ("Waits", False)
