"""
Parse citations as people write them: ``[see @luna2020, pp. 3-5; @sol2019]``.

The grammar is Pandoc's, with English locator words. Nothing is looked up here: a cluster says
which keys were cited and how, not whether they exist.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

BARE_KEY = r"\w+(?:[:.#$%&+?<>~/-]\w+)*"
# A bare key ends before the punctuation of the sentence; a braced one may hold anything but spaces.
KEY_PATTERN = rf"(?:{BARE_KEY}|\{{[^{{}}\s]{{1,300}}\}})"

MAX_CLUSTER_CHARS = 2_000  # between two brackets; more is no citation

CITE = re.compile(rf"(?P<bare_year>(?<![\w-])-)?(?<![\w@\\./])@(?P<key>{KEY_PATTERN})")

# The words for a locator, by CSL term; each may have an s and a period after it.
TERMS = {
    "page": ("page", "pp", "pg", "pgs", "p"),
    "paragraph": ("paragraph", "paras", "para", "¶¶", "¶"),
    "chapter": ("chapter", "chaps", "chap", "ch"),
    "section": ("section", "secs", "sec", "§§", "§"),
    "figure": ("figure", "figs", "fig"),
    "table": ("table",),
    "slide": ("slide",),
    "timestamp": ("timestamp", "time"),
    "line": ("line", "ll", "l"),
    "volume": ("volume", "vols", "vol"),
    "verse": ("verse", "vv", "v"),
    "note": ("note", "nn", "n"),
    "number": ("number", "nos", "no"),
    "part": ("part", "pts", "pt"),
    "book": ("book", "bks", "bk"),
    "column": ("column", "cols", "col"),
    "folio": ("folio", "fols", "fol"),
    "appendix": ("appendix", "app"),
    "opus": ("opus", "op"),
}
_LABELS = {word: term for term, words in TERMS.items() for word in (*words, f"{words[0]}s")}
_WORDS = "|".join(sorted(map(re.escape, _LABELS), key=len, reverse=True))
_ROMAN = r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})(?!\w)"
_NUMBER = r"[A-Za-z]{0,3}\d\w*(?:[.:]\d\w*)*"
_DASH = r"\s*[-–—]{1,2}\s*"
_NUMBERS = rf"{_NUMBER}(?:(?:{_DASH}|\s*[,&]\s*|\s+and\s+){_NUMBER})*"
_ROMANS = rf"{_ROMAN}(?:(?:{_DASH}|\s*[,&]\s*){_ROMAN})*"
LABELLED = re.compile(
    rf"[\s,:]*(?P<label>{_WORDS})(?:\.\s*|\s+|(?<=[¶§])|(?=\d))(?P<locator>{_NUMBERS}|{_ROMANS})(?!\w)",
    re.IGNORECASE,
)
# Without a word it is a page, if nothing but the end or a comma follows.
UNLABELLED = re.compile(
    rf"[\s,:]*(?P<locator>\d[\w.:]*(?:(?:{_DASH}|\s*,\s*)\d[\w.:]*)*)(?=\s*(?:,|$))"
)
# Words between a work that was not read and the one that describes it.
SECONDARY = re.compile(r"(?:as )?(?:cited|quoted|discussed) (?:in|by)\b", re.IGNORECASE)
# A citation is never bold: the signs around its parts would be printed.
BOLD = re.compile(r"(?<!\w)(\*\*|__)(?=\S)([^*]{1,300}?)(?<=\S)\1(?!\w)")
BRACED = re.compile(r"[\s,]*\{(?P<inside>[^{}]*)\}")
TIME = re.compile(r"\d{1,2}(?::\d\d){1,2}(?:–\d{1,2}(?::\d\d){1,2})?")


@dataclass(frozen=True)
class CiteItem:
    """One work cited in one place; ``label`` is the CSL term of its locator."""

    key: str
    prefix: str = ""
    label: str = ""
    locator: str = ""
    suffix: str = ""
    suppress_author: bool = False

    def __post_init__(self) -> None:
        """Remove the braces around a key, which ``KEY_PATTERN`` also matches."""
        object.__setattr__(self, "key", self.key.strip("{}"))


@dataclass(frozen=True)
class Cluster:
    """The works cited in one pair of brackets or, ``narrative``, by one key in a sentence."""

    items: tuple[CiteItem, ...]
    narrative: bool = False


def parse_cluster(inner: str) -> Cluster | None:
    """Parse the text between [ and ]; None if it is not a citation."""
    if len(inner) > MAX_CLUSTER_CHARS or "@" not in inner:
        return None
    inner = BOLD.sub(r"\2", inner)
    items: list[CiteItem] = []
    for part in re.split(r";(?![^{}]*\})", inner):
        found = _items(part)
        if not found and part.strip():
            return None
        items.extend(found)
    return Cluster(tuple(items)) if items else None


def parse_narrative(key: str, inner: str = "", *, suppress_author: bool = False) -> Cluster | None:
    """Parse ``@key`` in a sentence, with the bracket after it.

    The bracket holds a locator, ``@key [p. 33]``, or a secondary source, ``@key [as cited in
    @other]``; None if it holds neither and belongs to the text.
    """
    if not inner.strip():
        return Cluster((CiteItem(key, suppress_author=suppress_author),), narrative=True)
    if SECONDARY.match(inner.strip()) and (other := parse_cluster(inner.strip())):
        return secondary_cluster(key, other)
    head, semicolon, rest = BOLD.sub(r"\2", inner[:MAX_CLUSTER_CHARS]).partition(";")
    label, locator, suffix = parse_locator(head)
    more = parse_cluster(rest) if semicolon else Cluster(())
    if not locator or more is None:
        return None
    item = CiteItem(key, "", label, locator, suffix, suppress_author)
    return Cluster((item, *more.items), narrative=True)


def secondary_cluster(key: str, other: Cluster) -> Cluster | None:
    """Return a narrative citation of a work through another, None if ``other`` names no such work.

    “Sol (1982, as cited in Luna, 2020)”: a secondary source (Publication Manual, 8.6).
    """
    if other.narrative or not is_secondary(other.items[0]):
        return None
    return Cluster((CiteItem(key), *other.items), narrative=True)


def parse_locator(text: str) -> tuple[str, str, str]:
    """Split the text after a key into the CSL term of its locator, the locator, and the rest."""
    if match := BRACED.match(text):
        inside = match["inside"].strip()
        label, locator, rest = parse_locator(inside) if "{" not in inside else ("", "", "")
        if not locator or rest:
            label, locator = "page" if inside else "", inside
        return label, locator, text[match.end() :].rstrip()
    if match := LABELLED.match(text):
        label = _LABELS[match["label"].lower()]
        return label, _ranged(match["locator"]), text[match.end() :].rstrip()
    if match := UNLABELLED.match(text):
        locator = _ranged(match["locator"])
        label = "timestamp" if TIME.fullmatch(locator) else "page"
        return label, locator, text[match.end() :].rstrip()
    return "", "", text.rstrip()


def is_secondary(item: CiteItem) -> bool:
    """Return whether a work is a secondary source of the one before it: (…, as cited in Luna)."""
    return bool(SECONDARY.match(item.prefix))


def keys_cited_directly(clusters: Sequence[Cluster]) -> set[str]:
    """Return the keys that are cited directly somewhere, and not only through another work."""
    return {
        item.key
        for cluster in clusters
        for item, following in zip_longest(cluster.items, cluster.items[1:])
        if following is None or not is_secondary(following)
    }


def cited_keys(text: str) -> list[str]:
    """Return the citation keys of a text in their order, each once."""
    return list(dict.fromkeys(cite["key"].strip("{}") for cite in CITE.finditer(text)))


def replace_keys(text: str, keys: Mapping[str, str]) -> str:
    """Return a text with its citation keys replaced by what ``keys`` maps them to, all at once."""

    def replaced(cite: re.Match) -> str:
        written = cite["key"]
        key = keys.get(written.strip("{}"))
        if key is None:
            return cite[0]
        return cite[0].replace(written, f"{{{key}}}" if written.startswith("{") else key)

    return CITE.sub(replaced, text) if keys else text


def _items(part: str) -> list[CiteItem]:
    """Parse one part between semicolons: mostly one work, sometimes ``@a, as cited in @b``."""
    cites = list(CITE.finditer(part))
    if not cites:
        return []
    items, prefix = [], part[: cites[0].start()]
    for cite, following in zip(cites, [*cites[1:], None], strict=True):
        rest = part[cite.end() : following.start() if following else None]
        label, locator, suffix = parse_locator(rest)
        carried, suffix = (suffix.strip(" ,"), "") if following else ("", suffix)
        if carried in {"and", "&"}:
            carried = ""  # the semicolon replaces it
        hidden = bool(cite["bare_year"])
        items.append(CiteItem(cite["key"], prefix.strip(), label, locator, suffix, hidden))
        prefix = carried
    return items


def _ranged(locator: str) -> str:
    return re.sub(_DASH, "–", " ".join(locator.split()))
