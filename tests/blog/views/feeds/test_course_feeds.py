"""Feeds of posts and comments: whole, valid, the same until something changes, for their reader."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Audience, Comment, FeedAddress, Membership, Post, User
from blog.queries import feeds as queries
from blog.web import feeds
from tests import factories
from tests.blog.views.feeds.atom_rules import read, titles

SITE = "http://127.0.0.1:8000"
AT = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)
TEAM = Comment.Audience.TEAM


def token_of(person):
    address, _is_new = FeedAddress.objects.get_or_create(
        user=person, defaults={"posts_token": f"secret-of-{person.pk}"}
    )
    return address.posts_token


def course_address(person, course):
    return reverse("secret_course_feed", args=[token_of(person), course.slug])


def comment_address(person, post):
    return reverse("secret_comment_feed", args=[token_of(person), post.course.slug, post.slug])


def course_titles(person, course):
    """Return what a program without a session finds in a course's feed."""
    return titles(Client().get(course_address(person, course)))


def comment_texts(person, post):
    entries = read(Client().get(comment_address(person, post))).entries
    return [entry.content[0].value for entry in entries]


@pytest.fixture
def post(ada, course, prompt):
    return factories.make_post(
        ada, course, "Of ties", "Weak ties bring news.", at=AT, slug="of-ties", prompt=prompt
    )


# What is in a feed


def test_an_entry_is_the_whole_post(bob, course, post, prompt):
    feed = read(Client().get(course_address(bob, course)))

    [entry] = feed.entries
    assert (feed.feed.title, feed.feed.link) == ("Learning in networks", f"{SITE}/c/networks/")
    assert feed.feed.updated == "2026-10-05T09:30:00+00:00"
    assert entry.title == "Of ties"
    assert entry.link == f"{SITE}/c/networks/posts/of-ties/"
    assert (entry.published, entry.updated) == ("2026-10-05T09:30:00+00:00",) * 2
    assert entry.author_detail == {
        "name": "Ada Student",
        "href": f"{SITE}/c/networks/people/{post.author.username}/",
    }
    assert [tag.term for tag in entry.tags] == [prompt.title]
    assert entry.content[0].value == '<p id="p1">Weak ties bring news.</p>'
    assert entry.id == f"tag:127.0.0.1,2026-10-05:post-{post.pk}"


def test_references_stand_below_the_text(bob, course, post):
    post.revision.references = [{"key": "a", "html": "Granovetter, M. S. (1973). <em>Ties</em>."}]
    post.revision.save()

    [entry] = read(Client().get(course_address(bob, course))).entries

    assert entry.content[0].value.endswith(
        "<h2>References</h2><ul><li>Granovetter, M. S. (1973). <em>Ties</em>.</li></ul>"
    )


def test_an_entry_keeps_its_identity_when_all_else_changes(bob, course, post):
    [before] = read(Client().get(course_address(bob, course))).entries
    revision = factories.make_revision(post, number=2, title="Of strong ties")
    Post.objects.update(slug="of-strong-ties", revision=revision)

    [after] = read(Client().get(course_address(bob, course))).entries

    assert after.id == before.id
    assert after.title == "Of strong ties"
    assert after.link != before.link
    assert after.published == before.published
    assert after.updated > before.updated


def test_a_post_says_where_its_comments_are_and_counts_none(bob, course, post):
    factories.make_comment(bob, post, at=AT + timedelta(days=1))
    factories.make_comment(bob, post, at=AT + timedelta(days=2))

    answer = Client().get(course_address(bob, course))

    [entry] = read(answer).entries
    [replies] = [link for link in entry.links if link.rel == "replies"]
    assert replies.href == f"{SITE}{comment_address(bob, post)}"
    assert replies.type == "application/atom+xml"
    assert replies["thr:updated"] == "2026-10-07T09:30:00+00:00"
    assert b"thr:count" not in answer.content
    assert b"thr:total" not in answer.content


def test_time_of_the_last_comment_is_of_one_that_the_reader_sees(bob, cyn, course, post):
    factories.make_comment(cyn, post, at=AT + timedelta(days=1), audience=TEAM)

    assert b"thr:updated" not in Client().get(course_address(bob, course)).content
    assert b"thr:updated" in Client().get(course_address(cyn, course)).content


