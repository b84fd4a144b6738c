"""Rendered posts and comments: HTML, excerpt, counts and references."""

import re

import pytest

from blog.exceptions import TextRefused
from blog.text import MAX_COMMENT_CHARS, MAX_POST_CHARS, render_comment, render_post
from tests import factories

# --- markup -----------------------------------------------------------------------------------


def test_top_level_paragraphs_are_numbered_and_others_are_not():
    rendered = render_post("One.\n\n> Quoted.\n\n* Listed.\n\nTwo.")

    assert rendered.html == (
        '<p dir="auto" id="p1">One.</p>\n'
        '<blockquote dir="auto">\n<p dir="auto">Quoted.</p>\n</blockquote>\n'
        '<ul dir="auto">\n<li dir="auto">Listed.</li>\n</ul>\n'
        '<p dir="auto" id="p2">Two.</p>'
    )
    assert rendered.paragraphs == ("One.", "Two.")


@pytest.mark.parametrize(
    ("source", "paragraphs"),
    [
        ("A.[^1]\n\n[^1]\n\n{}\n\n[^1]: N.", ("A.", "", "{}")),
        ("&nbsp;\n\n{}", ("", "{}")),
        ("A.\n\n<br>\n\n{}", ("A.", "", "{}")),
    ],
)
def test_paragraphs_without_words_are_counted_like_their_ids(source, paragraphs):
    cited = "(Granovetter, 1973) said so."

    rendered = render_post(source.format(cited), {"g": factories.ARTICLE})

    last = f"p{len(paragraphs)}"
    assert rendered.paragraphs == tuple(text.format(cited) for text in paragraphs)
    assert re.findall(r'id="(p\d+)"', rendered.html)[-1] == last
    assert rendered.references[0].cited_in == (len(paragraphs),)
    assert rendered.excerpt.endswith(cited)


def test_a_paragraph_without_words_leaves_the_excerpt_to_the_rest():
    assert render_post("&nbsp;\n\n- Listed.").excerpt == "Listed."


def test_code_block_is_neither_numbered_nor_touched():
    rendered = render_post('One.\n\n```python\nx = "--" < www.example.org\n```\n\nTwo `a--b&c`.')

    assert rendered.html == (
        '<p dir="auto" id="p1">One.</p>\n'
        '<pre dir="auto"><code class="language-python">'
        'x = "--" &lt; www.example.org\n</code></pre>\n'
        '<p dir="auto" id="p2">Two <code>a--b&amp;c</code>.</p>'
    )


def test_headings_begin_under_the_page_heading_without_gaps():
    rendered = render_post("# Why *me*?\n\n### What now\n\n### What now")

    assert rendered.html == (
        '<h2 dir="auto" id="h-why-me">Why <em>me</em>?</h2>\n'
        '<h3 dir="auto" id="h-what-now">What now</h3>\n'
        '<h3 dir="auto" id="h-what-now--2">What now</h3>'
    )


def test_typographer_sets_quotes_and_dashes():
    rendered = render_post("\"It's\" -- she said --- 'so' ...")

    assert rendered.html == '<p dir="auto" id="p1">“It’s” – she said — ‘so’ …</p>'


def test_footnotes_are_numbered_in_order_of_use_with_ids_of_ours():
    rendered = render_post('A[^z"]. B[^1]. C[^z"].\n\n[^1]: First.\n[^z"]: Second.')

    assert rendered.html == (
        '<p dir="auto" id="p1">A<sup id="fnref-1">'
        '<a class="footnote-ref" href="#fn-1" role="doc-noteref">1</a></sup>. '
        'B<sup id="fnref-2">'
        '<a class="footnote-ref" href="#fn-2" role="doc-noteref">2</a></sup>. '
        'C<sup id="fnref-1-2">'
        '<a class="footnote-ref" href="#fn-1" role="doc-noteref">1</a></sup>.</p>\n'
        '<div class="footnotes" role="doc-endnotes">\n<hr>\n<ol dir="auto">\n'
        '<li dir="auto" id="fn-1">\n<p dir="auto">Second.&nbsp;'
        '<a class="footnote-back" href="#fnref-1" role="doc-backlink">↩</a>'
        '<a class="footnote-back" href="#fnref-1-2" role="doc-backlink">↩</a></p>\n</li>\n'
        '<li dir="auto" id="fn-2">\n<p dir="auto">First.&nbsp;'
        '<a class="footnote-back" href="#fnref-2" role="doc-backlink">↩</a></p>\n</li>\n'
        "</ol>\n</div>"
    )
    assert rendered.paragraphs == ("A. B. C.",)


def test_footnote_that_nothing_refers_to_has_no_link_back():
    rendered = render_post("A.\n\n[^1]: Alone.")

    assert "Alone." in rendered.html
    assert "<a" not in rendered.html


@pytest.mark.parametrize("note", ["[^1]: ", "[^1]: [^2]: x", "[^1]: [a]: http://b.org"])
def test_footnote_without_text_of_its_own_is_harmless(note):
    assert render_post(f"A[^1].\n\n{note}").paragraphs[0].startswith("A")


