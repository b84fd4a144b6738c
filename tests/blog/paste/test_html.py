"""Pages as programs put them on a clipboard, written here in the manner of each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.paste import prepare
from blog.paste.html import is_code, is_html, read_html
from blog.text import render_post

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator
content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0in;} --></style></head><body lang=EN>
<!--StartFragment--><h1>What I read<o:p></o:p></h1>
<p class=MsoNormal>Ties <b>carry</b> <i style='mso-bidi-font-style:normal'>news</i>.<a
style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><![if !supportFootnotes]>[1]<![endif]></span></a> See <a
href="https://example.org/a">this page</a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;
</span></span><![endif]>First</p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:1.0in;text-indent:-.25in;mso-list:l0 level2
lfo1'><span style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span>Under it</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-.25in;mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>2.<span>&nbsp; </span></span>Second</p>
<p class=MsoNormal style='margin-left:.5in'>Words of somebody else.</p>
<h2>References</h2>
<p class=MsoNormal style='margin-left:.5in;text-indent:-.5in'>Luna, A. (2020). <i>Ties</i>.</p>
<div style='mso-element:footnote-list'><br clear=all><hr size=1 width="33%"><div
style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1'
href="#_ftnref1" name="_ftn1" title=""><span class=MsoFootnoteReference>[1]</span></a> Said in
<i>class</i>.</p></div></div><!--EndFragment--></body></html>"""
FROM_WORD = """\
## What I read

Ties **carry** *news*.[^1] See [this page](https://example.org/a).

1. First
    - Under it
2. Second

> Words of somebody else.

### References

Luna, A. (2020). *Ties*.

[^1]: Said in *class*."""

DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h2
dir="ltr"><span style="font-size:16pt;">Ties</span></h2><p dir="ltr" style="line-height:1.38;"><span
style="font-weight:400;">Plain, </span><span style="font-weight:700;">bold</span><span> and
</span><span style="font-style:italic">slanted</span><span> H</span><span
style="vertical-align:sub">2</span><span>O, </span><a
href="https://www.google.com/url?q=https://example.org/x&amp;sa=D"><span>a link</span></a></p>
<ul><li dir="ltr" aria-level="1"><p role="presentation"><span>One</span></p></li>
<ul><li aria-level="2"><p role="presentation"><span>Deeper</span></p></li></ul>
<li><p><span>Two</span></p></li></ul><br />
<p style="margin-left:36pt;"><span>Somebody’s words.</span></p>
<div><table><tbody><tr><td><p>Tie</p></td><td><p>Use</p></td></tr>
<tr><td><p>weak</p></td><td><p>news | more</p></td></tr></tbody></table></div>
</b>"""
FROM_DOCS = """\
## Ties

