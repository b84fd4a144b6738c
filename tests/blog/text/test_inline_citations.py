"""Citations in a post: where they are read, what they become, what is known of them."""

import re
from collections import Counter

import pytest
from django.utils.html import strip_tags
from hypothesis import assume, given
from hypothesis import strategies as st

from blog.text import anchor, render_comment, render_post


def work(family, year, title="A Title", **more):
    return {
        "type": "article-journal",
        "title": title,
        "author": [{"family": family, "given": "Ann"}],
        "issued": {"date-parts": [[year]]},
        "container-title": "Journal",
        **more,
    }


WORKS = {
    "bui2023": work("Bui", 2023),
    "raj:2012": work("Rajagopal", 2012),
    "o_b-c": work("O'Brien", 2020),
}
BUI = '<a class="cite" href="#ref-bui2023">'


def html_of(source, works=WORKS):
    return render_post(source, works).html


def plain_of(source, works=WORKS):
    return render_post(source, works).paragraphs[0]


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("So [@bui2023].", "So (Bui, 2023)."),
        ("So [@bui2023, p. 33].", "So (Bui, 2023, p. 33)."),
        ("@bui2023 says so.", "Bui (2023) says so."),
        ("@bui2023 [p. 33] says so.", "Bui (2023, p. 33) says so."),
        ("@bui2023 [sic] says so.", "Bui (2023) [sic] says so."),
        ("So [@{bui2023}] or @{bui2023}.", "So (Bui, 2023) or Bui (2023)."),
        ("Bui [-@bui2023] says so.", "Bui (2023) says so."),
        ("So [@raj:2012; @bui2023].", "So (Bui, 2023; Rajagopal, 2012)."),
        ("So [see @bui2023, pp. 33-35].", "So (see Bui, 2023, pp. 33–35)."),
        ("So (@bui2023).", "So (Bui (2023))."),
        ("    [@bui2023]", "(Bui, 2023)"),
        ("So [@bui2023, **p. 33**].", "So (Bui, 2023, p. 33)."),
        ("So [__see__ @bui2023; **@raj:2012**].", "So (see Bui, 2023; Rajagopal, 2012)."),
        ("@bui2023 [p. 33, **bold**] says so.", "Bui (2023, p. 33, bold) says so."),
        ("See @raj:2012.", "See Rajagopal (2012)."),
    ],
)
def test_citation_reads_as_apa(source, plain):
    assert plain_of(source) == plain


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("[@bui2023](https://a.org/)", "Bui (2023)"),
        ("[text @bui2023, too](https://a.org/@bui2023)", "text Bui (2023), too"),
        ("[text [@bui2023]](https://a.org)", "text (Bui, 2023)"),
    ],
)
def test_citation_in_a_link_has_no_link_of_its_own(source, words):
    rendered = render_post(f"{source} [@bui2023]", WORKS)

    assert re.search(r'<a href="[^"]*"[^>]*>([^<]*)</a>', rendered.html)[1] == words
    assert rendered.html.count(BUI) == 1
    assert rendered.citations == 2


def test_citation_links_to_its_entry():
    rendered = render_post("So [@bui2023] and [@raj:2012].", WORKS)

    assert 'href="#ref-bui2023"' in rendered.html
    assert 'href="#ref-raj.3a.2012"' in rendered.html
    assert [reference.anchor for reference in rendered.references] == [
        "ref-bui2023",
        "ref-raj.3a.2012",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "`[@bui2023]`",
        "```\n[@bui2023] and @bui2023\n```",
        "me@bui2023.org",
        "<me@bui2023.org>",
        "https://a.org/@bui2023",
        "https://a.org/?x=@bui2023",
        "[@bui](https://a.org/@bui2023)",
        r"\@bui2023",
        r"\[\@bui2023\]",
        "a@bui2023",
        "[^1]: [x](@bui2023)",
    ],
)
def test_not_a_citation(source):
    rendered = render_post(source, WORKS)

    assert (rendered.citations, rendered.references, rendered.unknown) == (0, (), ())
    assert "cite" not in rendered.html


@pytest.mark.parametrize(
    "source",
    [
        "*So [@bui2023]*",
        "**[@bui2023]**",
        "> [@bui2023]",
        "* one [@bui2023]",
        "# On [@bui2023]",
        "|a|b|\n|-|-|\n|c|[@bui2023]|",
        "a[^1]\n\n[^1]: [@bui2023]",
        '"[@bui2023]" --',
        "[@bui2023]\n    [a]",
        "[see\n@bui2023]",
    ],
)
def test_citation_anywhere_in_the_text(source):
    rendered = render_post(source, WORKS)

    assert rendered.citations == 1
    assert rendered.html.count(BUI) == 1


def test_typographer_leaves_citations_alone_and_sees_the_quotes_around_them():
    assert plain_of('"[@o_b-c]" -- "x [@o_b-c]".') == ("“(O'Brien, 2020)” – “x (O'Brien, 2020)”.")


