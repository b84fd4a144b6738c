"""
Scaffold of a reflection: what, so what, now what.

Its questions help while writing and are no part of the post. So they are plain lines of the draft,
which anybody can see and change, and what is left of them is stripped when the text is rendered:
each unchanged question, and each heading with nothing under it. A heading with words under it
belongs to the author.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from blog.text.invisible import is_blank

QUESTIONS = [
    (
        gettext_noop("What?"),
        gettext_noop("What happened, or what did you read? Describe it, without judging it yet."),
    ),
    (
        gettext_noop("So what?"),
        gettext_noop("Why does it matter? Compare it with what others have found, and cite them."),
    ),
    (
        gettext_noop("Now what?"),
        gettext_noop("What will you do or think differently, and how will you notice?"),
    ),
]
FENCE = re.compile(r"`{3,}|~{3,}")
SECTION = re.compile(r"#{1,2}(?=[ \t]|$)")


def scaffold() -> str:
    """Return the scaffold as Markdown: three headings, each with a question and room to write."""
    parts = (f"{_heading(_(name))}\n\n{_quoted(_(question))}\n" for name, question in QUESTIONS)
    return "\n".join(parts) + "\n"


def strip_scaffold(text: str) -> str:
    """Return a text without the unchanged lines of the scaffold, in English or translated.

    A text without any of them comes back as it was, to the last space.
    """
    questions = {_quoted(words) for _name, asked in QUESTIONS for words in (asked, _(asked))}
    headings = {_heading(words) for name, _asked in QUESTIONS for words in (name, _(name))}
    lines = text.split("\n")
    outside = _outside_code(lines)
    dropped = {n for n in outside if lines[n].strip() in questions}
    left = [n for n in range(len(lines)) if n not in dropped]
    for place, number in enumerate(left):
        is_ours = number in outside and lines[number].strip() in headings
        if is_ours and _is_empty(lines, left[place + 1 :], outside):
            dropped.add(number)
    if not dropped:
        return text
    return _joined(lines, dropped)


def _heading(name: str) -> str:
    return f"## {name}"


def _quoted(question: str) -> str:
    return f"> *{question}*"


def _outside_code(lines: list[str]) -> set[int]:
    """Return the numbers of the lines that no fence encloses."""
    outside, fence = set(), ""
    for number, line in enumerate(lines):
        found = FENCE.match(line)
        if not fence:
            outside.add(number)
            fence = found[0] if found else ""
        elif found and found[0].startswith(fence):
            fence = ""
    return outside


def _is_empty(lines: list[str], rest: list[int], outside: set[int]) -> bool:
    """Return whether there is nothing from here to the next heading as high, or to the end."""
    following = next((number for number in rest if not is_blank(lines[number])), None)
    return following is None or (following in outside and bool(SECTION.match(lines[following])))


def _joined(lines: list[str], dropped: set[int]) -> str:
    """Return the lines without the dropped ones, and without the empty lines after those."""
    result: list[str] = []
    is_closing = False
    for number, line in enumerate(lines):
        if number in dropped:
            is_closing = True
        elif not is_blank(line) or not is_closing:
            is_closing = False
            result.append(line)
    return "\n".join(result).rstrip("\n")
