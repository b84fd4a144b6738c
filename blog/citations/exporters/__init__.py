"""Writing references for other programs: BibTeX, RIS and CSL-JSON.

Pure functions from CSL-JSON records to text. What ``citations.parsers`` makes of the text is what
went in, as far as the format has a place for it; CSL-JSON has one for everything.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from blog.citations.exporters.bibtex import write_bibtex
from blog.citations.exporters.csl_json import write_csl
from blog.citations.exporters.ris import write_ris

__all__ = ["FORMATS", "Format", "write_bibtex", "write_csl", "write_ris"]


@dataclass(frozen=True)
class Format:
    """A kind of file: what people call it, what browsers call it, and who writes it."""

    name: str
    content_type: str
    write: Callable[[Sequence[dict]], str]


# By the end of the file's name.
FORMATS = {
    "bib": Format("BibTeX", "application/x-bibtex; charset=utf-8", write_bibtex),
    "ris": Format("RIS", "application/x-research-info-systems; charset=utf-8", write_ris),
    "json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", write_csl),
}
