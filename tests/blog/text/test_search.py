"""Words, terms and marks of the search; that what is found can be marked."""

from hypothesis import given
from hypothesis import strategies as st

from blog.text.search import (
    CONTEXT_CHARS,
    MAX_TERMS,
    MAX_WORD_CHARS,
    Piece,
    Term,
    context_of,
    has_terms,
    indexed_words,
    resembles,
    terms_of,
    whole,
)

texts = st.text(max_size=120) | st.text("aé网ا श्'’\"-. \n", max_size=80)


def test_words_are_folded():
    assert indexed_words("Élève, naïve STRASSE Straße") == "eleve naive strasse strasse"
    assert indexed_words("网络 half-open", "l’école") == "网 络 half open l ecole"
    assert indexed_words("الشبكة شبكة والشبكة") == "شبكه شبكه شبكه"


def test_terms_of_a_query():
    assert terms_of('Doors of "the Open door" half-open 网络') == [
        Term(("door",), True),
        Term(("of",), False),
        Term(("the", "open", "door"), False),
        Term(("half", "open"), True),
        Term(("网", "络"), False),
    ]


def test_hits_that_follow_each_other_are_one_mark():
    assert whole("Half-open doors", terms_of("door open")) == [
        Piece("Half-", False),
        Piece("open doors", True),
    ]


def test_context_is_where_most_hits_are():
    text = "A door. " + "word " * 100 + "The open door is here. " + "word " * 100

    pieces = context_of(text, terms_of("open door"))

    assert pieces[0] == Piece("… ", False)
    assert [piece.text for piece in pieces if piece.is_hit] == ["open door"]
    assert len("".join(piece.text for piece in pieces)) < 2 * CONTEXT_CHARS


def test_words_that_are_nearly_the_same():
    assert resembles("networks", "netwroks")
    assert not resembles("networks", "giraffe")
    assert not resembles("tie", "ties")


@given(texts, texts)
def test_pieces_are_the_text_and_are_marked_where_it_is_found(text, query):
    terms = terms_of(query)

    pieces = whole(text, terms)

    assert "".join(piece.text for piece in pieces) == text
    is_found = bool(terms) and has_terms(text, terms)
    assert not is_found or any(piece.is_hit for piece in pieces)


@given(texts)
def test_a_text_has_its_own_words(text):
    assert has_terms(text, terms_of(text)[:1])
    assert indexed_words(indexed_words(text)).split() == indexed_words(text).split()


@given(st.text())
def test_terms_are_few_and_short_and_of_letters_alone(query):
    terms = terms_of(query)

    assert len(terms) <= MAX_TERMS
    assert all(0 < len(word) <= MAX_WORD_CHARS for term in terms for word in term.words)
    assert not any(
        sign in word for term in terms for word in term.words for sign in "\"'\\\x00 *:&|!"
    )


@given(texts, texts)
def test_context_is_a_part_of_the_text(text, query):
    pieces = context_of(text * 10, terms_of(query))

    inner = "".join(piece.text for piece in pieces).removeprefix("… ").removesuffix(" …")
    assert inner in text * 10
