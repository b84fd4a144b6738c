"""
In-text citations and the reference list, in the style of the APA (7th edition).

Pure functions from CSL-JSON records to runs of text; no Django, no database. Nothing a record
holds makes them raise, and nothing in it comes out as markup.

``clusters`` parses citations between brackets, ``csl`` reads records, ``apa`` labels and writes
works. ``parsers`` and ``exporters`` read and write the formats of other programs; ``consistency``
compares a text with its references, ``matching`` two records, and ``comparison`` a record with a
registry's answer.
"""

from collections.abc import Callable, Mapping, Sequence

from blog.citations.apa.entries import write_entry
from blog.citations.apa.in_text import InText
from blog.citations.apa.labels import label_works, ordered
from blog.citations.apa.works import Work
from blog.citations.clusters import (
    BARE_KEY,
    KEY_PATTERN,
    CiteItem,
    Cluster,
    keys_cited_directly,
    parse_cluster,
    parse_locator,
    parse_narrative,
    replace_keys,
    secondary_cluster,
)
from blog.citations.csl.doi import normalise_doi
from blog.citations.runs import Entry, Formatted, Run

__all__ = [
    "BARE_KEY",
    "KEY_PATTERN",
    "STYLES",
    "CiteItem",
    "Cluster",
    "Entry",
    "Formatted",
    "Run",
    "format_citations",
    "format_entry",
    "format_list",
    "normalise_doi",
    "parse_cluster",
    "parse_locator",
    "parse_narrative",
    "replace_keys",
    "secondary_cluster",
]

Style = Callable[[Mapping[str, Work], Sequence[Cluster]], tuple[tuple, tuple]]


def format_citations(
    works: Mapping[str, dict], clusters: Sequence[Cluster], style: str = "apa"
) -> Formatted:
    """Format the in-text citations and the reference list of one text.

    ``works`` maps citation keys to CSL-JSON; its order does not matter, and works that no cluster
    cites are left out. All clusters of a text go in together, as the name of a work depends on the
    works beside it. Raises ``ValueError`` for a style that is not in ``STYLES``.
    """
    if style not in STYLES:
        raise ValueError(f"unknown citation style: {style}")
    keys = list(dict.fromkeys(item.key for cluster in clusters for item in cluster.items))
    cited = {key: Work(key, works[key]) for key in keys if key in works}
    in_text, entries = STYLES[style](cited, clusters)
    return Formatted(in_text, entries, tuple(key for key in keys if key not in works))


def format_entry(record: Mapping) -> str:
    """Return the reference-list entry of one record, as HTML."""
    works = {"work": dict(record)}
    return format_citations(works, [Cluster((CiteItem("work"),))]).entries[0].html


def format_list(records: Sequence[dict]) -> list[str]:
    """Return the reference list of these records: entries as HTML, in the order of the style."""
    works = {str(n): record for n, record in enumerate(records)}
    clusters = [Cluster((CiteItem(key),)) for key in works]
    return [entry.html for entry in format_citations(works, clusters).entries]


def apa(works: Mapping[str, Work], clusters: Sequence[Cluster]) -> tuple[tuple, tuple]:
    """Format works and clusters in the style of the APA, 7th edition.

    A work that readers cannot find, such as a letter, and one that is cited only through another
    are in the text alone: their entries are empty.
    """
    listed = {work.key: work for work in ordered(works.values())}
    labels = label_works(list(listed.values()))
    unlisted = listed.keys() - keys_cited_directly(clusters)
    unlisted |= {key for key, work in listed.items() if work.is_personal}
    text = InText(listed, labels, unlisted)
    return (
        tuple(text.write(cluster) for cluster in clusters),
        tuple(
            Entry(key, ()) if key in unlisted else write_entry(work, labels[key])
            for key, work in listed.items()
        ),
    )


# A style is a function from the cited works by key, and the clusters of a text, to the runs of each
# cluster and the entries in list order. Names, dates, titles and locators are parsed before it.
STYLES: dict[str, Style] = {"apa": apa}