def test_table_has_column_heads_and_classes_instead_of_styles():
    rendered = render_post("|a|b|\n|:-|-:|\n|1|2|")

    assert rendered.html.replace("\n", "") == (
        '<table dir="auto"><thead><tr><th class="align-left" dir="auto" scope="col">a</th>'
        '<th class="align-right" dir="auto" scope="col">b</th></tr></thead>'
        '<tbody><tr><td class="align-left" dir="auto">1</td>'
        '<td class="align-right" dir="auto">2</td></tr></tbody></table>'
    )


def test_typed_html_shows_as_typed_but_for_plain_inline_tags():
    rendered = render_post("H<sub>2</sub>O<br>a <script>x</script> <b id=y>z</b> 1 < 2")

    assert rendered.html == (
        '<p dir="auto" id="p1">H<sub>2</sub>O<br>\na &lt;script&gt;x&lt;/script&gt; '
        "&lt;b id=y&gt;z&lt;/b&gt; 1 &lt; 2</p>"
    )


def test_unclosed_brackets_stay_as_typed():
    assert render_post("a [b [c] d").html == '<p dir="auto" id="p1">a [b [c] d</p>'


def test_image_becomes_a_link_named_by_its_description():
    rendered = render_post("![A *map*](https://example.org/m.png)")

    assert rendered.html == (
        '<p dir="auto" id="p1"><a href="https://example.org/m.png" rel="nofollow ugc noopener">'
        "A <em>map</em></a></p>"
    )


# --- links ------------------------------------------------------------------------------------

AWAY = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "https://a.org/b_c_d--e",
            f'<a href="https://a.org/b_c_d--e" {AWAY}>https://a.org/b_c_d--e</a>',
        ),
        ("[](https://a.org)", f'<a href="https://a.org" {AWAY}>https://a.org</a>'),
        ("[ ](https://a.org)", f'<a href="https://a.org" {AWAY}>https://a.org</a>'),
        ("[\u200b](https://a.org)", f'<a href="https://a.org" {AWAY}>https://a.org</a>'),
        ("(www.a.org).", f'(<a href="https://www.a.org" {AWAY}>www.a.org</a>).'),
        (
            "https://a.org/X_(y)?b=1&c=2!",
            f'<a href="https://a.org/X_(y)?b=1&amp;c=2" {AWAY}>https://a.org/X_(y)?b=1&amp;c=2</a>!',
        ),
        ("me@a.org", f'<a href="mailto:me@a.org" {AWAY}>me@a.org</a>'),
        ("[x](www.a.org)", f'<a href="https://www.a.org" {AWAY}>x</a>'),
        ('[x](http://a.org "T")', f'<a href="http://a.org" title="T" {AWAY}>x</a>'),
        ("[x][1]\n\n[1]: <http://a.org>", f'<a href="http://a.org" {AWAY}>x</a>'),
        ("[x](#p2)", '<a href="#p2">x</a>'),
        ("[x](/c/a/)", '<a href="/c/a/">x</a>'),
        ("<https://a.org>", f'<a href="https://a.org" {AWAY}>https://a.org</a>'),
        ("`https://a.org`", "<code>https://a.org</code>"),
        ("end.It is", "end.It is"),
    ],
)
def test_link(source, expected):
    assert render_post(source).html == f'<p dir="auto" id="p1">{expected}</p>'


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "javascript:123",
        "JaVaScRiPt:1",
        "vbscript:1",
        "data:1",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https://good.example@evil.example",
        "relative.html",
    ],
)
def test_address_that_may_not_be_linked_shows_as_typed(address):
    for html in (
        render_post(f"[text](<{address}>)").html,
        render_comment(f"[text]({address})").html,
    ):
        shown = re.sub("<[^<>]*>", "", html)

        assert 'href="mailto' in html or "<a" not in html
        address = address.replace("\\\\", "\\")  # which is an escaped one
        assert shown in (f"[text](&lt;{address}&gt;)", f"[text]({address})")


# --- excerpt, words ---------------------------------------------------------------------------


def test_excerpt_is_the_whole_of_a_short_post():
    assert render_post("# Title\n\nOne *two*.\n\nThree.").excerpt == "One two. Three."


def test_excerpt_is_cut_between_words():
    excerpt = render_post("seven77 " * 60).excerpt

    assert excerpt == ("seven77 " * 30).strip() + "…"


def test_excerpt_drops_a_bracket_that_the_cut_would_leave_open():
    source = "word " * 44 + "(Bui et al., 2023, who wrote it all) and more"

    assert render_post(source).excerpt == ("word " * 44).strip() + "…"


