"""Files that are no XML: where, and what is done about it."""

import contextlib
from datetime import UTC, datetime
from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.wordpress import WordPressRefused, read_export
from blog.wordpress.repair import KINDS, MAX_REPAIRS, repair
from tests.examples import examples
from tests.wordpress_files import comment, item, wxr

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def read(text):
    data = text if isinstance(text, bytes) else text.encode()
    return read_export(data, zone=UTC, now=NOW, name="blog.xml")


def line_of(text, words):
    return text[: text.index(words)].count("\n") + 1


def repaired(export):
    return [(one.line, one.kind) for one in export.repairs]


def test_a_whole_file_is_not_repaired():
    export = read(wxr(item()))

    assert (export.broken, export.repairs) == ((), ())


@pytest.mark.parametrize(
    ("sign", "kind"), [("\x0b", "control"), ("&amp; & ", "ampersand"), ("&nbsp;", "ampersand")]
)
def test_signs_that_xml_does_not_have_are_repaired(sign, kind):
    text = wxr(item(title="TITLE")).decode().replace("TITLE", f"Of{sign}ties")

    export = read(text)

    line = line_of(text, "Of")
    assert export.broken[0][:2] == ("blog.xml", line)
    assert repaired(export) == [(line, kind)]
    assert export.posts[0].title in {"Ofties", "Of& & ties", "Of ties"}


def test_a_byte_of_another_encoding_is_read_as_windows_does():
    data = wxr(item(html="<p>caf\u00e9 WORD</p>")).replace(b"WORD", b"\x93quoted\x94")

    export = read(data)

    assert export.posts[0].html == "<p>café “quoted”</p>"
    assert [kind for _line, kind in repaired(export)] == ["encoding"]


def test_a_file_in_another_encoding_is_no_fault():
    data = wxr(item(html="<p>café</p>", title="Été")).decode()
    data = data.replace('encoding="UTF-8"', 'encoding="iso-8859-1"').replace("’", "'")

    export = read(data.encode("latin-1"))

    assert (export.posts[0].html, export.broken) == ("<p>café</p>", ())
    assert read(wxr(item()).decode().encode("utf-16")).posts


def test_a_file_that_ends_too_early_is_read_as_far_as_it_goes():
    text = wxr(item(1), item(2, comments=[comment(html="The last words of it")])).decode()

    export = read(text[: text.index("last words")])

    assert [post.title for post in export.posts] == ["A post", "A post"]
    assert repaired(export)[-1][1] == "unclosed"


def test_a_text_that_ends_its_section_too_early_stays_text():
    broken = "<![CDATA[<p>a</p><script>//]]></script> &c <p>b</p>]]>"
    text = wxr(item()).decode().replace("<![CDATA[<p>Words of a post.</p>]]>", broken)

    export = read(text)

    assert export.posts[0].html == "<p>a</p><script>//</script> &c <p>b</p>]]>"
    assert {kind for _line, kind in repaired(export)} == {"stray_tag", "ampersand", "cdata"}


def test_elements_that_are_not_closed_are():
    text = wxr(item(1), item(2)).decode().replace("</item>", "", 1)

    export = read(text)

    assert len(export.posts) >= 1
    assert "unclosed" in {kind for _line, kind in repaired(export)}


def test_a_document_type_is_not_repaired():
    with pytest.raises(WordPressRefused) as refused:
        repair("<rss><title>\x0b</title>\n<!DOCTYPE rss [<!ENTITY a 'b'>]></rss>")
    assert (refused.value.reason, refused.value.line) == ("doctype", 2)


@settings(max_examples=examples(200), deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *("<rss>", "</rss>", "<item>", "</item>", "<wp:x a='1'>", "</wp:x>", "<wp:y/>"),
                *("<![CDATA[", "]]>", "<!--", "-->", "<?x", "?>", "<", ">", "&", "&amp;", "&#0;"),
                *("<p>", "</p>", "words", "\n", "\x00", "é", "<wp:", "=", '"'),
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_whatever_is_repaired_is_xml(text):
    whole, repairs = repair(f"<rss>{text}</rss>")

    expat.ParserCreate().Parse(whole, True)
    assert {one.kind for one in repairs} <= set(KINDS)


@settings(max_examples=examples(100), deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), max_size=60))
def test_a_whole_file_stays_what_it_is(words):
    whole = wxr(item(html=words, title=words)).decode()

    again, repairs = repair(whole)

    assert repairs == ()
    assert read(again).posts == read(whole).posts


@pytest.mark.parametrize(
    "filling",
    [*("<![CDATA[", "<a ", "<!--", "& ", "]]>", "<a b='", "\x00", "<wp:x></wp:y>", "<wp:x>")],
)
def test_large_broken_files_are_read_or_refused_at_once(filling):
    text = wxr(item(html="<p>words</p>")).decode().replace("</channel>", filling * 20_000)

    with contextlib.suppress(WordPressRefused):  # as too deep
        assert read(text).posts


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"&" * 6_000_000, "beyond_repair"),
        (b"<" * 3_000_000, "beyond_repair"),
        (b"<!---->" * 3_000_000 + b"&", "beyond_repair"),
        (b"\xff" * 6_000_000, "beyond_repair"),
        (b"<a:b/>" * 1_100_000, "too_many_items"),
        (b"<item>" + b"<wp:comment/>" * 60_000 + b"</item>", "too_many_items"),
    ],
    ids=["signs", "starts", "pieces", "bytes", "elements", "comments"],
)
def test_a_file_of_rubbish_is_refused_before_it_is_read_to_its_end(sent, reason):
    data = wxr(item()).replace(b"</channel>", sent + b"</channel>")

    with pytest.raises(WordPressRefused) as refused:
        read(data)

    assert (refused.value.reason, refused.value.name) == (reason, "blog.xml")
    assert refused.value.line


def test_repairs_are_listed_up_to_a_number():
    text = wxr(item(title="TITLE")).decode().replace("TITLE", "&" * 600)

    assert len(read(text).repairs) == MAX_REPAIRS