def test_citations_are_numbered_by_the_paragraphs_that_hold_them():
    rendered = render_post(
        "A [@bui2023] [@bui2023].\n\n> B [@raj:2012]\n\nC [@bui2023; @raj:2012].", WORKS
    )

    assert {r.key: r.cited_in for r in rendered.references} == {
        "bui2023": (1, 2),
        "raj:2012": (2,),
    }


def test_works_cited_are_counted_one_by_one():
    assert render_post("A [@bui2023; @raj:2012]. @bui2023 too.", WORKS).citations == 3


def test_document_order_decides_which_citation_is_which():
    html = html_of(
        "* A [@raj:2012]\n\nB [@bui2023].\n\n> C @raj:2012\n\nD[^1].\n\n[^1]: E [@raj:2012]."
    )

    found = [html.index(text) for text in ("A (", "B (", "C <a", "D<sup", "E (")]
    assert found == sorted(found)
    assert html.index("A (") < html.index("#ref-raj") < html.index("B (") < html.index("#ref-bui")


def test_a_word_that_is_no_key_stays_and_is_listed():
    rendered = render_post("A [@nope, *p. 3*] and @who; see [@bui2023; @nope].", WORKS)

    assert rendered.html == (
        '<p dir="auto" id="p1">A [@nope, <em>p. 3</em>] and @who; '
        f"see ({BUI}Bui, 2023</a>; @nope).</p>"
    )
    assert rendered.unknown == ("nope", "who")
    assert [reference.key for reference in rendered.references] == ["bui2023"]


@pytest.mark.parametrize(
    "text",
    [
        "@ada@mastodon.example",
        "(@bui2023@mastodon.example)",
        "me@bui2023.org",
        "https://a.org/@ada",
    ],
)
def test_a_name_on_another_site_is_no_key(text):
    rendered = render_post(f"I am {text}!", WORKS)

    assert (rendered.unknown, rendered.references) == ((), ())
    assert strip_tags(rendered.html) == f"I am {text}!"
    assert "mailto:ada@" not in rendered.html


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("_@bui2023_ says", "Bui (2023) says"),
        ("So says @bui2023.Then", "So says Bui (2023).Then"),
        ("@bui2023’s view", "Bui (2023)’s view"),
    ],
)
def test_a_key_ends_before_what_is_no_part_of_it(source, plain):
    assert plain_of(source) == plain


BEHIND = {
    "[a link](https://example.org/)": "a link",
    "[p. 3](https://example.org/)": "p. 3",
    "`some code`": "some code",
    "https://example.org/path": "https://example.org/path",
    "<https://example.org/path>": "https://example.org/path",
    "[@raj:2012]": "(Rajagopal, 2012)",
    "[see @raj:2012, p. 4]": "(see Rajagopal, 2012, p. 4)",
    "[^1]": "1",
    "![a picture](https://example.org/a.png)": "a picture",
    r"\*": "*",
    r"\[p. 3]": "[p. 3]",
    r"\@raj": "@raj",
    "[sic]": "[sic]",
    "[p. 3, `code`]": "[p. 3, code]",
    "[p. 3; and more]": "[p. 3; and more]",
    "[p. 3;]": "[p. 3;]",
    "*em* **strong**": "em strong",
    "<kbd>k</kbd>": "k",
    "@raj:2012": "Rajagopal (2012)",
    "@nobody": "@nobody",
    "(Luna, 2020)": "(Luna, 2020)",
    "me@example.org": "me@example.org",
}


@pytest.mark.parametrize("behind", BEHIND)
@pytest.mark.parametrize("space", ["", " ", "\n"])
def test_a_narrative_citation_swallows_nothing(behind, space):
    if not space and behind[0] in "hm@<":
        return  # a word straight behind a key is a part of it

    html = html_of(f"As @bui2023{space}{behind} shows.\n\n[^1]: A note.")

    plain = strip_tags(html.partition("</p>")[0]).replace("&nbsp;", " ")
    assert plain == f"As Bui (2023){space}{BEHIND[behind]} shows."


@pytest.mark.parametrize(
    ("behind", "plain"),
    [
        ("[p. 3]", "Bui (2023, p. 3)"),
        (" [p. 3]", "Bui (2023, p. 3)"),
        (" [pp. 3-5, my italics]", "Bui (2023, pp. 3–5, my italics)"),
        (" [as cited in @raj:2012]", "Bui (2023, as cited in Rajagopal, 2012)"),
        (" [p. 3; @raj:2012]", "Bui (2023) [p. 3; Rajagopal (2012)]"),
    ],
)
def test_a_narrative_citation_takes_its_own_bracket(behind, plain):
    assert plain_of(f"As @bui2023{behind} shows.") == f"As {plain} shows."