def test_excerpt_passes_over_the_prompt():
    rendered = render_post(
        "* What does it mean?\n\nWhat does it mean?\n\nThis.", prompt="What does it mean?"
    )

    assert rendered.excerpt == "This."


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("One two-three, don't -- four.", 4),
        ("# Heading\n\nOne two", 2),
        ("> one\n\n* two\n* three\n\n|a|b|\n|-|-|\n|c|d|", 7),
        ("One[^1].\n\n[^1]: Two.", 2),
        ("One\n\n## References\n\nBui (2023). Title.", 1),
        ("One\n\nReferences\n\nBui (2023). Title.", 1),
        ("One\n\n**References:**\n\nBui (2023). Title.", 1),
        ("One\nReferences\nBui (2023). Title.", 1),
        ("One\n\n## References\n\nBui (2023).\n\n## Afterthought\n\nTwo three", 3),
        ("My references are good.", 4),
        ("日本語 text", 4),
        ("سلام دنیا", 2),
        ("", 0),
    ],
)
def test_words(source, count):
    assert render_post(source).words == count


@pytest.mark.parametrize(
    "source",
    [
        "- What *is* a PLN? “How” might  it help you?\n\nOne two",
        'What is a PLN?\n\n> "How"\nmight it help you?\n\nOne two',
        "“What is a PLN?” One. how might it help you? two",
    ],
)
def test_words_leave_out_the_prompts_own_sentences(source):
    prompt = '* **What is a PLN?**\n* "How" might it help you?'

    assert render_post(source, prompt=prompt).words == 2


def test_words_keep_what_is_not_the_prompts_whole_sentence():
    assert render_post("What is a PLN for? Why?", prompt="What is a PLN? Why?").words == 6


# --- comments ---------------------------------------------------------------------------------


def test_comment_has_the_smaller_set():
    rendered = render_comment(
        "# Not a heading\nnext *line*\n\n> quoted\n\n* item\n\n`code` @mina [@key]\n\n|a|\n|-|\n"
    )

    assert rendered.html == (
        '<p dir="auto"># Not a heading<br>\nnext <em>line</em></p>\n'
        '<blockquote dir="auto">\n<p dir="auto">quoted</p>\n</blockquote>\n'
        '<ul dir="auto">\n<li dir="auto">item</li>\n</ul>\n'
        '<p dir="auto"><code>code</code> @mina [@key]</p>\n'
        '<p dir="auto">|a|<br>\n|-|</p>'
    )
    assert (rendered.paragraphs, rendered.citations, rendered.unknown) == ((), 0, ())


# --- limits -----------------------------------------------------------------------------------


LIMITS = [(render_post, MAX_POST_CHARS), (render_comment, MAX_COMMENT_CHARS)]


@pytest.mark.parametrize(("render", "limit"), LIMITS)
def test_length_is_limited(render, limit):
    text = ("word " * limit)[: limit - 1] + "d"

    assert "word" in render(text).html
    with pytest.raises(TextRefused, match=f"has {limit + 1} characters. The limit is {limit}"):
        render(text + "d")


def test_controls_and_direction_overrides_are_removed():
    rendered = render_post("a\x00b\x02c\x03\r\nd\u202ee\ufdd00\ufdd1 \ud800")

    assert rendered.html == '<p dir="auto" id="p1">abc\nde0 \ufffd</p>'


def test_ordinary_long_post_is_rendered_whole():
    paragraph = 'Some *words* and "more" [words](https://a.org/b), (Bui et al., 2023). ' * 12
    source = "\n\n".join([paragraph.strip()] * (MAX_POST_CHARS // (len(paragraph) + 2)))

    rendered = render_post(source)

    assert len(rendered.paragraphs) == source.count("\n\n") + 1
    assert rendered.html.count("<em>words</em>") == source.count("*words*")


# --- the first seed ---------------------------------------------------------------------------


@pytest.fixture
def seed(real_data):
    """Return the text as it was found, its broken quotation marks repaired."""
    (path,) = (real_data / "seeds").glob("000_*.txt")
    text = path.read_text(encoding="utf-8")
    for broken, repaired in (("āorchestratorsā", "“orchestrators”"), ("Iā", "I’"), ("nāt", "n’t")):
        text = text.replace(broken, repaired)
    return text


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_first_seed_has_535_words_of_its_own(seed, between):
    title, asked, *body = seed.splitlines()
    source = between.join([f"# {title}", asked, *body])

    rendered = render_post(source, prompt=asked.removeprefix("- "))

    assert rendered.words == 535


def test_first_seed_reads_as_five_numbered_paragraphs(seed):
    _title, _asked, *body = seed.splitlines()

    rendered = render_post("\n\n".join(body[: body.index("References")]))

    assert rendered.paragraphs == tuple(" ".join(line.split()) for line in body[:5])
    assert rendered.excerpt.startswith("Networking through social media in both educational")


def test_excerpt_cut_after_a_sentence_has_one_mark():
    rendered = render_post("Small. " * 60)

    assert rendered.excerpt.endswith("Small. Small…")


def test_a_backslash_at_the_end_of_a_line_breaks_it():
    assert "one<br>\ntwo" in render_post("one\\\ntwo").html
    assert "<code>one\\\ntwo</code>" in render_post("`one\\\ntwo`").html
