"""
Treeprocessors for posts: numbered paragraphs, headings below the page's own, footnotes with plain
numbers, tables without styles.
"""

import re
from collections import Counter
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from blog.text.guard import too_deep
from blog.text.invisible import is_blank

MAX_TREE_DEPTH = 60
HEADING = re.compile(r"h[1-6]")
FOOTNOTE = re.compile(r"(#?)fn(?:(ref)(\d*))?-(.*)", re.DOTALL)
PLACEHOLDER = re.compile("[\ufdd0-\ufdef]\\d+[\ufdd0-\ufdef]|\x02.*?\x03")


class Finish(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        # After the inline processors (20) and the footnotes' back links (15), before prettifying
        # (10), which is the first to walk the tree by recursion.
        md.treeprocessors.register(FinishTree(md), "finish", 12)


class FinishTree(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        refuse_deep(root)
        number_paragraphs(root)
        lower_headings(root)
        number_footnotes(root)
        dress_tables(root)


def refuse_deep(root: etree.Element) -> None:
    """Raise `TextRefused` for a tree that only a deep recursion could write."""
    level = list(root)
    for _depth in range(MAX_TREE_DEPTH):
        if not level:
            return
        level = [child for element in level for child in element]
    raise too_deep()


def number_paragraphs(root: etree.Element) -> None:
    """
    Set the ids of the post's own paragraphs; those in quotations and lists have none.

    A picture alone is no paragraph that anybody would cite.
    """
    number = 0
    for element in root:
        if element.tag == "p" and _is_picture(element):
            element.set("class", "picture")
        elif element.tag == "p" and not _is_fenced_code(element):
            number += 1
            element.set("id", f"p{number}")


def _is_picture(element: etree.Element) -> bool:
    """Return whether a paragraph holds pictures, which may be links, and no word beside them."""
    has_picture = next(element.iter("img"), None) is not None
    return has_picture and all(is_blank(text) for text in element.itertext())


def _is_fenced_code(element: etree.Element) -> bool:
    return not len(element) and bool(HTML_PLACEHOLDER_RE.fullmatch((element.text or "").strip()))


def lower_headings(root: etree.Element) -> None:
    """
    Lower headings to h2 and below, under the page's h1 and with no level left out, and set ids.

    Whoever used `#` and `###` meant two levels, and a reader who jumps from heading to heading
    should find two.
    """
    headings = [element for element in root.iter() if HEADING.fullmatch(element.tag)]
    levels = sorted({heading.tag for heading in headings})
    used: Counter[str] = Counter()
    for heading in headings:
        heading.tag = f"h{min(levels.index(heading.tag) + 2, 6)}"
        heading.set("id", _heading_id(PLACEHOLDER.sub("", "".join(heading.itertext())), used))


def _heading_id(text: str, used: Counter[str]) -> str:
    """Return the id of a heading from its words; a second of these ends in `--2`."""
    name = "h-" + ("-".join(re.findall(r"\w+", text.lower()))[:60] or "section")
    used[name] += 1
    return name if used[name] == 1 else f"{name}--{used[name]}"


def number_footnotes(root: etree.Element) -> None:
    """Number the ids of footnotes, which had their typed labels, and drop links back to nowhere."""
    notes = next((div for div in root.iter("div") if div.get("class") == "footnote"), None)
    if notes is None:
        return
    notes.set("class", "footnotes")
    notes.set("role", "doc-endnotes")
    items = list(notes.iterfind("ol/*"))
    numbers = {item.get("id", "").partition("-")[2]: n for n, item in enumerate(items, start=1)}
    for element in root.iter():
        for attribute in ("id", "href"):
            found = FOOTNOTE.fullmatch(element.get(attribute, ""))
            if found and found[4] in numbers:
                element.set(attribute, _footnote_id(found, numbers[found[4]]))
    targets = {element.get("id") for element in root.iter("sup")}
    for item in items:
        for parent in list(item.iter()):
            _dress_back_links(parent, targets)
    for link in root.iter("a"):
        if link.get("class") == "footnote-ref":
            link.set("role", "doc-noteref")


def _footnote_id(found: re.Match, number: int) -> str:
    hash_, ref, again, _key = found.groups()
    return f"{hash_}fn{ref or ''}-{number}" + (f"-{again}" if again else "")


def _dress_back_links(parent: etree.Element, targets: set) -> None:
    for link in [child for child in parent if child.get("class") == "footnote-backref"]:
        if link.get("href", "").removeprefix("#") in targets:
            link.set("class", "footnote-back")
            link.set("role", "doc-backlink")
            link.attrib.pop("title", None)
        else:
            parent.remove(link)


def dress_tables(root: etree.Element) -> None:
    """Replace the align attributes of cells by classes, and set the scope of column headers."""
    for cell in root.iter():
        if cell.tag in ("td", "th") and "align" in cell.attrib:
            cell.set("class", f"align-{cell.attrib.pop('align')}")
        if cell.tag == "th":
            cell.set("scope", "col")
