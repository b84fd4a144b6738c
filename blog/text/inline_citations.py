"""
Citations and bare addresses inside a text.

Both must pass through Markdown untouched: no dash, quote or star in them may be taken for markup.
An inline processor stashes them and leaves a placeholder, a number between two noncharacters,
which `guard.clean` has removed from every source. Placeholders are in the finished HTML in the
order of the document, whatever order Markdown read its parts in; so citations are formatted
together, once, when they are inserted.
"""

import re
from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby

from django.utils.translation import ngettext
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from blog.citations import (
    KEY_PATTERN,
    Cluster,
    Run,
    format_citations,
    parse_cluster,
    parse_narrative,
    secondary_cluster,
)
from blog.exceptions import TextRefused
from blog.text.guard import printable
from blog.text.sanitise import URL

MAX_CITATIONS = 500
CITATION = re.compile("\ufdd0(\\d+)\ufdd1")
ADDRESS = re.compile("\ufdd2(\\d+)\ufdd3")
PLACES = re.compile(f'<p id="p(?P<paragraph>\\d+)">|(?P<end></p>)|{CITATION.pattern}')
ESCAPED = re.compile("\x02(\\d+)\x03")

IN_BRACKETS = r"\[([^\[\]]{1,1000})\](?!\()"
NARRATIVE = (
    rf"(?<![\w@/.:&=?#%+~-])@(?P<key>{KEY_PATTERN})"
    r"(?:[ ]?\[(?P<where>[^\[\]@]{1,300})\]|[ ]?(?P<after>\x02klzzwxh:\d{1,9}\x03))?"
)
# A no-break space keeps a number beside its term.
SHORT_TERM = re.compile(r"\b(pp?|paras?)\. (?=\S)")


class Citations(Extension):
    """Parse `[@key]`, `@key` and `@key [p. 3]`, and stash them in `clusters`."""

    def __init__(self):
        super().__init__()
        self.clusters: list[Cluster] = []
        self.works_cited = 0

    def extendMarkdown(self, md):
        md.ESCAPED_CHARS.append("@")
        md.inlinePatterns.register(InBrackets(IN_BRACKETS, md, self), "citation", 108)
        md.inlinePatterns.register(Narrative(NARRATIVE, md, self), "narrative", 106)

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
    """Parse one citation; there is none inside a link, which cannot have another link in it."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, pattern: str, md, citations: Citations):
        super().__init__(pattern, md)
        self.citations = citations

    def handleMatch(self, match, data):
        cluster, end = self.read(match)
        if cluster is None:
            return None, None, None
        return self.citations.stash(cluster), match.start(), end


class InBrackets(CitationProcessor):
    def read(self, match) -> tuple[Cluster | None, int]:
        inner = ESCAPED.sub(lambda code: chr(int(code[1])), match[1])
        if "@" not in inner or "\x02" in inner:  # an escape that is left is code or a link
            return None, match.end()
        return parse_cluster(" ".join(inner.split())), match.end()


class Narrative(CitationProcessor):
    def read(self, match) -> tuple[Cluster | None, int]:
        """Parse the key, with the bracket after it if that is a locator or a secondary source.

        A bracket with a key of its own was parsed before, so here it is a placeholder already.
        """
        key = match["key"].strip("{}")
        mark = CITATION.fullmatch(self.unescape(match["after"])) if match["after"] else None
        if mark and (secondary := secondary_cluster(key, self.citations.clusters[int(mark[1])])):
            return secondary, match.end()
        where = match["where"] or ""
        if "\x02" not in where and (cluster := parse_narrative(key, where)):
            return cluster, match.end()
        return parse_narrative(key), match.end("key")


class Addresses(Extension):
    """Stash bare addresses, so that they are not read as markup; `bleach` links them later."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def extendMarkdown(self, md):
        processor = AddressProcessor(URL.pattern, md)
        processor.found = self.found
        md.inlinePatterns.register(processor, "address", 107)

    def restore(self, html: str) -> str:
        return ADDRESS.sub(lambda mark: escape(self.found[int(mark[1])]), html)


class AddressProcessor(InlineProcessor):
    found: list[str]

    def handleMatch(self, match, data):
        self.found.append(match[0])
        return f"\ufdd2{len(self.found) - 1}\ufdd3", match.start(), match.end()


def anchor(key: str) -> str:
    """
    Return the id of the entry for `key` in the reference list.

    Keys may hold almost anything; what is not a letter, digit, `-` or `_` becomes its number
    between full stops, so that two keys never share an id.
    """
    return "ref-" + re.sub(r"[^A-Za-z0-9_-]", lambda odd: f".{ord(odd[0]):x}.", key)


def insert_citations(html: str, clusters: list[Cluster], works: Mapping[str, dict]):
    """
    Insert the formatted citations in place of their placeholders.

    Returns the HTML, the clusters' `Formatted`, the paragraphs' numbers by key, and the number of
    citations: a citation of two works counts twice.
    """
    places = _places(html)
    order = [clusters[number] for number, _paragraph in places]
    formatted = format_citations(works, order)
    unknown = _pattern_of(formatted.unknown)
    texts = iter(formatted.in_text)
    html = CITATION.sub(
        lambda _mark: "".join(_linked(runs, unknown) for runs in _by_key(next(texts))), html
    )
    cited_in: dict[str, list[int]] = {}
    for cluster, (_number, paragraph) in zip(order, places, strict=True):
        for item in cluster.items:
            numbers = cited_in.setdefault(item.key, [])
            if paragraph and paragraph not in numbers:
                numbers.append(paragraph)
    return html, formatted, cited_in, sum(len(cluster.items) for cluster in order)


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
    """Return runs of one key as HTML."""
    key = runs[0].key
    if key is None:
        return "".join(
            unknown.sub(r'<span class="cite-unknown">@\1</span>', _run_as_html(run)) for run in runs
        )
    return f'<a class="cite" href="#{anchor(key)}">{"".join(map(_run_as_html, runs))}</a>'


def _run_as_html(run: Run) -> str:
    text = SHORT_TERM.sub("\\1.\u00a0", escape(printable(run.text)))
    return f"<i>{text}</i>" if run.italic else text
