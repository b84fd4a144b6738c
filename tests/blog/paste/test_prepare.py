"""A whole paste: lines, title, prompt, references, citations, and what was left out of it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.paste import MAX_PASTE_CHARS, prepare
from blog.paste.changes import MAX_CHANGES
from tests.factories import ARTICLE
from tests.long import few_of

TEAM = {
    "type": "article-journal",
    "author": [
        {"literal": "Bui Phu Hung"},
        {"family": "Ulla", "given": "M. B."},
        {"literal": "Pham Chien Thang"},
    ],
    "title": "Social media in education",
    "issued": {"date-parts": [[2023]]},
}
HEALTH = {
    "type": "report",
    "author": [{"literal": "World Health Organization"}],
    "title": "Coping",
    "issued": {"date-parts": [[2020]]},
}
PAGE = {"type": "webpage", "title": "Feeds for teachers", "URL": "https://example.org/"}
REFERENCES = {"ties": ARTICLE, "bui": TEAM, "who": HEALTH, "feeds": PAGE}


@pytest.mark.parametrize(
    ("typed", "linked"),
    [
        ("so (Granovetter, 1973).", "so [@ties]."),
        ("so (Granovetter, 1973, p. 1361).", "so [@ties, p. 1361]."),
        ("so (Granovetter, 1973: 1361).", "so [@ties, p. 1361]."),
        ("so (see Granovetter, 1973).", "so [see @ties]."),
        ("so (Bui Phu Hung et al., 2023).", "so [@bui]."),
        ("so (Bui et al., 2023; Granovetter, 1973, p. 3).", "so [@bui; @ties, p. 3]."),
        ("so (Bui, Ulla, & Pham Chien Thang, 2023).", "so [@bui]."),
        ("so (WHO, 2020).", "so [@who]."),
        ("so (World Health Organization, 2020).", "so [@who]."),
        ("so (Feeds for teachers, n.d.).", "so [@feeds]."),
        ("As Granovetter (1973) says", "As @ties says"),
        ("As Granovetter (1973, p. 3) says", "As @ties [p. 3] says"),
        ("Bui Phu Hung et al. (2023) say", "@bui say"),
        ("Bui, Ulla, and Pham Chien Thang (2023) say", "@bui say"),
        ("Granovetter’s (1973) ties", "Granovetter’s [-@ties] ties"),
    ],
)
def test_a_citation_is_joined_to_its_work(typed, linked):
    assert prepare(typed, works=REFERENCES).text == linked


@pytest.mark.parametrize(
    "text",
    [
        "so (Granovetter, 1974).",
        "so (Luna, 1973).",
        "so (Granovetter, 1973; Luna, 2020).",
        "in 1973 (the year of Granovetter)",
        "[Granovetter](https://example.org/1973)",
        "`(Granovetter, 1973)`",
        "(1973)",
        "so [@ties].",
    ],
)
def test_other_brackets_stay(text):
    assert prepare(text, works=REFERENCES).text == text


def test_two_works_that_could_be_meant_are_not_guessed_at():
    works = {"a": ARTICLE, "b": ARTICLE | {"title": "Getting a job", "DOI": "10.1000/1"}}

    assert prepare("(Granovetter, 1973)", works=works).text == "(Granovetter, 1973)"


LUNA = {
    "type": "article-journal",
    "author": [{"family": "Luna", "given": "A."}, {"family": "Sol", "given": "B."}],
    "issued": {"date-parts": [[2020]]},
    "title": "Ties that teach",
    "container-title": "Journal of Nets",
    "volume": "4",
    "issue": "2",
    "page": "1-9",
    "DOI": "10.1000/xyz",
}
LIST = """It is so (Luna & Sol, 2020).

References

Luna, A., & Sol, B. (2020). Ties that teach. Journal of Nets, 4(2), 1–9.
https://doi.org/10.1000/xyz

Granovetter, M. S. (1973). The strength of weak ties. American Journal of Sociology, 78(6),
1360–1380. https://doi.org/10.1086/225469"""


def test_a_list_of_references_is_taken_out_with_its_heading():
    paste = prepare(LIST, works={"ties": ARTICLE})

    assert paste.text == "It is so [@luna2020]."
    assert paste.works == {"luna2020": LUNA}
    assert [(one.kind, one.key) for one in paste.changes] == [
        ("reference", "luna2020"),
        ("reference", "ties"),
        ("citation", ""),
    ]


