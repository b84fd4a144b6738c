"""Remove what a page does not show, and what a post cannot hold; count the latter."""

import re
from collections import Counter

from blog.paste.html.embeds import EMBEDDED, embedded_address
from blog.paste.html.formulas import FORMULAS, write_formula
from blog.paste.html.tree import Node

NEVER_SHOWN = {
    *("base", "datalist", "fallback", "head", "link", "meta", "noembed", "noframes", "noscript"),
    *("param", "script", "template", "title", "track", "xml"),
}
FIELDS = {"select", "textarea"}
PICTURES = {"canvas", "img", "svg"}
FIELDS_WITHOUT_WORDS = {"checkbox", "hidden", "image", "radio"}
# Comments of people who read a document: Word's, Google's, LibreOffice's.
REMARK_AIM = re.compile(r"_msocom_\d{1,5}|_msoanchor_\d{1,5}|cmnt(?:_ref)?\d{1,5}", re.IGNORECASE)
REMARK_MARKS = {"msocommentreference", "msocomanchor", "msocomoff"}
REMARK_TEXTS = {"msocomtxt", "msocommenttext", "msocommentsubject"}
EMOJI = re.compile(r"[^\x00-\xff\s\w]{1,12}")


def leave_out(root: Node) -> Counter[str]:
    """Remove hidden and foreign parts of a tree, in place; return how many of each kind.

    The kinds are ``images``, ``comments`` of a document's readers, ``deletions`` that a document
    keeps on record, ``menus``, ``fields``, ``buttons``, ``media`` without an
    address, and ``shortcodes``.
    """
    counts: Counter[str] = Counter()
    _remove_remarks(root, counts)
    written: set[int] = set()  # the formulas inside of others
    for node in root.walk():
        if node.tag in NEVER_SHOWN or _is_hidden(node) or _is_double(node):
            node.remove()
        elif node.tag in FORMULAS:
            if id(node) not in written:
                written.update(id(inner) for inner in node.walk() if inner.tag in FORMULAS)
                write_formula(node)
        elif node.tag == "del" and {"cite", "datetime"} & node.attrs.keys():
            _count(counts, "deletions", node)
        elif node.tag == "nav":
            _count(counts, "menus", node)
        elif node.tag in FIELDS:
            _count(counts, "fields", node)
        elif _is_tool(node):
            _count(counts, "buttons", node)
        elif node.tag == "input":
            _take_input(node, counts)
        elif node.tag in EMBEDDED:
            _take_embedded(node, counts)
        elif node.tag in PICTURES:
            _take_picture(node, counts)
        elif node.tag == "shortcode" and not node.children:
            counts["shortcodes"] += 1
            node.remove()
    return counts


def _is_hidden(node: Node) -> bool:
    style = node.style
    return (
        "hidden" in node.attrs
        or style.get("display", "").startswith("none")
        or style.get("visibility", "").startswith("hidden")
        or style.get("mso-hide", "").startswith("all")
        or (node.tag == "dialog" and "open" not in node.attrs)
    )


def _is_tool(node: Node) -> bool:
    """Return whether a part is none of the text: “Copy” on code, “[edit]” behind a heading."""
    if node.tag == "button":
        return any(above.tag == "pre" for above in node.ancestors())
    return "mw-editsection" in node.classes


def _is_double(node: Node) -> bool:
    """Return whether a page has the same formula twice, once for the eye and once to be read."""
    if node.tag == "img":
        return any(name.startswith("mwe-math-fallback") for name in node.classes)
    return "katex-html" in node.classes and "aria-hidden" in node.attrs


def _count(counts: Counter[str], kind: str, node: Node) -> None:
    if node.has_text:
        counts[kind] += 1
    node.remove()


def _take_input(node: Node, counts: Counter[str]) -> None:
    kind = node.attrs.get("type", "text").lower()
    if kind == "checkbox":
        node.become("span", ["☑ " if "checked" in node.attrs else "☐ "])
        return
    if kind not in FIELDS_WITHOUT_WORDS and node.attrs.get("value", "").strip():
        counts["fields"] += 1
    node.remove()


def _take_embedded(node: Node, counts: Counter[str]) -> None:
    address = embedded_address(node)
    if address:
        node.become("embedded", href=address)
    else:
        counts["media"] += 1
        node.remove()


def _take_picture(node: Node, counts: Counter[str]) -> None:
    alternative = node.attrs.get("alt", "").strip()
    item = node.parent
    if EMOJI.fullmatch(alternative):
        node.become("span", [alternative])
    elif item is not None and item.attrs.get("role") == "checkbox":
        node.remove()  # Google Docs draws the box that the item says
    elif node.tag == "img" or node.has_text:
        counts["images"] += 1
        node.remove()
    else:
        node.remove()  # an icon


def _remove_remarks(root: Node, counts: Counter[str]) -> None:
    """Remove the comments in the margin of a document, and their marks in its text."""
    for node in root.walk():
        element, classes = node.style.get("mso-element", ""), set(map(str.lower, node.classes))
        titled = node.attrs.get("title", "").strip().lower() == "comment"
        if titled or element == "comment" or classes & REMARK_TEXTS:
            _count(counts, "comments", node)
        elif node.tag == "a" and REMARK_AIM.fullmatch(
            node.attrs.get("href", "").rpartition("#")[2]
        ):
            _remove_linked(node, counts)
        elif (
            node.tag == "remark"
            or classes & REMARK_MARKS
            or node.style.get("mso-special-character") == "comment"
        ):
            node.remove()


def _remove_linked(link: Node, counts: Counter[str]) -> None:
    """Remove a mark; or, where it stands at the start of a comment, the comment."""
    aim = link.attrs["href"].rpartition("#")[2].lower()
    block = next((each for each in link.ancestors() if each.is_block), None)
    is_in_comment = "ref" in aim or "anchor" in aim
    if not is_in_comment or block is None or block.parent is None:
        (_raised(link) or link).remove()
        return
    above = block.parent
    first = next((each for each in above.elements if each.has_text), None)
    whole = above if above.tag == "div" and first is block and above.parent is not None else block
    _count(counts, "comments", whole)


def _raised(link: Node) -> Node | None:
    """Return the superscript that holds nothing but a link."""
    above = link.parent
    return above if above is not None and above.tag == "sup" and len(above.children) == 1 else None
