"""
Escape the signs of a page’s words that Markdown would read as marks.

Only those that both our renderer and CommonMark can take back: what is escaped stays in the text
for somebody to edit, so there should be little of it.
"""

import re

UNDERSCORE = r"(?<!\w)_|_(?!\w)"
JOINT = "\ufdd0"  # after words whose next ones, in another style, begin with a bracket
LINK_END = rf"\](?=[(\[:{JOINT}])"
NOTE_START = r"\[(?=\^)"
MARKS = re.compile(rf"[\\*`]|{UNDERSCORE}|{LINK_END}|{NOTE_START}")
MARKS_IN_LINK = re.compile(rf"[\\*`\[\]]|{UNDERSCORE}")
TAG = re.compile(r"<(?=[a-zA-Z/!?])([^<>]{0,2000})>")
LINE_START = re.compile(
    r"(\d{1,9})([.)])(?=\s|$)|()([#>]|[-+](?=\s|$)|-{2,}(?=\s*$)|-{3,})"
)  # a list, a heading, a quotation, a rule
TABLE_RULE = re.compile(r"[|:\s-]*-[|:\s-]*")
NOT_ALONE = re.compile(r"=+\s*|~{3,}.*")  # makes a heading of the line before, or begins code


def as_text(words: str, *, in_link: bool = False) -> str:
    """Return words of a page as Markdown that shows them as they are, inside a line."""
    marks = MARKS_IN_LINK if in_link else MARKS
    return TAG.sub(r"<\1\\>", marks.sub(lambda match: f"\\{match[0]}", words))


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
