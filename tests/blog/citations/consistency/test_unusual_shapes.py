"""Citations in shapes that are easily overlooked: each is listed or asked about."""

import pytest

from blog.citations.consistency import Kind
from blog.text.rewriting import link_citation
from tests.blog.citations.consistency.test_exact import book, cited, findings
from tests.blog.citations.consistency.test_linking import offers

WORKS = {
    "boyd": book("boyd, danah"),
    "hooks": book("hooks, bell", year=1994),
    "pair": book("boyd, danah", "Ellison, N.", year=2007),
    "ivanov": book("Иванов, Иван", year=2010),
    "mueller": book("Müller, Ada", year=2009),
    "cdc": book("Centers for Disease Control and Prevention", year=2021),
    "how": book(year=2018, title="How ties form"),
    "what": book(year=2022, title="What Is a Tie?"),
    "it": book(year=2021, title="What Is It?"),
    "net": book(year=2023, title="In the network: A story"),
}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("(boyd, 2014, chap. 2 (revised))", "boyd"),
        ("[boyd, 2014, chap. 2 (revised)]", "boyd"),
        ("(boyd, 2014 [reprint], p. 3)", "boyd"),
        ("boyd (2014 (revised)) says", "boyd"),
        ("(boyd, 2014; see also hooks (1994))", "boyd hooks"),
        ("(see boyd, 2014 (p. 3); hooks, 1994 (p. 4))", "boyd hooks"),
        ("(so (boyd, 2014) and (hooks, 1994) say)", "boyd hooks"),
        ("(((boyd, 2014) of old) (hooks, 1994))", "boyd hooks"),
        ("(Rabbitt, 1982, as cited in hooks (1994))", "hooks"),
        ("(See @hooks and boyd, 2014)", "boyd hooks"),
        ("(See @hooks, p. 3, and boyd, 2014)", "boyd hooks"),
        ("(@hooks and see boyd, 2014)", "boyd hooks"),
        ("(@hooks & boyd and ellison, 2007)", "pair hooks"),
        ("(boyd, May 2014)", "boyd"),
        ("(boyd, 3 May 2014)", "boyd"),
        ("(boyd, May 3, 2014)", "boyd"),
        ("(boyd, in Spring 2014)", "boyd"),
        ("(Müller, Sept. 2009)", "mueller"),
        ("(How ties form, 2018)", "how"),
        ("(see How ties form, 2018)", "how"),
        ("(“How Ties Form,” 2018)", "how"),
        ("*How ties form* (2018) says", "how"),
        ("As it says in *How ties form* (2018), nets hold.", "how"),
        ("(“What Is a Tie?,” 2022)", "what"),
        ("“What Is a Tie?” (2022)", "what"),
        ("(“What Is It?,” 2021)", "it"),
        ("(What Is It?, 2021)", "it"),
        ("(*In the network*, 2023)", "net"),
        ("(In the network: A story, 2023)", "net"),
        ("*In the network* (2023) says", "net"),
        ("(boyd, 2014; )", "boyd"),
        ("(; boyd, 2014;; hooks, 1994;)", "boyd hooks"),
    ],
)
def test_what_is_typed_in_another_shape_is_listed(text, keys):
    assert cited(text, WORKS) == set(keys.split())
    assert findings(text, WORKS) == []


@pytest.mark.parametrize(
    ("text", "snippet"),
    [
        ("(boyd, 2014, chap. 2 (revised))", "boyd, 2014"),
        ("(boyd, 2014; see also hooks (1994))", "boyd, 2014"),
        ("(boyd, 2014; see also hooks (1994))", "hooks, 1994"),
        ("(See @hooks and boyd, 2014)", "boyd, 2014"),
        ("(“What Is a Tie?,” 2022)", "What Is a Tie?, 2022"),
    ],
)
def test_what_no_reference_has_is_told(text, snippet):
    works = {"hooks": WORKS["hooks"]} if "@hooks" in text else {}

    assert (Kind.NOT_IN_REFERENCES, snippet, set()) in findings(text, works)


@pytest.mark.parametrize(
    "text",
    [
        "(Vancouver, May 2014)",
        "(a letter, May 2014)",
        "Show ties form (2018)",
        "(in all (May 2014))",
    ],
)
def test_places_days_and_other_words_are_left_in_peace(text):
    assert cited(text, WORKS) == set()
    assert Kind.NOT_IN_REFERENCES not in {kind for kind, *_rest in findings(text, WORKS)}


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("(boyd, 2014; )", "[@boyd]"),
        ("(boyd, 2014,)", "[@boyd]"),
        ("(; boyd, 2014;; hooks, 1994;)", "[@boyd; @hooks]"),
        ("(In the network, 2023)", "[@net]"),
        ("“What Is a Tie?” (2022) says", "@what says"),
        ("(boyd, 2014; see also hooks (1994))", "(boyd, 2014; see also @hooks)"),
    ],
)
def test_a_link_leaves_nothing_behind(text, linked):
    (written, becomes, _paragraph), *_more = offers(text, WORKS)

    assert text.replace(written, becomes) == linked


@pytest.mark.parametrize(
    "text",
    [
        "(boyd, 2014, chap. 2 (revised))",
        "(boyd, 2014 [reprint], p. 3)",
        "(boyd, May 2014)",
        "(see How ties form, 2018)",
        "*How ties form* (2018) says",
        "Centers for Disease Control and Prevention (2021) say",
    ],
)
def test_no_link_is_offered_that_would_lose_words(text):
    assert cited(text, WORKS)
    assert offers(text, WORKS) == []


@pytest.mark.parametrize(
    ("text", "key", "linked"),
    [
        ("Как пишет Иванов (2010).", "ivanov", "Как пишет @ivanov."),
        ("и Иванов (2010).", "ivanov", "и @ivanov."),
        ("И Иванов (2010).", "ivanov", "И @ivanov."),
        ("über Müller (2009).", "mueller", "über @mueller."),
        ("à Müller (2009).", "mueller", "à @mueller."),
        ("À Müller (2009).", "mueller", "À @mueller."),
        ("ở Müller (2009).", "mueller", "ở @mueller."),
        ("A Müller (2009) study.", "mueller", "A @mueller study."),
        ("ώς γράφει ο Müller (2009).", "mueller", "ώς γράφει ο @mueller."),
    ],
)
def test_words_before_a_name_are_none_of_it_in_any_alphabet(text, key, linked):
    assert cited(text, WORKS) == {key}
    assert findings(text, WORKS) == []
    ((written, becomes, _paragraph),) = offers(text, WORKS)
    assert text.replace(written, becomes) == linked


@pytest.mark.parametrize(
    ("text", "snippet", "key", "linked"),
    [
        ("Как Иванов (2010).", "Как Иванов, 2010", "ivanov", "Как @ivanov."),
        ("Wie Müller (2009).", "Wie Müller, 2009", "mueller", "Wie @mueller."),
        ("Selon Müller (2009, p. 3).", "Selon Müller, 2009", "mueller", "Selon @mueller [p. 3]."),
    ],
)
def test_a_word_with_a_capital_before_a_name_is_asked_about_and_stays(text, snippet, key, linked):
    assert findings(text, WORKS) == [(Kind.NOT_EXACT, snippet, {key})]
    assert link_citation(text, snippet, key, WORKS) == linked
