"""
Three questions to begin a reflection with: what, so what, now what.

The questions help while writing and are no part of the post. So they stand in the draft as plain
lines that anybody can see and change, and what is left of them dissolves when the text is rendered:
each question as it was put, and each heading under which nothing was written. A heading with words
under it has become the writer's own.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

QUESTIONS = [
    (
        gettext_noop("What?"),
        gettext_noop(
            "What happened, or what did you read? Tell it as it was, without judging yet."
        ),
    ),
    (
        gettext_noop("So what?"),
        gettext_noop("Why does it matter? Hold it beside what others found, and cite them."),
    ),
    (
        gettext_noop("Now what?"),
        gettext_noop("What will you do or see differently, and how will you know that you did?"),
    ),
]
FENCE = re.compile(r"`{3,}|~{3,}")
SECTION = re.compile(r"#{1,2}\s")


def scaffold() -> str:
    """Return the three headings, each with a question under it and room to write."""
    parts = (f"{_heading(_(name))}\n\n{_aside(_(question))}\n" for name, question in QUESTIONS)
    return "\n".join(parts) + "\n"


def strip_scaffold(text: str) -> str:
    """Return a text without what the scaffold put there and nobody has changed.

    A text that holds nothing of it comes back as it was, to the last space.
    """
    asides = {_aside(said) for _name, question in QUESTIONS for said in (question, _(question))}
    headings = {_heading(said) for name, _question in QUESTIONS for said in (name, _(name))}
    lines = text.split("\n")
    outside = _outside_code(lines)
    dropped = {n for n in outside if lines[n].strip() in asides}
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


def _aside(question: str) -> str:
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
    """Say whether nothing is written from here to the next heading as high, or to the end."""
    following = next((number for number in rest if lines[number].strip()), None)
    return following is None or (following in outside and bool(SECTION.match(lines[following])))


def _joined(lines: list[str], dropped: set[int]) -> str:
    """Leave the dropped lines out, each with the empty lines behind it."""
    kept: list[str] = []
    is_closing = False
    for number, line in enumerate(lines):
        if number in dropped:
            is_closing = True
        elif line.strip() or not is_closing:
            is_closing = False
            kept.append(line)
    return "\n".join(kept).rstrip("\n")
