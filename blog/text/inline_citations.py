"""
Citations inside a text.

They must pass through Markdown untouched: no dash, quote or star in them may be taken for markup.
An inline processor stashes them and leaves a placeholder, a number between two noncharacters,
which `guard.clean` has removed from every source. Placeholders are in the finished HTML in the
order of the document, whatever order Markdown read its parts in; so citations are formatted
together, once, when they are inserted.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from typing import Any

from django.utils.translation import ngettext
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from blog.citations import (
    KEY_PATTERN,
    CiteItem,
    Cluster,
    Entry,
    Run,
    format_citations,
    parse_cluster,
    parse_narrative,
    secondary_cluster,
)
from blog.exceptions import TextRefused
from blog.text.guard import printable

MAX_CITATIONS = 500
CITATION = re.compile("\ufdd0(\\d+)\ufdd1")
PLACES = re.compile(f'<p dir="auto" id="p(?P<paragraph>\\d+)">|(?P<end></p>)|{CITATION.pattern}')
IN_LINKS = re.compile(f"(?P<link><a )|(?P<end></a>)|{CITATION.pattern}")

IN_BRACKETS = r"\[([^\[\]]{1,1000})\](?!\()"
# A name on another site, @ada@mastodon.example, is no key; so a key ends where its letters do.
# Before the sign there may be the mark of an emphasis: _@key says so_.
NARRATIVE = (
    rf"(?:(?<![\w@/.:&=?#%+~-])|(?<=(?<!\w)_)|(?<=(?<!\w)__))@(?P<key>(?>{KEY_PATTERN}))(?!@\w)"
    r"(?:[ ]?\[(?P<where>[^\[\]@]{1,300})\]|[ ]?(?P<after>\x02klzzwxh:\d{1,9}\x03))?"
)
SENTENCE_AFTER_KEY = re.compile(r"_+$|\.(?=[^\W\d_a-z]).*$")
# A no-break space keeps a number beside its term.
SHORT_TERM = re.compile(r"\b(pp?|paras?)\. (?=\S)")


class Citations(Extension):
    """
    Parse `[@key]`, `@key` and `@key [p. 3]` where `works` has a key, and stash them in `clusters`.

    A key that no work has may be anything: a name on another site, a slip. It goes into `unknown`,
    and the text stays as it was typed.
    """

    def __init__(self, works: Collection[str] = ()):
        super().__init__()
        self.works = works
        self.clusters: list[Cluster] = []
        self.works_cited = 0
        self.unknown: dict[str, None] = {}

    def extendMarkdown(self, md: Markdown) -> None:
        md.ESCAPED_CHARS.append("@")
        md.inlinePatterns.register(InBrackets(IN_BRACKETS, md, self), "citation", 108)
        md.inlinePatterns.register(Narrative(NARRATIVE, md, self), "narrative", 106)

    def has_work(self, key: str) -> bool:
        """Return whether a work has this key; one that none has is recorded."""
        if key not in self.works:
            self.unknown[key] = None
        return key in self.works

    def stash(self, cluster: Cluster) -> str:
        """Stash a cluster and return its placeholder. Raises `TextRefused` for too many works."""
        self.clusters.append(cluster)
        self.works_cited += len(cluster.items)
        if self.works_cited > MAX_CITATIONS:
            sentence = ngettext(
                "This text has more than %d citation. Remove some of them.",
                "This text has more than %d citations. Remove some of them.",
                MAX_CITATIONS,
            )
            raise TextRefused(sentence % MAX_CITATIONS)
        return f"\ufdd0{len(self.clusters) - 1}\ufdd1"


class CitationProcessor(InlineProcessor):
    """Parse one citation; inside a link an unknown key is a name: `[@ada](https://…)`."""

    def __init__(self, pattern: str, md: Markdown, citations: Citations) -> None:
        super().__init__(pattern, md)
        self.citations = citations

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[Any, Any, Any]:
        cluster, end = self.read(match)
        if cluster is None:
            return None, None, None
        return self.citations.stash(cluster), match.start(), end

    def has_work(self, key: str) -> bool:
        """Return whether a work has this key; one that none has is recorded, but not in a link."""
        if "a" in self.md.treeprocessors["inline"].ancestors:
            return key in self.citations.works
        return self.citations.has_work(key)


class InBrackets(CitationProcessor):
    def read(self, match: re.Match[str]) -> tuple[Cluster | None, int]:
        if "@" not in match[1] or "\x02" in match[1]:  # a placeholder: code, a link, an escape
            return None, match.end()
        cluster = parse_cluster(" ".join(match[1].split()))
        known = [self.has_work(item.key) for item in cluster.items] if cluster else []
        return (cluster if any(known) else None), match.end()


class Narrative(CitationProcessor):
    def read(self, match: re.Match[str]) -> tuple[Cluster | None, int]:
        """Parse the key, with the bracket after it if that is a locator or a secondary source.

        A bracket with a key of its own was parsed before, so here it is a placeholder already, as
        is everything else that Markdown has read. Whatever is no part of the citation stays.
        """
        key, end = self._key(match)
        if not self.has_work(key):
            return None, match.end()
        if end < match.end("key"):
            return parse_narrative(key), end
        mark = CITATION.fullmatch(self.unescape(match["after"])) if match["after"] else None
        if mark and (secondary := secondary_cluster(key, self.citations.clusters[int(mark[1])])):
            return secondary, match.end()
        where = match["where"] or ""
        if where and "\x02" not in where and (cluster := parse_narrative(key, where)):
            return cluster, match.end()
        return parse_narrative(key), end

    def _key(self, match: re.Match[str]) -> tuple[str, int]:
        """Return the key and its end, before a closing `_` or a sentence without a space."""
        key = match["key"].strip("{}")
        shorter = SENTENCE_AFTER_KEY.sub("", key)
        if key in self.citations.works or shorter not in self.citations.works:
            return key, match.end("key")
        return shorter, match.end("key") - len(match["key"]) + len(shorter)


def anchor(key: str) -> str:
    """
    Return the id of the entry for `key` in the reference list.

    Keys may hold almost anything; what is not a letter, digit, `-` or `_` becomes its number
    between full stops, so that two keys never share an id.
    """
    return "ref-" + re.sub(r"[^A-Za-z0-9_-]", lambda odd: f".{ord(odd[0]):x}.", key)


@dataclass(frozen=True)
class InsertedCitations:
    """HTML with its citations, and the entries of the list.

    `cited_in` has the paragraphs' numbers by key; `count` the citations by key, where one of two
    works counts twice.
    """

    html: str
    entries: tuple[Entry, ...]
    cited_in: dict[str, tuple[int, ...]]
    count: int


def insert_citations(
    html: str,
    clusters: list[Cluster],
    works: Mapping[str, dict],
    by_hand: Mapping[str, tuple[int, ...]],
) -> InsertedCitations:
    """
    Insert the formatted citations in place of their placeholders.

    `by_hand` has the works that are cited without a placeholder, with their paragraphs: they are
    listed, and their words stay.
    """
    places = _places(html)
    order = [clusters[number] for number, _paragraph in places]
    listed = [Cluster((CiteItem(key),)) for key in by_hand]
    formatted = format_citations(works, [*order, *listed])
    unknown = _pattern_of(formatted.unknown)
    html = IN_LINKS.sub(_Insertion(iter(formatted.in_text), unknown), html)
    cited_in = {key: set(paragraphs) for key, paragraphs in by_hand.items()}
    for cluster, (_number, paragraph) in zip(order, places, strict=True):
        for item in cluster.items:
            cited_in.setdefault(item.key, set()).update([paragraph] if paragraph else [])
    return InsertedCitations(
        html,
        formatted.entries,
        {key: tuple(sorted(paragraphs)) for key, paragraphs in cited_in.items()},
        sum(len(cluster.items) for cluster in order),
    )


@dataclass
class _Insertion:
    """A processor that replaces placeholders by citations, with a link unless in one."""

    texts: Iterator[tuple[Run, ...]]
    unknown: re.Pattern
    is_in_link: bool = False

    def __call__(self, match: re.Match) -> str:
        if match[3] is None:
            self.is_in_link = bool(match["link"])
            return match[0]
        runs = next(self.texts)
        if self.is_in_link:
            runs = tuple(replace(run, key=None) for run in runs)
        return "".join(_linked(group, self.unknown) for group in _by_key(runs))


def _places(html: str) -> list[tuple[int, int | None]]:
    """Return each placeholder's cluster, and its numbered paragraph or None."""
    places, paragraph = [], None
    for found in PLACES.finditer(html):
        if found["paragraph"]:
            paragraph = int(found["paragraph"])
        elif found["end"]:
            paragraph = None
        else:
            places.append((int(found[3]), paragraph))
    return places


def _pattern_of(unknown: tuple[str, ...]) -> re.Pattern:
    """Return a pattern of the unknown keys in escaped text, the longest key first."""
    keys = sorted((escape(key) for key in unknown), key=len, reverse=True)
    return re.compile(rf"@({'|'.join(map(re.escape, keys)) or '(?!)'})\?*")


def _by_key(runs: Iterable[Run]) -> list[list[Run]]:
    """Group neighbouring runs of one work, so that they are one link."""
    return [list(group) for _key, group in groupby(runs, key=lambda run: run.key)]


def _linked(runs: list[Run], unknown: re.Pattern) -> str:
    """Return runs of one key as HTML; beside a known key, an unknown one is there as typed."""
    key = runs[0].key
    if key is None:
        return "".join(unknown.sub(r"@\1", _run_as_html(run)) for run in runs)
    return f'<a class="cite" href="#{anchor(key)}">{"".join(map(_run_as_html, runs))}</a>'


def _run_as_html(run: Run) -> str:
    text = SHORT_TERM.sub("\\1.\u00a0", escape(printable(run.text)))
    return f"<i>{text}</i>" if run.italic else text
