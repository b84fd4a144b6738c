"""Visibility: the tables. One row per audience, one column per reader."""

from datetime import timedelta
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import F, Q
from django.db.models.lookups import GreaterThanOrEqual
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.models import Audience, Comment, Membership, Post, Work
from blog.models.comments import comment_rules
from blog.models.post_visibility import of_post
from tests import factories
from tests.examples import examples

READERS = [
    "author",
    "podmate",
    "member",
    "instructor",
    "assistant",
    "observer",
    "removed",
    "outsider",
    "anonymous",
]

ME, TEAM, POD, COURSE, SIGNED_IN, PUBLIC = Audience.values

# Who sees a published post, by its audience, in the order of READERS.
PUBLISHED = {
    ME: "author",
    TEAM: "author instructor assistant",
    POD: "author podmate instructor assistant",
    COURSE: "author podmate member instructor assistant observer",
    SIGNED_IN: "author podmate member instructor assistant observer removed outsider",
    PUBLIC: "author podmate member instructor assistant observer removed outsider anonymous",
}
WITHDRAWN = {
    ME: "author",
    TEAM: "author instructor assistant",
    POD: "author instructor assistant",
    COURSE: "author instructor assistant",
    SIGNED_IN: "author instructor assistant",
    PUBLIC: "author instructor assistant",
}
PAST_PUBLIC_UNTIL = PUBLISHED | {SIGNED_IN: PUBLISHED[COURSE], PUBLIC: PUBLISHED[COURSE]}


@pytest.fixture
def cast(course, instructor, assistant, observer, eve):
    """Name every kind of reader. The removed one was the author's podmate."""
    author, podmate, member, removed = (
        factories.make_user(name)
        for name in ("Aino Author", "Pia Podmate", "Mo Member", "Rem Gone")
    )
    for user in (author, podmate, member, removed):
        factories.add_member(course, user)
    factories.make_pod(course, "Herons", author, podmate, removed)
    factories.make_pod(course, "Owls", member)
    Membership.objects.filter(user=removed).update(ended_at=timezone.now())
    return {
        "author": author,
        "podmate": podmate,
        "member": member,
        "instructor": instructor,
        "assistant": assistant,
        "observer": observer,
        "removed": removed,
        "outsider": eve,
        "anonymous": AnonymousUser(),
    }


@pytest.fixture
def post(cast, course):
    return factories.make_post(cast["author"], course, pod=course.pods.get(name="Herons"))


def fresh(reader):
    """Return the reader as the next request finds them, with no memberships loaded yet."""
    reader.__dict__.pop("memberships_now", None)
    return reader


def who_sees(cast, objects) -> str:
    """Name those for whom ``visible_to`` leaves something of ``objects``."""
    seen = [name for name in READERS if objects.visible_to(fresh(cast[name])).exists()]
    return " ".join(seen)


def change(thing, **fields):
    type(thing).objects.filter(pk=thing.pk).update(**fields)


# Posts


@pytest.mark.parametrize(("audience", "readers"), PUBLISHED.items())
def test_a_published_post_is_seen_by(cast, post, audience, readers):
    change(post, audience=audience)

    assert who_sees(cast, Post.objects.all()) == readers


@pytest.mark.parametrize(("audience", "readers"), WITHDRAWN.items())
def test_a_withdrawn_post_is_seen_by(cast, post, audience, readers):
    change(post, audience=audience, status=Post.Status.WITHDRAWN)

    assert who_sees(cast, Post.objects.all()) == readers


@pytest.mark.parametrize("audience", Audience.values)
def test_a_draft_is_seen_by_its_author(cast, course, audience):
    factories.make_draft_post(cast["author"], course, audience=audience)

    assert who_sees(cast, Post.objects.all()) == "author"


@pytest.mark.parametrize("status", Post.Status.values)
@pytest.mark.parametrize("audience", Audience.values)
def test_a_deleted_post_is_seen_by_nobody(cast, post, audience, status):
    change(post, audience=audience, status=status, deleted_at=timezone.now())

    assert who_sees(cast, Post.objects.all()) == ""


