"""Characters that are no text: controls, and the renderer's own marks, in every field."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.citations.csl.fields import UNWANTED, tidy
from blog.citations.parsers import clean_csl, read_references
from blog.citations.parsers.csl_json import DATES, NAME_PARTS, PEOPLE, TEXTS
from blog.text.works import render_work

MARKS = [chr(code) for code in range(0xFDD0, 0xFDF0)]
MARKS += ["\x02", "\x03", "\x00", "\ufffe", "\uffff", "\U0001ffff", "\U0010fffe", "\ud800"]
MARKED = st.lists(
    st.sampled_from([*MARKS, "0", "7", "12", "a", " ", "&#xFDD6;", "&#64982;", "wzxhzdk:0"]),
    min_size=1,
    max_size=8,
).map(lambda parts: "A" + "".join(parts))


def words_of(value):
    if isinstance(value, dict):
        return [word for one in value.values() for word in words_of(one)]
    if isinstance(value, list):
        return [word for one in value for word in words_of(one)]
    return [str(value)]


@given(st.sampled_from(TEXTS), MARKED)
def test_no_mark_is_left_in_a_text_field(field, text):
    csl = clean_csl({"type": "article-journal", "title": "T", field: text})

    assert not any(UNWANTED.search(word) for word in words_of(csl))
    assert render_work(csl).html


@given(st.sampled_from(PEOPLE), st.sampled_from([*NAME_PARTS, "name"]), MARKED)
def test_no_mark_is_left_in_a_name(field, part, text):
    csl = clean_csl({"type": "book", "title": "T", field: [{part: text, "family": "F"}]})

    assert not any(UNWANTED.search(word) for word in words_of(csl))
    assert render_work(csl).html


@given(st.sampled_from(DATES), st.sampled_from(["raw", "literal", "season"]), MARKED)
def test_no_mark_is_left_in_a_date(field, part, text):
    csl = clean_csl({"type": "book", "title": "T", field: {part: text}})

    assert not any(UNWANTED.search(word) for word in words_of(csl))
    assert render_work(csl).html


@given(MARKED)
def test_no_mark_is_left_by_any_format(text):
    title = text.replace("\x00", "").replace("\ud800", "")
    ris = f"TY  - BOOK\nTI  - {title}\nAU  - F\nER  - \n"
    bibtex = f"@book{{q, author = {{F}}, title = {{{title}}}, year = 2020}}"

    for source in (json.dumps([{"type": "book", "title": text, "author": [{"family": "F"}]}]), ris):
        for record in read_references(source):
            assert render_work(clean_csl(record)).html
    for record in read_references(bibtex):
        assert not UNWANTED.search(clean_csl(record)["title"])


@pytest.mark.parametrize("mark", MARKS)
def test_each_mark_is_taken_out(mark):
    assert tidy(f"A {mark}0{mark} net") == "A 0 net"
