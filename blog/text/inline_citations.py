"""
Citations and bare addresses inside a text.

Both must pass through Markdown untouched: no dash, quote or star in them may be taken for markup.
An inline processor sets them aside and leaves a mark in their place, a number between two
noncharacters, which `guard.clean` has removed from everything typed. Marks stand in the finished
HTML in the order of the document, whatever order Markdown read its parts in; so citations are
formatted together, once, when the marks are filled in.
"""

import re
from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby

from django.utils.translation import gettext as _
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
# A number stays beside the word that says what it counts.
SHORT_TERM = re.compile(r"\b(pp?|paras?)\. (?=\S)")


class Citations(Extension):
    """Teach Markdown `[@key]`, `@key` and `@key [p. 3]`; hold what was found in `clusters`."""

    def __init__(self):
        super().__init__()
        self.clusters: list[Cluster] = []
        self.works_cited = 0

    def extendMarkdown(self, md):
        md.ESCAPED_CHARS.append("@")
        md.inlinePatterns.register(InBrackets(IN_BRACKETS, md, self), "citation", 108)
        md.inlinePatterns.register(Narrative(NARRATIVE, md, self), "narrative", 106)

    def set_aside(self, cluster: Cluster) -> str:
        self.clusters.append(cluster)
        self.works_cited += len(cluster.items)
        if self.works_cited > MAX_CITATIONS:
            raise TextRefused(_("This text has more than %d citations.") % MAX_CITATIONS)
        return f"\ufdd0{len(self.clusters) - 1}\ufdd1"


class CitationProcessor(InlineProcessor):
    """Read one citation; none stands inside a link, where its own link could not."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, pattern: str, md, citations: Citations):
        super().__init__(pattern, md)
        self.citations = citations

    def handleMatch(self, match, data):
        cluster, end = self.read(match)
        if cluster is None:
            return None, None, None
        return self.citations.set_aside(cluster), match.start(), end


class InBrackets(CitationProcessor):
    def read(self, match) -> tuple[Cluster | None, int]:
        inner = ESCAPED.sub(lambda code: chr(int(code[1])), match[1])
        if "@" not in inner or "\x02" in inner:  # what is left is code or a link
            return None, match.end()
        return parse_cluster(" ".join(inner.split())), match.end()


class Narrative(CitationProcessor):
    def read(self, match) -> tuple[Cluster | None, int]:
        """Read the key, and the bracket behind it if that says where in it, or who tells of it.

        A bracket with a key of its own was read before, so here it is a mark already.
        """
        key = match["key"].strip("{}")
        mark = CITATION.fullmatch(self.unescape(match["after"])) if match["after"] else None
        if mark and (told := secondary_cluster(key, self.citations.clusters[int(mark[1])])):
            return told, match.end()
        where = match["where"] or ""
        if "\x02" not in where and (cluster := parse_narrative(key, where)):
            return cluster, match.end()
        return parse_narrative(key), match.end("key")


class Addresses(Extension):
    """Keep bare addresses from being read as markup; `bleach` links them afterwards."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def extendMarkdown(self, md):
        processor = AddressProcessor(URL.pattern, md)
        processor.found = self.found
        md.inlinePatterns.register(processor, "address", 107)

    def put_back(self, html: str) -> str:
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


def fill_in(html: str, clusters: list[Cluster], works: Mapping[str, dict]):
    """
    Put the citations where their marks stand.

    Returns the HTML, the clusters' `Formatted`, the paragraphs' numbers by key, and how often a
    work is cited: a citation of two works counts twice.
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
    """Return each mark's cluster and numbered paragraph, if it stands in one."""
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
    """Return what finds the marker of an unknown key in escaped text, the longest key first."""
    keys = sorted((escape(key) for key in unknown), key=len, reverse=True)
    return re.compile(rf"@({'|'.join(map(re.escape, keys)) or '(?!)'})\?*")


def _by_key(runs: Iterable[Run]) -> list[list[Run]]:
    """Put neighbours that lead to one work together, so that they are one link."""
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
