"""Citations in a post: where they are read, what they become, what is known of them."""

import pytest

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
        ("See @raj:2012.", "See Rajagopal (2012)."),
    ],
)
def test_citation_reads_as_apa(source, plain):
    assert plain_of(source) == plain


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
        "    [@bui2023]",
        "me@bui2023.org",
        "<me@bui2023.org>",
        "https://a.org/@bui2023",
        "https://a.org/?x=@bui2023",
        "[text @bui2023](https://a.org/@bui2023)",
        "[text [@bui2023]](https://a.org)",
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


def test_unknown_key_is_shown_and_listed():
    rendered = render_post("A [@nope] and @who.", WORKS)

    assert '<span class="cite-unknown">@nope</span>' in rendered.html
    assert '<span class="cite-unknown">@who</span>' in rendered.html
    assert rendered.unknown == ("nope", "who")
    assert rendered.references == ()


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
    assert render_comment("[@bui2023] and @bui2023").html == "<p>[@bui2023] and @bui2023</p>"


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
    assert html == f'<p id="p1">So ({link}).</p>'


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