def test_an_entry_that_stays_keeps_the_heading_and_its_citations():
    first = prepare(LIST).changes[0]

    paste = prepare(LIST, chosen={first.name: False})

    assert paste.text.startswith("It is so (Luna & Sol, 2020).\n\nReferences\n\nLuna, A.")
    assert list(paste.works) == ["granovetter1973"]


@pytest.mark.parametrize("sign", ["- ", "1. ", "[1] ", "• "])
def test_a_sign_before_an_entry_is_none_of_its_words(sign):
    entry = "Luna, A., & Sol, B. (2020). Ties that teach. Journal of Nets, 14. https://a.org/b"

    works = prepare(f"So it is.\n\nReferences\n\n{sign}{entry}").works

    assert (works["luna2020"]["container-title"], works["luna2020"]["volume"]) == (
        "Journal of Nets",
        "14",
    )


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ('<a href="https://doi.org/10.1000/225">https://doi.org/10.1000/2…</a>', "10.1000/225"),
        ('<a href="https://a.org/very/long/way">https://a.org/ve...</a>', "a.org/very/long/way"),
        ('<a href="https://a.org/very/long/way">a.org</a>', "a.org/very/long/way"),
        ('<a href="https://a.org/_b_(c)">https://a.org/_b_(c)</a>', "a.org/_b_(c)"),
        ("https://a.org/_b_(c*d*e)", "a.org/_b_(c*d*e)"),
    ],
)
def test_an_entry_keeps_the_whole_address_of_its_link(html, address):
    entry = "Luna, A. (2020). Ties that teach. <em>Journal of Nets</em>, <em>4</em>(2), 1–9. "

    (csl,) = prepare("", f"<h2>References</h2><p>{entry}{html}</p>").works.values()

    assert csl.get("DOI") == address or csl.get("URL") == f"https://{address}"
    assert csl["page"] == "1-9"


READ = "Mar, C. (2021). Ties that hold. Moor Press. https://doi.org/10.1000/xyz"
UNREAD = [
    "Sol, B. 2015, ask me for it",
    "See the course page for the rest.",
    "Calder’s lecture, week 3",
]


@pytest.mark.parametrize("unread", UNREAD)
@pytest.mark.parametrize("order", [0, 1])
@pytest.mark.parametrize(
    ("sign", "between"), [("", "\n"), ("", "\n\n"), ("- ", "\n"), ("1. ", "\n")]
)
def test_of_two_entries_the_one_that_is_read_is_taken(unread, order, sign, between):
    lines = [f"{sign}{line}" for line in ([READ, unread], [unread, READ])[order]]

    paste = prepare(f"So it is.\n\nReferences\n\n{between.join(lines)}")

    assert paste.text == f"So it is.\n\nReferences\n\n{sign}{unread}"
    assert [(csl["title"], csl["publisher"]) for csl in paste.works.values()] == [
        ("Ties that hold", "Moor Press")
    ]


@pytest.mark.parametrize("heading", ["Bibliography:", "**Works cited:**", "## References:"])
@pytest.mark.parametrize("sign", ["•\t", "•\n", "◦ ", "– ", "* "])
def test_a_heading_with_a_colon_goes_with_its_entries(heading, sign):
    other = READ.replace("hold", "last").replace("2021", "2022").replace("xyz", "abc")

    paste = prepare(f"So it is.\n\n{heading}\n\n{sign}{READ}\n{sign}{other}")

    assert (paste.text, list(paste.works)) == ("So it is.", ["mar2021", "mar2022"])


def test_an_entry_whose_authors_are_on_two_lines_is_one():
    paste = prepare("So.\n\nReferences\n\nSol, B., &\nMar, C. (2021). Ties that hold. Moor Press.")

    assert (paste.text, list(paste.works)) == ("So.", ["sol2021"])


def test_what_cannot_be_read_as_an_entry_stays_under_the_heading():
    paste = prepare("Text.\n\n## References\n\nAsk me for the list.")

    assert paste.text == "Text.\n\n## References\n\nAsk me for the list."


def test_the_heading_of_a_list_is_no_title():
    entry = "Luna, A. (2020). Ties that teach. Journal of Nets, 14. https://doi.org/10.1000/xyz"
    longer = entry.replace("2020", "2021").replace("teach", f"teach{' more' * 20}")

    paste = prepare(f"References\n\n{entry}\n\n{longer}")

    assert {one.kind for one in paste.changes} == {"reference"}
    assert (paste.title, paste.text) == ("", "")


