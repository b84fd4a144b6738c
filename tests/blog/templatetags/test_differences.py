"""Changes of a text: marked by an element and a word, and without a space too many."""

from blog.paste import Change
from blog.templatetags.differences import (
    changed_paragraphs,
    in_context,
    marked_changes,
    marked_replacement,
    one_version,
    version_paragraphs,
    with_emphasis,
    works_cited,
)
from blog.text import render_post
from blog.text.diff import compare_texts
from blog.text.formatted_diff import compare_formatted
from blog.text.formatting import formatted_text

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


def test_changes_of_blanks_have_signs():
    pieces = compare_texts("a", "a \u200b").pieces

    assert '<span class="sign">␣</span> <span class="sign">U+200B</span>\u200b' in marked_changes(
        pieces
    )


def lines_of(old, new):
    return compare_formatted(*(formatted_text(render_post(text).html) for text in (old, new))).lines


def test_changed_paragraphs_say_what_they_are_and_what_changed():
    lines = lines_of("## Ties\n\n- one", "## Ties\n\n- *one* & two")

    assert changed_paragraphs(lines) == (
        '<p class="is-heading"><span class="visually-hidden">Heading: </span>Ties</p>'
        '<p class="is-item"><span class="meta">• </span>one'
        + ADDED.format(" &amp; two")
        + "</p>"
        + '<p class="is-note">The formatting changed too. Now: italic.</p>'
    )


def test_version_paragraphs_have_the_lines_of_one_version_alone():
    lines = lines_of("One.\n\n*Two*.", "**Two**.")

    assert version_paragraphs(lines, "removed") == (
        f'<p class="is-paragraph">{ONLY_HERE.format("One.")}</p>'
        '<p class="is-paragraph">Two.</p>'
        '<p class="is-note">Formatting only here: italic.</p>'
    )
    assert version_paragraphs(lines, "added") == (
        '<p class="is-paragraph">Two.</p><p class="is-note">Formatting only here: bold.</p>'
    )


def test_footnotes_have_their_number_before_them():
    lines = lines_of("A[^1].\n\n[^1]: B.", "A[^1].\n\n[^1]: B.")

    assert changed_paragraphs(lines[1:]) == (
        '<p class="is-footnote"><span class="meta">Footnote 1: </span>B.</p>'
    )


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
