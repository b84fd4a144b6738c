"""Pages made to be slow: twice as long, they cost twice as much. Counted, not timed."""

import sys
from collections.abc import Callable
from functools import partial

import pytest

from blog.paste.html import MAX_PASTE_CHARS, read_html, read_source
from tests.long import few_of

PIECES = [
    *(
        "<a ",
        "<",
        "< ",
        "<!--",
        "<![CDATA[",
        "<a b='",
        "<b>",
        "<table>",
        "<ul><li>",
        "&#",
        "<b><p>",
    ),
    *(
        "<div>x",
        "</p>",
        "<td>x",
        "<tr>",
        "<p style='margin-left:1in'>x",
        "<p>• x",
        "<br>x",
        "[x](y",
    ),
    *(
        "<a href=#a name=b>1</a>",
        "<a href=#fn1>1</a><p><a href=#fnref1>1</a>x",
        "<pre>```",
        "<i>a</i>b",
    ),
    *(
        "<ul class=lst-kix_a-1><li>x</ul>",
        "<td colspan=20 rowspan=20>x",
        "<ol><li>x</ol>",
        "<sup>x",
    ),
    *(
        "<math><mfrac><mi>x</mi><mi>y</mi></mfrac></math>",
        "<math>",
        "<m:oMath>",
        "<math><msqrt>",
        "<math><mfrac>",
        "<math><msup><mi>x</mi>",
        "<math><mo>+",
        "<a href=#cmnt1>[a]</a>",
        "<li>x",
        "[caption ",
        "[ab x='y' ",
        "[gallery ids=1]",
        "• x<br>",
        "<span>- x<br>",
        "a) x<br>b) y<br>",
    ),
]
CHARS = 3_000


def calls_of(function: Callable[[str], object], page: str) -> int:
    """Return how many functions of Python and of C are called for a page."""
    count = 0

    def seen(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        function(page)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", few_of(PIECES, 6))
def test_cost_is_linear_in_the_length_of_a_page(piece):
    short, long = (piece * (n * CHARS // len(piece)) for n in (1, 2))

    for read in (read_html, read_source, partial(read_html, for_comment=True)):
        assert calls_of(read, long) <= 2.3 * calls_of(read, short) + 2_500


@pytest.mark.parametrize(
    "piece",
    few_of(
        [
            "<b id={}><p>",
            "<font color={}><p>x",
            "<i class={}>x</p><p>",
            "<table><b id={}>x",
            "<li><tt id={}>x",
            "<b id={}><!--</b>--><p>x",
            "<a href=//{}><div>x",
            "<b id={}><i id={}></b>x",
        ],
        3,
    ),
)
def test_cost_is_linear_where_formatting_stays_open(piece):
    short, long = ("".join(map(piece.replace, ["{}"] * n, map(str, range(n)))) for n in (900, 1800))

    assert calls_of(read_html, long) <= 2.3 * calls_of(read_html, short) + 5_000


def test_formatting_that_costs_too_much_loses_its_meaning_and_no_word():
    page = "".join(f"<b id={n}><p>w{n} " for n in range(1_000))

    assert read_html(page).text.split() == [f"w{n}" for n in range(1_000)]


def test_formatting_that_a_page_never_closes_keeps_its_meaning():
    assert read_html("<p><b>one<p>two").text == "**one**\n\n**two**"


def test_no_more_of_a_page_is_read_than_a_post_could_hold():
    assert len(read_html("a " * MAX_PASTE_CHARS).text) <= MAX_PASTE_CHARS
