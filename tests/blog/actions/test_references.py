"""References of a post: one key per work and post."""

import pytest

from blog.actions.posts import publish_post
from blog.actions.references import (
    add_reference,
    add_references,
    change_reference,
    cite_post,
    remove_reference,
)
from blog.actions.works import add_work
from blog.citations.parsers import read_references
from blog.exceptions import ReadError, Refused
from blog.models import Audience, Reference, Work
from tests import factories

BOOK = {
    "type": "book",
    "author": [{"family": "Luna", "given": "Ana"}],
    "title": "Quiet networks",
    "publisher": "Heron Press",
    "issued": {"date-parts": [[2020]]},
}


BIBTEX = """
@article{ties73,
  author = {Granovetter, Mark S.}, title = {The strength of weak ties}, year = {1973},
  journal = {American Journal of Sociology}, doi = {10.1086/225469}
}
@book{luna, author = {Luna, Ana}, title = {Quiet networks}, year = 2020,
  publisher = {Heron Press}}
"""


@pytest.fixture
def post(ada, course):
    return factories.make_draft_post(ada, course)


# References


def test_add_reference_makes_a_key_that_the_post_does_not_use_yet(ada, post, course):
    first = add_reference(post, add_work(course, BOOK, by=ada), by=ada)
    other = add_reference(post, add_work(course, BOOK | {"title": "Loud networks"}, by=ada), by=ada)

    assert (first.key, other.key) == ("luna2020", "luna2020a")


def test_add_reference_keeps_the_key_it_is_given_where_it_can(ada, post, course):
    book, other = (add_work(course, BOOK | {"title": title}, by=ada) for title in ("One", "Two"))

    assert add_reference(post, book, by=ada, key="DBLP:books/luna").key == "DBLP:books/luna"
    assert add_reference(post, other, by=ada, key="not a key").key == "luna2020"


def test_add_reference_of_a_work_that_is_there_changes_nothing(ada, post, course):
    work = add_work(course, BOOK, by=ada)
    first = add_reference(post, work, by=ada, key="luna")

    assert add_reference(post, work, by=ada, key="other") == first
    assert Reference.objects.get().key == "luna"


def test_pasted_references_keep_their_keys(ada, post):
    added = add_references(post, read_references(BIBTEX), by=ada)

    assert [(reference.key, reference.work.label) for reference in added] == [
        ("ties73", "Granovetter, 1973"),
        ("luna", "Luna, 2020"),
    ]


def test_the_same_paste_twice_adds_nothing(ada, post):
    add_references(post, read_references(BIBTEX), by=ada)
    add_references(post, read_references(BIBTEX), by=ada)

    assert (Work.objects.count(), Reference.objects.count()) == (2, 2)


def test_a_paste_that_cannot_be_read_names_the_line_and_adds_nothing(ada, post):
    with pytest.raises(ReadError) as refusal:
        add_references(post, read_references(BIBTEX + "\n@book{broken, title = {No end"), by=ada)

    assert refusal.value.line is not None
    assert str(refusal.value.line) in str(refusal.value)
    assert not Reference.objects.exists()


# Correcting and removing


def test_a_new_key_and_a_correction_are_done_together_or_not_at_all(ada, bob, post, course):
    work = factories.share_work(add_work(course, BOOK, by=bob))
    reference = add_reference(post, work, by=ada)

    with pytest.raises(Refused):
        change_reference(reference, by=ada, key="quiet", csl=BOOK | {"title": "Mine"})

    assert post.references.get().key == "luna2020"


@pytest.mark.parametrize("key", ["", "two words", "-luna", "luna--2020", "{luna}", "x" * 81])
def test_a_key_that_the_text_cannot_cite_by_is_refused(ada, post, course, key):
    reference = add_reference(post, add_work(course, BOOK, by=ada), by=ada)

    with pytest.raises(Refused, match="letters and digits"):
        change_reference(reference, by=ada, key=key)


def test_a_key_of_another_work_is_refused(ada, post):
    first, second = add_references(post, read_references(BIBTEX), by=ada)

    with pytest.raises(Refused, match="Another reference"):
        change_reference(second, by=ada, key=first.key)


def test_remove_is_refused_while_the_published_text_cites_the_work(ada, post):
    cited, spare = add_references(post, read_references(BIBTEX), by=ada)
    publish_post(post, by=ada, title="T", text="News [@ties73].", audience=Audience.COURSE)

    with pytest.raises(Refused, match="published post cites"):
        remove_reference(cited, by=ada)
    remove_reference(spare, by=ada)

    assert list(post.references.all()) == [cited]


@pytest.mark.parametrize("who", ["bob", "instructor"])
def test_cite_post_of_a_confidential_member_stores_their_neutral_name(request, course, who):
    author = factories.make_user("Cleo Confidential", username="quiet-heron-4821")
    factories.add_member(course, author, is_confidential=True)
    cited = factories.make_post(author, course)
    by = request.getfixturevalue(who)
    post = factories.make_draft_post(by, course)

    work = cite_post(cited, by=by, onto=post, url="https://example.org/").work

    assert work.csl["author"] == [{"family": "Heron", "given": "Quiet"}]
    assert "Confidential" not in work.html + work.label


def test_author_of_a_cited_post_follows_the_name_that_classmates_see(ada, bob, course):
    cited = factories.make_post(ada, course)
    posts = [factories.make_draft_post(bob, course) for _ in range(2)]
    cite_post(cited, by=bob, onto=posts[0], url="https://example.org/")
    ada.memberships.update(is_confidential=True)
    ada.username = "quiet-heron-4821"
    ada.save()

    work = cite_post(cited, by=bob, onto=posts[1], url="https://example.org/").work

    assert work.version == 2  # forms that show the old name are stale
    assert work.csl["author"] == [{"family": "Heron", "given": "Quiet"}]
    assert "Ada" not in work.html + work.label
