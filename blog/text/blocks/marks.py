"""Marks that begin the items of a list: `-`, `1.`, `1)`, `•` and those that Word writes."""

import re
from typing import NamedTuple

from blog.text.invisible import is_blank

BULLETS = "-+*•‣◦▪▫●○■□∙·"
# People begin a line with these for other reasons too: a dialogue, an initial, a note in brackets.
DOUBTFUL = ("–", "(1)", "a.", "a)", "(a)")
LIST_MARK = re.compile(
    rf"(?P<bullet>[{BULLETS}–])|(?P<open>\(?)(?:(?P<number>\d{{1,9}})|(?P<letter>[a-z]))(?P<end>[.)])"
)
MAX_LINES_TO_NEXT = 12


class ListMark(NamedTuple):
    """
    A mark: its `kind` (the same for all items of a list), its number and its width in columns.

    `number` is None for bullets; a letter counts as its place in the alphabet.
    """

    kind: str
    number: int | None
    width: int

    @property
    def is_doubtful(self) -> bool:
        return self.kind in DOUBTFUL

    @property
    def type(self) -> str | None:
        """Return the `type` of the HTML list, where it is not the usual one."""
        return "a" if "a" in self.kind else None


def read_mark(line: str, start: int) -> ListMark | None:
    """Return the mark at `start` of a line, which is followed by a space or nothing."""
    found = LIST_MARK.match(line, start)
    if found is None or line[found.end() : found.end() + 1] not in ("", " "):
        return None
    width = found.end() - start
    if found["bullet"]:
        return ListMark(found["bullet"], None, width)
    if found["open"] and found["end"] != ")":
        return None
    sign = "1" if found["number"] else "a"
    number = int(found["number"]) if found["number"] else ord(found["letter"]) - ord("a") + 1
    return ListMark(f"{found['open']}{sign}{found['end']}", number, width)


def is_followed(list_mark: ListMark, lines: list[str], number: int) -> bool:
    """Return whether the next item of the same list is near, before any empty line."""
    for line in lines[number + 1 : number + 1 + MAX_LINES_TO_NEXT]:
        bare = line.lstrip(" >")
        if is_blank(bare):
            return False
        following = read_mark(bare, 0)
        if following and following.kind == list_mark.kind:
            return list_mark.number is None or following.number == list_mark.number + 1
    return False