WORDS = st.sampled_from(["nets", "7", "Ébène", "p. 3", "see", "网络"])
PIECES = st.one_of(
    WORDS,
    WORDS.map("`{}`".format),
    WORDS.map("[{}]".format),
    WORDS.map("[{}](https://example.org/)".format),
    WORDS.map("![{}](https://example.org/a.png)".format),
    WORDS.map("**{}**".format),
    WORDS.map("\\* {}".format),
    WORDS.map("\\[{}".format),
    WORDS.map("<https://example.org/{}>".format),
    st.sampled_from(["[^1]", "[@raj:2012]", "@o_b-c", "@nobody", "\n\n> ", "\n\n* ", "; ", "— "]),
)


@given(st.lists(PIECES, max_size=8), st.sampled_from(["", " "]))
def test_whatever_follows_a_key_is_published(pieces, space):
    """A text with the citation has all the words that it has without it."""
    tail = " ".join(pieces)
    alone = render_post(f"As Bui.{space}{tail}\n\n[^1]: A note.", WORKS)
    cited = render_post(f"As @bui2023{space}{tail}\n\n[^1]: A note.", WORKS)

    def words(rendered):
        return Counter(re.findall(r"\w", strip_tags(rendered.html)))

    assume("bui2023" in {reference.key for reference in cited.references})
    assert not words(alone) - words(cited)


def test_only_cited_works_are_listed_as_safe_html():
    works = {**WORKS, "x": work("<script>alert(1)</script>", 2020, DOI="10.1/x\"onclick='a")}

    (reference,) = render_post("[@x]", works).references

    assert reference.key == "x"
    assert "<script" not in reference.html
    assert "onclick='" not in reference.html
    assert "&lt;script&gt;" in reference.html


@pytest.mark.parametrize("mark", ["\ufdd00\ufdd1", "\ufdd29\ufdd3", "\ufdd69\ufdd7", "\x00"])
def test_work_with_the_renderers_own_marks_in_its_words_is_cited_without_them(mark):
    works = {"x": {"type": "book", "title": f"T{mark}", "author": [{"family": f"A{mark}b"}]}}

    rendered = render_post("[@x]", works)

    digits = mark[1:-1]
    assert rendered.paragraphs == (f"(A{digits}b, n.d.)",)
    assert rendered.references[0].html == f"A{digits}b. (n.d.). <i>T{digits}</i>."


def test_post_without_works_shows_every_key_as_unknown():
    assert render_post("[@bui2023]").unknown == ("bui2023",)


def test_comment_does_not_cite():
    assert (
        render_comment("[@bui2023] and @bui2023").html
        == '<p dir="auto">[@bui2023] and @bui2023</p>'
    )


def test_anchors_are_safe_and_never_shared():
    keys = ["a", "A", "a.b", "a:b", "a.3a.b", "a b", 'a"<', "é", "a_b", "a-b"]

    anchors = [anchor(key) for key in keys]

    assert len(set(anchors)) == len(keys)
    assert all(name.isascii() and not set(name) & set(" \"'<>&#%") for name in anchors)


def test_excerpt_does_not_end_inside_a_citation():
    rendered = render_post("word " * 46 + "[@bui2023]" + " word" * 20, WORKS)

    assert rendered.excerpt == ("word " * 46).strip() + "…"


def test_a_citation_is_one_link_italics_and_all():
    case = {"type": "legal_case", "title": "Brown v. Board", "issued": {"date-parts": [[1954]]}}

    html = render_post("So [@brown].", {"brown": case}).html

    link = '<a class="cite" href="#ref-brown"><i>Brown v. Board</i>, 1954</a>'
    assert html == f'<p dir="auto" id="p1">So ({link}).</p>'


@pytest.mark.parametrize("term", ["p. 3", "pp. 3–5", "para. 3", "paras. 3, 4"])
def test_a_locator_is_never_apart_from_its_word(term):
    html = render_post(f"So [@bui2023, {term}].", WORKS).html

    assert term.replace(" ", "&nbsp;", 1) in html


def test_a_work_seen_through_another_is_cited_in_a_sentence_and_not_listed():
    works = WORKS | {"old": {"type": "book", "title": "T", "author": [{"literal": "Rabbitt"}]}}

    rendered = render_post("@old [as cited in @bui2023] said so.", works)

    assert rendered.paragraphs == ("Rabbitt (n.d., as cited in Bui, 2023) said so.",)
    assert [(r.key, bool(r.html)) for r in rendered.references] == [
        ("bui2023", True),
        ("old", False),
    ]
    assert 'href="#ref-old"' not in rendered.html


@pytest.mark.parametrize("citation", ["[@bui2023]", "[see @bui2023, p. 3]"])
def test_an_address_right_before_a_citation_ends_there(citation):
    html = render_post(f"https://example.org/a/{citation}", WORKS).html

    assert ">https://example.org/a/</a>(" in html
    assert html.count('class="cite"') == 1
