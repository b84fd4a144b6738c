"""Write citation keys in place of citations typed by hand, in the source of a text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from blog.citations.clusters import CITE, parse_locator
from blog.citations.consistency.exact import Citable, citables_of, match_citations
from blog.citations.consistency.grammar import LOCATOR, TypedGroup, TypedItem, groups_in
from blog.citations.consistency.typed_citations import (
    TypedCitation,
    citations_of,
    without_opening,
)
from blog.citations.consistency.year_letters import has_letter_alone

MAX_LINKS = 200  # offered in one text

# Emphasis and escapes of Markdown, which its readers do not see: Luna *et al.* (2012).
UNSEEN = re.compile(r"[*_]+|\\(?=[^\w\s])")
BLANK_LINE = re.compile(r"\n[ \t]*\n")
POSSESSIVE = re.compile(r"(?:[’']s|s[’'])$")
LETTER_ALONE = re.compile(r"[^\W\d_] ")  # an initial without a stop, or a word: A, И, Y
BRACKET = re.compile(r"[\[\]]")
BEFORE_KEY = " \t\n(“‘*_>—"  # and the start of a text: any of these may be before a bare key
GOES_ON = re.compile(r"[:.#$%&+?<>~/-]?\w")


@dataclass(frozen=True)
class Edit:
    """A piece of a source, by its places, and what replaces it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class TypedLink:
    """A citation typed by hand, “Luna & Sol, 2010”, that cites the work of ``key`` beyond doubt.

    ``written`` is the piece of the source that ``linked`` would replace, with all that is in the
    same pair of brackets; ``read`` is that piece as its readers see it.
    """

    citation: str
    key: str
    written: str
    read: str
    linked: str
    paragraph: int | None = None


def typed_links(
    source: str, citations: Sequence[TypedCitation], works: Mapping[str, dict]
) -> list[TypedLink]:
    """Return the ``citations`` of a text that a key can replace, each in every form it is typed in.

    ``citations`` are those of the rendered text: what is typed in code is none of them. At most
    ``MAX_LINKS``.
    """
    citables = citables_of(works)
    matches = match_citations(citations, citables) if works else []
    exact = {match.citation.text: match for match in reversed(matches) if match.is_named}
    if not exact:
        return []
    keys = {text: match.key for text, match in exact.items()}
    found: dict[tuple[str, str], TypedLink] = {}
    for block in BLANK_LINE.split(source):
        if len(found) >= MAX_LINKS:
            break
        seen, places = _seen(block)
        for group in map(_without_opening, groups_in(seen)):
            texts = [one.text for one in citations_of(group) if one.text in exact]
            if texts and LETTER_ALONE.match(_first_names(group)):
                group = _narrowed(group, keys, citables)
            edit = _edit(block, group, places, keys) if texts else None
            if edit is None or not edit.text:
                continue
            written = block[edit.start : edit.end]
            for text in texts:
                link = TypedLink(
                    citation=text,
                    key=keys[text],
                    written=written,
                    read=seen[group.start : group.end],
                    linked=edit.text,
                    paragraph=exact[text].citation.paragraph,
                )
                found.setdefault((text, written), link)
    return list(found.values())


def links(source: str, wanted: Mapping[str, str], works: Mapping[str, dict]) -> list[Edit]:
    """
    Return the edits that write keys wherever citations are typed, “Luna & Sol, 2010”.

    ``wanted`` maps those citations to their keys. What is beside one in one pair of brackets gets
    its key as well if it cites one of ``works`` beyond doubt; the rest stays as it is, in brackets
    of its own.
    """
    seen, places = _seen(source)
    groups = list(groups_in(seen))
    typed = [one for group in groups for one in citations_of(group)]
    citables = citables_of(works)
    matches = match_citations(typed, citables)
    keys = {match.citation.text: match.key for match in matches if match.is_named} | dict(wanted)
    edits = []
    for group in groups:
        if any(one.text in wanted for one in citations_of(group)):
            edit = _edit(source, _narrowed(group, keys, citables), places, keys)
            if edit.text:
                edits.append(edit)
    return edits


def _first_names(group: TypedGroup) -> str:
    first = group.items[0]
    return first.names if isinstance(first, TypedItem) else ""


def _narrowed(group: TypedGroup, keys: dict[str, str], citables: Sequence[Citable]) -> TypedGroup:
    """Return a group in a sentence without the words before names that are whole without them.

    “Wie Müller (2009)” and “A Müller (2009) study”: those words stay, and no key replaces them.
    ``keys`` gets the key of the names that are left.
    """
    first = group.items[0]
    if not group.narrative or not isinstance(first, TypedItem) or first.is_loose:
        return group
    (key,) = {keys.get(text, "") for item, text in _texts(group) if item is first} or {""}
    words = first.names.split(" ")
    is_doubtful = not _is_exact(first, group, key, citables) or LETTER_ALONE.match(first.names)
    for count in range(1, len(words)) if key and is_doubtful else ():
        names = " ".join(words[count:])
        left = replace(first, names=names)
        if _is_exact(left, group, key, citables):
            keys |= {text: key for _item, text in _texts(replace(group, items=(left,)))}
            start = group.start + len(first.names) - len(names)
            return replace(group, start=start, items=(left, *group.items[1:]))
    return group


