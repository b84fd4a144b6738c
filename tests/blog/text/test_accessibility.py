"""Hints about what a text asks of its readers: each when it should come, and when it should not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.text import Rendered, render_post
from blog.text.accessibility import MAX_HINTS, Hint, Kind, hints
from tests.examples import examples


def found(source, works=None):
    return list(hints(render_post(source, works)))


def of_html(html):
    return list(hints(Rendered(html, "", 0, (), 0, (), ())))


def test_a_level_left_out_is_told_by_the_heading_that_leaves_it_out():
    assert found("# One\n\n### Three\n\n## Two") == [Hint(Kind.SKIPPED_LEVEL, "Three")]


def test_the_first_heading_is_right_under_the_title():
    assert found("#### One\n\n## Two") == [Hint(Kind.SKIPPED_LEVEL, "One")]


def test_up_by_two_levels_leaves_nothing_out():
    assert found("# One\n\n## Two\n\n### Three\n\n# Four") == []


@pytest.mark.parametrize("name", ["here", "Click here!", "**this**", "Read more…", "THIS LINK"])
def test_a_link_that_says_nothing_is_told(name):
    [hint] = found(f"First.\n\nSee [{name}](https://example.org).")

    assert (hint.kind, hint.paragraph) == (Kind.EMPTY_LINK, 2)


@pytest.mark.parametrize("name", ["👉", "→", "!!!"])
def test_a_link_without_a_word_is_told(name):
    assert found(f"Go [{name}](https://example.org)") == [Hint(Kind.SIGN_LINK, name, 1)]


@pytest.mark.parametrize("name", ["the report", "what is said here", "Māori", "日本語", "7"])
def test_a_link_with_words_is_fine(name):
    assert found(f"See [{name}](https://example.org).") == []


def test_a_bare_address_is_told_in_the_text_and_not_among_references():
    source = "See https://example.org/a now.\n\n## References\n\nLuna. https://doi.org/10.1/x"

    assert found(source) == [Hint(Kind.BARE_ADDRESS, "https://example.org/a", 1)]


def test_citations_and_footnotes_are_no_links_to_name():
    works = {"a": {"type": "book", "title": "T", "author": [{"family": "Here"}]}}

    assert found("Said [@a] so.[^1]\n\n[^1]: A note.", works) == []


def test_a_picture_without_a_description_is_told():
    assert found("![](https://example.org/a.png)") == [
        Hint(Kind.NO_DESCRIPTION, "https://example.org/a.png", 1)
    ]
    assert found("![A map of ties](https://example.org/a.png)") == []
    assert of_html('<p id="p1"><img src="/a.webp" alt=""></p>') == [
        Hint(Kind.NO_DESCRIPTION, "/a.webp", 1)
    ]
    assert (
        of_html('<p><img src="/a" alt="A map"><img src="/b" alt="" class="decorative"></p>') == []
    )


def test_a_table_whose_columns_have_no_names_is_told():
    [hint] = found("| | |\n|-|-|\n| a | b |")

    assert hint.kind is Kind.NO_HEADER
    assert found("| | Men |\n|-|-|\n| a | b |") == []


def test_a_paragraph_in_capitals_is_told():
    loud = "SOCIAL MEDIA IS WHERE WE LEARN NOW"

    assert found(f"So:\n\n{loud}") == [Hint(Kind.ALL_CAPS, loud, 2)]
    assert found(loud.capitalize()) == []
    assert found("WHO, UNESCO, OECD: a list") == []
    assert found("社会的ネットワークについて考えたことを書きます。") == []


def test_hints_come_in_the_order_of_the_text_and_end_somewhere():
    source = "[here](https://a.org)\n\n# A\n\n### B\n\n## C\n\n[→](https://b.org)\n\n"

    assert [hint.kind for hint in found(source)] == [
        Kind.EMPTY_LINK,
        Kind.SKIPPED_LEVEL,
        Kind.SIGN_LINK,
    ]
    assert len(found(source * 20)) == MAX_HINTS


PIECES = st.sampled_from(
    [
        "# A",
        "### B",
        "[here](/x)",
        "![](y.png)",
        "| |\n|-|\n|a|",
        "<b>",
        "```",
        "> q",
        "- i",
        "words",
    ]
)


@settings(max_examples=examples(60))
@given(st.lists(PIECES | st.text(max_size=30), max_size=8))
def test_any_text_has_hints_that_stand_in_it(parts):
    rendered = render_post("\n\n".join(parts))

    for hint in hints(rendered):
        assert hint.paragraph is None or 1 <= hint.paragraph <= len(rendered.paragraphs)


@settings(max_examples=examples(40))
@given(st.lists(st.sampled_from([2, 3, 4, 5, 6]), max_size=10))
def test_levels_are_hinted_at_exactly_where_one_goes_down_by_two(levels):
    html = "".join(f"<h{level}>T</h{level}>" for level in levels)
    skips = sum(1 for above, level in zip([1, *levels], levels, strict=False) if level > above + 1)

    assert len(of_html(html)) == skips
