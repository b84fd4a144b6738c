"""
The dash in the place of names that the entry above has: “———. (2013). Ties.”

Chicago, MLA and many old lists print it. An entry alone does not say whose it is, so it is only
read in its list, behind an entry that is read itself.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from blog.citations.parsers.reference_line.dates import DATED
from blog.citations.parsers.reference_line.splitting import BULLET, cleaned_line

DASH = r"[-‐‑‒–—―⸺⸻_]"
# Behind the bullet or the number of a list or none; escaped as Markdown has it too.
REPEATED = re.compile(
    rf"(?:{BULLET.pattern})?(?:(?:\\?{DASH}\s?){{2,12}}|[—―⸺⸻])(?:\s*\.)?(?=\s*[,(])"
)
NAMES_ONLY = re.compile(r"(?P<names>[^()]{2,600}?)\s*")
SEVERAL = re.compile(r"&|;|…|\b(?:and|und|y|et)\b|,[^,]*,")


def with_repeated_authors(entries: Iterable[str], read: Callable[[str], dict]) -> Iterator[str]:
    """Yield the entries of a list, with the names that a dash stands for in its place.

    ``read`` returns the record of an entry, {} if it is not read. An entry stays as it is where
    that above it is not read, or has several authors and another is added to them.
    """
    above = ""
    for entry in entries:
        repeated = REPEATED.match(entry)
        names = _names(above, read) if repeated else ""
        after = entry[repeated.end() :] if repeated else ""
        if repeated and names and not (after.lstrip().startswith(",") and SEVERAL.search(names)):
            entry = f"{names}{after}" if after.startswith((" ", ",")) else f"{names} {after}"
        yield entry
        above = entry


def _names(entry: str, read: Callable[[str], dict]) -> str:
    """Return the names before the date of an entry, "" if it is not read or has none."""
    entry = cleaned_line(entry)
    dated = DATED.search(entry)
    found = NAMES_ONLY.fullmatch(entry[: dated.start()]) if dated else None
    return found["names"] if found and read(entry).get("author") else ""