def test_comments_say_what_they_reply_to(ada, bob, post):
    first = factories.make_comment(bob, post, "First.", at=AT)
    factories.make_comment(ada, post, "Second.", at=AT + timedelta(hours=1), parent=first)

    feed = read(Client().get(comment_address(bob, post)))

    reply, comment = feed.entries
    assert feed.feed.title == "Comments on “Of ties”"
    assert reply.title == "Ada Student on “Of ties”"
    assert reply.link == f"{SITE}/c/networks/posts/of-ties/#c{first.pk + 1}"
    assert reply["thr_in-reply-to"] == {
        "ref": comment.id,
        "href": comment.link,
        "type": "text/html",
    }
    assert comment.id == f"tag:127.0.0.1,2026-10-05:comment-{first.pk}"
    assert comment["thr_in-reply-to"]["ref"] == f"tag:127.0.0.1,2026-10-05:post-{post.pk}"


@pytest.mark.parametrize("fields", [{"state": Comment.State.HIDDEN}, {"deleted_at": AT}])
def test_a_reply_to_what_nobody_sees_is_a_reply_to_the_post(ada, bob, post, fields):
    parent = factories.make_comment(bob, post, at=AT, tied=False, **fields)
    factories.make_comment(ada, post, "Second.", parent=parent)

    [entry] = read(Client().get(comment_address(bob, post))).entries

    assert entry["thr_in-reply-to"]["ref"] == f"tag:127.0.0.1,2026-10-05:post-{post.pk}"


def test_an_edited_comment_is_updated_and_a_guest_is_said_to_be_one(bob, post):
    edited_at = AT + timedelta(days=3)
    factories.make_comment(
        None, post, guest_name="Gus", addressee=post.author, at=AT, edited_at=edited_at, tied=False
    )

    [entry] = read(Client().get(comment_address(bob, post))).entries

    assert entry.author == "Gus, guest"
    assert entry.updated == "2026-10-08T09:30:00+00:00"


def test_a_comment_that_waited_has_the_date_from_which_it_can_be_read(ada, bob, course, post):
    factories.make_comment(ada, post, "On Tuesday.", at=AT + timedelta(days=1))
    factories.make_comment(
        None,
        post,
        "On Monday.",
        guest_name="Gus",
        at=AT,
        opened_at=AT + timedelta(days=2),
        tied=False,
    )

    found = read(Client().get(comment_address(bob, post))).entries
    replies = read(Client().get(course_address(bob, course))).entries[0]

    assert [entry.content[0].value for entry in found] == [
        "<p>On Monday.</p>",
        "<p>On Tuesday.</p>",
    ]
    assert (found[0].published, found[0].updated) == ("2026-10-07T09:30:00+00:00",) * 2
    assert found[0].id.startswith("tag:127.0.0.1,2026-10-05:")
    assert [link["thr:updated"] for link in replies.links if link.rel == "replies"] == [
        "2026-10-07T09:30:00+00:00"
    ]


def test_an_imported_comment_keeps_its_day_and_is_news(bob, post):
    factories.make_comment(
        None, post, guest_name="Gus", at=AT, day_only=True, opened_at=AT + timedelta(days=2)
    )

    [entry] = read(Client().get(comment_address(bob, post))).entries

    assert entry.published == "2026-10-05T09:30:00+00:00"
    assert entry.updated == "2026-10-07T09:30:00+00:00"


def test_a_person_has_a_feed_of_their_posts(ada, bob, course, post):
    factories.make_post(bob, course, "Of Bob")
    place = [token_of(bob), course.slug, ada.username]

    feed = read(Client().get(reverse("secret_person_feed", args=place)))

    assert feed.feed.title == "Ada Student in Learning in networks"
    assert [entry.title for entry in feed.entries] == ["Of ties"]


def test_feeds_end(bob, course, post, monkeypatch):
    monkeypatch.setattr(queries, "MAX_POSTS", 2)
    for day in (1, 2):
        factories.make_post(bob, course, f"Day {day}", at=AT + timedelta(days=day))

    assert course_titles(bob, course) == ["Day 2", "Day 1"]


HARD = "\x00\x0b\ufffe\uffff👩‍🔬 أهلا <b>&amp; ]]> “x”"
READ = "👩‍🔬 أهلا <b>&amp; ]]> “x”"


