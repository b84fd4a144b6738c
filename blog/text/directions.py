"""
Direction of each block of a text: from the right for Hebrew and Arabic, from the left for others.

The browser finds the direction of a paragraph by its first letter (`dir="auto"`). It passes over
what has a direction of its own, so a list or a quotation would never have one by its paragraphs;
theirs is found here.
"""

import re
import unicodedata
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from blog.text.invisible import is_blank

PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th"}
CONTAINERS = {"ul", "ol", "blockquote", "table"}
PLACEHOLDER = re.compile("[\ufdd0-\ufdef]\\d+[\ufdd0-\ufdef]|\x02.*?\x03")


class Directions(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        # After footnotes are in the tree (15), before it is written.
        md.treeprocessors.register(DirectionsOfBlocks(md), "directions", 11)


class DirectionsOfBlocks(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        for element in root.iter():
            if element.tag in PARAGRAPHS or element.tag in CONTAINERS:
                if element.tag == "p" and HTML_PLACEHOLDER_RE.fullmatch(element.text or ""):
                    continue  # code, which stands in no paragraph in the end
                is_container = element.tag in CONTAINERS or _holds_paragraphs(element)
                from_right = is_container and reads_from_right(element)
                element.set("dir", "rtl" if from_right else "auto")


def _holds_paragraphs(element: etree.Element) -> bool:
    return element.tag == "li" and len(element) > 0 and is_blank(element.text or "")


def reads_from_right(element: etree.Element) -> bool:
    """Return whether the first letter in `element` belongs to a script that runs from the right."""
    for text in element.itertext():
        for sign in PLACEHOLDER.sub("", text):
            direction = unicodedata.bidirectional(sign)
            if direction in ("L", "R", "AL"):
                return direction != "L"
    return False
