"""
Rewrite the source of a post: keep a word with `@` as a name, correct a key, link a typed citation.

What looks like a citation may be in code, in a link or in an address. The renderer alone knows; so
it is asked. What is typed by hand gets tokens into its words, which change nothing else, and those
that come back in plain text are live. What cites gets a key of its own that no work has, and those
that come back as unknown are live.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from blog.citations.clusters import replace_keys
from blog.citations.consistency import Line, TypedLink, links_for_typed_citations
from blog.citations.keys import is_key
from blog.exceptions import TextRefused
from blog.text.lines import lines_of
from blog.text.pictures import SOURCE, PictureFiles
from blog.text.render import render_post

NO_FILES = PictureFiles("", "", 1, 1, 1)  # of a picture that only has to be one
# What is between two tags, and the tags whose words are no words of the text.
_ATTRIBUTES = r"(?:[^<>\"]|\"[^\"]*\")*"
TAG = re.compile(rf"<(/?)(a|code|pre)\b{_ATTRIBUTES}>|<{_ATTRIBUTES}>")


@dataclass(frozen=True)
class Edit:
    """A piece of a source, by its places, and what replaces it."""

    start: int
    end: int
    text: str


def keep_as_name(source: str, key: str) -> str:
    """Return a source in which `@key` cites nothing: `\\@key`. Raises `TextRefused`."""
    edits = [Edit(*match.span(), f"\\{match[0]}") for match in _written(source, key)]
    return _rewrite(source, edits, "@{}")


def correct_key(source: str, wrong: str, key: str) -> str:
    """Return a source that cites `key` wherever it cites `wrong`. Raises `TextRefused`."""
    cited = f"@{key}" if is_key(key) else f"@{{{key}}}"
    edits = [
        Edit(*match.span(), f"@{{{key}}}" if "{" in match[0] else cited)
        for match in _written(source, wrong)
    ]
    return _rewrite(source, edits, "@{}")


def link_citation(source: str, citation: str, key: str, works: Mapping[str, dict]) -> str:
    """
    Return a source with `key` in place of `citation`, as a finding names it: “Luna & Sol, 2010”.

    `works` maps citation keys to CSL-JSON. Raises `TextRefused`.
    """
    return link_citations(source, {citation: key}, works)


def link_citations(source: str, keys: Mapping[str, str], works: Mapping[str, dict]) -> str:
    """Return a source with keys in place of citations, as `link_citation` does with one of them."""
    lines = lines_of(render_post(source, works).html)
    links = _linkable(source, links_for_typed_citations(source, lines, works, keys))
    return _edited(source, map(_edit, links))


def typed_links(source: str, lines: Iterable[Line], works: Mapping[str, dict]) -> list[TypedLink]:
    """Return the places of a source where citations are typed by hand that a key can replace.

    `lines` are those of the rendered source; `works` maps citation keys to CSL-JSON. Only what
    cites a work beyond doubt is here: the renderer lists it as it is. Raises `TextRefused`.
    """
    return _linkable(source, links_for_typed_citations(source, lines, works))


def _linkable(source: str, links: Sequence[TypedLink]) -> list[TypedLink]:
    """Return the links whose citations are words of the text, and cite where they are written.

    There are none in a text that is all but too long or too costly to be read once more.
    """
    try:
        return _that_cite(source, _in_words(source, links))
    except TextRefused:
        return []


def _that_cite(source: str, links: Sequence[TypedLink]) -> list[TypedLink]:
    if not links:
        return []
    token = _unused(source)
    keys = [{key: f"{token}{n}k{m}" for m, key in _numbered(one)} for n, one in enumerate(links)]
    probes = [
        Edit(one.start, one.end, replace_keys(one.linked, own))
        for one, own in zip(links, keys, strict=True)
    ]
    live = set(render_post(_edited(source, probes)).unknown)
    return [one for one, own in zip(links, keys, strict=True) if live.issuperset(own.values())]


def _in_words(source: str, links: Sequence[TypedLink]) -> list[TypedLink]:
    """Return the links that are in no code, link, address, picture or definition of one."""
    if not links:
        return []
    token = _unused(source)
    tokens = [[f"{token}{n}t{m}y" for m in range(len(one.tokens))] for n, one in enumerate(links)]
    marks = [
        Edit(place, place, mark)
        for one, own in zip(links, tokens, strict=True)
        for place, mark in zip(one.tokens, own, strict=True)
    ]
    pictures = dict.fromkeys(SOURCE.findall(source), NO_FILES)
    text = _words(render_post(_edited(source, marks), pictures=pictures).html)
    return [
        one
        for one, own in zip(links, tokens, strict=True)
        if all(mark in text for mark in own) and not _is_label(source, one)
    ]


def _words(html: str) -> str:
    """Return the words of HTML that are in no link and no code."""
    words, place, depth = [], 0, 0
    for tag in TAG.finditer(html):
        words += [] if depth else [html[place : tag.start()]]
        depth += {"": 1, "/": -1}[tag[1]] if tag[2] else 0
        place = tag.end()
    return " ".join([*words, html[place:]])


def _is_label(source: str, link: TypedLink) -> bool:
    """Return whether square brackets are a link whose address stands elsewhere: `[Luna, 2010]`."""
    label = r"\s+".join(map(re.escape, link.written.split()))
    is_square = link.written.startswith("[")
    return is_square and bool(
        re.search(rf"^ {{0,3}}{label}:", source, re.MULTILINE | re.IGNORECASE)
    )


def _numbered(link: TypedLink) -> Iterable[tuple[int, str]]:
    return enumerate(dict.fromkeys(link.keys.values()))


def _unused(source: str) -> str:
    return next(name for n in count() if (name := f"place{n}x") not in source)


def _edit(link: TypedLink) -> Edit:
    return Edit(link.start, link.end, link.linked)


def _written(source: str, key: str) -> Iterator[re.Match]:
    """Find `@key` and `@{key}`."""
    return re.finditer(rf"@(?:{re.escape(key)}|\{{{re.escape(key)}\}})(?!\w)", source)


def _rewrite(source: str, edits: Sequence[Edit], probe: str) -> str:
    """Return a source with those edits made whose place can hold a citation."""
    if not edits:
        return source
    token = _unused(source)
    keys = [f"{token}{number}" for number in range(len(edits))]
    probes = [
        Edit(edit.start, edit.end, probe.format(key)) for edit, key in zip(edits, keys, strict=True)
    ]
    live = set(render_post(_edited(source, probes)).unknown)
    return _edited(source, [edit for edit, key in zip(edits, keys, strict=True) if key in live])


def _edited(source: str, edits: Iterable[Edit]) -> str:
    pieces, place = [], 0
    for edit in edits:
        pieces += [source[place : edit.start], edit.text]
        place = edit.end
    return "".join([*pieces, source[place:]])