def test_what_xml_cannot_hold_is_left_out(ada, bob, course, prompt):
    course.title = prompt.title = ada.display_name = HARD.replace("\x00", "")
    for row in (course, prompt, ada):
        row.save()
    text = HARD.replace("\x00", "")
    post = factories.make_post(ada, course, text, text, prompt=prompt, slug="hard")
    factories.make_comment(ada, post, text)

    of_course = read(Client().get(course_address(bob, course)))
    of_comments = read(Client().get(comment_address(bob, post)))

    assert of_course.feed.title == READ
    assert of_comments.feed.title == f"Comments on “{READ}”"
    [entry], [comment] = of_course.entries, of_comments.entries
    assert (entry.title, entry.author, comment.author) == (READ, READ, READ)
    assert [tag.term for tag in entry.tags] == [READ]


# Whose it is, and for how long


def test_it_is_for_its_reader_alone(bob, course, post):
    answer = Client().get(course_address(bob, course))

    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_who_signed_in_has_the_same_feed_in_the_course(client, bob, course, post):
    client.force_login(bob)

    answer = client.get(reverse("course_feed", args=[course.slug]))

    [entry] = read(answer).entries
    [replies] = [link.href for link in entry.links if link.rel == "replies"]
    assert replies == f"{SITE}/c/networks/posts/of-ties/comments.atom"
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize("name", ["course", "comments", "person"])
def test_a_program_that_has_it_already_gets_no_body(bob, course, post, name):
    address = {
        "course": course_address(bob, course),
        "comments": comment_address(bob, post),
        "person": reverse("secret_person_feed", args=[token_of(bob), course.slug, bob.username]),
    }[name]
    first = Client().get(address)

    again = Client().get(address, headers={"If-None-Match": first["ETag"]})

    assert len(read(first).entries) == (1 if name == "course" else 0)
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]


def test_a_comment_shown_later_comes_although_it_is_old(bob, post):
    factories.make_comment(bob, post, at=AT + timedelta(days=1))
    hidden = factories.make_comment(bob, post, at=AT, state=Comment.State.HIDDEN, tied=False)
    first = Client().get(comment_address(bob, post))
    Comment.objects.filter(pk=hidden.pk).update(state=Comment.State.OPEN)

    headers = {"If-None-Match": first["ETag"], "If-Modified-Since": "Sun, 29 Nov 2026 00:00:00 GMT"}
    again = Client().get(comment_address(bob, post), headers=headers)

    assert len(read(again).entries) == 2


def test_no_feed_is_where_there_was_one(ada, bob, course, post):
    addresses = [course_address(bob, course), comment_address(bob, post)]
    calendar = FeedAddress.objects.get().token
    wrong = [
        reverse("secret_course_feed", args=[calendar, course.slug]),  # opens dates alone
        reverse("secret_course_feed", args=[token_of(bob), "elsewhere"]),
        reverse("secret_person_feed", args=[token_of(bob), course.slug, "nobody"]),
        reverse("secret_comment_feed", args=[token_of(bob), course.slug, "nothing"]),
        reverse("calendar_feed", args=[token_of(bob)]),
    ]
    Membership.objects.filter(user=bob).update(ended_at=timezone.now())
    gone = [Client().get(address) for address in addresses]
    Membership.objects.filter(user=bob).update(ended_at=None)
    answers = gone + [Client().get(address) for address in wrong]
    User.objects.filter(pk=bob.pk).update(is_active=False)
    answers += [Client().get(address) for address in addresses]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({str(answer.headers) for answer in answers}) == 1


def test_programs_that_ask_too_often_wait(bob, course, monkeypatch):
    monkeypatch.setattr(feeds, "READS", 2)
    cache.clear()

    statuses = [Client().get(course_address(bob, course)).status_code for _ in range(3)]

    assert statuses == [200, 200, 429]


# What it has: a row for each role


@pytest.fixture
def cyn(course):
    user = factories.make_user("Cyn Student")
    factories.add_member(course, user, is_confidential=True)
    return user


