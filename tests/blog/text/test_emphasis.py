"""Emphasis: what pairs, and that no letter is lost where nothing does."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.text import render_comment
from tests.examples import examples


def inside(source):
    return render_comment(source).html.removeprefix('<p dir="auto">').removesuffix("</p>")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("*a* **b** ***c***", "<em>a</em> <strong>b</strong> <em><strong>c</strong></em>"),
        ("_a_ __b__ snake_case_name", "<em>a</em> <strong>b</strong> snake_case_name"),
        (
            "**a *b* c** *a **b** c*",
            "<strong>a <em>b</em> c</strong> <em>a <strong>b</strong> c</em>",
        ),
        ("***a** b* ***a* b**", "<em><strong>a</strong> b</em> <strong><em>a</em> b</strong>"),
        ("un*frigging*believable", "un<em>frigging</em>believable"),
        ("*a**b**c*", "<em>a<strong>b</strong>c</em>"),
        ("*1**1*a", "<em>1**1</em>a"),
        ("2 * 3 * 4 and 2*3", "2 * 3 * 4 and 2*3"),
        ("*open and **open", "*open and **open"),
        ("**So:**they", "<strong>So:</strong>they"),
        ("**So.** They", "<strong>So.</strong> They"),
        ("这是**“重要”**的", "这是<strong>“重要”</strong>的"),
        ("これは*強調*です", "これは<em>強調</em>です"),
        ("~~gone~~ ~20 and ~~~", "<del>gone</del> ~20 and ~~~"),
        ("*a~~b* ~~c~~d", "<em>a~~b</em> <del>c</del>d"),
        ("*a\nb*", "<em>a<br>\nb</em>"),
        (r"\~~a~~ \<b>", "~~a~~ &lt;b&gt;"),
        (r"\*a\* *b\**", "*a* <em>b*</em>"),
        ("`*a*` *`b*`*", "<code>*a*</code> <em><code>b*</code></em>"),
    ],
)
def test_emphasis(source, expected):
    assert inside(source) == expected


@settings(max_examples=examples(400))
@given(st.text(st.sampled_from("ab *_~()\\`"), max_size=40))
def test_any_emphasis_keeps_its_letters(source):
    html = render_comment("x" + source).html

    assert re.findall("[abx]", re.sub("<[^<>]*>", "", html)) == re.findall("[abx]", "x" + source)
