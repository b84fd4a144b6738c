"""Words about a work: those of contacts, and those of everybody else."""

import pytest
from django.urls import reverse

from blog.actions.posts import publish_post
from blog.models import Audience
from network import ties
from network.queries.citing_contacts import citing_posts_of_contacts
from tests import factories


@pytest.fixture
def work(course):
    return factories.make_work(course)


@pytest.fixture
def cites(course, work):
    """Let somebody publish a post that cites the work in its second paragraph."""

    def publish(author, words, **fields):
        post = factories.make_post(author, course, f"By {author}", **fields)
        factories.make_reference(post, work, key="tie", cited=True)
        post.revision.paragraphs = ["Something else.", words]
        post.revision.references = [{"key": "tie", "work": work.pk, "cited_in": [2]}]
        post.revision.save()
        return post

    return publish


def said(reader, course, work, **fields):
    found = citing_posts_of_contacts(reader, course, work, **fields)
    return [(one.post.author, one.paragraph, one.words) for one in found.posts]


def test_those_one_exchanges_with_and_the_others(ada, bob, instructor, course, work, cites):
    cyn = factories.make_user("Cyn Student")
    factories.add_member(course, cyn)
    factories.make_comment(ada, cites(bob, "It is strong."))
    cites(cyn, "It is weak.")
    cites(ada, "My own.")
    cites(instructor, "Read it.")
    cites(cyn, "A secret.", audience=Audience.ONLY_ME)
    ties.rebuild(course)

    assert said(ada, course, work) == [(bob, 2, "It is strong.")]
    others = said(ada, course, work, outside=True)
    assert others == [(instructor, 2, "Read it."), (cyn, 2, "It is weak.")]


QUOTED = """A first thought.

> Words of theirs. [@tie, p. 3]

{after}"""


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        (QUOTED.format(after="What I make of it."), 2, "What I make of it."),
        (QUOTED.format(after=""), 1, "A first thought."),
        ("A first thought.\n\n- One, as @tie has it.\n\nAnd so on.", 2, "And so on."),
        ("> Words of theirs. [@tie]", None, "Words of theirs. (Luna, 2020)"),
        (QUOTED.format(after="Mine.\n\nAs @tie says."), 3, "As Luna (2020) says."),
    ],
)
def test_beside_a_quotation_stands_what_is_made_of_it(ada, bob, course, text, number, words):
    csl = {
        "type": "book",
        "title": "Ties",
        "author": [{"family": "Luna"}],
        "issued": {"date-parts": [[2020]]},
    }
    work = factories.make_work(course, csl=csl)
    draft = factories.make_draft_post(bob, course, "Ties", text)
    factories.make_reference(draft, work, key="tie")
    publish_post(draft, by=bob, title="Ties", text=text, audience=Audience.COURSE)
    factories.make_comment(ada, draft)

    [(author, shown, said_there)] = said(ada, course, work)

    assert (author, shown) == (bob, number)
    assert words in said_there


def test_a_follow_is_no_exchange(ada, bob, course, work, cites):
    cites(bob, "It is strong.")

    assert said(ada, course, work) == []


def test_a_content_note_stands_for_the_paragraph(ada, bob, course, work, cites):
    post = cites(bob, "A wound.")
    post.revision.content_note = "injury"
    post.revision.save()
    factories.make_comment(ada, post)

    assert said(ada, course, work) == [(bob, None, "Content note: injury")]


def test_the_page_of_the_work_shows_both(client, ada, bob, course, work, cites, instructor):
    cites(bob, "It is strong.")
    client.force_login(ada)
    url = reverse("work_page", args=[course.slug, work.pk])

    mine, others = (
        client.get(url).content.decode(),
        client.get(f"{url}?from=others").content.decode(),
    )

    assert "Nobody you exchange comments with cites it." in mine
    assert "It is strong." not in mine
    assert "It is strong." in others
    client.force_login(instructor)
    assert "What people say about it" not in client.get(url).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(
    ada, course, work, cites, count, django_assert_num_queries
):
    for _ in range(count):
        author = factories.make_user()
        factories.add_member(course, author)
        factories.make_comment(ada, cites(author, "It is strong."))
    ada.__dict__.pop("memberships_now", None)
    assert ada.memberships_now

    with django_assert_num_queries(6):
        assert len(said(ada, course, work)) == count
