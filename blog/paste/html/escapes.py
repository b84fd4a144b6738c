"""
Escape the signs of a page’s words that Markdown would read as marks.

Only those that both our renderer and CommonMark can take back: what is escaped stays in the text
for somebody to edit, so there should be little of it. The visual editor escapes text typed into
it by the same rules, in static/js/editor/visual/escapes.js: a page is the same bytes in both.
"""

import re

JOINT = "\ufdd0"  # at the edge of words with others beside them, in another style
WORD = r"[^\W_]"
STAR = r"(?<=\S)\*|\*(?=\S)"
UNDERSCORE = rf"(?!(?<={WORD})_(?={WORD}))(?:(?<=\S)_|_(?=\S))"
TILDE = r"(?<=~)~|~(?=~)"
BACKSLASH = rf"\\(?=[\\`*_{{}}\[\]()>#+\-.!|\"'@<~\n{JOINT}]|$)"
TAG_START = rf"<(?=[a-zA-Z/!?{JOINT}]|$)"
COMMENT_DASH = r"(?<=<!)-|(?<=<!-)-|-(?=-*->)|(?<=-)-(?=>)"
MARKS = re.compile(rf"`|[\[\]]|{STAR}|{UNDERSCORE}|{TILDE}|{BACKSLASH}|{TAG_START}|{COMMENT_DASH}")
ENTITY = re.compile(r"&(?=(?:#\d+|#x[\da-f]+|[\da-z]+);)", re.IGNORECASE)
# Brackets that are no link, no note and no definition.
PLAIN_BRACKETS = re.compile(rf"\[[^\[\]^`<>\\]{{0,200}}\](?![(\[:{JOINT}]| \[)")
LINE_START = re.compile(
    r"(\d{1,9})([.)])(?=\s|$)"
    r"|()(#(?=#{0,5}(?:\s|$))|>|[-+*](?=\s|$)|-{2,}(?=\s*$)|-{3,}|_(?=(?: *_){2,} *$))"
)  # a list, a heading, a quotation, a rule
TABLE_RULE = re.compile(r"[|:\s-]*-[|:\s-]*")
NOT_ALONE = re.compile(r"=+\s*")  # makes a heading of the line before


def as_text(words: str, *, in_link: bool = False) -> str:
    """Return words of a page as Markdown that shows them as they are, inside a line."""
    plain = set()
    if not in_link:
        for found in PLAIN_BRACKETS.finditer(words):
            plain |= {found.start(), found.end() - 1}
    escaped = MARKS.sub(
        lambda match: match[0] if match.start() in plain else f"\\{match[0]}", words
    )
    return ENTITY.sub("&amp;", escaped)


def as_paragraph(lines: list[str]) -> str:
    """Return lines of Markdown as one paragraph, with no heading, list, rule or table in it."""
    joined: list[str] = []
    for line in lines:
        if joined and NOT_ALONE.fullmatch(line):
            joined[-1] += f" {line}"
        else:
            joined.append(_escaped_start(line))
    return "  \n".join(joined)


def _escaped_start(line: str) -> str:
    if "|" in line and TABLE_RULE.fullmatch(line):
        line = line.replace("|", "\\|")
    match = LINE_START.match(line)
    if match is None:
        return line
    number, sign = match[1] or "", match[2] or match[4]
    return f"{number}\\{sign}{line[match.end() :]}"
