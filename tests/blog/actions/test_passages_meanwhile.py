"""A comment on a passage waits for the post, and what it was looked for in is written over."""

import pytest

from blog.actions.comments import add_comment
from blog.actions.posts import publish_post
from blog.actions.references import cite_post
from blog.actions.withheld_names import withhold_name
from blog.exceptions import Refused
from blog.models import Audience, Comment, Passage, Post
from blog.queries.passages import passage_selected
from blog.text.passages import Place, Selection
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cleo(course):
    person = factories.make_user("Cleo Lovelace", username="quiet-heron-4821")
    factories.add_member(course, person)
    return person


@pytest.fixture
def post(course, bob, cleo):
    """Return Bob's post, which cites Cleo's by her name."""
    cited = factories.make_post(cleo, course, "Half-open doors")
    post = factories.make_draft_post(bob, course)
    publish(post, cite_post(cited, by=bob, onto=post, url="https://example.org/").key)
    return post


def publish(post, key, more=""):
    text = f"A door is open or it is not [@{key}]. So I went in. It was warm.{more}"
    publish_post(post, by=post.author, title="T", text=text, audience=Audience.COURSE)


@pytest.fixture
def while_it_waits(course, cleo, instructor, monkeypatch):
    """Withhold Cleo's name after a comment was made ready, and before it has the post."""
    real, done = Post.lock_row, []

    def waits(post):
        if not done:
            done.append(True)
            withhold_name(course.memberships.get(user=cleo), by=instructor)
        return real(post)

    monkeypatch.setattr(Post, "lock_row", waits)


def comment(post, reader, words, revision=1, *, is_given=False):
    """Comment on a passage as a page does that was loaded before."""
    selection = Selection(revision=revision, words=words)
    loaded = Post.objects.select_related("revision").get(pk=post.pk)
    passage = passage_selected(loaded, selection, reader) if is_given else None
    add_comment(loaded, by=reader, text="Why?", selection=selection, passage=passage)


@pytest.mark.parametrize("is_given", [False, True])
def test_what_stands_beside_a_passage_is_that_of_the_new_text(post, ada, while_it_waits, is_given):
    comment(post, ada, "So I went in", is_given=is_given)

    passage = Passage.objects.get()
    html = Post.objects.get(pk=post.pk).revision.html
    assert "Lovelace" not in html
    assert "Lovelace" not in passage.prefix + passage.exact + passage.suffix
    assert passage.prefix.endswith("). ")
    assert passage.place == passage.place_now != Place(0, 0)


@pytest.mark.parametrize("is_given", [False, True])
def test_a_name_that_has_gone_is_not_quoted(post, ada, while_it_waits, is_given):
    with pytest.raises(Refused) as refused:
        comment(post, ada, "it is not (Lovelace", is_given=is_given)

    assert refused.value.field == "quotation"
    assert not Comment.objects.exists()


@pytest.mark.parametrize("is_given", [False, True])
def test_an_earlier_version_is_written_over_too(post, ada, while_it_waits, is_given):
    """Its words are in the new version still, so they are quoted from the one that was read."""
    publish(post, post.references.get().key, more=" And light.")

    comment(post, ada, "So I went in", is_given=is_given)

    passage = Passage.objects.get()
    assert passage.revision.number == 1
    assert "Lovelace" not in passage.prefix + passage.exact + passage.suffix


def test_an_unchanged_text_is_not_searched_twice(post, ada, monkeypatch):
    calls = []
    search = "blog.actions.comments.passage_selected"
    monkeypatch.setattr(search, lambda *args: calls.append(args) or passage_selected(*args))

    comment(post, ada, "So I went in")

    assert len(calls) == 1