@pytest.fixture
def posts(ada, bob, course):
    """Return a post of each audience and each state, by Ada, whose pod has Bob."""
    pod = factories.make_pod(course, "Pod 1", ada, bob)
    audiences = {
        "only me": {"audience": Audience.ONLY_ME},
        "instructors": {"audience": Audience.INSTRUCTORS},
        "pod": {"audience": Audience.POD, "pod": pod},
        "course": {},
        "public": {"audience": Audience.PUBLIC},
        "deleted": {"deleted_at": AT},
    }
    for hour, (title, fields) in enumerate(audiences.items()):
        factories.make_post(ada, course, title, at=AT - timedelta(hours=hour), **fields)
    factories.make_draft_post(ada, course, "draft")
    factories.make_withdrawn_post(ada, course, "withdrawn")
    factories.make_post(ada, factories.make_course("other"), "elsewhere")
    return course


OPEN = ["course", "public"]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("observer", OPEN),
        ("cyn", OPEN),
        ("bob", ["pod", *OPEN]),
        ("assistant", ["instructors", "pod", *OPEN]),
        ("instructor", ["instructors", "pod", *OPEN]),
        ("ada", ["only me", "instructors", "pod", *OPEN]),
    ],
)
def test_each_role_reads_the_posts_that_it_sees(request, posts, role, expected):
    person = request.getfixturevalue(role)

    assert course_titles(person, posts) == expected


def test_who_is_not_in_the_course_has_no_feed_of_it(eve, posts):
    assert Client().get(course_address(eve, posts)).status_code == 404


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("observer", ["open"]),
        ("bob", ["open"]),
        ("cyn", ["team", "open"]),
        ("ada", ["team", "open"]),
        ("assistant", ["team", "open"]),
        ("instructor", ["team", "open"]),
    ],
)
def test_each_role_reads_the_comments_that_it_sees(request, cyn, post, role, expected):
    """What waits or is hidden is in no feed, also of those who see it on the page."""
    person = request.getfixturevalue(role)
    for hour, (text, fields) in enumerate(
        {
            "open": {},
            "team": {"audience": TEAM},
            "hidden": {"state": Comment.State.HIDDEN, "tied": False},
            "waiting": {"state": Comment.State.WAITING, "tied": False},
            "deleted": {"deleted_at": AT, "tied": False},
        }.items()
    ):
        factories.make_comment(cyn, post, text, at=AT + timedelta(hours=hour), **fields)

    assert comment_texts(person, post) == [f"<p>{text}</p>" for text in expected]


def test_names_are_those_that_the_reader_knows(bob, cyn, instructor, course):
    factories.make_post(cyn, course)

    names = [
        read(Client().get(course_address(person, course))).entries[0].author
        for person in (bob, instructor)
    ]

    assert names == [cyn.neutral_name, cyn.neutral_name]  # hers is in the roster and the gradebook


# What it costs


def test_feeds_cost_the_same_at_one_entry_and_at_three(
    client, ada, bob, course, post, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(feeds, "enforce_rate_limit", lambda *args, **kwargs: None)
    addresses = {
        # The address with its owner, memberships, posts.
        course_address(bob, course): 3,
        # And the member.
        reverse("secret_person_feed", args=[token_of(bob), course.slug, ada.username]): 4,
        # The address with its owner, memberships, the post, its comments, mutes.
        comment_address(bob, post): 5,
        # A session in place of the address, and its owner with the memberships; then the same.
        reverse("course_feed", args=[course.slug]): 3,
        reverse("person_feed", args=[course.slug, ada.username]): 4,
        reverse("comment_feed", args=[course.slug, post.slug]): 5,
    }
    client.force_login(bob)
    factories.make_comment(ada, post)
    for more in (2, 0):
        for address, query_count in addresses.items():
            with django_assert_num_queries(query_count):
                client.get(address)
        for _ in range(more):
            factories.make_post(ada, course)
            factories.make_comment(bob, post)


# Where pages say that there is one


def test_pages_name_their_feeds(client, bob, course, post):
    client.force_login(bob)
    pages = {
        reverse("course_home", args=[course.slug]): "/c/networks/feed.atom",
        reverse("post_list", args=[course.slug]): "/c/networks/feed.atom",
        reverse("person_page", args=[course.slug, bob.username]): (
            f"/c/networks/people/{bob.username}/feed.atom"
        ),
        post.get_absolute_url(): "/c/networks/posts/of-ties/comments.atom",
        reverse("person_list", args=[course.slug]): "/c/networks/people.opml",
    }

    for page, feed in pages.items():
        html = client.get(page).content.decode()
        assert f' href="{feed}"' in html.partition("</head>")[0]
        assert client.get(feed).status_code == 200
