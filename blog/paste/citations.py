"""
Replace citations typed by hand by citations with keys.

``(Rajagopal et al., 2012, p. 3; Bui, 2023)`` becomes ``[@rajagopal2012, p. 3; @bui2023]`` and
``Rajagopal et al. (2012)`` becomes ``@rajagopal2012``. A bracket with a part that no reference
matches stays as it was typed.
"""

import re
from collections.abc import Iterator, Mapping

from blog.citations import parse_cluster
from blog.citations.consistency.words import PARTICLES
from blog.paste.changes import Change, change
from blog.paste.references import list_span
from blog.paste.work_index import WorkIndex

YEAR = r"(?:(?:1[4-9]|20)\d\d[a-z]?|n\.\s?d\.(?:-[a-z])?)"
BRACKET = re.compile(r"(?<!\])\((?P<inside>[^()\[\]\n]{4,600})\)")
PART = re.compile(
    rf"(?P<names>[^;\d]{{2,200}}?)[,\s]\s*(?P<years>{YEAR}(?:,\s*{YEAR}){{0,9}})"
    rf"(?P<where>\s*[,:]\s*[^;@]{{1,80}})?"
)
IN_SENTENCE = re.compile(
    rf"(?P<own>[’']s?)?\s{{0,3}}\((?P<year>{YEAR})(?P<where>,\s*[^()\[\]\n;@]{{1,60}})?\)"
)
MAX_NAMES_CHARS = 160  # before a year in brackets
WORD = re.compile(r"\S+")
CODE = re.compile(r"^(?:```|~~~)[^\n]*\n.*?^(?:```|~~~)[^\n]*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
MAX_LEAD_WORDS = 6  # before the names: “see”, “as shown by”


def find_citations(text: str, works: Mapping[str, dict]) -> Iterator[Change]:
    """Find the typed citations of ``works``, CSL-JSON by key.

    What is left under the heading of a list is entries, and their dates cite nothing.
    """
    index = WorkIndex(works)
    code = [*(match.span() for match in CODE.finditer(text)), list_span(text)]
    for bracket in BRACKET.finditer(text):
        inner = None if _is_in(code, bracket) else _in_brackets(bracket["inside"], index)
        if inner:
            yield change("citation", text, bracket.start(), bracket.end(), f"[{inner}]")
    for match in IN_SENTENCE.finditer(text):
        found = None if _is_in(code, match) else _before(text, match, index)
        if found:
            start, key = found
            where = _where(match["where"])
            if match["own"]:
                start = match.start() + len(match["own"])
                # The space between the name and the bracket stays.
                start += 1 if text[start : start + 1] == " " else 0
                yield change("citation", text, start, match.end(), f"[-@{key}{where}]")
            else:
                after = f"@{key} [{where.lstrip(', ')}]" if where else f"@{key}"
                yield change("citation", text, start, match.end(), after)


def _is_in(spans: list[tuple[int, int]], match: re.Match) -> bool:
    return any(start <= match.start() < end for start, end in spans)


def _in_brackets(inside: str, index: WorkIndex) -> str | None:
    parts: list[str] = []
    keys: list[str] = []
    for part in inside.split(";"):
        match = PART.fullmatch(part.strip())
        names = _named(match["names"], match["years"], index) if match else None
        if match is None or names is None:
            return None
        prefix, found = names
        keys += found
        written = [f"@{key}" for key in found]
        written[0] = f"{prefix} {written[0]}".strip()
        written[-1] += _where(match["where"])
        parts += written
    inner = "; ".join(parts)
    cluster = parse_cluster(inner)
    return inner if cluster and [item.key for item in cluster.items] == keys else None


def _named(names: str, years: str, index: WorkIndex) -> tuple[str, list[str]] | None:
    """Return the words before the names, and the key of each year; None if a key is unknown."""
    words = names.split()
    for place in range(min(MAX_LEAD_WORDS, len(words) - 1) + 1):
        found = [index.key_of(" ".join(words[place:]), year) for year in re.split(r",\s*", years)]
        keys = [key for key in found if key is not None]
        if len(set(keys)) == len(found):
            return " ".join(words[:place]), keys
        if not words[place][0].islower():
            return None
    return None


def _before(text: str, match: re.Match, index: WorkIndex) -> tuple[int, str] | None:
    """Return the start of the names before a year in brackets, and the key of their work."""
    reach = max(0, match.start() - MAX_NAMES_CHARS)
    words = list(WORD.finditer(text[reach : match.start()].rpartition("\n")[2]))
    offset = match.start() - len(text[reach : match.start()].rpartition("\n")[2])
    for word in words[-14:]:
        if not (word[0][:1].isupper() or word[0] in PARTICLES):
            continue
        key = index.key_of(text[offset + word.start() : match.start()], match["year"])
        if key:
            return offset + word.start(), key
    return None


def _where(where: str | None) -> str:
    """Return a typed locator in our form: “: 12” becomes “, p. 12”, “, pp. 3–5” stays."""
    where = (where or "").strip(" ,:")
    return f", p. {where}" if where.isdigit() else f", {where}" if where else ""
