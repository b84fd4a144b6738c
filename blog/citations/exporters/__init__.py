"""
Export references for other programs: BibTeX, RIS and CSL-JSON; COinS and meta tags for pages.

Pure functions from CSL-JSON records to text. ``citations.parsers`` reads the same list entries from
it: what a format has no place for is in fields of BibTeX that its styles leave out, or in notes of
RIS. CSL-JSON has a place for each.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from blog.citations.exporters.bibtex import write_bibtex
from blog.citations.exporters.csl_json import write_csl
from blog.citations.exporters.ris import write_ris

__all__ = ["FORMATS", "Format", "write_bibtex", "write_csl", "write_ris"]


@dataclass(frozen=True)
class Format:
    """A file format: its name, its media type, and the function that writes it."""

    name: str
    content_type: str
    write: Callable[[Sequence[dict]], str]


# By file extension.
FORMATS = {
    "bib": Format("BibTeX", "application/x-bibtex; charset=utf-8", write_bibtex),
    "ris": Format("RIS", "application/x-research-info-systems; charset=utf-8", write_ris),
    "json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", write_csl),
}
