"""
Recognise the source of a page among pasted texts, and prepare it for reading.

People paste what the text view of a blog's old editor showed them: words with some tags, and
paragraphs that only an empty line separates.
"""

import re

from blog.paste.html.shortcodes import has_shortcodes
from blog.text.guard import LINE_END

MAX_SEARCHED_CHARS = 20_000
BLOCK_NAMES = "p|div|h[1-6]|[uod]l|li|table|tr|blockquote|pre|section|article"
BEGINS_PAGE = re.compile(
    rf"<(?:!doctype|html|head|body|{BLOCK_NAMES}|span|b|i|em|strong|a|img|meta|figure|iframe|!--)"
    r"\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
# A block whose tag begins a line, or a link, among plain words.
HAS_BLOCK = re.compile(
    rf"^[ \t]*<({BLOCK_NAMES})(?:\s[^<>]{{0,1000}})?>", re.IGNORECASE | re.MULTILINE
)
HAS_LINK = re.compile(r"<a\s[^<>]{0,200}href=[^<>]{1,2000}>[^<>]{1,1000}</a>", re.IGNORECASE)
# What people write in Markdown, and what a page would have to escape.
MARKDOWN = re.compile(
    r"```|~~~|`[^`\n]+`|\]\(\S+\)|\*\*\S|\[\^[^\]\s]{1,20}\]"
    r"|^#{1,6} |^ {0,3}(?:[-*+]|\d{1,3}\.) |^> ",
    re.MULTILINE,
)
HAS_PARAGRAPHS = re.compile(r"<(?:p|br|div|body|html)\b", re.IGNORECASE)
ROW = re.compile(r"<(/?)(table|thead|tbody|tr|td|th)\b[^<>]{0,1000}>", re.IGNORECASE)
VERBATIM = re.compile(r"<(/?)(pre|script|style|textarea|xmp)\b", re.IGNORECASE)
EQUATION = re.compile(r"<!--\[if gte msEquation \d{1,3}\]>|<!\[endif\]-->", re.IGNORECASE)
BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")


def is_html(text: str) -> bool:
    """Return whether a pasted text is the HTML source of a page or of a part of one."""
    start = text.lstrip()[:MAX_SEARCHED_CHARS]
    if BEGINS_PAGE.match(start):
        return "</" in text or start.lower().startswith(("<!doctype", "<!--", "<img"))
    if MARKDOWN.search(start):
        return False
    block = HAS_BLOCK.search(start)
    if block is not None and f"</{block[1].lower()}>" in text.lower():
        return True
    return bool(HAS_LINK.search(start)) or has_shortcodes(start)


def prepare_source(text: str) -> str:
    """Return source typed or copied as text with its paragraphs in elements.

    Where it has no paragraphs of its own, an empty line separates two, and a line break is one.
    """
    text = LINE_END.sub("\n", text)
    line_break = "\n" if HAS_PARAGRAPHS.search(text) else "<br>"
    parts, place, is_verbatim = [], 0, ""
    for tag in VERBATIM.finditer(text):
        closes, name = bool(tag[1]), tag[2].lower()
        if closes != bool(is_verbatim) or (is_verbatim and name != is_verbatim):
            continue
        piece = text[place : tag.start()]
        parts.append(piece if is_verbatim else _with_breaks(piece, line_break))
        place, is_verbatim = tag.start(), "" if closes else name
    rest = text[place:]
    return "".join([*parts, rest if is_verbatim else _with_breaks(rest, line_break)])


def complete(html: str) -> str:
    """Return HTML with a table around rows that have none, and with the formulas of Word shown."""
    html = _with_formulas(html)
    first = ROW.search(html)
    if first is None or first[1] or first[2].lower() == "table":
        return html
    end = first.end()
    for row in ROW.finditer(html, end):
        if row[2].lower() == "table":
            break
        end = row.end() if row[1] else end
    return f"{html[: first.start()]}<table>{html[first.start() : end]}</table>{html[end:]}"


def _with_formulas(html: str) -> str:
    """Return HTML without the signs of a comment around each of Word’s formulas."""
    parts, place, is_open = [], 0, False
    for sign in EQUATION.finditer(html):
        begins = "msequation" in sign[0].lower()
        if begins != is_open:
            parts.append(html[place : sign.start()])
            place, is_open = sign.end(), begins
    return "".join([*parts, html[place:]])


def _with_breaks(text: str, line_break: str) -> str:
    """Return source with breaks for its empty lines, and others for its lines."""
    paragraphs = BLANK_LINE.split(text)
    return "<br><br>".join(paragraph.replace("\n", line_break) for paragraph in paragraphs)
