"""Each block of a text has its direction."""

import re

import pytest

from blog.text import render_comment, render_post


def directions(source):
    return re.findall(r'<(\w+)(?: (?:class|id)="[^"]*")* dir="(\w+)"', render_post(source).html)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("הרשת שלי (PLN) גדלה!", [("p", "auto")]),
        ("Latin", [("p", "auto")]),
        ("# כותרת", [("h2", "auto")]),
        ("- פריט\n- b", [("ul", "rtl"), ("li", "auto"), ("li", "auto")]),
        ("- b\n- פריט", [("ul", "auto"), ("li", "auto"), ("li", "auto")]),
        ("1. א\n\n   ב", [("ol", "rtl"), ("li", "rtl"), ("p", "auto"), ("p", "auto")]),
        ("> شبكتي\n>\n> b", [("blockquote", "rtl"), ("p", "auto"), ("p", "auto")]),
        ("> b", [("blockquote", "auto"), ("p", "auto")]),
        ("> - «א»", [("blockquote", "rtl"), ("ul", "rtl"), ("li", "auto")]),
        ("```\nא\n```", [("pre", "auto")]),
        (
            "|א|b|\n|-|-|\n|c|ד|",
            [("table", "rtl"), *[("th", "auto")] * 2, *[("td", "auto")] * 2],
        ),
    ],
)
def test_direction_of_blocks(source, expected):
    assert directions(source) == expected


def test_direction_of_footnotes():
    assert directions("א[^1].\n\n[^1]: הערה") == [
        *(("p", "auto"), ("ol", "rtl"), ("li", "rtl"), ("p", "auto"))
    ]


def test_comment_has_directions():
    assert render_comment("שלום\n\n> א").html == (
        '<p dir="auto">שלום</p>\n<blockquote dir="rtl">\n<p dir="auto">א</p>\n</blockquote>'
    )
