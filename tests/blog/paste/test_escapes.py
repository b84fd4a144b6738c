"""Signs of a page that Markdown would read, by the table that the visual editor is held to."""

import json
import re
from html import escape, unescape
from pathlib import Path

import pytest

from blog.paste.html import read_html
from blog.text import render_post

# Words, and the Markdown that shows them; tests/js/editor/visual/escapes.test.js reads it too.
SIGNS = json.loads((Path(__file__).parent / "signs.json").read_text(encoding="utf-8"))
TAG = re.compile(r"<[^<>]*>")


@pytest.mark.parametrize(("words", "markdown"), SIGNS)
def test_signs_stay_signs(words, markdown):
    read = read_html(f"<p>{escape(words)}</p>").text

    assert read == markdown
    shown = unescape(TAG.sub("", render_post(read).html)).replace("\xa0", " ")
    assert shown.strip() == words


@pytest.mark.parametrize(
    ("page", "markdown"),
    [
        ("3 *<b>x</b>* 4", "3 \\***x**\\* 4"),
        ("<b>5 *</b> 6", "**5 \\*** 6"),
        ("<b>5 * </b>6", "**5 \\*** 6"),
        ("<i>* 5</i>", "*\\* 5*"),
        ("<b>a</b>_b_", "**a**\\_b\\_"),
        ("C:\\<i>new</i>", "C:\\\\*new*"),
        ("1 <<i>b</i>>", "1 \\<*b*>"),
        ("~<b>a</b>~", "~**a**~"),
        ("3 *<br>* 4", "3 *  \n\\* 4"),
        ("<a href='https://example.org/'>3 * 4 [a]</a>", "[3 * 4 \\[a\\]](https://example.org/)"),
    ],
)
def test_signs_at_the_edge_of_a_style_stay_signs(page, markdown):
    read = read_html(f"<p>{page.replace('<<', '&lt;<')}</p>").text

    assert read == markdown