def test_a_rule_under_a_list_that_was_taken_does_not_keep_its_heading():
    entry = "Luna, A. (2020). Ties that teach. Journal of Nets, 14."

    paste = prepare(f"So.[^1]\n\n**References**\n\n{entry}\n\n---\n\n[^1]: A note.")

    assert paste.text == "So.[^1]\n\n---\n\n[^1]: A note."


def test_changes_show_whole_words_without_marks():
    typed = "(Granovetter, 1973)"
    text = f"Nobody is behind the door I *close* {typed} **again**, and then once more today."

    one = prepare(text, works=REFERENCES).changes[0]

    assert one.lead == " is behind the door I *close* "
    assert one.tail == " **again**, and then once more "
    assert prepare(f"## Of *ties*[^1]\n\n{LONG}").changes[0].words == "Of ties"


LONG = "Networks carry what nobody near us knows. " * 4


def test_title_and_prompt_are_offered_to_be_left_out():
    text = f"My second post\n- What is a tie? Who needs one?\n{LONG}\n{LONG}"

    paste = prepare(text)

    assert paste.title == "My second post"
    assert paste.text == f"{LONG}\n\n{LONG}"
    assert [one.kind for one in paste.changes] == ["lines", "title", "prompt"]


def test_the_prompt_is_known_by_its_own_words():
    text = f"Say what a tie is.\n\n{LONG}"

    assert [one.kind for one in prepare(text, prompt="Say what a tie is.").changes] == ["prompt"]
    assert prepare(text).changes == ()


def test_a_title_other_than_the_draft_has_stays_in_the_text():
    text = f"Of ties\n\n{LONG}"

    other, same = prepare(text, title="Of knots"), prepare(text, title="Of ties")

    assert [(one.kind, one.applied) for one in other.changes] == [("line", False)]
    assert other.text == text
    assert [(one.kind, one.applied) for one in same.changes] == [("line", True)]
    assert (same.text, same.title) == (LONG, "")


@pytest.mark.parametrize(
    "text",
    [
        "# Mine\n\n- a\n- b\n\n> quoted\n\n1. one\n2. two",
        "A line of a poem\nand another\n\nand a stanza",
        "wrapped by a mail program\nat some seventy signs, so\nno paragraph ends here",
        "",
    ],
)
def test_markdown_stays_as_it_is(text):
    assert prepare(text).text == text


def test_long_lines_are_paragraphs_and_points_stay_together():
    text = f"{LONG}\n• one\n• two\n{LONG}"

    assert prepare(text).text == f"{LONG}\n\n- one\n- two\n\n{LONG}"


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("•\ta\n\to\tdeeper\n•\tb", "- a\n    - deeper\n- b"),
        ("•\ta\no\tdeeper\n▪\tdeepest\n•\tb", "- a\n    - deeper\n        - deepest\n- b"),
        ("•\ta\n\t•\tb\n\t\t•\tc\n•\td", "- a\n    - b\n        - c\n- d"),
        ("• a\n  ◦ b\n  ◦ c\n• d", "- a\n    - b\n    - c\n- d"),
        ("1.\ta\n\t1.\tb\n\t•\tc\n2.\td", "1. a\n    1. b\n    - c\n2. d"),
        ("\t•\ta\n\t\to\tb\n\t•\tc", "- a\n    - b\n- c"),
        ("\t\t•\ta\n•\tb", "- a\n- b"),
        ("• one\n➢ two\n● three", "- one\n- two\n- three"),
        ("•\ta\no\tb\nso\no\tc", "- a\n    - b\n\nso\n\n- c"),
        ("•\nalone\n•\nin its column", "- alone\n- in its column"),
    ],
)
def test_painted_signs_are_items_at_their_level(text, markdown):
    assert prepare(text).text == markdown


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("✓ done\n✗ not done", "- ✓ done\n- ✗ not done"),
        ("To do:\n☑ nets\n☐ rope\nSo it is.", "To do:\n\n- ☑ nets\n- ☐ rope\n\nSo it is."),
        ("✅ nets\n❌ rope\n✔️\tweirs", "- ✅ nets\n- ❌ rope\n- ✔️\tweirs"),
        ("ü\tdone\nû\tnot done", "- ✓ done\n- ✗ not done"),
        ("✓ is a sign\nand so is this", "✓ is a sign\nand so is this"),
    ],
)
def test_a_check_mark_keeps_its_meaning(text, markdown):
    assert prepare(text).text == markdown


