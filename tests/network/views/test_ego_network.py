import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from blog.models import Audience, Post
from network import ties
from network.models import Follow
from tests import factories

PATH = "/c/networks/network/"


def ago(days):
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def comment_on_each_other(course):
    """Let two people comment on each other's posts, so many days ago."""

    def exchange(one, other, *days, both=True):
        for day in days:
            post = factories.make_post(one, course, f"Post of day {day}", at=ago(day))
            factories.make_comment(other, post, at=ago(day))
            if both:
                theirs = factories.make_post(other, course, f"Reply of day {day}", at=ago(day))
                factories.make_comment(one, theirs, at=ago(day))
        ties.rebuild(course)

    return exchange


def test_access(client, course, ada, observer, instructor, eve):
    assert client.get(PATH).status_code == 302
    client.force_login(eve)
    assert client.get(PATH).status_code == 404
    for member in (ada, observer, instructor):
        client.force_login(member)
        assert client.get(PATH).status_code == 200


def test_empty_network_has_one_next_step(client, ada):
    client.force_login(ada)

    page = client.get(PATH).content.decode()

    assert "Your network starts with one comment" in page
    assert "Find a post to comment on" in page
    assert '<svg class="ego"' not in page


@pytest.mark.parametrize("peers", [1, 3])
def test_query_count(
    client, course, ada, prompt, comment_on_each_other, peers, django_assert_num_queries
):
    work = factories.make_work(course)
    factories.make_reference(factories.make_post(ada, course), work, cited=True)
    for _n in range(peers):
        peer, stranger = factories.make_user(), factories.make_user()
        for person in (peer, stranger):
            factories.add_member(course, person)
        comment_on_each_other(ada, peer, 1, 3, 5)
        factories.make_reference(factories.make_post(stranger, course), work, cited=True)
        factories.make_post(peer, course, prompt=prompt)
    client.force_login(ada)

    # session, memberships; clock, arcs, contacts, follows, members, all but the clock's own
    # once more for a week ago; choices; clock; comments; references, comments, students,
    # works, people, their posts and references; prompts, posts on the current;
    # questions to the reader, their own, posts to ask about
    with django_assert_num_queries(22):
        response = client.get(PATH)

    assert len(response.context["ties"]) == peers
    assert len(response.context["build"]) == peers
    assert len(response.context["activate"]) == peers


def why(client, page):
    """Open the one line of a page, as its script does."""
    [address] = re.findall(r'data-why="([^"]+)"', page.content.decode())
    return client.get(unescape(address))


def test_ties_explain_themselves(client, course, ada, bob, comment_on_each_other):
    comment_on_each_other(ada, bob, 1, 4, 8)
    client.force_login(ada)

    response = client.get(PATH)
    opened = why(client, response)

    (tie,) = response.context["ties"]
    assert tie.tie_class == ties.TieClass.STRONG
    assert "A comment counts 1 on the day you make it" in response.content.decode()
    assert "Post of day" not in response.content.decode()
    row, page = opened.context["row"], opened.content.decode()
    assert len(row.comments) == 5
    assert row.more == 1
    assert "Bob wrote to you on “<bdi>Post of day 1</bdi>”" in page
    assert "you wrote to Bob on “<bdi>Reply of day 1</bdi>”" in page
    assert "1 earlier comment" in page


def test_a_line_of_a_past_week_has_the_comments_until_then(
    client, course, ada, bob, comment_on_each_other
):
    course.starts_on = course.today() - timedelta(days=20)
    course.save()
    comment_on_each_other(ada, bob, 1, 18)
    client.force_login(ada)

    now = why(client, client.get(PATH)).content.decode()
    then = why(client, client.get(PATH, {"week": 1})).content.decode()

    assert ("Post of day 1<" in now, "Post of day 18<" in now) == (True, True)
    assert ("Post of day 1<" in then, "Post of day 18<" in then) == (False, True)


@pytest.mark.parametrize("week", ["", "1", "999", "x"])
def test_a_line_of_somebody_without_a_tie_is_not_there(client, course, ada, bob, week):
    client.force_login(ada)

    answer = client.get(f"{PATH}{bob.username}/", {"part": "why", "week": week})

    assert answer.status_code == 404


def test_a_line_leads_to_the_page_of_its_tie_without_scripts(
    client, course, ada, bob, comment_on_each_other
):
    comment_on_each_other(ada, bob, 1)
    client.force_login(ada)

    page = client.get(PATH).content.decode()

    assert f'<a href="{PATH}{bob.username}/">' in page


def test_comments_on_posts_i_cannot_read_now_are_counted(
    client, course, ada, bob, comment_on_each_other
):
    comment_on_each_other(ada, bob, 1, 2, both=False)
    comment_on_each_other(bob, ada, 3)
    Post.objects.filter(author=bob).update(audience=Audience.INSTRUCTORS)
    client.force_login(ada)

    response = why(client, client.get(PATH))

    row = response.context["row"]
    assert (len(row.comments), row.more, row.is_list_full) == (3, 1, False)
    assert "1 more comment, on a post you cannot read now" in response.content.decode()


def test_a_follow_alone_is_very_weak_and_says_so(client, course, ada, bob):
    Follow.objects.create(course=course, follower=bob, followed=ada)
    client.force_login(ada)

    response = client.get(PATH)

    (tie,) = response.context["ties"]
    assert tie.tie_class == ties.TieClass.VERY_WEAK
    assert "Bob follows you" in why(client, response).content.decode()


