"""
Write formulas as words on a line: ``a² + (b)/(c)``, with raised and lowered parts.

MathML is what web pages have. Word's own elements (``m:oMath``) stand in a comment on its
clipboard, and have the same parts under other names.
"""

from blog.paste.html.tree import Node

FORMULAS = {"math", "m:omath"}
NOT_SHOWN = {"annotation", "annotation-xml", "mphantom", "m:ctrlpr", "m:rpr"}
SUPERSCRIPTS = {"msup", "mover", "m:ssup"}
SUBSCRIPTS = {"msub", "munder", "m:ssub"}
BOTH = {"msubsup", "munderover", "m:ssubsup"}
FRACTIONS = {"mfrac", "m:f"}
ROOTS = {"msqrt", "m:rad"}
# Each part reads all the words in it, so deep formulas would cost the square of their length. What
# lies deeper keeps its words and loses its form.
MAX_DEPTH = 20


def write_formula(node: Node) -> None:
    """Turn a formula, and those in it, into words, in place."""
    for part in reversed(_upper_parts(node)):  # the inner ones first
        if part.tag in NOT_SHOWN:
            part.remove()
        elif part.tag in FRACTIONS | ROOTS | BOTH | SUPERSCRIPTS | SUBSCRIPTS | {"mroot"}:
            _write(part)
        elif part.tag in ("mtd", "mtr", "mlabeledtr"):
            part.add(" " if part.tag == "mtd" else "; ")
        elif part.tag == "mo" and part.text.strip() in (
            "+",
            "-",
            "−",
            "=",
            "<",
            ">",
            "±",
            "≤",
            "≥",
        ):
            part.become("mo", [f" {part.text.strip()} "])
    node.become("span", node.children)


def _upper_parts(formula: Node) -> list[Node]:
    """Return the parts of a formula down to ``MAX_DEPTH``, the outer ones first."""
    parts, level = [formula], [formula]
    for _depth in range(MAX_DEPTH):
        level = [inner for part in level for inner in part.elements]
        parts += level
    return parts


def _write(node: Node) -> None:
    parts = [part for part in node.elements if part.has_text]
    tag = node.tag
    if tag in FRACTIONS and len(parts) == 2:
        node.become("span", [*_grouped(parts[0]), "/", *_grouped(parts[1])])
    elif tag in ROOTS and parts:
        node.become("span", ["√", *_grouped(Node("span", children=list(node.children)))])
    elif tag == "mroot" and len(parts) == 2:
        parts[1].tag = "sup"
        node.become("span", [parts[1], "√", *_grouped(parts[0])])
    elif tag in BOTH and len(parts) == 3:
        parts[1].tag, parts[2].tag = "sub", "sup"
    elif tag in SUPERSCRIPTS | SUBSCRIPTS and len(parts) == 2:
        parts[1].tag = "sup" if tag in SUPERSCRIPTS else "sub"


def _grouped(part: Node) -> list[Node | str]:
    """Return a part, in brackets where more than one sign or number would be taken for one."""
    return [part] if part.text.strip().isalnum() else ["(", part, ")"]
