"""Lines of a text, with their paragraph and with the citations by key marked."""

import re
from dataclasses import dataclass

REFERENCES_HEADING = re.compile(
    r"\W*(references?|reference list|list of references|works cited|bibliography)\W*", re.IGNORECASE
)
# The renderer removes these two noncharacters from every text, so here they can mark citations.
OPEN, CLOSE = "\ufdd0", "\ufdd1"
MARKS = re.compile(f"[{OPEN}{CLOSE}]")
MARKED = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")


@dataclass(frozen=True)
class Line:
    """One line of a text; ``text`` marks the citations by key with ``OPEN`` and ``CLOSE``.

    Lines of one paragraph, item or cell have one number as their ``block``.
    """

    text: str
    paragraph: int | None = None
    is_quoted: bool = False
    is_heading: bool = False
    block: int = 0

    @property
    def plain(self) -> str:
        """Return the line without the marks."""
        return MARKS.sub("", self.text)

    @property
    def is_references_heading(self) -> bool:
        """Return whether the line says no more than “References”."""
        return bool(REFERENCES_HEADING.fullmatch(self.plain))

    @property
    def cited_by_key(self) -> list[str]:
        """Return the citations by key, as they read."""
        return MARKED.findall(self.text)
