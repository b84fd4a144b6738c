"""Changes of a text: marked by an element and a word, and without a space too many."""

from blog.paste import Change
from blog.templatetags.differences import (
    in_context,
    marked_changes,
    marked_replacement,
    one_version,
    with_emphasis,
    works_cited,
)
from blog.text.diff import compare_texts

ADDED = '<ins><span class="visually-hidden">added: </span>{}</ins>'
REMOVED = '<del><span class="visually-hidden">removed: </span>{}</del>'
ONLY_HERE = '<mark><span class="visually-hidden">only here: </span>{}</mark>'


def test_marked_changes_show_what_came_and_what_went():
    pieces = compare_texts("News travel fast.", "News travel & stay.").pieces

    assert marked_changes(pieces) == (
        "News travel " + REMOVED.format("fast") + ADDED.format("&amp; stay") + "."
    )


def test_one_version_shows_its_own_words_alone():
    pieces = compare_texts("a <b> c", "a c").pieces

    assert one_version(pieces, "removed") == "a " + ONLY_HERE.format("&lt;b&gt; ") + "c"
    assert one_version(pieces, "added") == "a c"


def test_marked_replacement_shows_the_words_around_it():
    change = Change("encoding", 0, 2, "Iā", "I’", lead="So ", tail="ve <seen>")

    assert marked_replacement(change) == (
        '<span class="meta">…So </span>'
        + REMOVED.format("Iā")
        + ADDED.format("I’")
        + '<span class="meta">ve &lt;seen&gt;…</span>'
    )


def test_marked_replacement_of_what_is_left_out_adds_nothing():
    change = Change("line", 0, 5, "Title", "")

    assert "<ins>" not in marked_replacement(change)


def test_marked_replacement_shows_no_markdown():
    change = Change(
        "citation", 0, 2, "(Bui, 2023)", "[@bui]", lead="a *door* I\\_can ", tail=" [x](y)"
    )

    assert marked_replacement(change) == (
        '<span class="meta">…a door I_can </span>'
        + REMOVED.format("(Bui, 2023)")
        + ADDED.format("[@bui]")
        + '<span class="meta"> x…</span>'
    )


def test_a_typed_citation_is_shown_by_words_and_the_works_it_cites():
    change = Change(
        "citation", 0, 2, "(Bui, 2023; Sol, n.d.)", "[@bui; @{sol}, p. 2]", lead="a *door* "
    )
    labels = {"sol": "Sol, n.d. Ties", "bui": "Bui, 2023 Doors", "other": "Other, 2020"}

    assert in_context(change) == (
        '<span class="meta">…a door </span><mark>(Bui, 2023; Sol, n.d.)</mark>'
        '<span class="meta">…</span>'
    )
    assert works_cited(change, labels) == "Bui, 2023 Doors; Sol, n.d. Ties"


def test_an_entry_shows_its_emphasis():
    entry = "Luna & Sol. *Journal of Nets*, *4*(2), \\_1\\_."

    assert with_emphasis(entry) == ("Luna &amp; Sol. <i>Journal of Nets</i>, <i>4</i>(2), _1_.")
