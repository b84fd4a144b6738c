"""
Citations typed by hand in a source, and their replacement by citations by key.

Where a piece may be in code, in a link or in an address only the renderer can say:
``blog.text.rewriting`` asks it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from blog.citations.consistency.exact import citables_of, match_citations
from blog.citations.consistency.grammar import TypedGroup, TypedItem, groups_in
from blog.citations.consistency.linked_groups import LinkedGroup, link_group
from blog.citations.consistency.source_map import Seen
from blog.citations.consistency.typed_citations import TypedCitation, citations_of

MAX_LINKS = 200  # in one text
# What is between two empty lines.
BLOCK = re.compile(r"(?:(?!\n[ \t]*\n)[\s\S])+")


@dataclass(frozen=True)
class TypedLink:
    """Citations typed by hand in one place, and how they are linked.

    ``start`` and ``end`` are its places in the source, ``written`` is the text there, ``read``
    what its readers see of that, and ``linked`` what replaces it. ``keys`` has the keys of the
    works by citation, “Luna & Sol, 2010”; ``tokens`` has the places in the source, inside words,
    that have to be words of the text.
    """

    start: int
    end: int
    written: str
    read: str
    linked: str
    keys: Mapping[str, str]
    tokens: tuple[int, ...]
    paragraph: int | None = None


def links_in(
    source: str,
    citations: Sequence[TypedCitation],
    works: Mapping[str, dict],
    wanted: Mapping[str, str] | None = None,
) -> list[TypedLink]:
    """Return the places of a source where citations are typed that a key can replace, in order.

    ``citations`` are those of the rendered text. Those that cite one of ``works`` beyond doubt are
    linked, and those in ``wanted``, which maps them to the keys that somebody chose; where it is
    given, only places that have one of these. What is beside one in one pair of brackets gets its
    key as well if that is beyond doubt; the rest stays as it is, in brackets of its own. At most
    ``MAX_LINKS``.
    """
    citables = citables_of(works)
    matches = match_citations(citations, citables) if works else []
    exact = {match.citation.text: match for match in reversed(matches) if match.is_named}
    keys = {text: match.key for text, match in exact.items()} | dict(wanted or {})
    called = {one.key: one for one in citables}
    found: list[TypedLink] = []
    for at, seen, group in _groups(source) if keys else ():
        by_item = _keys_of(group, keys, exact)
        texts = {text: keys[text] for item, text in _texts(group) if item in by_item}
        if not texts or (wanted is not None and not texts.keys() & wanted.keys()):
            continue
        linked = link_group(seen, group, by_item, called)
        if linked and at + linked.start >= (found[-1].end if found else 0):
            paragraphs = (exact[text].citation.paragraph for text in texts if text in exact)
            found.append(_link(at, seen, linked, texts, next(paragraphs, None)))
        if len(found) == MAX_LINKS:
            break
    return found


def _groups(source: str) -> Iterator[tuple[int, Seen, TypedGroup]]:
    """Yield the groups of each block of a source, with the block and its place."""
    for block in BLOCK.finditer(source):
        seen = Seen.of(block[0])
        for group in groups_in(seen.text):
            yield block.start(), seen, group


def _link(
    at: int, seen: Seen, linked: LinkedGroup, keys: Mapping[str, str], paragraph: int | None
) -> TypedLink:
    return TypedLink(
        at + linked.start,
        at + linked.end,
        seen.source[linked.start : linked.end],
        linked.read,
        linked.text,
        keys,
        tuple(at + place for place in linked.tokens),
        paragraph,
    )


def _texts(group: TypedGroup) -> Iterator[tuple[TypedItem, str]]:
    for item in group.items:
        if isinstance(item, TypedItem):
            for citation in citations_of(replace(group, items=(item,))):
                yield item, citation.text


def _keys_of(
    group: TypedGroup, keys: Mapping[str, str], exact: Collection[str]
) -> dict[TypedItem, str]:
    """Return the keys of the items of a group that have one.

    A loose one may be no citation: a text that has the citation itself does not mean it.
    """
    return {
        item: keys[text]
        for item, text in _texts(group)
        if text in keys and not (item.is_loose and text in exact)
    }