Plain, **bold** and *slanted* H<sub>2</sub>O, [a link](https://example.org/x)

- One
    - Deeper
- Two

> Somebody’s words.

| Tie | Use |
| --- | --- |
| weak | news \\| more |"""

EXPORTED = """<html><head><style type="text/css">.c1{font-weight:700}.c2{font-style:italic}</style>
</head><body><p class="c0 title"><span>My post</span></p><p><span class="c1">Bold</span><span> and
</span><span class="c2">slanted</span><sup><a href="#ftnt1"
id="ftnt_ref1">[1]</a></sup></p><hr><div>
<p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;A note</span></p></div></body></html>"""
FROM_EXPORTED = """\
## My post

**Bold** and *slanted*[^1]

[^1]: A note"""

LIBRE = """<p>Said<a class="sdfootnoteanc" name="sdfootnote1anc"
href="#sdfootnote1sym"><sup>1</sup></a>
so.</p><blockquote>Quoted</blockquote><div id="sdfootnote1"><p class="sdfootnote"><a
class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>The note</p></div>"""
FROM_LIBRE = """\
Said[^1] so.

> Quoted

[^1]: The note"""

WEB = """<article><nav>Home</nav><h1>Title</h1><p>With <em>stress</em><sup id="fnref1"><a
href="https://blog.example/p#fn1">1</a></sup> and <code>x*y</code>; a * star, _so_, snake_case.</p>
<p>2020. A year</p><p># not a heading</p><h3>Deep</h3>
<blockquote><p>Said.</p><p>Twice.</p></blockquote>
<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol><p><img src="x.png"
alt="y"></p><script>no()</script>
<p style="display:none">hidden</p><p>A wiki<sup class="reference"><a
href="#cite_note-3">[3]</a></sup>
says.<br>Next line</p><p><a href="javascript:alert(1)">no link</a></p><section><ol><li
id="fn1"><p>A note. <a href="#fnref1">↩</a></p></li></ol></section></article>"""
FROM_WEB = """\
## Title

With *stress*[^1] and `x*y`; a * star, \\_so\\_, snake_case.

2020\\. A year

\\# not a heading

### Deep

> Said.
>
> Twice.

1. a
    - b
2. c

A wiki<sup>[3]</sup> says.\x20\x20
Next line

no link

[^1]: A note."""


@pytest.mark.parametrize(
    ("page", "markdown"),
    [
        pytest.param(WORD, FROM_WORD, id="Word"),
        pytest.param(DOCS, FROM_DOCS, id="Google Docs"),
        pytest.param(EXPORTED, FROM_EXPORTED, id="Google Docs, saved as a page"),
        pytest.param(LIBRE, FROM_LIBRE, id="LibreOffice"),
        pytest.param(WEB, FROM_WEB, id="web page"),
    ],
)
def test_a_page_becomes_our_markdown(page, markdown):
    assert read_html(page).text == markdown


def test_the_ends_of_lines_that_browsers_send_change_nothing():
    assert read_html(WORD.replace("\n", "\r\n")).text == FROM_WORD


@pytest.mark.parametrize("sign", ["\v", "\f", "\x1c", "\x85", "\u2028", "\u2029", "&#8232;"])
def test_other_ends_of_lines_are_blanks_but_in_code(sign):
    page = f"<h2>a{sign}- b</h2><ul><li>c{sign}- d</ul><pre>e{sign}f</pre>"
    table = f"<table><tr><td>g{sign}h<td>i<tr><td>j<td>k</table>"

    assert prepare("as plain text", page + table).text == (
        "## a - b\n\n- c - d\n\n```\ne\nf\n```\n\n| g h | i |\n| --- | --- |\n| j | k |"
    )


def test_preserved_and_left_out_parts_are_counted():
    assert read_html(WORD).preserved == {
        "headings": 2,
        "links": 1,
        "lists": 2,
        "quotes": 1,
        "notes": 1,
    }
    assert read_html(WEB).left_out == {"menus": 1, "images": 1}


def test_notes_are_known_by_the_places_they_lead_to_whatever_page_those_are_on():
    page = (
        '<p>One claim.<a href="https://docs.example/d/7#ftnt1"><sup>[1]</sup></a> More.</p>'
        "<p><b>References</b></p><p>Okafor, T. (2014). <i>Two rooms</i>. Harbour Press.</p><hr>"
        '<p><a href="https://docs.example/d/7#ftnt_ref1">[1]</a> A note of mine.</p>'
    )

    paste = prepare("", page)

    assert paste.text == "One claim.[^1] More.\n\n[^1]: A note of mine."
    assert list(paste.works) == ["okafor2014"]


@pytest.mark.parametrize(
    ("mark", "back"),
    [
        ("_ftn1", "_ftnref1"),
        ("sdfootnote1sym", "sdfootnote1anc"),
        ("fn:1", "fnref:1"),
        ("cite_note-3", "cite_ref-3"),
        ("easy-footnote-bottom-1-77", "easy-footnote-1-77"),
        ("footnote-1", "footnote-anchor-1"),
    ],
)
def test_notes_without_names_are_known_by_the_stem_of_their_links(mark, back):
    page = (
        f'<p>Said<sup><a href="https://x.org/a#{mark}">1</a></sup>.</p>'
        f'<p><a href="https://x.org/a#{back}">1</a> A note.</p>'
    )

    assert read_html(page).text == "Said[^1].\n\n[^1]: A note."


@pytest.mark.parametrize("mark", ["[i]", "i", "*", "†", "[a]", "(2)"])
def test_a_note_does_not_repeat_its_mark(mark):
    page = (
        f'<p>Said<a href="#_edn1" name="_ednref1"><sup>{mark}</sup></a>.</p>'
        f'<p><sup><a href="#_ednref1" name="_edn1">{mark}</a></sup> A <a href="#x">note</a>.</p>'
    )

    assert read_html(page).text == "Said[^1].\n\n[^1]: A note."


def test_a_mark_without_its_note_stays():
    assert read_html('<p>a<sup><a href="#cite_note-3">[3]</a></sup></p>').text == "a<sup>[3]</sup>"


def test_notes_take_numbers_that_the_draft_does_not_use():
    assert read_html(LIBRE, taken={"1", "3"}).text.startswith("Said[^2] so.")


def test_a_page_set_in_all_over_quotes_nothing():
    assert (
        read_html("<p style='margin-left:1in'>a</p><p style='margin-left:1in'>b</p>").text
        == "a\n\nb"
    )


@pytest.mark.parametrize(
    ("page", "markdown"),
    [
        ("<b>bold <i>both</i></b> plain", "**bold *both*** plain"),
        ("<b>a</b> <b>b</b>", "**a b**"),
        ("<b> spaced </b>out", "**spaced** out"),
        ("un<i>believ</i>able", "un*believ*able"),
        ("<h2><b>Heading</b></h2>", "## Heading"),
        ("a<br><br>b", "a\n\nb"),
        ("<p>x<p>y", "x\n\ny"),
        ("<a href='https://x.org/a_(b)'>x</a>", "[x](https://x.org/a_%28b%29)"),
        ("<a href='https://x.org/'>https://x.org/</a>", "https://x.org/"),
        ("3 < 4 & 5 > 2", "3 < 4 & 5 > 2"),
        ("<table><tr><td>one cell</td></tr></table>", "one cell"),
        ("<pre>a\n  b</pre>", "```\na\n  b\n```"),
        ("<p>E=mc<sup>2</sup></p>", "E=mc<sup>2</sup>"),
        ("<a href='https://x.org/a b'>x</a>", "[x](https://x.org/a%20b)"),
        ("<a href='https://x.org/a\nb'>x</a>", "[x](https://x.org/ab)"),
        ("<a href='www.x.org'>x</a>", "[x](https://www.x.org)"),
        ("[x](y)", "\\[x\\](y)"),
        ("![x](y)", "!\\[x\\](y)"),
        ("[x](<a href='https://k.org'>https://k.org</a>)", "\\[x\\](https://k.org)"),
        ("[x]: y", "\\[x\\]: y"),
        ("he wrote [sic] and [so] on", "he wrote [sic] and [so] on"),
        ("&lt;b&gt;x&lt;/b&gt;", "\\<b>x\\</b>"),
        ("<p>a<br>===</p>", "a ==="),
        ("<p>a<br>--</p>", "a  \n\\--"),
        ("<p>a|b<br>|-|-|</p>", "a|b  \n\\|-\\|-\\|"),
        ("<h2>In C#</h2>", "## In C\\#"),
        ("keep <s>gone</s>", "keep <s>gone</s>"),
        ("<span style='text-decoration: line-through'>gone</span>", "<s>gone</s>"),
        ("<mark>seen</mark>", "<mark>seen</mark>"),
        ("he said <q>so</q>", "he said “so”"),
        ("<pre>```\n</pre>", "~~~~\n```\n~~~~"),
        ("<pre>a<br>b<div>c</div></pre>", "```\na\nbc\n```"),
        ("<p class=MsoNormal>·&nbsp;&nbsp; painted</p>", "- painted"),
        ("", ""),
    ],
)
def test_small_things(page, markdown):
    assert read_html(page).text == markdown


@pytest.mark.parametrize(
    "text", ["<p>a</p>", "<!DOCTYPE html><html><body>x</body></html>", " <div class='a'>b</div>"]
)
def test_the_source_of_a_page_is_known(text):
    assert is_html(text)


@pytest.mark.parametrize(
    "text", ["A <b>bold</b> word", "", "<3 you", "# Markdown", "<https://x.org>"]
)
def test_other_text_is_no_page(text):
    assert not is_html(text)


def test_an_editor_of_code_is_known():
    painted = (
        '<div style="font-family: monospace; white-space: pre;"><div><span># a</span></div></div>'
    )

    assert is_code(painted)
    assert not is_code(WORD)


@given(st.text("ab *_[]#>1.`", max_size=30))
def test_words_of_a_paragraph_stay_words(words):
    rendered = render_post(read_html(f"<p>x{words}x</p>").text)

    assert "".join(rendered.paragraphs).replace("…", "...").split() == f"x{words}x".split()
