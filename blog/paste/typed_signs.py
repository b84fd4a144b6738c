"""Lists in plain text that begin in ways of which the renderer makes one run of words."""

import re
from collections.abc import Iterator

from blog.paste.html.list_signs import number_of

TAB_CHARS = 4
POINT = re.compile(r"\s*(?:[-*+•·▪◦]|\d{1,3}[.)])\s+\S")
DOUBLE = re.compile(r"^([ \t]*)(\d{1,3})\.\)(?=[ \t]+\S)")  # 1.)
ROMAN = re.compile(r"([ \t]*)(\(?[ivx]{1,5}[.)])(?=[ \t]+\S)")


def with_known_signs(text: str) -> str:
    """Return a text whose lists have signs of Markdown: for “1.)”, “i.”, and behind a tab."""
    lines = [DOUBLE.sub(r"\1\2.", line) for line in text.split("\n")]
    return "\n".join(_outdented(_with_digits(lines)))


def _with_digits(lines: list[str]) -> list[str]:
    """Return lines with “1.” for “i.” where “ii.” follows; alone it may be anything."""
    changed, run = list(lines), 0
    place_of_first, first = 0, ""
    for place, line in enumerate(lines):
        found = ROMAN.match(line)
        number = number_of(found[2].lower(), expected=run + 1) if found else None
        if found is None or number not in (1, run + 1):
            continue
        run = number
        written = f"{found[1]}{number}.{line[found.end() :]}"
        if number == 1:
            place_of_first, first = place, written
        else:
            changed[place_of_first], changed[place] = first, written
    return changed


def _outdented(lines: list[str]) -> Iterator[str]:
    """Yield lines, with a list that is set in straight under a sentence at its margin."""
    shift, in_list, was_blank = 0, False, True
    for line in lines:
        if not line.strip():
            was_blank = True
            yield line
            continue
        words = line.lstrip(" \t")
        indent = len(line[: len(line) - len(words)].expandtabs(TAB_CHARS))
        is_point = bool(POINT.match(line))
        if is_point and indent >= TAB_CHARS and not (in_list or was_blank):
            shift = indent
        elif indent < shift:
            shift = 0
        in_list = is_point or (in_list and not (was_blank and not indent))
        was_blank = False
        yield f"{' ' * (indent - shift)}{words}" if shift else line