@pytest.mark.parametrize("status", Post.Status.values)
@pytest.mark.parametrize(("audience", "readers"), PUBLISHED.items())
def test_open_to_asks_the_audience_alone(cast, post, audience, readers, status):
    change(post, audience=audience, status=status, deleted_at=timezone.now())

    open_to = [name for name in READERS if Post.objects.open_to(fresh(cast[name])).exists()]

    assert " ".join(open_to) == readers


@pytest.mark.parametrize(("audience", "readers"), PAST_PUBLIC_UNTIL.items())
def test_a_post_past_its_public_until_is_seen_by(cast, post, audience, readers):
    change(post, audience=audience, public_until=timezone.now() - timedelta(seconds=1))

    assert who_sees(cast, Post.objects.all()) == readers


@pytest.mark.parametrize(("audience", "readers"), PUBLISHED.items())
def test_a_public_until_to_come_changes_nothing(cast, post, audience, readers):
    change(post, audience=audience, public_until=timezone.now() + timedelta(minutes=1))

    assert who_sees(cast, Post.objects.all()) == readers


@pytest.mark.parametrize("audience", Audience.values)
def test_beyond_course_lists_a_post_while_it_is_wide(cast, post, audience):
    change(post, audience=audience)

    assert Post.objects.beyond_course().exists() == (audience >= SIGNED_IN)
    change(post, public_until=timezone.now())
    assert not Post.objects.beyond_course().exists()


def test_a_removed_author_keeps_only_what_everybody_has(cast, post):
    Membership.objects.filter(user=cast["author"]).update(ended_at=timezone.now())

    assert who_sees(cast, Post.objects.all()) == "podmate member instructor assistant observer"


def test_the_pod_is_the_one_stamped_at_publishing(cast, course, post):
    change(post, audience=POD)
    Membership.objects.filter(user=cast["member"]).update(pod=post.pod)
    Membership.objects.filter(user=cast["podmate"]).update(pod=None)

    assert who_sees(cast, Post.objects.all()) == "author member instructor assistant"


def test_teaching_elsewhere_opens_nothing_here(cast, post):
    change(post, audience=TEAM)

    assert cast["outsider"].memberships_now[0].teaches
    assert not Post.objects.visible_to(cast["outsider"]).exists()


def test_a_condition_on_posts_is_one_on_their_comments():
    rules = ~(Q(status="draft") | Q(audience=10, author=None)) & Q(course__in=[1, 2])
    rules &= Q(GreaterThanOrEqual(F("audience"), 30))

    assert of_post(rules) == (
        ~(Q(post__status="draft") | Q(post__audience=10, post__author=None))
        & Q(post__course__in=[1, 2])
        & Q(GreaterThanOrEqual(F("post__audience"), 30))
    )


# Comments. The writer is a member of the course who is in no pod.

OPEN = {
    (COURSE, "team"): "author instructor assistant writer",
    (COURSE, "readers"): "author podmate member instructor assistant observer writer",
    (COURSE, "everyone"): "author podmate member instructor assistant observer writer",
    (SIGNED_IN, "team"): "author instructor assistant writer",
    (SIGNED_IN, "readers"): "author podmate member instructor assistant observer writer",
    (SIGNED_IN, "everyone"): (
        "author podmate member instructor assistant observer removed outsider writer"
    ),
    (PUBLIC, "team"): "author instructor assistant writer",
    (PUBLIC, "readers"): "author podmate member instructor assistant observer writer",
    (PUBLIC, "everyone"): (
        "author podmate member instructor assistant observer removed outsider anonymous writer"
    ),
    (ME, "everyone"): "author",
    (TEAM, "everyone"): "author instructor assistant",
    (POD, "everyone"): "author podmate instructor assistant",
    (POD, "team"): "author instructor assistant",
}
AUDIENCES = {
    "team": Comment.Audience.TEAM,
    "readers": Comment.Audience.READERS,
    "everyone": Comment.Audience.EVERYONE,
}


@pytest.fixture
def comment(cast, course, post):
    cast["writer"] = factories.make_user("Wim Writer")
    factories.add_member(course, cast["writer"])
    return factories.make_comment(cast["writer"], post)


