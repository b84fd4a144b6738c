"""The lines of a text, with the paragraph they belong to and its own citations marked."""

import re
from dataclasses import dataclass

REFERENCES_HEADING = re.compile(
    r"\W*(references?|reference list|list of references|works cited|bibliography)\W*", re.IGNORECASE
)
# The renderer has taken these two out of everything typed, so here they can mark citations.
OPEN, CLOSE = "\ufdd0", "\ufdd1"
MARKED = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
MARKS = re.compile(f"[{OPEN}{CLOSE}]")


@dataclass(frozen=True)
class Line:
    """One line of a text; ``text`` marks the citations that were written as keys."""

    text: str
    paragraph: int | None = None
    is_quoted: bool = False
    is_heading: bool = False

    @property
    def plain(self) -> str:
        return MARKS.sub("", self.text)

    @property
    def says_references(self) -> bool:
        return bool(REFERENCES_HEADING.fullmatch(self.plain))
