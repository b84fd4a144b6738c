"""Parts of a page that are hidden, that a post cannot hold, or that are embedded."""

import pytest

from blog.paste.html import read_html
from blog.paste.html.embeds import embedded_address
from blog.paste.html.tree import Node

GOOGLE = """<p>One<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup> and two<sup><a href="#cmnt2"
id="cmnt_ref2">[b]</a></sup><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>.</p><hr><div><p><a
href="#ftnt_ref1" id="ftnt1">[1]</a> A real note.</p><p>Its end.</p></div><div><p><a
href="#cmnt_ref1" id="cmnt1">[a]</a>Check this</p><p>and that</p></div><div><p><a href="#cmnt_ref2"
id="cmnt2">[b]</a>Really?</p></div>"""
WORD = """<p>It is <a style='mso-comment-reference:AB_1;mso-comment-date:20260102T1000'>so</a><span
class=MsoCommentReference><span><![if !supportAnnotations]><a class=msocomanchor id="_anchor_1"
href="#_msocom_1" name="_msoanchor_1">[AB1]</a><![endif]><span
style='mso-special-character:comment'>&nbsp;</span></span></span>.</p><div
style='mso-element:comment-list'><![if !supportAnnotations]><hr class=msocomoff><![endif]><div
style='mso-element:comment'><div id="_com_1" class=msocomtxt><p class=MsoCommentText><a
href="#_msoanchor_1">[AB1]</a>Why?</p></div></div></div>"""


@pytest.mark.parametrize(
    ("page", "text", "left_out"),
    [
        pytest.param(
            GOOGLE,
            "One and two[^1].\n\n[^1]: A real note.\n\n    Its end.",
            {"comments": 2},
            id="Google Docs",
        ),
        pytest.param(
            GOOGLE.replace('="#', '="https://docs.example/d#'),
            "One and two[^1].\n\n[^1]: A real note.\n\n    Its end.",
            {"comments": 2},
            id="Google Docs, with addresses",
        ),
        pytest.param(WORD, "It is so.", {"comments": 1}, id="Word"),
        pytest.param(
            "<div title='comment'><p>hidden remark</p></div><p>x</p>",
            "x",
            {"comments": 1},
            id="LibreOffice",
        ),
        pytest.param("<p>x<span hidden>no</span></p>", "x", {}, id="hidden"),
        pytest.param("<p>x<span style='mso-hide:all'>no</span></p>", "x", {}, id="hidden in Word"),
        pytest.param("<style>.c{display:none}</style>x<i class=c>no</i>", "x", {}, id="by a class"),
        pytest.param("<template>no</template><noscript>no</noscript>x", "x", {}, id="never shown"),
        pytest.param(
            "a <del cite='mailto:x' datetime='2026'>b</del> c",
            "a c",
            {"deletions": 1},
            id="tracked",
        ),
        pytest.param("a <del>b</del> c", "a <s>b</s> c", {}, id="struck"),
        pytest.param(
            "<nav>Home</nav><select><option>a</select><textarea>b</textarea>x",
            "x",
            {"menus": 1, "fields": 2},
            id="controls",
        ),
        pytest.param(
            "<pre><div>python<button>Copy code</button></div><code>x = 1</code></pre>",
            "```\npython\nx = 1\n```",
            {"buttons": 1},
            id="a button on code",
        ),
        pytest.param(
            "<h2>History<span class=mw-editsection>[<a href=/e>edit</a>]</span></h2>",
            "## History",
            {"buttons": 1},
            id="edit a section",
        ),
        pytest.param("<h2><button>A</button></h2>", "## A", {}, id="a heading that opens"),
        pytest.param("a<img src=x alt=y><svg><path/></svg>", "a", {"images": 1}, id="pictures"),
        pytest.param("well <img alt='🙂'>", "well 🙂", {}, id="emoji"),
        pytest.param("a<video src='/x.mp4'>no</video>", "a", {"media": 1}, id="no address"),
    ],
)
def test_other_words_are_left_out_and_counted(page, text, left_out):
    read = read_html(page)

    assert (read.text, read.left_out) == (text, left_out)


