"""Limits on posts that wait for a student's own, and their end once it is there."""

import pytest

from blog.actions.comments import add_comment
from blog.actions.posts import publish_post
from blog.actions.references import add_reference, cite_post
from blog.actions.works import add_work
from blog.exceptions import NotAllowed, Refused
from blog.models import Audience, Post, User, Work
from blog.queries.comments import names_to_mention
from blog.queries.my_work import comments_on_peers
from blog.queries.rota import posts_given_to, rota_facts
from network.queries.tie_evidence import load_tie_evidence
from tests import factories

ARTICLE = factories.ARTICLE


def again(person):
    """Return a person as their next request finds them."""
    return User.objects.get(pk=person.pk)


def publish(post, text="So it is."):
    return publish_post(
        post, by=again(post.author), title="Mine", text=text, audience=Audience.COURSE
    )


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, own_post_first=True)


@pytest.fixture
def hers(ada, course, prompt):
    """Return Ada's published post, which cites an article."""
    post = factories.make_draft_post(ada, course, "Hers", prompt=prompt)
    add_reference(post, add_work(course, ARTICLE, by=ada), by=ada, key="one")
    publish(post, "So it is [@one].")
    return Post.objects.get(pk=post.pk)


@pytest.fixture
def his(bob, course, prompt):
    return factories.make_draft_post(bob, course, "His", prompt=prompt)


def test_nobody_comments_before_they_have_published(bob, hers, his):
    with pytest.raises(NotAllowed):
        add_comment(hers, by=again(bob), text="First!")

    publish(his)

    assert add_comment(hers, by=again(bob), text="First!").addressee == hers.author


def test_nobody_cites_the_post_before_they_have_published(bob, course, hers, his):
    other = factories.make_draft_post(bob, course, "Another")

    def cite():
        return cite_post(hers, by=again(bob), onto=other, url="https://example.org/")

    with pytest.raises(NotAllowed):
        cite()
    publish(his)
    assert cite().work.post == hers


def test_the_record_of_a_post_that_waits_cannot_be_added(bob, ada, course, hers, his):
    record = cite_post(
        hers,
        by=ada,
        onto=factories.make_draft_post(ada, course, "Another"),
        url="https://example.org/",
    ).work

    with pytest.raises(Refused, match="the whole course can read"):
        add_reference(his, record, by=again(bob), key="one")


def test_a_work_that_only_such_posts_cite_is_found_when_it_is_published(bob, course, hers, his):
    shared = hers.references.get().work

    own = add_work(course, ARTICLE, by=again(bob))

    assert (own.added_by, own.is_shared, own == shared) == (bob, False, False)
    add_reference(his, own, by=again(bob), key="one")
    publish(his, "So it is [@one].")
    assert his.references.get().work == shared
    assert [work for work in Work.objects.shared() if work.doi] == [shared]


def test_a_post_without_a_prompt_shares_the_course_s_record_too(bob, course, hers):
    post = factories.make_draft_post(bob, course, "Without a prompt")
    own = add_work(course, ARTICLE, by=again(bob))
    add_reference(post, own, by=again(bob), key="one")

    publish(post, "So it is [@one].")

    assert post.references.get().work == hers.references.get().work


def test_only_whoever_sees_the_post_can_be_mentioned(ada, bob, course, instructor, observer, hers):
    cleo = factories.make_user("Cleo Student")
    factories.add_member(course, cleo)
    factories.make_post(cleo, course, prompt=hers.prompt)

    assert names_to_mention(again(ada), hers) == ["Cleo Student", "Ines Instructor", "Oda Observer"]


def test_the_rota_has_no_readers_who_cannot_read(ada, bob, course):
    prompt = factories.make_rota_prompt(course, own_post_first=True)
    post = factories.make_post(ada, course, prompt=prompt)
    private = factories.make_post(bob, course, prompt=prompt, audience=Audience.ONLY_ME)
    factories.make_rota_entry(bob, post)

    assert set(rota_facts(prompt).authors) == {post.pk}
    assert posts_given_to(again(bob), course, [prompt]) == []
    Post.objects.filter(pk=private.pk).update(audience=Audience.COURSE)
    assert set(rota_facts(prompt).authors) == {post.pk, private.pk}
    assert posts_given_to(again(bob), course, [prompt]) == [post]


def test_ones_own_comment_stays_in_ones_work_without_the_post(bob, hers, prompt):
    comment = factories.make_comment(bob, hers)

    found = comments_on_peers(again(bob), prompt)

    assert [(one, one.is_post_visible) for one in found] == [(comment, False)]


def test_a_tie_is_explained_without_the_comments_that_wait(ada, bob, course, hers):
    factories.make_comment(bob, hers)
    factories.make_comment(bob, factories.make_post(ada, course))

    found = load_tie_evidence(again(bob), course, ada.username, None)

    assert [one.comment.post.prompt for one in found.comments] == [None]