def test_maintain_names_the_post_of_the_last_interaction(
    client, course, ada, bob, comment_on_each_other
):
    course.starts_on = course.starts_on - timedelta(days=120)
    course.save()
    comment_on_each_other(ada, bob, 100, 95, 90)
    client.force_login(ada)

    response = client.get(PATH)

    assert [one.row.tie.peer for one in response.context["maintain"]] == [bob]
    page = response.content.decode()
    assert "You last exchanged comments on “<bdi>Reply of day 90</bdi>”" in page


def test_build_names_a_shared_work(client, course, ada, bob):
    work = factories.make_work(course)
    for author in (ada, bob):
        factories.make_reference(factories.make_post(author, course), work, cited=True)
    client.force_login(ada)

    response = client.get(PATH)

    assert [m.person for m in response.context["build"]] == [bob]
    assert "A reference that you both cite: Granovetter, 1973" in response.content.decode()


def test_build_tells_nothing_of_posts_i_cannot_read(client, course, ada, bob):
    work = factories.make_work(course)
    factories.make_reference(factories.make_post(ada, course), work, cited=True)
    hidden = factories.make_post(bob, course, audience=Audience.INSTRUCTORS)
    factories.make_reference(hidden, work, cited=True)
    client.force_login(ada)

    assert client.get(PATH).context["build"] == []


def test_activate_names_posts_by_people_i_exchange_with(
    client, course, ada, bob, prompt, comment_on_each_other
):
    comment_on_each_other(ada, bob, 1, 2)
    post = factories.make_post(bob, course, "Bob’s thoughts", prompt=prompt)
    client.force_login(ada)

    response = client.get(PATH)

    assert [one for _tie, one in response.context["activate"]] == [post]
    page = response.content.decode()
    assert "and “<bdi>Bob’s thoughts</bdi>” is a post on the prompt “Blog post 1”." in page


def test_staff_are_no_peers(client, course, ada, instructor, comment_on_each_other):
    comment_on_each_other(ada, instructor, 1, 2, 3)
    client.force_login(ada)

    assert client.get(PATH).context["ties"] == []


def test_large_network_is_drawn_in_part_and_listed_whole(client, course, ada):
    for _n in range(38):
        peer = factories.make_user()
        factories.add_member(course, peer)
        Follow.objects.create(course=course, follower=ada, followed=peer)
    client.force_login(ada)

    response = client.get(PATH)

    assert len(response.context["ties"]) == 38
    assert len(response.context["drawn"]) == 36
    assert "2 more very weak ties are only in the table." in response.content.decode()


def test_figure_and_table_say_the_same(client, course, ada, bob, comment_on_each_other):
    comment_on_each_other(ada, bob, 1, 4, 8)
    client.force_login(ada)

    response = client.get(PATH)

    drawn = {(one.tie.peer, one.tie.tie_class) for one in response.context["drawn"]}
    assert drawn == {(tie.peer, tie.tie_class) for tie in response.context["ties"]}
    assert "Bob Student: strong." in response.content.decode()


def test_peers_of_the_same_first_name_are_told_apart(client, course, ada):
    for name in ("Ana Luna", "Ana Maro", "Ben Ito", "Person 17", "Person 176", "سارة علي"):
        peer = factories.make_user(name)
        factories.add_member(course, peer)
        Follow.objects.create(course=course, follower=ada, followed=peer)
    client.force_login(ada)

    page = client.get(PATH).content.decode()

    shown = set(re.findall(r'<text class="node-name"[^>]*>([^<]*)</text>', page))
    assert shown == {"Ana L.", "Ana M.", "Ben", "P. 17", "P. 176", "\u2068سارة\u2069"}


def test_a_course_that_is_over_suggests_nothing(client, course, ada, bob, comment_on_each_other):
    comment_on_each_other(ada, bob, 1, 4, 8)
    course.ends_on = course.today() - timedelta(days=1)
    course.save()
    client.force_login(ada)

    response = client.get(PATH)

    page = response.content.decode()
    assert [tie.peer for tie in response.context["ties"]] == [bob]
    assert all(f'id="{name}-h"' not in page for name in ("b", "m", "a"))
    assert "You have turned suggestions off." not in page
    assert "Set an intention" not in page


def test_nodes_lead_to_their_rows(client, course, ada, bob, comment_on_each_other):
    comment_on_each_other(ada, bob, 1, 3, 5)
    client.force_login(ada)

    page = client.get(PATH).content.decode()

    assert page.count(f'<a href="#tie-{bob.username}"') == 1
    assert page.count(f'id="tie-{bob.username}"') == 1
    assert 'role="img"' not in page


def test_tie_without_a_comment_says_so(client, course, ada, bob):
    Follow.objects.create(course=course, follower=ada, followed=bob)
    client.force_login(ada)

    assert "no comment yet" in client.get(PATH).content.decode()


def test_suggestion_leads_to_the_post_with_what_both_cite(client, course, ada, bob):
    work = factories.make_work(course)
    factories.make_reference(factories.make_post(ada, course), work, cited=True)
    factories.make_reference(factories.make_post(bob, course, "Cites it"), work, cited=True)
    factories.make_post(bob, course, "Newer")
    factories.make_reference(
        factories.make_post(bob, course, "Secret", audience=Audience.ONLY_ME), work, cited=True
    )
    client.force_login(ada)

    page = client.get(PATH).content.decode()

    assert "Read “Cites it”" in page
    assert "Secret" not in page
