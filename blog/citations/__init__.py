"""In-text citations and the reference list, in the style of the APA (7th edition).

Pure functions from CSL-JSON records to runs of text; no Django, no database. Nothing a record
holds makes them raise, and nothing in it comes out as markup.

``clusters`` reads what people write between brackets, ``works`` what records hold, ``labels``
finds what each work is called, ``intext`` and ``entries`` write.
"""

from collections.abc import Mapping, Sequence

from .clusters import (
    KEY_PATTERN,
    CiteItem,
    Cluster,
    parse_cluster,
    parse_locator,
    parse_narrative,
    rekeyed,
)
from .doi import normalise_doi
from .entries import write_entry
from .intext import InText
from .labels import label_works, ordered
from .runs import Entry, Formatted, Run
from .works import Work

__all__ = [
    "KEY_PATTERN",
    "STYLES",
    "CiteItem",
    "Cluster",
    "Entry",
    "Formatted",
    "Run",
    "format_citations",
    "normalise_doi",
    "parse_cluster",
    "parse_locator",
    "parse_narrative",
    "rekeyed",
]

STYLES = ("apa",)


def format_citations(
    works: Mapping[str, dict], clusters: Sequence[Cluster], style: str = "apa"
) -> Formatted:
    """Write the clusters of one text and the list of the works they cite.

    ``works`` maps citation keys to CSL-JSON; its order does not matter, and works that no cluster
    cites are left out. All clusters of a text go in together, as what a work is called depends on
    the works beside it.
    """
    if style not in STYLES:
        raise ValueError(f"unknown citation style: {style}")
    keys = list(dict.fromkeys(item.key for cluster in clusters for item in cluster.items))
    cited = {
        work.key: work for work in ordered(Work(key, works[key]) for key in keys if key in works)
    }
    labels = label_works(list(cited.values()))
    text = InText(cited, labels)
    return Formatted(
        in_text=tuple(text.write(cluster) for cluster in clusters),
        entries=tuple(write_entry(work, labels[work.key]) for work in cited.values()),
        unknown=tuple(key for key in keys if key not in works),
    )