@pytest.mark.parametrize(
    ("player", "address"),
    [
        ("https://www.youtube.com/embed/abc", "https://www.youtube.com/watch?v=abc"),
        (
            "//www.youtube-nocookie.com/embed/a_b-c?start=30",
            "https://www.youtube.com/watch?v=a_b-c&t=30s",
        ),
        (
            "https://www.youtube.com/embed/videoseries?list=PL1",
            "https://www.youtube.com/playlist?list=PL1",
        ),
        ("https://player.vimeo.com/video/123?h=abc", "https://vimeo.com/123/abc"),
        ("https://player.vimeo.com/video/123", "https://vimeo.com/123"),
        ("https://maps.example.org/embed?x=1", "https://maps.example.org/embed?x=1"),
        ("javascript:alert(1)", ""),
        ("https://[", ""),
        ("about:blank", ""),
    ],
)
def test_a_player_leads_to_its_page(player, address):
    assert embedded_address(Node("iframe", {"src": player})) == address


def test_an_embedded_video_is_a_link_of_its_own():
    page = "<p>a<iframe src='https://www.youtube.com/embed/abc'></iframe>b</p>"

    assert read_html(page).text == "a\n\nhttps://www.youtube.com/watch?v=abc\n\nb"


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<mi>a</mi><mo>+</mo><msup><mi>b</mi><mn>2</mn></msup>", "a + b<sup>2</sup>"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>c</mi></mfrac>", "(a + 1)/c"),
        ("<msqrt><mi>x</mi></msqrt>", "√x"),
        ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x<sub>1</sub><sup>2</sup>"),
        ("<semantics><mi>x</mi><annotation>\\x</annotation></semantics>", "x"),
    ],
)
def test_formulas_are_words_on_a_line(formula, text):
    assert read_html(f"<math>{formula}</math>").text == text


def test_formulas_of_word_stand_in_a_comment_beside_their_picture():
    page = (
        "<p>So <!--[if gte msEquation 12]><m:oMath><m:sSup><m:e><m:r>c</m:r></m:e><m:sup><m:r>2"
        "</m:r></m:sup></m:sSup></m:oMath><![endif]--><![if !msEquation]><img src=x><![endif]>.</p>"
    )

    read = read_html(page)

    assert (read.text, read.left_out) == ("So c<sup>2</sup>.", {})


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<p>x</p><p>y</p>", "x<br>y"),
        ("x<br>y", "x<br>y"),
        ("<div>x</div>y", "x<br>y"),
        ("<ul><li>x</li><li>y</li></ul>", "x<br>y"),
        ("<ol start=3><li>x</li><li>y</li></ol>", "3. x<br>4. y"),
        ("<table><tr><td>x</td><td>y</td></tr></table>", "x<br>y"),
        ("<h3>x</h3><blockquote>y</blockquote>", "x<br>y"),
        ("x | y", "x \\| y"),
    ],
)
def test_words_of_a_cell_stay_apart(cell, text):
    page = f"<table><tr><td>A</td><td>B</td></tr><tr><td>{cell}</td><td>z</td></tr></table>"

    assert read_html(page).text == f"| A | B |\n| --- | --- |\n| {text} | z |"


@pytest.mark.parametrize(
    ("page", "markdown"),
    [
        (
            "<table><caption>Ties</caption><tr><td>a<td>b<tr><td>c<td>d</table>",
            "Ties\n\n| a | b |\n| --- | --- |\n| c | d |",
        ),
        (
            "<table><tr><th>a<td>b<tr><th>c<td>d</table>",
            "|  |  |\n| --- | --- |\n| a | b |\n| c | d |",
        ),
        (
            "<table><tr><td rowspan=2>a<td>b<tr><td>c</table>",
            "| a | b |\n| --- | --- |\n|  | c |",
        ),
        ("<tr><td>a<td>b</tr><tr><td>c<td>d</tr>", "| a | b |\n| --- | --- |\n| c | d |"),
        ("<table><tr><td>a</td></tr>b</table>", "b\n\na"),
        ("<table><tr><td>a<tr><td>b</table>", "a\n\nb"),
    ],
)
def test_tables_keep_their_rows_and_columns(page, markdown):
    assert read_html(page).text == markdown
