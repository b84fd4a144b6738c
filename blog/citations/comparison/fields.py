"""Fields in which a record and a registry's record differ."""

from collections.abc import Iterator, Mapping

from blog.citations import normalise_doi
from blog.citations.comparison.discrepancies import Discrepancy
from blog.citations.comparison.equality import (
    pages_of,
    same_journal,
    same_pages,
    same_people,
    same_title,
    title_of,
)
from blog.citations.csl.dates import read_issued
from blog.citations.csl.doi import doi_address
from blog.citations.csl.fields import folded, text_of
from blog.citations.csl.names import read_names

MAX_SHOWN_AUTHORS = 8


def field_discrepancies(csl: Mapping, theirs: Mapping, years: list[int]) -> Iterator[Discrepancy]:
    """Compare two CSL records field by field; any of ``years`` is a right year."""
    if not same_title(csl, theirs):
        change = {"title": theirs.get("title")}
        yield Discrepancy("title", title_of(csl), title_of(theirs), change)
    if not same_people(csl, theirs):
        yield Discrepancy("author", _authors(csl), _authors(theirs), {"author": theirs["author"]})
    yield from _year(csl, theirs, years)
    if text_of(theirs.get("type")) == "article-journal":
        yield from _serial(csl, theirs)
    doi = text_of(theirs.get("DOI"))
    if doi and normalise_doi(text_of(csl.get("DOI"))) != doi:
        yield Discrepancy("doi", text_of(csl.get("DOI")), doi_address(doi), {"DOI": doi})


def _year(csl: Mapping, theirs: Mapping, years: list[int]) -> Iterator[Discrepancy]:
    start, known = read_issued(csl).start, read_issued(theirs).start
    if known is None or (start is not None and start.year in {*years, known.year}):
        return
    ours = str(start.year) if start else ""
    yield Discrepancy("year", ours, str(known.year), {"issued": theirs["issued"]})


def _serial(csl: Mapping, theirs: Mapping) -> Iterator[Discrepancy]:
    journal = text_of(theirs.get("container-title"))
    ours = text_of(csl.get("container-title"))
    if journal and not same_journal(ours, journal, text_of(theirs.get("container-title-short"))):
        yield Discrepancy("journal", ours, journal, {"container-title": journal})
    for name in ("volume", "issue"):
        here, there = text_of(csl.get(name)), text_of(theirs.get(name))
        if there and folded(here) != folded(there):
            yield Discrepancy(name, here, there, {name: there})
    here, there = pages_of(csl), pages_of(theirs)
    if there and not same_pages(here, there):
        change = {name: theirs.get(name) for name in ("page", "number")}
        yield Discrepancy("place", here, there, change)


def _authors(csl: Mapping) -> str:
    names, more = read_names(csl.get("author"))
    shown = [name.inverted for name in names[:MAX_SHOWN_AUTHORS]]
    return ", ".join(shown + ["…"] * (more or len(names) > MAX_SHOWN_AUTHORS))
