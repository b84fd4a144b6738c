"""A text in pieces for the visual editor: nothing of it is lost, and each piece reads alone."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.exceptions import TextRefused
from blog.text import MAX_POST_CHARS, PictureFiles
from blog.text.visual import Piece, lost_pieces, pieces_of
from blog.text.visual.pieces import folded
from tests import factories
from tests.examples import examples

ROOT = Path(__file__).parents[4]
OTHER = factories.ARTICLE | {"author": [{"family": "Rheingold", "given": "H."}]}
WORKS = {"one2020": factories.ARTICLE, "two2021": OTHER}
TOKEN = "a" * 32
PICTURES = {TOKEN: PictureFiles(f"/pictures/{TOKEN}/large.webp", "", 400, 300, 400)}
# Lines that begin, end or join blocks, in every order.
LINES = [
    *("", "", "", "# Heading", "text here", "  two in", "    prose in here.", "    code = 1;"),
    *(
        "- a",
        "- ",
        "* b",
        "  - c",
        "1. x",
        "3. y",
        "2) z",
        "10. ten",
        "– dash",
        "• dot",
        "a. letter",
    ),
    *("b. more", "(1) one", "(2) two", "> q", "> - r", ">", "- - x", "1. > q", "   more", "\tTab"),
    *(
        "```",
        "```py",
        "   ```",
        "~~~",
        "---",
        "===",
        "***",
        "<!-- -->",
        "a | b",
        "--|--",
        "| 1 | 2 |",
    ),
    *("[^1]: note", "word[^1]", "[see][r]", "[@one2020, p. 3]", "As @one2020 [@two2021]", "**bold"),
    *("end**", "`code", "end`", "trailing  ", "\\", "\\@one2020 \\<b>", f"![map](picture:{TOKEN})"),
]
texts = st.lists(st.sampled_from(LINES), max_size=14).map("\n".join)


def demo_texts() -> list[str]:
    files = sorted((ROOT / "network/demo/texts").rglob("*.md"))
    return [text for file in files for text in file.read_text().split("\n===\n")]


def sources(text: str) -> list[str]:
    return [piece.source for piece in pieces_of(text, WORKS)]


def html_of(text: str) -> str:
    return "".join(piece.html for piece in pieces_of(text, WORKS, pictures=PICTURES))


def check(text: str) -> None:
    """Assert that the pieces of a text are the text, and that each has its HTML alone."""
    pieces = pieces_of(text, WORKS, pictures=PICTURES)
    notes = "".join(f"\n\n{piece.source}" for piece in pieces if "<aside" in piece.html)

    assert "".join(piece.source + piece.gap for piece in pieces) == text
    for piece in pieces:
        if piece.source and piece.is_complete:
            own, size = "", 0
            for alone in pieces_of(piece.source + notes, WORKS, pictures=PICTURES):
                own += alone.html if size < len(piece.source) else ""
                size += len(alone.source + alone.gap)
            assert folded(own) == folded(piece.html), piece.source


def test_a_text_is_cut_where_its_blocks_begin():
    text = "\n\n# Title\nA text\nof two lines.\n- a\n\n  b\n\n\n> q\nlazy\n\n```\n\ncode\n```\n"

    assert pieces_of(text) == [
        Piece("", "\n\n", ""),
        Piece("# Title", "\n", "<h1>Title</h1>"),
        Piece("A text\nof two lines.", "\n", "<p>A text\nof two lines.</p>"),
        Piece(
            "- a\n\n  b",
            "\n\n\n",
            '<ul data-loose="1" data-mark="-">\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>',
        ),
        Piece("> q\nlazy", "\n\n", "<blockquote>\n<p>q\nlazy</p>\n</blockquote>"),
        Piece("```\n\ncode\n```", "\n", '<pre data-info=""><code>\ncode</code></pre>'),
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\r\na\r\n\r\nb\r\n", "a\x85\x85b", "a\x00b"])
def test_odd_texts_come_back(text):
    assert "".join(piece.source + piece.gap for piece in pieces_of(text)) == text


def test_blocks_that_do_not_read_alone_are_one_piece():
    assert sources("– one\n\n– two") == ["– one", "– two"]
    assert sources("    x = 1\n\nText") == ["    x = 1", "Text"]
    assert sources("- ```\n\n  ```\n\nText") == ["- ```\n\n  ```", "Text"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('He said "so" -- it\\\'s', 'He said "so" -- it<span data-literal="1">\'</span>s'),
        ("\\@one2020", '<span data-literal="1">@</span>one2020'),
        ("@nobody", "@nobody"),
        (
            "[@nobody, p. 3]",
            '<span data-cite="[@nobody, p. 3]" data-unknown="1">[@nobody, p. 3]</span>',
        ),
        (
            "[see @one2020,\np. 3]",
            '<span data-cite="[see @one2020,\np. 3]">(see <a href="#ref-one2020">Granovetter,'
            " 1973, p.&nbsp;3</a>)</span>",
        ),
        (
            "@one2020 [p. 3]",
            '<span data-cite="@one2020 [p. 3]"><a href="#ref-one2020">Granovetter (1973,'
            " p.&nbsp;3)</a></span>",
        ),
        (f"![a *b*](picture:{'b' * 32})", f'<img alt="a *b*" data-picture="{"b" * 32}">'),
        ("www.x.org/a_b", '<a href="https://www.x.org/a_b">www.x.org/a_b</a>'),
        ("\\<b>x</b> \\~~y~~", "&lt;b&gt;x&lt;/b&gt; ~~y~~"),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
    ],
)
def test_inline_parts_keep_their_source(text, html):
    assert html_of(text) == f"<p>{html}</p>"


def test_a_secondary_citation_keeps_both_of_its_brackets():
    assert 'data-cite="@one2020 [as cited in @two2021]"' in html_of(
        "@one2020 [as cited in @two2021]"
    )


def test_notes_stand_where_they_are_defined():
    assert html_of("A[^x] and B[^y]\n\n[^x]: Note\n    - item") == (
        '<p>A<sup data-note="x"></sup> and B[^y]</p>'
        '<aside data-note="x">\n<p>Note</p>\n<ul data-loose="0" data-mark="-">\n'
        "<li>item</li>\n</ul>\n</aside>"
    )


def test_a_definition_is_no_complete_piece():
    pieces = pieces_of("See [it][r].\n\n[r]: https://example.org/\n\n<!-- -->")

    assert [piece.is_complete for piece in pieces] == [True, False, False]
    assert pieces[0].html == '<p>See <a href="https://example.org/">it</a>.</p>'


def test_demo_texts_are_their_pieces():
    for text in demo_texts():
        check(text)


@pytest.mark.slow
@settings(max_examples=examples(500))
@given(texts)
def test_any_text_is_its_pieces(text):
    check(text)


def test_real_texts_are_their_pieces(real_data):
    folder = real_data / "markdown"
    spec = json.loads((folder / "commonmark-spec-0.31.json").read_text())
    files = [path.read_text() for path in sorted(folder.rglob("*.txt"))]
    for text in [*(case["markdown"] for case in spec), *files]:
        try:
            pieces = pieces_of(text)
        except TextRefused:
            continue
        assert "".join(piece.source + piece.gap for piece in pieces) == text


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(TextRefused):
        pieces_of("a" * (MAX_POST_CHARS + 1))


@pytest.mark.parametrize(
    ("text", "written", "lost"),
    [
        ("a\nb\n\n__c__", [("a b", "\n\n"), ("**c**", "")], []),
        ("<b>a</b>\n\n~~b~~", [("**a**", "\n\n"), ("<s>b</s>", "")], []),
        ("*a*\n\nb", [("a", "\n\n"), ("b", "")], [0]),
        ("a\n\n- b", [("a", "\n\n"), ("* b", "")], [1]),  # the mark of a list is kept
        ("<q>a</q>\n\nb", [("a", "\n\n"), ("b", "")], [0]),
        ("a[^1]\n\n[^1]: *n*", [("a[^1]", "\n\n"), ("[^1]: n", "")], [1]),
        ("a\n\nb", [("```", "\n\n"), ("```", "")], [0, 1]),
        ("it\\'s", [("it's", "")], [0]),
        ("**a**b*c*", [("<b>a</b>b*c*", "")], []),
        ("<q>*a*</q>", [("*<q>a</q>*", "")], []),
        ("<q>ab</q>", [("<q>a</q><q>b</q>", "")], []),
        ("<q>ab</q>", [("<q>a</q>b", "")], [0]),
        ("**a** b", [("**a b**", "")], [0]),
    ],
)
def test_a_piece_is_lost_that_is_not_what_it_was(text, written, lost):
    assert lost_pieces(pieces_of(text), written, pieces_of) == lost


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("@{one2020}s", "@one2020"),
        ("@{one2020} [p. 3]", "@one2020 [p. 3]"),
        ("[@{one2020}]", "[@{one2020}]"),
    ],
)
def test_braces_that_a_key_can_spare_are_no_part_of_a_citation(text, source):
    assert f'data-cite="{source}"' in html_of(text)


def test_all_changed_pieces_are_lost_where_the_text_would_be_refused():
    pieces = pieces_of("a\n\nb")

    assert lost_pieces(pieces, [("x" * MAX_POST_CHARS, "\n\n"), ("b", "")], pieces_of) == [0]
