"""The evidence of one tie: its comments, what they add up to, and what would change it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Audience, Comment, Membership, Post
from network import ties
from network.models import Follow
from network.queries.tie_evidence import load_tie_evidence
from tests import factories


def ago(days):
    return timezone.now() - timedelta(days=days)


def write(author, post, days):
    return factories.make_comment(author, post, f"Of {days} days ago", at=ago(days))


@pytest.fixture
def posts(ada, bob, course):
    return [factories.make_post(one, course, f"By {one}", at=ago(30)) for one in (ada, bob)]


@pytest.fixture
def read(client, course, ada):
    """Read Ada's page about a tie as one line of words."""

    def read_page(person, reader=ada, query=""):
        client.force_login(reader)
        answer = client.get(reverse("tie_page", args=[course.slug, person.username]) + query)
        return answer, " ".join(answer.content.decode().split())

    return read_page


def test_a_tie_shows_its_comments_with_dates_and_links(read, ada, bob, posts):
    of_ada, of_bob = posts
    first, second = write(bob, of_ada, 3), write(ada, of_bob, 1)

    answer, page = read(bob)

    assert answer.status_code == 200
    listed = answer.context["evidence"].comments
    assert [(one.comment, one.by_me) for one in listed] == [(second, True), (first, False)]
    address = reverse("comment_page", args=[second.post.course.slug, second.pk])
    assert f'href="{address}"' in page
    assert "Bob wrote to you on “<bdi>By Ada Student</bdi>”" in page
    assert "Of 3 days ago" in page
    assert "A comment counts 1 on the day you make it and half as much every two weeks." in page
    assert "your comments to each other count 1.8 today" in page
    assert "This is a weak tie: there are at least two comments between you" in page


def test_explain_line_has_the_half_life_of_the_course(read, course, bob, posts):
    write(bob, posts[0], 3)
    ties.set_half_life(course, 7)

    assert "half as much every week." in read(bob)[1]


def test_what_would_change_the_tie_is_kept_by_the_model(read, course, ada, bob, posts):
    of_ada, of_bob = posts
    for days in (9, 5, 2):
        write(ada, of_bob, days)

    answer, page = read(bob)
    plan = answer.context["evidence"].rise

    assert plan == (0, 1, 14, ties.TieClass.STRONG)
    assert "If Bob comments to you once by" in page
    assert "this becomes a strong tie" in page
    write(bob, of_ada, 0)
    assert ties.ties_of(ada, course)[0].tie_class == ties.TieClass.STRONG


def test_a_tie_of_an_ended_course_stays_as_it_is(read, course, bob, posts):
    write(bob, posts[0], 5)
    course.ends_on = course.today() - timedelta(days=1)
    course.save()

    assert "The course is over, so this tie stays as it is." in read(bob)[1]


def test_a_follow_alone_has_a_page_and_a_way_to_become_weak(read, course, ada, bob):
    Follow.objects.create(course=course, follower=bob, followed=ada)

    page = read(bob)[1]

    assert "Bob follows you." in page
    assert "There is no comment between you yet." in page
    assert "Was one of your comments for someone else?" not in page
    assert "If you and Bob write to each other once by" in page


@pytest.mark.parametrize("of_mine", [True, False])
def test_what_counts_and_cannot_be_read_is_said_without_telling_whose(
    read, course, ada, bob, posts, of_mine
):
    of_ada, of_bob = posts
    cyn = factories.make_user("Cyn Student")
    factories.add_member(course, cyn)
    of_cyn = factories.make_post(cyn, course, "Closed", at=ago(20))
    parent = write(bob if of_mine else ada, of_cyn, 4)
    factories.make_comment(
        ada if of_mine else bob, of_cyn, "Secret words", at=ago(3), parent=parent
    )
    write(bob, of_ada, 2)
    Post.objects.filter(pk=of_cyn.pk).update(audience=Audience.INSTRUCTORS)

    page = read(bob)[1]

    assert "1 more comment counts, on a post or in a conversation that you cannot read now." in page
    assert "Secret words" not in page
    assert "Closed" not in page


def test_comments_that_do_not_count_are_not_listed(read, bob, posts):
    write(bob, posts[0], 3)
    write(bob, posts[0], 2)
    factories.make_comment(bob, posts[0], "Hidden", at=ago(2), state=Comment.State.HIDDEN)

    answer, page = read(bob)

    assert len(answer.context["evidence"].comments) == 2
    assert "Hidden" not in page


def test_nobody_without_a_tie_has_a_page(read, course, ada, bob, instructor, eve, posts):
    write(instructor, posts[0], 2)
    for person in (ada, bob, instructor, eve):
        assert read(person)[0].status_code == 404


def test_who_has_left_the_course_has_no_page(read, course, bob, posts):
    write(bob, posts[0], 2)
    Membership.objects.filter(user=bob).update(ended_at=timezone.now())

    assert read(bob)[0].status_code == 404


def test_both_people_see_the_same_tie_and_nobody_else_does(read, ada, bob, observer, posts):
    write(bob, posts[0], 3)

    mine = read(bob)[0].context["evidence"]
    theirs = read(ada, reader=bob)[0].context["evidence"]

    assert (mine.tie.tie_class, mine.tenths, mine.rise.tie_class) == (
        theirs.tie.tie_class,
        theirs.tenths,
        theirs.rise.tie_class,
    )
    assert read(bob, reader=observer)[0].status_code == 404


@pytest.mark.parametrize("comments", [1, 3])
def test_query_count(client, course, ada, bob, posts, comments, django_assert_num_queries):
    for days in range(comments):
        write(bob, posts[0], days)
    client.force_login(ada)

    # session, memberships; clock, arcs, contacts, follows, members; count, comments; clock;
    # mutes
    with django_assert_num_queries(11):
        client.get(reverse("tie_page", args=[course.slug, bob.username]))


def test_long_evidence_has_pages(course, ada, bob, posts):
    for n in range(52):
        factories.make_comment(bob, posts[0], at=ago(n % 20), tied=False)
    ties.rebuild(course)

    first = load_tie_evidence(ada, course, bob.username, None)
    second = load_tie_evidence(ada, course, bob.username, "2")

    assert [len(one.comments) for one in (first, second)] == [50, 2]
    assert (first.unseen, second.unseen) == (0, 0)
