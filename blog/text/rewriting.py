"""
Rewrite the source of a post: keep a word with `@` as a name, correct a key, link a typed citation.

What looks like a citation may be in code or in a link. The renderer alone knows; so it is asked:
each place gets a key of its own that no work has, and those that come back as unknown are live.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from blog.citations.consistency.linking import Edit, links
from blog.citations.keys import is_key
from blog.text.render import render_post


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
    return _rewrite(source, links(source, keys, works), "[@{}]")


def _written(source: str, key: str) -> Iterator[re.Match]:
    """Find `@key` and `@{key}`."""
    return re.finditer(rf"@(?:{re.escape(key)}|\{{{re.escape(key)}\}})(?!\w)", source)


def _rewrite(source: str, edits: Sequence[Edit], probe: str) -> str:
    """Return a source with those edits made whose place can hold a citation."""
    if not edits:
        return source
    token = next(name for n in count() if (name := f"place{n}x") not in source)
    keys = [f"{token}{number}" for number in range(len(edits))]
    probes = [
        Edit(edit.start, edit.end, probe.format(key)) for edit, key in zip(edits, keys, strict=True)
    ]
    live = set(render_post(_edited(source, probes)).unknown)
    return _edited(source, [edit for edit, key in zip(edits, keys, strict=True) if key in live])


def _edited(source: str, edits: Sequence[Edit]) -> str:
    pieces, place = [], 0
    for edit in edits:
        pieces += [source[place : edit.start], edit.text]
        place = edit.end
    return "".join([*pieces, source[place:]])