def test_a_page_goes_before_its_plain_text_but_not_an_editors():
    painted = "<div style='font-family:monospace;white-space:pre'><div>## a</div></div>"

    assert prepare("a b", "<p>a <b>b</b></p>").text == "a **b**"
    assert prepare("## a", painted).text == "## a"
    assert prepare("<p>a <b>b</b></p>").text == "a **b**"


def test_a_students_real_page(real_data):
    text = (real_data / "seeds" / "000_1975d3d72e5a11ba.txt").read_text(encoding="utf-8")

    paste = prepare(text)

    kinds = [one.kind for one in paste.changes]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "encoding": 7,
        "lines": 1,
        "title": 1,
        "prompt": 1,
        "reference": 2,
        "citation": 8,
    }
    assert paste.title == "Blog Post #1"
    assert len(paste.text.split("\n\n")) == 5
    assert (paste.text.count("[@bui2023]"), paste.text.count("[@rajagopal2012]")) == (4, 4)
    assert "“orchestrators”" in paste.text
    assert set("āĀ") & set(paste.text) == set()
    assert (paste.works["bui2023"]["container-title"], paste.works["bui2023"]["volume"]) == (
        "Frontiers in Psychology",
        "14",
    )
    assert paste.works["rajagopal2012"]["author"][1] == {
        "family": "Joosten-ten Brinke",
        "given": "D.",
    }


def test_leaving_out_every_change_gives_the_real_page_back(real_data):
    text = (real_data / "seeds" / "000_1975d3d72e5a11ba.txt").read_text(encoding="utf-8")
    chosen, found = {}, prepare(text).changes
    while any(one.applied for one in found):
        chosen |= {one.name: False for one in found}
        found = prepare(text, chosen=chosen).changes

    assert prepare(text, chosen=chosen).text == text.strip("\n")


@pytest.mark.parametrize(
    "piece", few_of(["\n\n", "Ā ", "ā", "(Luna, 2020) ", "Luna (2020) ", "[", "1ā1"], 3)
)
def test_the_longest_text_is_prepared_soon(piece):
    text = piece * (MAX_PASTE_CHARS // len(piece))

    start = time.process_time()
    paste = prepare(text, works=REFERENCES)

    assert time.process_time() - start < 15  # three on a quiet machine
    assert len(paste.changes) <= 3 * MAX_CHANGES + 3


PIECES = [
    *(
        "Luna, A. (2020). Ties. ",
        "(Luna, 2020)",
        "References\n",
        "\n",
        "\n\n",
        "- ",
        "What?",
        "āwordā",
    ),
    *(
        "donāt ",
        "Ā ",
        "# ",
        "[^1]: ",
        "<p>",
        "</p>",
        "Luna (2020)",
        "word " * 30,
        "â€™",
        "```\n",
        "• ",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_paste_can_be_prepared_and_taken_back_item_by_item(text):
    paste = prepare(text)
    names = [one.name for one in paste.changes]

    for name in names[:5]:
        again = prepare(text, chosen={name: False})
        assert [one.applied for one in again.changes if one.name == name] in ([False], [])

    assert len(names) == len(set(names))


def test_entries_without_a_date_are_references_too():
    text = (
        "Nets matter.\n\n## References\n\n"
        "Bell, B. (n.d.). Weirs. Moor News. https://example.org/w\n\n"
        "Bell, B. (in press). Weirs. Journal of Nets.\n\n"
        "Quill, A. (n.d.). Nets of the moor. Moor Press."
    )

    paste = prepare(text)

    assert paste.text == "Nets matter."
    assert {key: csl["title"] for key, csl in paste.works.items()} == {
        "bellnd": "Weirs",
        "bellnda": "Weirs",
        "quillnd": "Nets of the moor",
    }


def test_nothing_is_cited_among_the_entries_of_a_list():
    text = "So says Granovetter (1973).\n\n## References\n\nsee Granovetter (1973) on nets"

    paste = prepare(text, works=REFERENCES)

    assert paste.text == "So says @ties.\n\n## References\n\nsee Granovetter (1973) on nets"
