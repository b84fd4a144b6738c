"""Quotations of a version, updated when a name in it has to go."""

import pytest

from blog.actions.posts import publish_post
from blog.actions.references import cite_post
from blog.actions.withheld_names import withhold_name
from blog.models import Audience, Draft, Passage, ProcessMoment
from blog.text.passages import read as read_words
from tests import factories
from tests.quotations import passage_of, quotations_in, quote_everywhere

pytestmark = pytest.mark.django_db


@pytest.fixture
def cleo(course):
    person = factories.make_user("Cleo Lovelace", username="quiet-heron-4821")
    factories.add_member(course, person)
    return person


@pytest.fixture
def citing(cleo, bob, course):
    """Return a post of Bob's that cites Cleo's between words of its own."""
    cited = factories.make_post(cleo, course, "Half-open doors")
    post = factories.make_draft_post(bob, course)
    key = cite_post(cited, by=bob, onto=post, url="https://example.org/").key
    text = "Far from any door stands a sentence of its own, which quotes nobody.\n\n"
    text += f"A door is open or it is not [@{key}]. So I went in.\n\nNobody was there at all."
    publish_post(post, by=bob, title="T", text=text, audience=Audience.COURSE)
    post.refresh_from_db()
    return post


@pytest.fixture
def withhold(course, cleo, instructor):
    """Withhold Cleo's name."""
    return lambda: withhold_name(course.memberships.get(user=cleo), by=instructor)


@pytest.mark.parametrize(
    ("words", "before", "then"),
    [
        ("Lovelace", 0, "Heron"),
        ("Lovelace", 1, "(Heron"),
        (", 2026", 0, ", 2026"),
        ("So I went in", 0, "So I went in"),
        ("Nobody was there", 0, "Nobody was there"),
        ("A door is open", 0, "A door is open"),
        ("Lovelace, 2026). So I", 12, "it is not (Heron, 2026). So I"),
    ],
)
def test_a_passage_has_the_words_that_are_there_now(citing, bob, withhold, words, before, then):
    words = words.replace("2026", str(citing.published_at.year))
    then = then.replace("2026", str(citing.published_at.year))
    passage = passage_of(factories.make_comment(bob, citing), citing.revision, words, before=before)
    assert passage.place_now

    withhold()

    passage.refresh_from_db()
    citing.revision.refresh_from_db()
    text = read_words(citing.revision.html).text
    assert passage.exact == text[slice(*passage.place)] == text[slice(*passage.place_now)] == then
    assert text[: passage.start].endswith(passage.prefix)
    assert text[passage.end :].startswith(passage.suffix)
    assert "lovelace" not in str(quotations_in(citing)).lower()


def test_a_passage_of_an_earlier_version_too(citing, bob, withhold):
    passage = passage_of(factories.make_comment(bob, citing), citing.revision, "not (Lovelace")
    text = "Something else altogether."
    publish_post(citing, by=bob, title="T", text=text, audience=Audience.COURSE)

    withhold()

    passage.refresh_from_db()
    assert (passage.exact, passage.place_now) == ("not (Heron", None)


def test_a_passage_that_cannot_be_placed_has_no_words_any_more(citing, bob, withhold):
    comment = factories.make_comment(bob, citing, "This?")
    end = len(read_words(citing.revision.html).text)
    Passage.objects.create(
        comment=comment, revision=citing.revision, exact="Lovelace?", start=end + 5, end=end + 14
    )

    withhold()

    assert not Passage.objects.exists()
    comment.refresh_from_db()
    assert comment.text == "This?"


def test_what_is_typed_on_a_passage_keeps_it_with_its_new_words(citing, bob, withhold):
    quote_everywhere(citing, bob, "not (Lovelace", "Early: [@lovelace2026].")

    withhold()

    draft = Draft.objects.get(kind=Draft.Kind.COMMENT)
    text = read_words(citing.revisions.get().html).text
    before = text[: text.index("not (Heron")]
    assert draft.passage["quotation"] == "not (Heron"
    assert before.endswith(draft.passage["prefix"])
    assert draft.passage["signs_before"] == len("".join(before.split()))
    assert (draft.text, draft.version) == ("What about this?", 2)
    assert ProcessMoment.objects.get().text.startswith("Early: [@heron")


def test_what_is_typed_far_from_a_name_is_left_alone(citing, bob, withhold):
    quote_everywhere(citing, bob, "Far from", "Early.")
    stored = Draft.objects.get(kind=Draft.Kind.COMMENT).passage

    withhold()

    draft = Draft.objects.get(kind=Draft.Kind.COMMENT)
    assert (draft.passage, draft.version) == (stored, 1)


@pytest.mark.parametrize("quotation", ["Lovelace wrote that", "ovelac"])
def test_what_is_typed_on_words_that_are_not_there_is_on_the_whole_post(
    citing, bob, withhold, quotation
):
    passage = {"revision": citing.revision.number, "quotation": quotation, "prefix": "Lovelace"}
    Draft.objects.create(
        user=bob, post=citing, kind=Draft.Kind.COMMENT, text="Hm.", passage=passage
    )

    withhold()

    draft = Draft.objects.get(kind=Draft.Kind.COMMENT)
    assert "ovelace" not in str(draft.passage)
    assert draft.text == "Hm."
