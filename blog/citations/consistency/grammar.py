"""
The grammar of citations typed by hand: ``(Luna & Sol, 2010, p. 3; Mar, 2014)``, ``Luna (2010)``.

Only shapes are known here. Whether words before a year are names is for a list of works to say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from blog.citations.consistency.lines import CLOSE, OPEN
from blog.citations.csl.fields import folded

_NUMBER = r"(?:1[5-9]|20)\d\d"
YEAR = (
    rf"(?:{_NUMBER}(?:[/–-]{_NUMBER})?(?:-?[a-z])?(?!\w|-\d)"
    r"|n\. ?d\.?(?:-[a-z]\b)?|n\.?d\.(?:-[a-z]\b)?|no date|in press(?:-[a-z]\b)?)"
)
BRACKETS = re.compile(r"\(([^()]{4,400})\)|\[([^()\[\]]{4,400})\]")
YEARS = re.compile(rf"(?<![\w.–-]){YEAR}", re.IGNORECASE)
LOCATOR = re.compile(
    r"\b(?:pp?|pgs?|pages?|paras?|paragraphs?|chaps?|chapters?|ch|secs?|sections?|figs?|figures?|"
    r"tables?|vols?|volumes?|nos?|slides?|lines?)\.? ?\d+(?:[-–]\d+)?",
    re.IGNORECASE,
)
SAME_NAMES = re.compile(r"\s*(?:,|&|and|,\s*(?:&|and))\s*")
LEAD_IN = re.compile(
    r"(?:(?:see|also|cf\.?|but|and|compare|e\.g\.|i\.e\.|for example|for instance|for reviews?|"
    r"for a review|as|cited in|quoted in|discussed in|according to|adapted from|based on|from|in|"
    r"following|contra)[,:]?\s+)+",
    re.IGNORECASE,
)
SECONDARY = re.compile(r"(?:cited|quoted|discussed) in\b", re.IGNORECASE)
PARTICLE = r"(?:van|von|de|del|della|der|den|di|da|la|le|ten|ter|al|bin|ibn|el|du|dos|zu|d[’'])"
NAME = rf"(?:{PARTICLE}[ -])*[^\W\d_a-z](?:\.|[\w’'-]*)"
_PERSON = rf"{NAME}(?: (?:y )?{NAME}){{0,4}}"  # Ortega y Gasset
NAMES = re.compile(
    rf"(?<![\w’'-])(?:{_PERSON}(?:, {_PERSON}){{1,20}}, et al\.?"
    rf"|(?:{_PERSON}(?:, {_PERSON}){{0,20}},? (?:and|&|und|et) )?{_PERSON}"
    r"(?:,? et al\.?| (?:and|&) (?:colleagues|others))?)(?:[’']s|[’'])?$"
)
TITLE = re.compile(r"[“\"][^“”\"]{2,160}[”\"]$")
MAX_NAMES_CHARS = 140  # before a year in brackets, where its names are looked for
HYPHENS = re.compile(r"[\s\-‐‑–]+")
# Words in lower case that a name may have; any other word before a year is no part of a name.
SMALL_WORDS = {
    *("of", "for", "and", "the", "on", "in", "to", "at", "&", "et", "al.", "al", "und", "y", "des"),
    *("van", "von", "de", "del", "della", "der", "den", "di", "da", "la", "le", "ten", "ter"),
    *("bin", "ibn", "el", "du", "dos", "zu", "colleagues", "others", "with"),
}
# Words that begin a sentence before a name, and words before a year that name nobody.
NO_NAME = {
    *("in", "as", "according", "however", "while", "although", "both", "when", "for", "the", "and"),
    *("but", "like", "unlike", "from", "by", "since", "then", "yet", "thus", "also", "see", "so"),
    *("if", "where", "after", "before", "until", "during", "spring", "summer", "fall", "autumn"),
    *("winter", "january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december", "here", "there", "this", "these", "that"),
    *("moreover", "furthermore", "similarly", "again", "later", "earlier", "first", "second"),
    *("finally", "indeed", "only", "even", "still", "today", "because", "though", "whereas"),
    *("following", "using", "given", "with", "without", "through", "among", "between", "per"),
    *("via", "citing", "quoting", "what", "how", "why", "who", "did", "does", "is", "was", "my"),
    *("our", "researchers", "researcher", "scholars", "scholar", "author", "authors", "dr"),
    *("professor", "prof", "work", "studies", "research", "theorist", "critics", "perhaps"),
    *("once", "consider", "compare", "recently", "instead", "meanwhile", "likewise", "or", "to"),
    *("can", "could", "should", "would", "will", "do", "has", "have", "are", "were", "not", "nor"),
    *("such", "some", "many", "most", "another", "other", "just", "now", "therefore", "hence"),
    *("additionally", "overall", "interestingly", "certainly", "clearly", "of", "on", "at", "it"),
}
ENTRY = re.compile(rf"(?P<names>[^()]{{2,600}}?)\.? ?\((?P<year>{YEAR})(?:, [^()]{{1,40}})?\)")
# Each as wide as what it replaces, so that places stay.
FULL_WIDTH = str.maketrans("（）；，＆", "();,&")


@dataclass(frozen=True)
class TypedItem:
    """A work cited by hand: “see”, “Luna & Sol”, “2010a”, “, p. 3”.

    ``is_secondary``: it is cited through the next one, and has no place in the list. ``sure``: a
    comma or “et al.” says that these are names.
    """

    names: str
    year: str
    prefix: str = ""
    rest: str = ""
    sure: bool = True
    is_secondary: bool = False


@dataclass(frozen=True)
class TypedGroup:
    """The items of one pair of brackets, and between them what is no citation.

    ``start`` and ``end`` are its places in the text, with the names before the bracket of a
    ``narrative`` one; ``before`` is the text before that bracket.
    """

    start: int
    end: int
    items: tuple[TypedItem | str, ...]
    narrative: bool = False
    before: str = ""


def groups_in(text: str) -> Iterator[TypedGroup]:
    """Yield the citations of a text by brackets, in its order.

    ``text`` may mark the citations by key as ``Line`` does; there is nothing typed in these.
    """
    text = text.translate(FULL_WIDTH)
    for brackets in BRACKETS.finditer(text):
        inside = brackets[1] or brackets[2]
        if OPEN in inside or CLOSE in inside or "personal communication" in inside:
            continue
        if not YEARS.search(inside):
            continue
        before, start, names = "", brackets.start(), ""
        if YEARS.match(inside.lstrip()):
            before = text[max(0, start - MAX_NAMES_CHARS) : start].rstrip()
            names = _names_at_end(before) or before.rpartition(" ")[2]
            if not names or CLOSE in before[max(0, before.rindex(names) - 1) :]:
                continue
            start = text.rindex(names, 0, start)
        items = tuple(_items_of(inside, names))
        if brackets[2]:  # few cite like this, and much else is between such brackets
            items = tuple(i if isinstance(i, str) else replace(i, sure=False) for i in items)
        if any(isinstance(item, TypedItem) for item in items):
            yield TypedGroup(start, brackets.end(), items, bool(names), before)


def words_of(name: str) -> tuple[str, ...]:
    """Return the folded words of a name, without initials and articles unless it has no others."""
    words = [word for word in map(folded, HYPHENS.split(name)) if word]
    return tuple(word for word in words if len(word) > 1 and word != "the") or tuple(words)


def _names_at_end(text: str) -> str:
    found = NAMES.search(text) or TITLE.search(text)
    return found[0] if found else ""


def _items_of(inside: str, names: str) -> Iterator[TypedItem | str]:
    for part in inside.split(";"):
        items = _items_of_part(part.strip(), names)
        yield from items
        last = items[-1]
        names = last.names if isinstance(last, TypedItem) else ""


def _items_of_part(part: str, names: str) -> list[TypedItem | str]:
    """Parse what is between two semicolons; ``names`` are for a year that has none before it."""
    masked = LOCATOR.sub(lambda locator: "~" * len(locator[0]), part)
    items: list[TypedItem] = []
    at = 0
    for year in YEARS.finditer(masked):
        between = part[at : year.start()]
        if items and SAME_NAMES.fullmatch(between):
            item = TypedItem(items[-1].names, year[0])
        elif not items and not between and names:
            item = TypedItem(names, year[0], sure=bool(_names_at_end(names)))
        else:
            prefix, called, sure = _split_names(between, is_first=not items)
            if not called:
                continue
            item = TypedItem(called, year[0], prefix, sure=sure)
            if items:
                rest, item = _split_rest(item)
                is_secondary = bool(SECONDARY.search(item.prefix))
                items[-1] = replace(items[-1], rest=rest, is_secondary=is_secondary)
        items.append(item)
        at = year.end()
    if not items:
        return [part]
    return [*items[:-1], replace(items[-1], rest=part[at:])]


def _split_names(text: str, *, is_first: bool) -> tuple[str, str, bool]:
    """Split what is before a year into its lead-in and the names; no names if there are none."""
    called = text.rstrip()
    has_comma = called.endswith(",") or called.endswith((",”", ',"'))
    called = called.rstrip(", ")
    lead_in = LEAD_IN.match(called) if is_first else None
    prefix = lead_in[0].strip() if lead_in else ""
    called = called[lead_in.end() :] if lead_in else called
    whole = is_first and (TITLE.fullmatch(called) or _is_name(called))
    if not whole:
        names = _names_at_end(called[-MAX_NAMES_CHARS:])
        prefix = f"{prefix} {called[: len(called) - len(names)]}".strip()
        called = names
        if not called and is_first and has_comma:  # bell hooks, or a title without quotation marks
            return "", prefix, False
    if any(sign.isdigit() for sign in called) or len(called) > 300:
        return prefix, "", False
    return prefix, called, has_comma or " et al" in called


def _is_name(words: str) -> bool:
    """Return whether words may all be names: capitals, and small words between them."""
    return bool(words) and all(
        word in SMALL_WORDS or not word[0].islower() for word in words.strip("“”\"'").split()
    )


def _split_rest(item: TypedItem) -> tuple[str, TypedItem]:
    """Split the locator of the work before from the lead-in of this one: “, p. 3, as cited in”."""
    lead_in = re.search(rf"(?:^|[\s,])({LEAD_IN.pattern})$", f"{item.prefix} ", re.IGNORECASE)
    start = lead_in.start(1) if lead_in else len(item.prefix)
    rest, prefix = item.prefix[:start], item.prefix[start:].strip()
    rest = re.sub(r"[\s,&]*(?:\band)?[\s,]*$", "", rest)
    return rest, replace(item, prefix="" if prefix in {"and", "&"} else prefix)