def _is_exact(item: TypedItem, group: TypedGroup, key: str, citables: Sequence[Citable]) -> bool:
    typed = list(citations_of(replace(group, items=(item,))))
    return any(one.is_named and one.key == key for one in match_citations(typed, citables))


def _edit(source: str, group: TypedGroup, places: Sequence[int], keys: Mapping[str, str]) -> Edit:
    """Return the edit that writes keys in a group; its text is "" if the group cannot have them."""
    group = _without_opening(group)
    start, end = _balanced(source, places[group.start], places[group.end - 1] + 1)
    text = _linked(
        group,
        keys,
        is_alone=source[start - 1 : start] in BEFORE_KEY,
        braced=bool(GOES_ON.match(source, end)),
    )
    return Edit(start, end, text)


def _without_opening(group: TypedGroup) -> TypedGroup:
    """Return a group in a sentence without the words that begin that: they stay as they are."""
    first = group.items[0]
    if not group.narrative or not isinstance(first, TypedItem) or first.is_loose:
        return group
    names = without_opening(first.names)
    if not names:
        return group
    start = group.start + len(first.names) - len(names)
    return replace(group, start=start, items=(replace(first, names=names), *group.items[1:]))


def _seen(source: str) -> tuple[str, list[int]]:
    """Return a source as it reads, on one line, with the place of each character in the source."""
    unseen = {place for match in UNSEEN.finditer(source) for place in range(*match.span())}
    places = [place for place in range(len(source)) if place not in unseen]
    return "".join(" " if source[place].isspace() else source[place] for place in places), places


def _balanced(source: str, start: int, end: int) -> tuple[int, int]:
    """Return a span with the opening marks of an emphasis that closes in it: **Luna** (2012)."""
    first = re.search(r"[*_]+", source[start:end])
    if first and first.start() and source[start + first.start() - 1] not in " (\n":
        while start and source[start - 1] == first[0][0]:
            start -= 1
    return start, end


def _linked(group: TypedGroup, keys: Mapping[str, str], *, is_alone: bool, braced: bool) -> str:
    """Return the citations of a group with their keys; "" for a group that cannot have them."""
    items = [item for item in group.items if isinstance(item, TypedItem)]
    found = {item: keys.get(text, "") for item, text in _texts(group)}
    if group.has_brackets or any(item.is_secondary or item.has_day for item in items):
        return ""
    if any(map(has_letter_alone, _rests(group))) or any(BRACKET.search(i.rest) for i in items):
        return ""
    if not group.narrative:
        return _between_brackets(group, found)
    if len(items) < len(group.items) or not all(found.get(item) for item in items):
        return ""
    first, key = items[0], found[items[0]]
    inside = "; ".join(f"-@{found[item]}{_rest(item)}" for item in items)
    if first.is_loose:  # its names stay where they are
        return f"[{inside}]"
    locator = first.rest.lstrip(", ")
    if (
        is_alone
        and len(items) == 1
        and not POSSESSIVE.search(first.names)
        and (not locator or not parse_locator(locator)[2] and parse_locator(locator)[1])
    ):
        cited = f"@{{{key}}}" if braced and not locator else f"@{key}"
        return f"{cited} [{locator}]" if locator else cited
    return f"{first.names} [{inside}]"


def _rests(group: TypedGroup) -> Iterator[str]:
    """Yield what would stay beside the keys of a group."""
    for item in group.items:
        if isinstance(item, str):
            yield CITE.sub("", item)
        else:
            yield LOCATOR.sub("", item.rest)


def _texts(group: TypedGroup) -> Iterator[tuple[TypedItem, str]]:
    items = [item for item in group.items if isinstance(item, TypedItem) and not item.is_secondary]
    for item in items:
        for one in citations_of(TypedGroup(0, 0, (item,), group.narrative, group.before)):
            yield item, one.text


def _between_brackets(group: TypedGroup, found: Mapping[TypedItem, str]) -> str:
    pieces: list[tuple[bool, list[str]]] = []
    for item in group.items:
        key = found.get(item, "") if isinstance(item, TypedItem) else ""
        has_key = bool(key)
        if isinstance(item, str):
            text, has_key = item, bool(CITE.search(item)) and not BRACKET.search(item)
        elif key:
            text = f"{item.prefix} @{key}{_rest(item)}".strip()
        else:
            text = f"{item.prefix} {item.names}, {item.year}{item.rest}".strip()
        if not pieces or pieces[-1][0] != has_key:
            pieces.append((has_key, []))
        pieces[-1][1].append(text)
    return " ".join(
        f"[{'; '.join(texts)}]" if is_linked else f"({'; '.join(texts)})"
        for is_linked, texts in pieces
    )


def _rest(item: TypedItem) -> str:
    """Return what follows the year so that it follows a key: “: 33” would be a part of it."""
    return re.sub(r"^\s*:\s*", ", ", item.rest).rstrip(" ,")