def who_reads(cast) -> str:
    names = [*READERS, "writer"]
    return " ".join(n for n in names if Comment.objects.visible_to(fresh(cast[n])).exists())


@pytest.mark.parametrize(("audiences", "readers"), OPEN.items())
def test_an_open_comment_is_seen_by(cast, post, comment, audiences, readers):
    change(post, audience=audiences[0])
    change(comment, audience=AUDIENCES[audiences[1]])

    assert who_reads(cast) == readers


@pytest.mark.parametrize("state", [Comment.State.HIDDEN, Comment.State.WAITING])
@pytest.mark.parametrize("audience", AUDIENCES.values())
def test_a_held_comment_is_seen_by_those_concerned(cast, post, comment, audience, state):
    change(post, audience=PUBLIC)
    change(comment, audience=audience, state=state)

    assert who_reads(cast) == "author instructor assistant writer"


def test_a_guests_comment_waits_for_author_and_team(cast, post, comment):
    change(post, audience=PUBLIC)
    change(comment, author=None, guest_name="R. Ito", state=Comment.State.WAITING)

    assert who_reads(cast) == "author instructor assistant"


@pytest.mark.parametrize(
    "fields",
    [{"status": Post.Status.WITHDRAWN}, {"audience": TEAM}, {"audience": POD}],
    ids=str,
)
def test_a_comment_is_seen_no_further_than_its_post(cast, post, comment, fields):
    change(comment, audience=Comment.Audience.EVERYONE)
    change(post, **fields)

    for name in [*READERS, "writer"]:
        reader = fresh(cast[name])
        sees_post = Post.objects.visible_to(reader).exists()
        assert Comment.objects.visible_to(reader).exists() == sees_post


def test_nobody_reads_below_a_deleted_post(cast, post, comment):
    change(comment, audience=Comment.Audience.EVERYONE)
    change(post, audience=PUBLIC, deleted_at=timezone.now())

    assert who_reads(cast) == ""


def test_a_passed_public_until_closes_the_comments_too(cast, post, comment):
    change(comment, audience=Comment.Audience.EVERYONE)
    change(post, audience=PUBLIC, public_until=timezone.now())

    assert who_reads(cast) == OPEN[COURSE, "everyone"]


def test_a_deleted_comment_keeps_its_readers_for_the_tombstone(cast, post, comment):
    change(post, audience=PUBLIC)
    change(comment, deleted_at=timezone.now())

    assert who_reads(cast) == OPEN[PUBLIC, "readers"]
    assert not Comment.objects.open().exists()


def test_a_reply_to_a_private_comment_reaches_its_author(cast, post, comment):
    change(comment, audience=Comment.Audience.TEAM)
    comment.refresh_from_db()
    answer = factories.make_comment(
        cast["author"], post, parent=comment, audience=Comment.Audience.TEAM
    )

    assert answer in Comment.objects.visible_to(fresh(cast["writer"]))
    assert answer not in Comment.objects.visible_to(fresh(cast["member"]))


def test_a_private_reply_to_an_open_comment_does_not_reach_its_author(cast, post, comment):
    answer = factories.make_comment(
        cast["member"], post, parent=comment, audience=Comment.Audience.TEAM
    )

    assert answer not in Comment.objects.visible_to(fresh(cast["writer"]))
    assert answer in Comment.objects.visible_to(fresh(cast["author"]))


@pytest.mark.parametrize("audiences", list(product(AUDIENCES, repeat=3)), ids="-".join)
def test_a_reply_is_seen_no_further_than_all_that_it_replies_to(cast, post, comment, audiences):
    author = cast["author"]
    # What stands elsewhere has no say, however narrow.
    elsewhere = factories.make_post(author, factories.make_course())
    factories.make_comment(author, elsewhere, audience=Comment.Audience.TEAM)
    factories.make_comment(author, post, audience=Comment.Audience.TEAM)
    head = factories.make_comment(author, post)
    reply = factories.make_comment(author, post, parent=head)
    change(comment, parent=reply)
    for each, audience in zip((head, reply, comment), audiences, strict=True):
        change(each, audience=AUDIENCES[audience])
    change(post, audience=PUBLIC)
    narrowest = min(audiences, key=AUDIENCES.get)

    readers = [name for name in [*READERS, "writer"] if sees(cast[name], comment)]
    on_public_page = Comment.objects.on_public_page().contains(comment)

    assert " ".join(readers) == OPEN[PUBLIC, narrowest]
    assert on_public_page == (narrowest == "everyone")


