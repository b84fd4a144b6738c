"""Lists that come out as the word processor meant them: ``pytest -s`` prints the figures."""

import pytest
from justhtml import JustHTML

from blog.paste.html import read_html
from blog.text import render_post
from tests.blog.paste.list_pages import PROGRAMS, Entry, Outline, outlines

LISTS = 60
WANTED = 0.95


def outline_of(node) -> Outline:
    """Return the lists right inside an element of a rendered post."""
    lists = [child for child in node.children if child.name in ("ul", "ol")]
    return [
        (
            each.name,
            int(each.attrs.get("start") or 1),
            [_entry(item) for item in each.children if item.name == "li"],
        )
        for each in lists
    ]


def _entry(item) -> Entry:
    words = "\n".join(
        child.to_text(strip=False) if child.name != "#text" else child.data
        for child in item.children
        if child.name not in ("ul", "ol")
    )
    return Entry(
        tuple(line.strip() for line in words.split("\n") if line.strip()), outline_of(item)
    )


@pytest.mark.parametrize("program", PROGRAMS)
def test_lists_are_as_the_program_meant_them(program):
    right = 0
    for outline in outlines(LISTS):
        html = render_post(read_html(PROGRAMS[program](outline)).text).html.replace("<br>", "\n")
        right += outline_of(JustHTML(html, sanitize=False).query("body")[0]) == outline

    print(f"{program}: {right} of {LISTS} lists")
    assert right >= WANTED * LISTS
