"""
The examples of CommonMark's specification: the same structure, or a line in docs/markdown.md.

The table there gives the section, the number and the reason of every example that we read in
another way, in eight sections. Of the other sections nothing is asked.
"""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from blog.text import render_post

TABLE = Path(__file__).parents[3] / "docs" / "markdown.md"
ROW = re.compile(r"\| (?P<section>[A-Z][^|]+?) \| (?P<numbers>[\d, ]+) \| (?P<reason>[^|]+) \|")
SECTIONS = {
    *("Tabs", "ATX headings", "Fenced code blocks", "Paragraphs", "List items", "Lists"),
    *("Emphasis and strong emphasis", "Links"),
}
TYPOGRAPHY = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "--", "—": "---", "…": "...", "\u00a0": " "}
)
BLOCK = r"(</?(?:p|h|ul|ol|blockquote|pre|hr|br)(?: [^<>]*)?>|</?li>)"


class Shape(HTMLParser):
    """Collect tags and text: of attributes only where lists begin and where links lead."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        start = attributes.get("start", "1")
        kept = f" {start}" if tag == "ol" and start != "1" else ""
        if tag == "a":
            kept = f" {unquote(attributes.get('href') or '')}"
        self.parts.append(f"<{self._name(tag)}{kept}>")

    def handle_endtag(self, tag):
        if tag not in ("br", "hr", "img"):
            self.parts.append(f"</{self._name(tag)}>")

    def handle_data(self, data):
        self.parts.append(data.translate(TYPOGRAPHY))

    @staticmethod
    def _name(tag):
        """Return a tag's name; headings begin on another level here."""
        return "h" if re.fullmatch("h[1-6]", tag) else tag


def shape(html):
    reader = Shape()
    reader.feed(html)
    reader.close()
    text = re.sub(r"\s+", " ", "".join(reader.parts))
    text = re.sub(rf" ?{BLOCK} ?", r"\1", text)
    return re.sub(r"<code> ?(.*?) ?</code>", r"<code>\1</code>", text).strip()


def documented():
    """Return the reason of each example in the table, by section and number."""
    return {
        (row["section"], int(number)): row["reason"]
        for row in ROW.finditer(TABLE.read_text(encoding="utf-8"))
        for number in row["numbers"].split(",")
    }


@pytest.fixture
def examples(real_data):
    cases = json.loads((real_data / "markdown" / "commonmark-spec-0.31.json").read_text())
    return [case for case in cases if case["section"] in SECTIONS]


def test_every_example_is_read_as_in_commonmark_or_has_its_reason(examples):
    different = {
        (case["section"], case["example"])
        for case in examples
        if shape(render_post(case["markdown"]).html) != shape(case["html"])
    }

    assert different == documented().keys()
    assert len(examples) == 362
    assert len(different) <= 0.1 * len(examples)


def test_every_line_of_the_table_has_a_reason():
    assert {section for section, _number in documented()} <= SECTIONS
    assert all(len(reason.split()) > 3 for reason in documented().values())