@pytest.mark.parametrize("audiences", list(product(AUDIENCES, repeat=2)), ids="-".join)
def test_who_wrote_a_comment_sees_replies_but_those_that_were_for_fewer(
    cast, post, comment, audiences
):
    parent, reply = audiences
    change(comment, audience=AUDIENCES[parent])
    answer = factories.make_comment(cast["author"], post, parent=comment)
    change(answer, audience=AUDIENCES[reply])

    assert sees(cast["writer"], answer) == (parent == "team" or reply != "team")


def sees(reader, comment) -> bool:
    return Comment.objects.visible_to(fresh(reader)).contains(comment)


def seen_through_the_posts(reader):
    """Return the comments a reader sees, with their posts asked in a query of their own."""
    posts = Post.objects.visible_to(reader).values("pk")
    return list(Comment.objects.filter(comment_rules(reader), post__in=posts))


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_comment_is_seen_if_its_post_is_whatever_their_states(cast, post, comment, data):
    draw = data.draw
    past, coming = timezone.now() - timedelta(days=1), timezone.now() + timedelta(days=1)
    change(
        post,
        audience=draw(st.sampled_from(Audience.values)),
        status=draw(st.sampled_from(Post.Status.values)),
        deleted_at=draw(st.sampled_from([None, past])),
        public_until=draw(st.sampled_from([None, past, coming])),
    )
    change(
        comment,
        audience=draw(st.sampled_from(Comment.Audience.values)),
        state=draw(st.sampled_from(Comment.State.values)),
        deleted_at=draw(st.sampled_from([None, past])),
    )

    for name in [*READERS, "writer"]:
        reader = fresh(cast[name])
        assert list(Comment.objects.visible_to(reader)) == seen_through_the_posts(reader)


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_is_seen_of_one_course_is_what_is_seen_of_all(cast, course, post, comment, data):
    draw = data.draw
    past, coming = timezone.now() - timedelta(days=1), timezone.now() + timedelta(days=1)
    prompt = course.prompts.first() or factories.make_prompt(course)
    change(prompt, own_post_first=draw(st.booleans()))
    for each in (post, factories.make_post(cast["member"], course)):
        change(
            each,
            audience=draw(st.sampled_from(Audience.values)),
            status=draw(st.sampled_from(Post.Status.values)),
            deleted_at=draw(st.sampled_from([None, past])),
            hidden_at=draw(st.sampled_from([None, past])),
            public_until=draw(st.sampled_from([None, past, coming])),
        )
    change(post, prompt=draw(st.sampled_from([None, prompt])))
    for each in (comment, factories.make_comment(cast["author"], post, parent=comment)):
        change(
            each,
            audience=draw(st.sampled_from(Comment.Audience.values)),
            state=draw(st.sampled_from(Comment.State.values)),
        )
    if not post.references.exists():
        factories.make_reference(post, factories.make_work(course), cited=True)
    change(post.references.get(), cited=draw(st.booleans()))

    for name in [*READERS, "writer"]:
        reader = fresh(cast[name])
        posts = set(Post.objects.in_course(course).published().visible_to(reader))
        comments = set(Comment.objects.visible_to(reader).filter(post__course=course))
        assert set(Post.objects.published_for(reader, course)) == posts
        assert set(Comment.objects.visible_in(reader, course)) == comments
        assert set(Comment.objects.filter(post__in=posts).for_member(reader, course)) == {
            one for one in comments if one.post in posts
        }
        works = set(Work.objects.in_course(course).visible_to(reader))
        assert set(Work.objects.visible_in(reader, course)) == works


def test_comments_are_found_without_a_look_at_every_post_of_the_site(cast, post, comment):
    reader = fresh(cast["member"])

    with CaptureQueriesContext(
        connection,
    ) as queries:
        list(Comment.objects.on(post).visible_to(reader))

    assert 'FROM "blog_post"' not in queries[-1]["sql"]
